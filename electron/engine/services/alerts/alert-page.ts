// Everything beside one alert: the whole's standing, the split over its children, the heat map, its siblings.

import type { AlertPage } from '../../../../shared/calls/alerts.ts';
import type { SplitPartView, SplitView, SurpriseRow } from '../../../../shared/calls/figure.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { type SplitPart, splitChange } from '../../../../shared/domain/alert/split-change.ts';
import { meanOf } from '../../../../shared/domain/cell.ts';
import type { Context } from '../../context.ts';
import type { AlertRow } from '../../store/alerts.ts';
import { indicatorName } from '../figures/catalog.ts';
import { findMeasure, type Measure } from '../figures/figures.ts';
import { isCurrent } from '../forecast/run-snapshot.ts';
import { StandingForecasts } from '../forecast/standing-forecasts.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { standingAlert, viewAlert } from './alerts.ts';
import { SurpriseReader } from './surprises.ts';

const HEAT_ROWS = 40;
const SIBLINGS = 60;
/** Quarters whose mean base is the expected one. */
const BASE_QUARTERS = 4;
const SMALL = { zh: '其余（样本太少）', en: 'Others (base too small)' };

interface Page {
  workspace: Workspace;
  source: ChannelCube;
  forecasts: StandingForecasts;
  reader: SurpriseReader;
  measure: Measure;
  row: AlertRow;
  node: number;
}

export function getAlertPage(context: Context, input: CallArguments<'alerts.get'>): AlertPage {
  const workspace = context.workspace();
  const { row, node } = standingAlert(workspace, input.alert);
  const source = workspace.cube(row.schemeId, row.channel);
  const forecasts = new StandingForecasts(workspace, row.schemeId);
  const reader = new SurpriseReader(workspace, source, forecasts, row.quarter);
  const measure = findMeasure(workspace, source, row.indicator)!;
  const run = forecasts.run(row.channel, row.quarter) ?? null;
  const page: Page = { workspace, source, forecasts, reader, measure, row, node };
  return {
    alert: viewAlert(workspace, row, !isCurrent(workspace, row)),
    raised: run && { at: run.createdAt, dataVersion: run.dataVersion, method: run.methodVersion },
    overall: reader.row(0, ''),
    splits: splitsOf(page),
    items: itemsOf(page),
    heat: heatOf(page),
    siblings: siblingsOf(page),
  };
}

function splitsOf(page: Page): SplitView[] {
  const { source, node, measure, row, forecasts } = page;
  const children = source.tree.children[node] ?? [];
  if (children.length === 0) return [];
  const { quarter, channel, indicator } = row;
  const after = (child: number) => {
    const cell = measure.at(child, quarter);
    return { scoreAfter: meanOf(cell) ?? Number.NaN, sizeAfter: cell.sumW };
  };
  const sides: Record<SplitView['against'], (child: number) => Omit<SplitPart, 'id'>> = {
    expected: (child) => {
      const stored = forecasts.row(channel, quarter, source.tree.nodes[child]!.id, indicator);
      const past = Array.from({ length: BASE_QUARTERS }, (_, i) => measure.at(child, quarter - 1 - i).sumW);
      const known = past.filter((size) => size > 0);
      const size = known.reduce((sum, one) => sum + one, 0) / Math.max(1, known.length);
      return { scoreBefore: stored?.point ?? Number.NaN, sizeBefore: stored ? size : 0, ...after(child) };
    },
    previous: (child) => {
      const before = measure.at(child, quarter - 1);
      return { scoreBefore: meanOf(before) ?? Number.NaN, sizeBefore: before.sumW, ...after(child) };
    },
  };
  return (['expected', 'previous'] as const).flatMap((against) => {
    const split = splitChange(children.map((child) => ({ id: String(child), ...sides[against](child) })));
    if (split.kind !== 'split') return [];
    return [
      { against, change: split.change, rate: split.rate, mix: split.mix, parts: partsOf(page, split.parts) },
    ];
  });
}

/** Parts with a name, the largest first; children that may not be shown become one. */
function partsOf(
  { source, measure, row }: Page,
  parts: readonly { id: string; rate: number; mix: number }[],
): SplitPartView[] {
  const small = { scope: '', name: SMALL, rate: 0, mix: 0 };
  const shown = parts.flatMap(({ id, rate, mix }) => {
    const child = Number(id);
    if (rate === 0 && mix === 0) return [];
    if (measure.hidden(child, row.quarter) || measure.hidden(child, row.quarter - 1)) {
      small.rate += rate;
      small.mix += mix;
      return [];
    }
    const scope = source.tree.nodes[child]!;
    return [{ scope: scope.id, name: scope.name, rate, mix }];
  });
  const size = (part: SplitPartView) => Math.abs(part.rate + part.mix);
  shown.sort((a, b) => size(b) - size(a));
  return size(small) > 0 ? [...shown, small] : shown;
}

/** The items of an index by what they did to it. */
function itemsOf({ workspace, source, reader, row, node }: Page): AlertPage['items'] {
  if (row.indicator !== '') return [];
  const rows = source.cube.items.flatMap(({ code, weight }) => {
    const surprise = weight > 0 ? reader.row(node, code) : null;
    return surprise ? [{ surprise, weight }] : [];
  });
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  return rows
    .map(({ surprise, weight }) => ({
      indicator: surprise.indicator,
      name: indicatorName(workspace, surprise.indicator),
      points: (weight / total) * (surprise.score.score100 - surprise.expected.point),
      z: surprise.z,
    }))
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
}

/** Those beside a node, itself included. */
function besides({ tree }: ChannelCube, node: number): number[] {
  const { parent } = tree.nodes[node]!;
  return parent < 0 ? [node] : tree.children[parent]!;
}

function heatOf({ workspace, source, reader, node }: Page): AlertPage['heat'] {
  const { tree, cube } = source;
  const below = tree.children[node]!;
  const areas = (below.length > 0 ? [node, ...below] : besides(source, node)).slice(0, HEAT_ROWS);
  const codes = ['', ...cube.items.filter(({ weight }) => weight > 0).map(({ code }) => code)];
  const rows = areas.map((area) => ({
    scope: tree.nodes[area]!.id,
    name: tree.nodes[area]!.name,
    own: area === node,
    z: codes.map((code) => reader.row(area, code)?.z ?? null),
  }));
  const asked = codes.map((_, i) => rows.some(({ z }) => z[i] !== null));
  return {
    indicators: codes
      .filter((_, i) => asked[i])
      .map((code) => ({ code, name: indicatorName(workspace, code) })),
    rows: rows
      .map((one) => ({ ...one, z: one.z.filter((_, i) => asked[i]) }))
      .filter(({ z, own }) => own || z.some((value) => value !== null)),
  };
}

function siblingsOf({ source, reader, row, node }: Page): AlertPage['siblings'] {
  const found = besides(source, node).flatMap((area): (SurpriseRow & { own: boolean })[] => {
    const surprise = reader.row(area, row.indicator);
    return surprise ? [{ ...surprise, own: area === node }] : [];
  });
  const down = row.shift < 0 ? 1 : -1;
  return found.sort((a, b) => down * (a.z - b.z)).slice(0, SIBLINGS);
}
