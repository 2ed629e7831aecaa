import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { VisitLoss } from '../../../shared/calls/lost.ts';
import { DEFAULT_LAPSE_RULES, formatMonth, type LapseRules } from '../../../shared/domain/visits/lapse.ts';
import { call, useCall } from '../../api.ts';
import { ExportButton } from '../../components/export-button.tsx';
import { Panel } from '../../components/panel.tsx';
import { Field, type ReadySlice, SchemePicker, ScopePicker } from '../../components/slice.tsx';
import { Fault, Loading, Nothing } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { lostText } from '../../text/lost.ts';
import { useText } from '../../text/use-text.ts';
import { ImportVisits } from './import-visits.tsx';
import { LossMonths } from './loss-months.tsx';
import { LossUnits } from './loss-units.tsx';
import { MarginList } from './margin-list.tsx';
import { ClassBar, StateFacts } from './state-facts.tsx';
import { rulesAreSound } from './view.ts';

const MONTHS = 36;

/** Who stopped coming to service, under rules that can be tried out. */
export function ServiceLoss({ slice }: { slice: ReadySlice }) {
  const text = useText(lostText);
  const language = useSession((session) => session.language);
  const [rules, setRules] = useState<LapseRules>(DEFAULT_LAPSE_RULES);
  const [month, setMonth] = useState<number | undefined>(undefined);
  const { scheme, scope } = slice;
  const sound = rulesAreSound(rules);
  const asked = { scheme, scope, month, rules: sound ? rules : DEFAULT_LAPSE_RULES };
  const loss = useCall('lost.visits', asked);
  const data = loss.data;
  return (
    <div className="stack">
      {slice.basis.sample !== undefined && <p className="hint">{text.visitsOfAll}</p>}
      <div className="filters">
        <ScopePicker slice={slice} />
        <SchemePicker slice={slice} />
        {data?.lastMonth != null && <MonthPicker loss={data} onChange={setMonth} />}
        <span className="facts-gap" />
        {data?.lastMonth != null && (
          <ExportButton
            name={`${text.service} ${formatMonth(data.month)}`}
            write={(path) => call('lost.exportLoss', { ...asked, path, language })}
          />
        )}
      </div>
      <ImportVisits />
      {loss.error && <Fault error={loss.error} />}
      {!loss.error && !data && <Loading height={400} />}
      {data && data.lastMonth === null && <Nothing height={240}>{text.noVisits}</Nothing>}
      {data && data.lastMonth !== null && (
        <>
          <Panel title={text.rules} note={text.rulesNote} flush>
            <div className="filters rule-fields">
              <RuleFields rules={rules} onChange={setRules} />
              {!sound && <span className="change lower">{text.badRules}</span>}
            </div>
          </Panel>
          <StateFacts loss={data} />
          <div className="two wide-left">
            <Panel title={text.byMonth} note={text.byMonthNote}>
              <LossMonths months={data.months} />
            </Panel>
            <Panel title={text.classes} note={text.classesNote}>
              <ClassBar counts={data.total.classes} rules={data.rules} />
            </Panel>
          </div>
          <div className="two">
            <Panel title={text.byDealer} note={text.unitNote} flush>
              <LossUnits units={data.dealers} first={text.dealer} />
            </Panel>
            <Panel title={text.byAdviser} flush>
              <LossUnits units={data.advisers} first={text.adviser} within />
            </Panel>
          </div>
          <Panel
            title={text.margin}
            note={text.marginNote(count(data.margin.rows.length), count(data.margin.total))}
            extra={
              <ExportButton
                name={`${text.margin} ${formatMonth(data.month)}`}
                size="small"
                disabled={data.margin.total === 0}
                write={(path) => call('lost.exportMargin', { ...asked, path, language })}
              />
            }
            flush
          >
            <MarginList rows={data.margin.rows} />
          </Panel>
          {data.elsewhere > 0 && <p className="hint">{text.elsewhere(count(data.elsewhere))}</p>}
        </>
      )}
    </div>
  );
}

function MonthPicker({ loss, onChange }: { loss: VisitLoss; onChange: (month: number) => void }) {
  const text = useText(lostText);
  const last = loss.lastMonth!;
  const first = Math.max(loss.firstMonth!, last - MONTHS);
  return (
    <Field label={text.month} width={110}>
      {(id) => (
        <Select
          id={id}
          value={loss.month}
          onChange={onChange}
          options={Array.from({ length: last - first + 1 }, (_, i) => ({
            value: last - i,
            label: formatMonth(last - i),
          }))}
        />
      )}
    </Field>
  );
}

function RuleFields({ rules, onChange }: { rules: LapseRules; onChange: (rules: LapseRules) => void }) {
  const text = useText(lostText);
  const fields = ['marginalAfter', 'lostAfter', 'permanentAfter', 'classA', 'classB'] as const;
  return (
    <>
      {fields.map((name) => (
        <Field key={name} label={text[name]} width={150}>
          {(id) => (
            <InputNumber
              id={id}
              min={1}
              max={240}
              precision={0}
              value={rules[name]}
              onChange={(value) => value !== null && onChange({ ...rules, [name]: value })}
            />
          )}
        </Field>
      ))}
      <Button onClick={() => onChange(DEFAULT_LAPSE_RULES)}>{text.usual}</Button>
    </>
  );
}
