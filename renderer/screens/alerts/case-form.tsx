import { App, Button, Checkbox, DatePicker, Input, Segmented, Select } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { AlertView } from '../../../shared/calls/alerts.ts';
import { ALERT_CAUSE_NAMES, ALERT_CAUSES } from '../../../shared/domain/alert/cause.ts';
import { useChange } from '../../api.ts';
import { Field } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { useScoreFormat } from '../../score-format.ts';
import { alertText } from '../../text/alerts.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { stateNames } from './view.ts';

type Case = Pick<AlertView, 'state' | 'cause' | 'note' | 'action' | 'owner' | 'due' | 'oneOff'>;

function caseOf({ state, cause, note, action, owner, due, oneOff }: AlertView): Case {
  return { state, cause, note, action, owner, due, oneOff };
}

/** What people make of an alert: state, cause, measure, who and until when, and whether it will come back. */
export function CaseForm({ alert }: { alert: AlertView }) {
  const text = useText(alertText);
  const common = useText(commonText);
  const name = useName();
  const { message } = App.useApp();
  const as = useScoreFormat(alert.channel, alert.indicator);
  const update = useChange('alerts.update');
  const [answer, setAnswer] = useState(() => caseOf(alert));
  const set = (part: Partial<Case>) => setAnswer((before) => ({ ...before, ...part }));
  const names = stateNames(text);
  const unchanged = JSON.stringify(answer) === JSON.stringify(caseOf(alert));
  const unexplained = answer.state === 'explained' && answer.cause === '';
  const save = () =>
    update.mutate(
      { alert: alert.id, ...answer },
      {
        onSuccess: (saved) => {
          setAnswer(caseOf(saved));
          void message.success(text.saved);
        },
      },
    );
  return (
    <div className="stack case-form no-print">
      {alert.worked?.moved && (
        <span className="hint">
          {text.movedSince(as.points(alert.worked.shift100), as.points(alert.shift100))}
        </span>
      )}
      <Segmented
        block
        aria-label={text.state}
        value={answer.state}
        onChange={(state) => set({ state })}
        options={(Object.keys(names) as AlertView['state'][]).map((value) => ({
          value,
          label: names[value],
        }))}
      />
      <Field label={text.cause}>
        {(id) => (
          <Select
            id={id}
            value={answer.cause}
            status={unexplained ? 'error' : undefined}
            onChange={(cause) => set({ cause })}
            options={[
              { value: '' as const, label: text.noCause },
              ...ALERT_CAUSES.map((value) => ({ value, label: name(ALERT_CAUSE_NAMES[value]) })),
            ]}
          />
        )}
      </Field>
      {unexplained && <span className="hint">{text.causeMissing}</span>}
      <Field label={text.note}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={2000}
            value={answer.note}
            placeholder={text.noteHint}
            onChange={(event) => set({ note: event.target.value })}
          />
        )}
      </Field>
      <Field label={text.action}>
        {(id) => (
          <Input.TextArea
            id={id}
            rows={2}
            maxLength={2000}
            value={answer.action}
            placeholder={text.actionHint}
            onChange={(event) => set({ action: event.target.value })}
          />
        )}
      </Field>
      <div className="two even">
        <Field label={text.owner}>
          {(id) => (
            <Input
              id={id}
              maxLength={120}
              value={answer.owner}
              onChange={(event) => set({ owner: event.target.value })}
            />
          )}
        </Field>
        <Field label={text.due}>
          {(id) => (
            <DatePicker
              id={id}
              value={answer.due === null ? null : dayjs(answer.due)}
              onChange={(day) => set({ due: day?.format('YYYY-MM-DD') ?? null })}
            />
          )}
        </Field>
      </div>
      <Checkbox checked={answer.oneOff} onChange={(event) => set({ oneOff: event.target.checked })}>
        {text.oneOff}
      </Checkbox>
      <span className="hint">{text.oneOffHint}</span>
      {update.error && <Fault error={update.error} />}
      <Button
        type="primary"
        className="self-start"
        loading={update.isPending}
        disabled={unchanged || unexplained}
        onClick={save}
      >
        {common.save}
      </Button>
    </div>
  );
}
