// Two channels over the same places and quarters: how far apart, how far they agree, over units and over time.
import type { ChannelPair, ChannelSide, PairUnit } from '../../../../shared/calls/channels.ts';
import type { Change } from '../../../../shared/calls/figure.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { type CellStatistics, meanOf, standardErrorOf } from '../../../../shared/domain/cell.ts';
import { agreementOf, type UnitScores } from '../../../../shared/domain/channel/agreement.ts';
import { type Correlation, correlationOf } from '../../../../shared/domain/channel/correlation.ts';
import { pairedDifference } from '../../../../shared/domain/channel/paired-difference.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES, type Channel } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { basisNotes, rollingNotes } from '../figures/basis-notes.ts';
import { breaksOf } from '../figures/breaks.ts';
import { indicatorName } from '../figures/catalog.ts';
import { markTogether } from '../figures/family.ts';
import { changeBetween, findMeasure, type Measure, shownAt } from '../figures/figures.ts';
import { type SpanFigures, spanFigures } from '../figures/span-figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { comparabilityOf, inOrder } from './crosswalk.ts';
import { sharedItems } from './shared-items.ts';

interface Side {
  source: ChannelCube;
  measure: Measure | undefined;
  span: SpanFigures | undefined;
  node: number;
}

export function getChannelPair(context: Context, input: CallArguments<'channels.pair'>): ChannelPair {
  const workspace = context.workspace();
  inOrder(input.first, input.second);
  const sources = [input.first, input.second].map((channel) =>
    workspace.cube(input.scheme, channel, input.basis),
  ) as [ChannelCube, ChannelCube];
  const node = sources[0].tree.byId.get(input.scope);
  if (node === undefined) throw new AppError('scope-unknown', { scope: input.scope });
  const withData = sources.map(({ cube }) => cube.quarters.filter((q) => cube.hasData(node, q)));
  const common = withData[0]!.filter((quarter) => withData[1]!.includes(quarter));
  const { first: from = -Infinity, last: to = Infinity } = input.period ?? {};
  const used = common.filter((quarter) => quarter >= from && quarter <= to);
  const items = sharedItems(workspace, ...sources, input.indicator);
  const sides = sources.map((source): Side => {
    const measure = items.shared > 0 ? findMeasure(workspace, source, input.indicator) : undefined;
    return { source, measure, span: measure && over(source, measure, used), node };
  }) as [Side, Side];
  const shared = sharedIndicators(workspace, sources);
  const own = withData.map((quarters) => quarters.filter((quarter) => quarter >= from && quarter <= to));
  const units = unitsBelow(sources, input.level, node, { used, own });
  const pairs = pairUnits(sides, units.common);
  markTogether(
    pairs.map(({ difference }) => difference),
    workspace.rules().q,
  );
  const paired = pairedDifference(
    pairs.flatMap(({ errors, difference }) => {
      const variance = errors.firstError ** 2 + errors.secondError ** 2;
      return variance > 0 ? [{ difference: difference.points100, variance }] : [];
    }),
  );
  const overTime = changesOverTime(sides, common);
  const byIndicator = shared.map((one) => differenceOn(workspace, sources, node, used, one));
  markTogether(
    byIndicator.map(({ difference }) => difference),
    workspace.rules().q,
  );
  return {
    first: viewSide(workspace, sides[0], { used, units: units.first }),
    second: viewSide(workspace, sides[1], { used, units: units.second }),
    indicators: shared,
    items,
    common,
    used,
    windowed: used.length > 1 && sides.some(({ span }) => span?.quarters.length === 1),
    level: input.level,
    commonUnits: units.common.length,
    units: pairs.map(({ errors: _, ...unit }) => unit),
    pooled: pooled(sides, node),
    paired,
    agreement: agreementOf(pairs.map(({ errors }) => errors)) ?? null,
    overTime,
    byIndicator,
    comparability: comparabilityOf(workspace, input.first, input.second),
    notes: [...basisNotes(sources), ...rollingNotes(sources)],
  };
}

function over(source: ChannelCube, measure: Measure, used: readonly Quarter[]): SpanFigures | undefined {
  if (used.length === 0) return undefined;
  return spanFigures(source, measure, { first: used[0]!, last: used.at(-1)! });
}

/** The index and every factor, item and question that both channels asked, by items in common. */
function sharedIndicators(
  workspace: Workspace,
  [first, second]: readonly [ChannelCube, ChannelCube],
): ChannelPair['indicators'] {
  const { rows } = workspace.indicators(first.basis.weightSet);
  const codes = ['', ...rows.flatMap(({ code, role }) => (role === 'index' ? [] : [code]))];
  return codes
    .filter((code) => sharedItems(workspace, first, second, code).shared > 0)
    .map((code) => ({ code, name: indicatorName(workspace, code) }));
}

/** Places of a level at or below a node with answers: of either channel in its own quarters, of both in the common ones. */
function unitsBelow(
  [one, other]: readonly [ChannelCube, ChannelCube],
  level: ChannelPair['level'],
  top: number,
  { used, own }: { used: readonly Quarter[]; own: readonly (readonly Quarter[])[] },
): { first: number; second: number; common: number[] } {
  const { nodes } = one.tree;
  const below = new Uint8Array(nodes.length);
  below[top] = 1;
  const found = { first: 0, second: 0, common: [] as number[] };
  for (let node = top; node < nodes.length; node++) {
    if (node > top && below[nodes[node]!.parent] === 0) continue;
    below[node] = 1;
    if (nodes[node]!.level !== level) continue;
    const answered = ({ cube }: ChannelCube, quarters: readonly Quarter[]) =>
      quarters.some((quarter) => cube.hasData(node, quarter));
    if (answered(one, own[0]!)) found.first++;
    if (answered(other, own[1]!)) found.second++;
    if (answered(one, used) && answered(other, used)) found.common.push(node);
  }
  return found;
}

function pairUnits(
  [first, second]: readonly [Side, Side],
  nodes: readonly number[],
): (PairUnit & { errors: UnitScores })[] {
  return nodes.flatMap((node) => {
    const [one, other] = [first.span?.shown(node), second.span?.shown(node)];
    if (!one || !other) return [];
    const cells = [first.span!.cell(node), second.span!.cell(node)] as const;
    const difference = changeBetween(...cells, first.source.tiers);
    const errors = errorsOf(...cells);
    if (!difference || !errors) return [];
    const { id, name } = first.source.tree.nodes[node]!;
    return [{ scope: id, name, first: one, second: other, difference, errors }];
  });
}

function errorsOf(first: CellStatistics, second: CellStatistics): UnitScores | undefined {
  const [firstError, secondError] = [standardErrorOf(first), standardErrorOf(second)];
  if (firstError === undefined || secondError === undefined) return undefined;
  return { first: meanOf(first)!, second: meanOf(second)!, firstError, secondError };
}

function pooled([first, second]: readonly [Side, Side], node: number): Change | null {
  if (!first.span || !second.span || first.span.hidden(node) || second.span.hidden(node)) return null;
  return changeBetween(first.span.cell(node), second.span.cell(node), first.source.tiers);
}

function viewSide(
  workspace: Workspace,
  { source, measure, span, node }: Side,
  { used, units }: { used: readonly Quarter[]; units: number },
): ChannelSide {
  const { cube, channel, indexScale } = source;
  return {
    channel,
    name: CHANNEL_NAMES[channel],
    scale: measure?.scale ?? indexScale,
    score: span?.shown(node) ?? null,
    respondents: (span?.quarters ?? used).reduce((sum, quarter) => sum + cube.base(node, quarter).n, 0),
    units,
    quarters: cube.quarters.filter((quarter) => cube.hasData(node, quarter)),
    breaks: measure ? breaksOf(workspace, source, measure) : [],
  };
}

/** Scores of the scope quarter by quarter, and whether they rise and fall together. */
function changesOverTime(
  [first, second]: readonly [Side, Side],
  common: readonly Quarter[],
): ChannelPair['overTime'] {
  const shown = ({ measure, node }: Side, quarter: Quarter) =>
    measure ? shownAt(measure, node, quarter) : null;
  const points = common.map((quarter) => ({
    quarter,
    first: shown(first, quarter),
    second: shown(second, quarter),
  }));
  const changes = points.flatMap((now, i): [number, number][] => {
    const before = points[i - 1];
    if (before?.quarter !== now.quarter - 1) return [];
    if (!now.first || !now.second || !before.first || !before.second) return [];
    return [[now.first.score100 - before.first.score100, now.second.score100 - before.second.score100]];
  });
  const correlation: Correlation = correlationOf(changes);
  return { points, changes: correlation };
}

function differenceOn(
  workspace: Workspace,
  sources: readonly [ChannelCube, ChannelCube],
  node: number,
  used: readonly Quarter[],
  one: ChannelPair['indicators'][number],
): ChannelPair['byIndicator'][number] {
  const [first, second] = sources.map((source) =>
    over(source, findMeasure(workspace, source, one.code)!, used),
  );
  const shown = first && second && !first.hidden(node) && !second.hidden(node);
  return {
    ...one,
    first: first?.shown(node) ?? null,
    second: second?.shown(node) ?? null,
    difference: shown ? changeBetween(first.cell(node), second.cell(node), workspace.rules()) : null,
  };
}

/** The channels of a place that can be read under a scheme. */
export function channelCubes(
  workspace: Workspace,
  scheme: number,
  basis: CallArguments<'channels.place'>['basis'],
): ChannelCube[] {
  return workspace.channels().map((channel: Channel) => workspace.cube(scheme, channel, basis));
}
