// Where satisfaction stands: the channels of one scope, its trend, its areas, its indicators, its alerts.

import type { Change, TrendView } from '../../../shared/calls/figure.ts';
import type { ChannelStanding, Overview, StandingRow } from '../../../shared/calls/overview.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import type { Quarter } from '../../../shared/domain/quarter.ts';
import { pathTo } from '../../../shared/domain/scope-tree.ts';
import { CHANNEL_NAMES, type Channel } from '../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { listAlertViews } from './alerts/alerts.ts';
import { sharedItems } from './channels/shared-items.ts';
import { basisNotes, FORECASTS_ARE_OF_EVERYBODY, isEverybody } from './figures/basis-notes.ts';
import { breaksOf } from './figures/breaks.ts';
import { markTogether } from './figures/family.ts';
import {
  absenceAt,
  changeAgainstRest,
  changeBetween,
  changeSince,
  findMeasure,
  type Measure,
  shownAt,
  shownMean,
} from './figures/figures.ts';
import { StandingForecasts } from './forecast/standing-forecasts.ts';
import type { ChannelCube, Workspace } from './workspace/workspace.ts';

const SPARK_QUARTERS = 8;
const TREND_QUARTERS = 16;

interface Reading {
  workspace: Workspace;
  forecasts: StandingForecasts;
  cube: ChannelCube;
  measure: Measure;
  node: number;
  quarter: Quarter;
  against: CallArguments<'overview.get'>['against'];
  cubes: readonly ChannelCube[];
}

export function getOverview(context: Context, input: CallArguments<'overview.get'>): Overview {
  const workspace = context.workspace();
  const tree = workspace.tree(input.scheme);
  const node = tree.byId.get(input.scope);
  if (node === undefined) throw new AppError('scope-unknown', { scope: input.scope });
  const channels = workspace.channels();
  if (channels.length === 0) throw new AppError('channel-without-data', { channel: input.channel ?? '—' });
  const cubes = channels.map((channel) => workspace.cube(input.scheme, channel, input.basis));
  const everybody = isEverybody(input.basis);
  const quarter = input.quarter ?? Math.max(...cubes.map(({ cube }) => cube.quarters.at(-1)!));
  const forecasts = new StandingForecasts(workspace, input.scheme, input.basis);
  const readings = cubes.flatMap((cube) => {
    const measure = findMeasure(workspace, cube, input.indicator);
    return measure
      ? [{ workspace, forecasts, cube, measure, node, quarter, against: input.against, cubes }]
      : [];
  });
  const lead = readings.find(({ cube }) => cube.channel === input.channel) ?? readings[0];
  return {
    scope: tree.nodes[node]!,
    path: pathTo(tree, node).map(({ id, name }) => ({ id, name })),
    quarter,
    channels: readings.map(standingOf),
    lead: lead?.cube.channel ?? null,
    trends: readings.map(trendOf),
    areas: lead ? marked(workspace, areaRows(lead, childrenOf(lead))) : [],
    provinces: lead ? marked(workspace, areaRows(lead, provincesBelow(lead))) : [],
    indicators: lead ? marked(workspace, indicatorRows(lead)) : [],
    alerts: everybody
      ? listAlertViews(workspace, { scheme: input.scheme, quarter }).filter(
          (alert) => alert.scope === input.scope || isBelow(workspace, input.scheme, alert.scope, node),
        )
      : [],
    notes: everybody ? [] : [...basisNotes(cubes), FORECASTS_ARE_OF_EVERYBODY],
  };
}

function isBelow(workspace: Workspace, scheme: number, scope: string, node: number): boolean {
  const tree = workspace.tree(scheme);
  for (let at = tree.byId.get(scope) ?? -1; at >= 0; at = tree.nodes[at]!.parent)
    if (at === node) return true;
  return false;
}

function standingOf(reading: Reading): ChannelStanding {
  const { cube, measure, node, quarter, forecasts } = reading;
  const scope = cube.tree.nodes[node]!.id;
  return {
    channel: cube.channel,
    name: CHANNEL_NAMES[cube.channel],
    scale: measure.scale,
    quarter,
    score: shownAt(measure, node, quarter),
    absence: absenceAt(measure, cube, node, quarter),
    sincePrevious: changeSince(measure, node, quarter, quarter - 1),
    sinceLastYear: changeSince(measure, node, quarter, quarter - 4),
    expected: forecasts.find(cube.channel, quarter, scope, measure.code),
    next: forecasts.find(cube.channel, quarter + 1, scope, measure.code),
  };
}

function trendOf(reading: Reading): TrendView {
  const { cube, measure, node, quarter, forecasts, workspace } = reading;
  const scope = cube.tree.nodes[node]!.id;
  const quarters = cube.cube.quarters.filter((q) => q <= quarter && q > quarter - TREND_QUARTERS);
  return {
    channel: cube.channel,
    channelName: CHANNEL_NAMES[cube.channel],
    indicator: measure.code,
    points: quarters.map((q) => ({
      quarter: q,
      score: shownAt(measure, node, q),
      expected: forecasts.find(cube.channel, q, scope, measure.code),
    })),
    next: forecasts.find(cube.channel, quarter + 1, scope, measure.code),
    breaks: breaksOf(workspace, cube, measure),
  };
}

function childrenOf({ cube, node }: Reading): number[] {
  return cube.tree.children[node] ?? [];
}

function provincesBelow({ cube, node }: Reading): number[] {
  const { nodes } = cube.tree;
  const below = (at: number): boolean => at === node || (at > 0 && below(nodes[at]!.parent));
  return nodes.flatMap((scope, i) => (scope.level === 'province' && below(i) ? [i] : []));
}

/** Areas below the scope, each against the rest of it. */
function areaRows(reading: Reading, areas: readonly number[]): StandingRow[] {
  const { cube, node, measure, forecasts, quarter } = reading;
  forecasts.load(cube.channel, quarter + 1, measure.code);
  return areas.flatMap((child) => {
    const scope = cube.tree.nodes[child]!;
    const spark = sparkOf(measure, child, quarter);
    if (measure.at(child, quarter).sumW === 0 && spark.every((value) => value === null)) return [];
    return [
      {
        scope: scope.id,
        level: scope.level,
        name: scope.name,
        indicator: measure.code,
        score: shownAt(measure, child, quarter),
        ...comparisons(reading, measure, child, node),
        next: forecasts.find(cube.channel, quarter + 1, scope.id, measure.code),
        spark,
      },
    ];
  });
}

/** A figure against the rest of what contains it, against the quarter before, and against what was asked for. */
function comparisons(
  reading: Reading,
  measure: Measure,
  node: number,
  whole: number,
): Pick<StandingRow, 'againstRest' | 'sincePrevious' | 'compared'> {
  const { quarter, against } = reading;
  const compare = (): Change | null => {
    if (against === 'rest') return changeAgainstRest(measure, node, whole, quarter);
    if (against === 'previous') return changeSince(measure, node, quarter, quarter - 1);
    if (against === 'last-year') return changeSince(measure, node, quarter, quarter - 4);
    return againstChannel(reading, measure, node, against);
  };
  return {
    againstRest: changeAgainstRest(measure, node, whole, quarter),
    sincePrevious: changeSince(measure, node, quarter, quarter - 1),
    compared: compare(),
  };
}

/** Against the same figure of another channel, whose respondents are others; null where the two share no item of it. */
function againstChannel(
  { workspace, cube: own, cubes, quarter }: Reading,
  measure: Measure,
  node: number,
  channel: Channel,
): Change | null {
  const cube = cubes.find((one) => one.channel === channel);
  if (!cube || sharedItems(workspace, own, cube, measure.code).shared === 0) return null;
  const other = findMeasure(workspace, cube, measure.code);
  if (!other || other.hidden(node, quarter) || measure.hidden(node, quarter)) return null;
  return changeBetween(measure.at(node, quarter), other.at(node, quarter), measure.tiers);
}

function marked(workspace: Workspace, rows: StandingRow[]): StandingRow[] {
  for (const field of ['againstRest', 'sincePrevious', 'compared'] as const)
    markTogether(
      rows.map((row) => row[field]),
      workspace.rules().q,
    );
  return rows;
}

function sparkOf(measure: Measure, node: number, quarter: Quarter): (number | null)[] {
  return Array.from({ length: SPARK_QUARTERS }, (_, i) =>
    shownMean(measure, node, quarter - SPARK_QUARTERS + 1 + i),
  );
}

function indicatorRows(reading: Reading): StandingRow[] {
  const { workspace, cube, node, forecasts, quarter } = reading;
  const scope = cube.tree.nodes[node]!;
  return workspace.indicators(cube.basis.weightSet).rows.flatMap((row) => {
    const measure = findMeasure(workspace, cube, row.code);
    if (!measure || measure.code === '') return [];
    return [
      {
        scope: scope.id,
        level: scope.level,
        name: { zh: row.nameZh, en: row.nameEn },
        indicator: row.code,
        score: shownAt(measure, node, quarter),
        ...comparisons(reading, measure, node, scope.parent),
        next: forecasts.find(cube.channel, quarter + 1, scope.id, row.code),
        spark: sparkOf(measure, node, quarter),
      },
    ];
  });
}
