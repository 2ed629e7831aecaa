import { App, Button, Input, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { MarginChoice } from '../../../shared/calls/weightings.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import { useCall, useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { Panel } from '../../components/panel.tsx';
import { Field, type ReadySlice, SchemePicker } from '../../components/slice.tsx';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { weightingText } from '../../text/weighting.ts';
import { DiagnosticsCard } from './diagnostics-card.tsx';
import { MarginTable } from './margin-table.tsx';
import { marginsOf, presentTargets, type Targets } from './weighting-view.ts';

/** What to rake: channel, quarters, margins with their targets, cap; tried out before it is kept. */
export function WeightingForm({ slice }: { slice: ReadySlice }) {
  const text = useText(weightingText);
  const common = useText(commonText);
  const name = useName();
  const channels = slice.catalog.channels.filter((one) =>
    one.studies.some(({ kind }) => kind === 'responses'),
  );
  const [channel, setChannel] = useState<Channel | undefined>(channels[0]?.channel);
  const chosen = channels.find((one) => one.channel === channel);
  const [span, setSpan] = useState<{ from: number; to: number } | null>(null);
  if (!chosen) return <Nothing>{text.noResponses}</Nothing>;
  const last = chosen.quarters.at(-1)!;
  const quarters = {
    from: span && chosen.quarters.includes(span.from) ? span.from : last,
    to: span && chosen.quarters.includes(span.to) ? span.to : last,
  };
  const options = chosen.quarters.map((value) => ({ value, label: formatQuarter(value) })).reverse();
  return (
    <Panel title={text.tab}>
      <div className="stack">
        <div className="filters">
          <Field label={common.channel} width={150}>
            {(id) => (
              <Select
                id={id}
                value={chosen.channel}
                onChange={setChannel}
                options={channels.map((one) => ({ value: one.channel, label: name(one.name) }))}
              />
            )}
          </Field>
          {(['from', 'to'] as const).map((end) => (
            <Field key={end} label={text[end]} width={110}>
              {(id) => (
                <Select
                  id={id}
                  value={quarters[end]}
                  options={options}
                  onChange={(value) =>
                    setSpan(
                      end === 'from'
                        ? { from: value, to: Math.max(value, quarters.to) }
                        : { from: Math.min(value, quarters.from), to: value },
                    )
                  }
                />
              )}
            </Field>
          ))}
          <SchemePicker slice={slice} />
        </div>
        <Margins
          key={`${chosen.channel} ${slice.scheme}`}
          scheme={slice.scheme}
          channel={chosen.channel}
          quarters={quarters}
        />
      </div>
    </Panel>
  );
}

interface What {
  scheme: number;
  channel: Channel;
  quarters: { from: number; to: number };
}

function Margins(what: What) {
  const choices = useCall('weightings.choices', what);
  return <Ready of={choices}>{(all) => <Chosen all={all} what={what} />}</Ready>;
}

function Chosen({ all, what }: { all: MarginChoice[]; what: What }) {
  const text = useText(weightingText);
  const name = useName();
  const { message } = App.useApp();
  const [dimensions, setDimensions] = useState<string[]>([]);
  const [targets, setTargets] = useState<Targets>({});
  const [cap, setCap] = useState<number | null>(5);
  const [title, setTitle] = useState('');
  const preview = useJob('weightings.preview');
  const save = useJob('weightings.save');
  const margins = marginsOf(dimensions, targets);
  const choose = (chosen: string[]) => {
    setDimensions(chosen);
    const added = all.filter(({ dimension }) => chosen.includes(dimension) && !targets[dimension]);
    setTargets({
      ...targets,
      ...Object.fromEntries(added.map((one) => [one.dimension, presentTargets(one)])),
    });
  };
  const keep = async () => {
    const made = await save.run({ ...what, margins, cap, name: title });
    if (!made) return;
    setTitle('');
    preview.clear();
    void message.success(text.saved);
  };
  return (
    <>
      <div className="filters">
        <Field label={text.margins} width={420}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={dimensions}
              placeholder={text.marginsHint}
              onChange={choose}
              options={all.map((one) => ({ value: one.dimension, label: name(one.label) }))}
            />
          )}
        </Field>
        <Field label={text.cap} width={170}>
          {(id) => (
            <InputNumber id={id} min={1} max={1000} value={cap} placeholder={text.noCap} onChange={setCap} />
          )}
        </Field>
        <Button
          disabled={margins.length === 0 || preview.running}
          onClick={() => void preview.run({ ...what, margins, cap })}
        >
          {text.tryOut}
        </Button>
        <Field label={text.name} width={240}>
          {(id) => (
            <Input
              id={id}
              value={title}
              maxLength={80}
              placeholder={text.nameHint}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Button
          type="primary"
          disabled={margins.length === 0 || title.trim() === '' || save.running}
          onClick={() => void keep()}
        >
          {text.save}
        </Button>
      </div>
      <JobProgress of={save.running ? save : preview} />
      {(save.fault ?? preview.fault) && <Fault error={save.fault ?? preview.fault} />}
      {dimensions.length === 0 && <p className="soft">{text.noMargins}</p>}
      {preview.value && <DiagnosticsCard card={preview.value} />}
      <div className="breakdowns">
        {all
          .filter(({ dimension }) => dimensions.includes(dimension))
          .map((choice) => (
            <MarginTable
              key={choice.dimension}
              choice={choice}
              targets={targets[choice.dimension] ?? {}}
              onChange={(next) => setTargets({ ...targets, [choice.dimension]: next })}
            />
          ))}
      </div>
    </>
  );
}
