import { Alert, Button, Select } from 'antd';
import { useState } from 'react';
import type { RepeatView } from '../../../shared/calls/forecast.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { Field, type ReadySlice } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { forecastText } from '../../text/forecast.ts';
import { useName, useText } from '../../text/use-text.ts';

/** Starts a run over every channel of the scheme, shows how far it is and what it made. */
export function RunForecast({ slice }: { slice: ReadySlice }) {
  const text = useText(forecastText);
  const name = useName();
  const [what, setWhat] = useState<'latest' | 'all'>('latest');
  const job = useJob('forecast.run');
  const repeat = useJob('forecast.repeat');
  const channelName = (channel: string) => {
    const found = slice.catalog.channels.find((one) => one.channel === channel);
    return found ? name(found.name) : channel;
  };
  return (
    <div className="stack">
      <div className="filters">
        <Field label={text.runWhat} width={220}>
          {(id) => (
            <Select
              id={id}
              value={what}
              onChange={setWhat}
              disabled={job.running}
              options={[
                { value: 'latest', label: text.runLatest },
                { value: 'all', label: text.runAll },
              ]}
            />
          )}
        </Field>
        <Button
          type="primary"
          disabled={job.running}
          onClick={() => void job.run({ scheme: slice.scheme, quarters: what === 'all' ? 'all' : [] })}
        >
          {text.run}
        </Button>
        <Button
          title={text.repeatHint}
          disabled={job.running || repeat.running}
          onClick={() => void repeat.run({ scheme: slice.scheme })}
        >
          {text.repeat}
        </Button>
        <div className="grow">
          <JobProgress of={repeat.running ? repeat : job} />
        </div>
      </div>
      {job.fault && <Fault error={job.fault} />}
      {repeat.fault && <Fault error={repeat.fault} />}
      {repeat.value && <Repeated runs={repeat.value} channelName={channelName} onClose={repeat.clear} />}
      {job.value && (
        <Alert
          type="success"
          showIcon
          closable={{ onClose: job.clear }}
          title={text.done}
          description={
            <ul className="outcomes">
              {job.value.flatMap((run) =>
                run.channels.map((one) => (
                  <li key={`${run.quarter}|${one.channel}`}>
                    {text.outcome(
                      formatQuarter(run.quarter),
                      channelName(one.channel),
                      count(one.series),
                      count(one.refused),
                      count(one.alerts),
                    )}
                  </li>
                )),
              )}
            </ul>
          }
        />
      )}
    </div>
  );
}

function Repeated(props: {
  runs: readonly RepeatView[];
  channelName: (channel: string) => string;
  onClose: () => void;
}) {
  const text = useText(forecastText);
  const same = props.runs.filter(({ outcome }) => outcome === 'same');
  const different = props.runs.filter(({ outcome }) => outcome === 'different');
  const changed = props.runs.length - same.length - different.length;
  const series = same.reduce((sum, run) => sum + run.series, 0);
  return (
    <Alert
      type={different.length > 0 ? 'warning' : 'success'}
      showIcon
      closable={{ onClose: props.onClose }}
      title={text.repeated(count(same.length), count(series))}
      description={
        <ul className="outcomes">
          {changed > 0 && <li>{text.repeatedChanged(count(changed))}</li>}
          {different.map((run) => (
            <li key={`${run.quarter}|${run.channel}`}>
              {text.repeatedDifferent(
                formatQuarter(run.quarter),
                props.channelName(run.channel),
                count(run.different),
              )}
            </li>
          ))}
        </ul>
      }
    />
  );
}
