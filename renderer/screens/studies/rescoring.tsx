import { Segmented, Select } from 'antd';
import { Fragment, useState } from 'react';
import type { Score } from '../../../shared/calls/figure.ts';
import type { Rescoring, WeightSetView } from '../../../shared/calls/weights.ts';
import { formatQuarter, yearOf } from '../../../shared/domain/quarter.ts';
import { useCall } from '../../api.ts';
import { BaseFigure, MarginFigure, ScoreFigure } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import {
  Field,
  IndicatorPicker,
  type ReadySlice,
  SchemePicker,
  ScopePicker,
} from '../../components/slice.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { type ScoreFormat, useScoreFormats } from '../../score-format.ts';
import { commonText } from '../../text/common.ts';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';

/** Every year (or quarter) of every channel under two versions of the weights. */
export function RescoringTab({ slice }: { slice: ReadySlice }) {
  const text = useText(studiesText);
  const sets = useCall('weights.list', {});
  return (
    <Ready of={sets}>
      {(all) => (all.length < 2 ? <Nothing>{text.oneVersion}</Nothing> : <Table sets={all} slice={slice} />)}
    </Ready>
  );
}

function Table({ sets, slice }: { sets: WeightSetView[]; slice: ReadySlice }) {
  const text = useText(studiesText);
  const current = sets.find((set) => set.current) ?? sets[0]!;
  const [before, setBefore] = useState(current.id);
  const [after, setAfter] = useState(sets.find((set) => set.id !== current.id)!.id);
  const [by, setBy] = useState<'year' | 'quarter'>('year');
  const { scheme, scope, indicator } = slice;
  const table = useCall('weights.rescore', { scheme, scope, indicator, before, after, by });
  const label = (set: WeightSetView) =>
    `${text.versionLabel(String(set.version), set.note)}${set.current ? `（${text.current}）` : ''}`;
  const options = sets.map((set) => ({ value: set.id, label: label(set) }));
  const pickers = [
    [text.first, before, setBefore],
    [text.second, after, setAfter],
  ] as const;
  return (
    <div className="screen">
      <div className="filters">
        {pickers.map(([title, value, onChange]) => (
          <Field key={title} label={title} width={260}>
            {(id) => <Select id={id} value={value} onChange={onChange} options={options} />}
          </Field>
        ))}
        <ScopePicker slice={slice} />
        <SchemePicker slice={slice} />
        <IndicatorPicker slice={slice} />
        <Segmented
          aria-label={text.period}
          value={by}
          onChange={setBy}
          options={[
            { value: 'year', label: text.byYear },
            { value: 'quarter', label: text.byQuarter },
          ]}
        />
      </div>
      <p className="soft">{text.rescoreHint}</p>
      <Ready of={table}>
        {(channels) => (
          <div className="two self-start-items">
            {channels.map((one) => (
              <ChannelTable key={one.channel} of={one} />
            ))}
          </div>
        )}
      </Ready>
    </div>
  );
}

function ChannelTable({ of: { channel, channelName, indicator, periods } }: { of: Rescoring }) {
  const text = useText(studiesText);
  const common = useText(commonText);
  const name = useName();
  const as = useScoreFormats()(channel, indicator);
  return (
    <Panel title={name(channelName)}>
      <table className="plain wide">
        <thead>
          <tr>
            <th scope="col">{text.period}</th>
            {[text.first, text.second].map((version) => (
              <Fragment key={version}>
                <th scope="col">{version}</th>
                <th scope="col">{common.margin}</th>
                <th scope="col">{common.base}</th>
              </Fragment>
            ))}
            <th scope="col">{text.change}</th>
          </tr>
        </thead>
        <tbody>
          {periods.map(({ first, last, scores, difference }) => (
            <tr key={first}>
              <th scope="row">{periodName(first, last, text)}</th>
              <VersionCells score={scores[0]} as={as} />
              <VersionCells score={scores[1]} as={as} />
              <td>{as.points(difference, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

/** A score with its own margin and base: versions that count other items have other bases. */
function VersionCells({ score, as }: { score: Score | null; as: ScoreFormat }) {
  return (
    <>
      <td>
        <ScoreFigure score={score} as={as} />
      </td>
      <td>
        <MarginFigure score={score} as={as} />
      </td>
      <td>
        <BaseFigure score={score} />
      </td>
    </>
  );
}

type Text = { year: (year: string) => string; partOfYear: (from: string, to: string) => string };

function periodName(first: number, last: number, text: Text): string {
  if (first === last) return formatQuarter(first);
  const whole = last - first === 3 && first % 4 === 0;
  return whole
    ? text.year(String(yearOf(first)))
    : text.partOfYear(formatQuarter(first), formatQuarter(last));
}
