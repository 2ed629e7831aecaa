// Figures over several quarters of every place, with small bases and what would give them away left out.
import type { Score } from '../../../../shared/calls/figure.ts';
import { type CellStatistics, nEffOf } from '../../../../shared/domain/cell.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { suppress } from '../../../../shared/domain/suppression.ts';
import type { ChannelCube } from '../workspace/workspace.ts';
import { type Measure, scoreOf } from './figures.ts';
import { quartersOf } from './unit-cube.ts';

export interface SpanFigures {
  quarters: Quarter[];
  cell(node: number): CellStatistics;
  hidden(node: number): boolean;
  shown(node: number): Score | null;
}

/** A measure over the quarters of a period that share nobody. */
export function spanFigures(
  source: ChannelCube,
  measure: Measure,
  period: { first: Quarter; last: Quarter },
): SpanFigures {
  const quarters = quartersOf(source, period);
  const last = quarters.at(-1);
  const first = quarters[0] ?? 0;
  const cell = (node: number) =>
    last === undefined
      ? measure.at(node, Number.MIN_SAFE_INTEGER)
      : first === last
        ? measure.at(node, last)
        : measure.over(node, first, last);
  const hidden =
    last !== undefined && first === last
      ? (node: number) => measure.hidden(node, last)
      : overSpan(source, cell);
  return {
    quarters,
    cell,
    hidden,
    shown: (node) => (hidden(node) ? null : scoreOf(cell(node), measure)),
  };
}

/** Worked out for all places at once when the first is asked for. */
function overSpan(
  { tree, tiers }: ChannelCube,
  cell: (node: number) => CellStatistics,
): (node: number) => boolean {
  let flags: boolean[] | undefined;
  return (node) => {
    flags ??= suppress(
      tree.nodes.map(({ parent }, i) => ({ parent, nEff: nEffOf(cell(i)) })),
      tiers.greyFrom,
    ).map((reason) => reason !== undefined);
    return flags[node]!;
  };
}
