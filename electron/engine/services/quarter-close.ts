// The close of a quarter: what was expected, what came, what needs a look, what went well; and how forecasts have done.

import type { AlertView } from '../../../shared/calls/alerts.ts';
import type { ChannelClose, CloseRow, QuarterClose } from '../../../shared/calls/close.ts';
import type { SurpriseRow } from '../../../shared/calls/figure.ts';
import type { AccuracyRow } from '../../../shared/calls/forecast.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import type { Quarter } from '../../../shared/domain/quarter.ts';
import { SCOPE_LEVELS } from '../../../shared/domain/scope.ts';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../shared/errors.ts';
import { Z95 } from '../../../shared/math/normal.ts';
import type { Context } from '../context.ts';
import { listAlertViews } from './alerts/alerts.ts';
import { SurpriseReader } from './alerts/surprises.ts';
import { changeSince, findMeasure, shownAt } from './figures/figures.ts';
import { quarterTests } from './forecast/quarter-tests.ts';
import { isCurrent } from './forecast/run-snapshot.ts';
import { StandingForecasts } from './forecast/standing-forecasts.ts';
import type { ChannelCube, Workspace } from './workspace/workspace.ts';

const SHOWN = 8;

export function closeQuarter(context: Context, input: CallArguments<'quarter.close'>): QuarterClose {
  const workspace = context.workspace();
  const channels = workspace.channels();
  if (channels.length === 0) throw new AppError('channel-without-data', { channel: '—' });
  const cubes = channels.map((channel) => workspace.cube(input.scheme, channel));
  const quarter = input.quarter ?? Math.max(...cubes.map(({ cube }) => cube.quarters.at(-1)!));
  const forecasts = new StandingForecasts(workspace, input.scheme);
  const alerts = listAlertViews(workspace, { scheme: input.scheme, quarter });
  return {
    quarter,
    channels: cubes.map((source) =>
      closeChannel(
        workspace,
        source,
        forecasts,
        quarter,
        alerts.filter((alert) => alert.channel === source.channel),
      ),
    ),
  };
}

function closeChannel(
  workspace: Workspace,
  source: ChannelCube,
  forecasts: StandingForecasts,
  quarter: Quarter,
  alerts: readonly AlertView[],
): ChannelClose {
  const { channel, tree, cube } = source;
  const measure = findMeasure(workspace, source, '')!;
  const reader = new SurpriseReader(workspace, source, forecasts, quarter);
  const areas = tree.nodes.flatMap((scope, node) =>
    isArea(scope.level) ? (reader.row(node, '') ?? []) : [],
  );
  const items = cube.items.flatMap(({ code, weight }) => (weight > 0 ? (reader.row(0, code) ?? []) : []));
  const tested = [...areas, ...items];
  const overall = reader.row(0, '');
  const run = forecasts.run(channel, quarter);
  return {
    channel,
    name: CHANNEL_NAMES[channel],
    scale: measure.scale,
    score: shownAt(measure, 0, quarter),
    expected: forecasts.find(channel, quarter, 'overall', ''),
    position: overall && positionOf(overall),
    sincePrevious: changeSince(measure, 0, quarter, quarter - 1),
    tested: tested.length,
    inside80: tested.filter(({ z, ...row }) => isInside(row, 'low80', 'high80')).length,
    inside95: tested.filter(({ z, ...row }) => isInside(row, 'low95', 'high95')).length,
    alerts: {
      above: alerts.filter((alert) => alert.direction === 'above').length,
      below: alerts.filter((alert) => alert.direction === 'below').length,
      open: alerts.filter((alert) => alert.state === 'new' || alert.state === 'acknowledged').length,
    },
    tests: quarterTests(workspace, source, run, quarter),
    needsLook: pick(tested, alerts, reader, tree, 'below'),
    wentWell: pick(tested, alerts, reader, tree, 'above'),
    next: forecasts.find(channel, quarter + 1, 'overall', ''),
    stale: run !== undefined && !isCurrent(workspace, { ...run, schemeId: source.scheme, quarter }),
  };
}

function alertShift({ shift100, shiftMargin100 }: AlertView): CloseRow['shift'] {
  return { points100: shift100, margin100: shiftMargin100 };
}

/** A surprise is the distance in its own standard deviations. */
function surpriseShift({ score, expected, z }: SurpriseRow): CloseRow['shift'] {
  const points100 = score.score100 - expected.point;
  return { points100, margin100: z === 0 ? 0 : (Z95 * points100) / z };
}

function isArea(level: string): boolean {
  return level === 'region' || level === 'province';
}

type Banded = Pick<SurpriseRow, 'score' | 'expected'>;

function isInside({ score, expected }: Banded, low: 'low80' | 'low95', high: 'high80' | 'high95'): boolean {
  return score.score100 >= expected[low] && score.score100 <= expected[high];
}

function positionOf(row: Banded): 'above' | 'below' | 'inside' {
  if (isInside(row, 'low95', 'high95')) return 'inside';
  return row.score.score100 > row.expected.point ? 'above' : 'below';
}

/**
 * Alerts of one direction first, then other figures outside their 80 % band, the most surprising first. An area inside
 * one that has an alert of its index is left to that alert, unless it was hit twice as hard.
 */
function pick(
  tested: readonly SurpriseRow[],
  alerts: readonly AlertView[],
  reader: SurpriseReader,
  tree: ChannelCube['tree'],
  direction: 'above' | 'below',
): CloseRow[] {
  const raised = alerts
    .filter((alert) => alert.direction === direction)
    .flatMap((alert): CloseRow[] => {
      const row = reader.row(tree.byId.get(alert.scope)!, alert.indicator);
      return row ? [{ ...row, alert: alert.id, shift: alertShift(alert) }] : [];
    });
  const key = (row: SurpriseRow) => `${row.scope}\n${row.indicator}`;
  const named = new Set(raised.map(key));
  const sign = direction === 'above' ? 1 : -1;
  const shiftOf = new Map(
    raised.filter((row) => row.indicator === '').map((row) => [row.scope, row.shift.points100]),
  );
  const isExplained = (row: SurpriseRow) => {
    if (row.indicator !== '') return false;
    const distance = sign * (row.score.score100 - row.expected.point);
    for (let at = tree.nodes[tree.byId.get(row.scope)!]!.parent; at >= 0; at = tree.nodes[at]!.parent)
      if (distance < 2 * sign * (shiftOf.get(tree.nodes[at]!.id) ?? 0)) return true;
    return false;
  };
  const rest = tested
    .filter(
      (row) =>
        sign * row.z > 0 && !named.has(key(row)) && !isInside(row, 'low80', 'high80') && !isExplained(row),
    )
    .sort((a, b) => sign * (b.z - a.z))
    .map((row): CloseRow => ({ ...row, alert: null, shift: surpriseShift(row) }));
  return [...raised, ...rest].slice(0, SHOWN);
}

/** Every standing forecast of a measured quarter against what came, by channel and level. */
export function forecastAccuracy(context: Context, input: CallArguments<'forecast.accuracy'>): AccuracyRow[] {
  const workspace = context.workspace();
  const forecasts = new StandingForecasts(workspace, input.scheme);
  const channels = input.channel ? [input.channel] : workspace.channels();
  return channels.flatMap((channel) => {
    const source = workspace.cube(input.scheme, channel);
    const quarters = source.cube.quarters.filter((quarter) => forecasts.run(channel, quarter));
    return SCOPE_LEVELS.flatMap((level) => accuracyOf(workspace, source, forecasts, quarters, level) ?? []);
  });
}

function accuracyOf(
  workspace: Workspace,
  source: ChannelCube,
  forecasts: StandingForecasts,
  quarters: readonly Quarter[],
  level: AccuracyRow['level'],
): AccuracyRow | null {
  const { tree, channel, cube } = source;
  const nodes = tree.nodes.flatMap((scope, node) => (scope.level === level ? [node] : []));
  const measures = ['', ...cube.items.map(({ code }) => code)].map(
    (code) => findMeasure(workspace, source, code)!,
  );
  const sums = { series: 0, error: 0, naive: 0, naiveSeries: 0, hit80: 0, hit95: 0 };
  const seen = new Set<Quarter>();
  for (const quarter of quarters) {
    const reader = new SurpriseReader(workspace, source, forecasts, quarter);
    for (const node of nodes)
      for (const measure of measures) {
        const row = reader.row(node, measure.code);
        if (!row) continue;
        const before = shownAt(measure, node, quarter - 1);
        seen.add(quarter);
        sums.series++;
        sums.error += Math.abs(row.score.score100 - row.expected.point);
        sums.hit80 += Number(isInside(row, 'low80', 'high80'));
        sums.hit95 += Number(isInside(row, 'low95', 'high95'));
        if (!before) continue;
        sums.naiveSeries++;
        sums.naive += Math.abs(row.score.score100 - before.score100);
      }
  }
  if (sums.series === 0) return null;
  return {
    channel,
    channelName: CHANNEL_NAMES[channel],
    level,
    quarters: seen.size,
    series: sums.series,
    error: sums.error / sums.series,
    naiveError: sums.naiveSeries > 0 ? sums.naive / sums.naiveSeries : null,
    hit80: sums.hit80 / sums.series,
    hit95: sums.hit95 / sums.series,
  };
}
