import { type TableProps, Tag } from 'antd';
import type { AssessmentRow } from '../../../shared/calls/plan.ts';
import type { FunnelPosition } from '../../../shared/domain/funnel.ts';
import { PagedTable } from '../../components/long-table.tsx';
import { ABSENT, count, decimal, signed } from '../../format.ts';
import type { Said } from '../../text/both.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useText } from '../../text/use-text.ts';

const NUMBER = { className: 'number', align: 'right' } as const;

/** A row of the assessment as it is shown; places and ranks only among peers. */
export type AssessmentLine = AssessmentRow & {
  key: string;
  name: string;
  rank?: number | null;
  funnel?: FunnelPosition | null;
  /** The same in words. */
  place?: string;
  standardError?: number;
  spent?: string;
};

/** A place in the funnel in words. */
export function placeName(funnel: FunnelPosition, work: Said<typeof planWorkText>): string {
  return {
    'far-below': work.farBelow,
    below: work.below,
    inside: work.inside,
    above: work.above,
    'far-above': work.farAbove,
  }[funnel];
}

function VerdictTag({ verdict }: { verdict: AssessmentRow['verdict'] }) {
  const work = useText(planWorkText);
  const words = { met: work.met, 'not-met': work.notMet, indistinguishable: work.indistinguishable };
  const colours = { met: 'success', 'not-met': 'error', indistinguishable: 'default' };
  return <Tag color={colours[verdict]}>{words[verdict]}</Tag>;
}

const SPLIT_WIDTH = 84;

/** What measures added against the unfunded cells, where something was funded. */
function effectColumns(work: Said<typeof planWorkText>) {
  return {
    title: work.measures,
    key: 'effect',
    children: [
      {
        title: work.measuresPlanned,
        key: 'effect-planned',
        ...NUMBER,
        width: 70,
        render: (_: unknown, { effect }: AssessmentLine) => signed(effect?.planned, 2),
      },
      {
        title: work.measuresFound,
        key: 'effect-found',
        ...NUMBER,
        width: 168,
        render: (_: unknown, { effect }: AssessmentLine) =>
          effect
            ? `${signed(effect.value, 2)} [${signed(effect.low, 2)}, ${signed(effect.high, 2)}]`
            : ABSENT,
      },
    ],
  };
}

/** One table of the assessment: score and verdict, where the gap comes from, what the measures added. */
export function AssessmentLines({ lines, first }: { lines: AssessmentLine[]; first: string }) {
  const text = useText(planText);
  const common = useText(commonText);
  const work = useText(planWorkText);
  const score = (title: string, value: (line: AssessmentLine) => number) => ({
    title,
    key: title,
    ...NUMBER,
    width: 62,
    render: (_: unknown, line: AssessmentLine) => decimal(value(line)),
  });
  const points = (title: string, value: (line: AssessmentLine) => number) => ({
    title,
    key: title,
    ...NUMBER,
    width: SPLIT_WIDTH,
    sorter: (a: AssessmentLine, b: AssessmentLine) => value(a) - value(b),
    render: (_: unknown, line: AssessmentLine) => signed(value(line), 2),
  });
  const columns: TableProps<AssessmentLine>['columns'] = [
    { title: first, dataIndex: 'name', ellipsis: true, width: 150, fixed: 'left' },
    score(text.now, (line) => line.baseline),
    score(work.planned, (line) => line.planned),
    score(work.actual, (line) => line.actual),
    {
      title: common.effectiveBase,
      key: 'base',
      ...NUMBER,
      width: 84,
      render: (_, { nEff }) => <span className="soft">{count(nEff)}</span>,
    },
    points(work.gap, (line) => line.gap),
    {
      title: work.interval,
      key: 'interval',
      ...NUMBER,
      width: 116,
      render: (_, line) => `[${signed(line.low)}, ${signed(line.high)}]`,
    },
    {
      title: work.verdict,
      key: 'verdict',
      width: 96,
      render: (_, line) => (line.tier === 'full' ? <VerdictTag verdict={line.verdict} /> : work.smallBase),
    },
    ...(lines.some((line) => line.rank !== undefined)
      ? [
          { title: work.rank, dataIndex: 'rank', ...NUMBER, width: 54 },
          { title: work.funnel, dataIndex: 'place', width: 110 },
        ]
      : []),
    {
      title: work.splitNote,
      key: 'split',
      children: [
        points(work.splitDrift, (line) => line.split.drift),
        points(work.splitExecution, (line) => line.split.execution),
        points(work.splitEffectiveness, (line) => line.split.effectiveness),
        points(work.splitNoise, (line) => line.split.noise),
      ],
    },
    ...(lines.some((line) => line.effect) ? [effectColumns(work)] : []),
    ...(lines.some((line) => line.spent !== undefined)
      ? [{ title: work.spent, dataIndex: 'spent', ...NUMBER, width: 100 }]
      : []),
  ];
  return (
    <PagedTable<AssessmentLine>
      rowKey="key"
      columns={columns}
      dataSource={lines}
      rowClassName={(line) => (line.tier === 'grey' ? 'faint' : '')}
      pageSize={lines.length > 40 ? 20 : 40}
      scroll={{ x: 'max-content' }}
    />
  );
}
