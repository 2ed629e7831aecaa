import { App, Button, Input, Select } from 'antd';
import { formatQuarter, type Quarter } from '../../../shared/domain/quarter.ts';
import type { SampleFilter } from '../../../shared/domain/sample-filter.ts';
import { useChange } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { PlaceTree } from '../../components/place-tree.tsx';
import { Field, type ReadySlice } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { samplesText } from '../../text/samples.ts';
import { useName, useText } from '../../text/use-text.ts';
import { AttributeRows, ScoreRows } from './condition-rows.tsx';
import { emptyDraft, type SampleDraft } from './view.ts';

export function SampleForm(props: {
  slice: ReadySlice;
  draft: SampleDraft;
  filter: SampleFilter;
  onChange: (draft: SampleDraft) => void;
}) {
  const { slice, draft, filter, onChange } = props;
  const text = useText(samplesText);
  const name = useName();
  const change = (part: Partial<SampleDraft>) => onChange({ ...draft, ...part });
  const { channels } = slice.catalog;
  return (
    <Panel
      title={draft.id === null ? text.fresh : draft.name}
      note={text.conditionsNote}
      extra={
        draft.id !== null && (
          <Button size="small" onClick={() => onChange(emptyDraft(slice.scheme))}>
            {text.fresh}
          </Button>
        )
      }
    >
      <div className="stack">
        <Field label={text.channels}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              allowClear
              placeholder={text.anyChannel}
              value={draft.channels ?? []}
              onChange={(chosen) => change({ channels: chosen.length > 0 ? chosen : undefined })}
              options={channels.map((one) => ({ value: one.channel, label: name(one.name) }))}
            />
          )}
        </Field>
        <div className="row">
          <QuarterEnd
            label={text.from}
            value={draft.from}
            quarters={slice.catalog.quarters}
            onChange={(from) => change({ from })}
          />
          <QuarterEnd
            label={text.to}
            value={draft.to}
            quarters={slice.catalog.quarters}
            onChange={(to) => change({ to })}
          />
        </div>
        <Field label={text.places}>
          {(id) => (
            <PlaceTree
              id={id}
              scheme={draft.scheme}
              value={draft.scopes}
              onChange={(scopes) => change({ scopes })}
              placeholder={text.anyPlace}
            />
          )}
        </Field>
        {draft.hits && (
          <div className="row between">
            <span>{text.hits(count(draft.hits.length))}</span>
            <Button size="small" type="text" onClick={() => change({ hits: undefined })}>
              {text.removeCondition}
            </Button>
          </div>
        )}
        <AttributeRows rows={draft.attributes} onChange={(attributes) => change({ attributes })} />
        <ScoreRows slice={slice} rows={draft.scores} onChange={(scores) => change({ scores })} />
        <SaveBar draft={draft} filter={filter} onChange={onChange} />
      </div>
    </Panel>
  );
}

function QuarterEnd(props: {
  label: string;
  value: Quarter | null;
  quarters: readonly Quarter[];
  onChange: (quarter: Quarter | null) => void;
}) {
  const text = useText(samplesText);
  return (
    <Field label={props.label} width={130}>
      {(id) => (
        <Select
          id={id}
          allowClear
          placeholder={text.anyQuarter}
          value={props.value ?? undefined}
          onChange={(quarter?: Quarter) => props.onChange(quarter ?? null)}
          options={props.quarters.map((value) => ({ value, label: formatQuarter(value) })).reverse()}
        />
      )}
    </Field>
  );
}

function SaveBar(props: {
  draft: SampleDraft;
  filter: SampleFilter;
  onChange: (draft: SampleDraft) => void;
}) {
  const { draft, filter, onChange } = props;
  const text = useText(samplesText);
  const common = useText(commonText);
  const { message } = App.useApp();
  const select = useSession((session) => session.select);
  const save = useChange('samples.save');
  const keep = (id: number | undefined) =>
    save.mutate(
      { id, name: draft.name.trim(), note: draft.note, filter },
      {
        onSuccess: (saved) => {
          void message.success(text.saved);
          select({ sample: saved.id });
          onChange({ ...draft, id: saved.id, name: saved.name });
        },
      },
    );
  const named = draft.name.trim() !== '';
  return (
    <>
      <div className="row">
        <Field label={common.name} width={200}>
          {(id) => (
            <Input
              id={id}
              maxLength={80}
              value={draft.name}
              onChange={(event) => onChange({ ...draft, name: event.target.value })}
            />
          )}
        </Field>
        <Field label={text.note} width={280}>
          {(id) => (
            <Input
              id={id}
              maxLength={500}
              value={draft.note}
              onChange={(event) => onChange({ ...draft, note: event.target.value })}
            />
          )}
        </Field>
      </div>
      {save.error && <Fault error={save.error} />}
      <div className="row">
        <Button
          type="primary"
          disabled={!named}
          title={named ? undefined : text.nameMissing}
          loading={save.isPending}
          onClick={() => keep(draft.id ?? undefined)}
        >
          {text.save}
        </Button>
        {draft.id !== null && (
          <Button disabled={!named} onClick={() => keep(undefined)}>
            {text.saveAsNew}
          </Button>
        )}
        {!named && <span className="hint">{text.nameMissing}</span>}
      </div>
    </>
  );
}
