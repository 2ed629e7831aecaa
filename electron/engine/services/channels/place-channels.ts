// One place in all channels: native and harmonised scores side by side, and where they disagree.
import type { PlaceChannel, PlaceChannels } from '../../../../shared/calls/channels.ts';
import type { Change } from '../../../../shared/calls/figure.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { INDEX_NAME } from '../../../../shared/domain/indicator-name.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { formatQuarter, type Quarter } from '../../../../shared/domain/quarter.ts';
import { pathTo } from '../../../../shared/domain/scope-tree.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { basisNotes } from '../figures/basis-notes.ts';
import { markTogether } from '../figures/family.ts';
import { changeBetween, findMeasure, shownAt } from '../figures/figures.ts';
import { type SpanFigures, spanFigures } from '../figures/span-figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { channelCubes } from './channel-pair.ts';
import { sharedItems } from './shared-items.ts';

const TREND_QUARTERS = 12;

interface Reading {
  source: ChannelCube;
  /** Null where the channel has nothing there. */
  period: { first: Quarter; last: Quarter } | null;
}

export function getPlaceChannels(context: Context, input: CallArguments<'channels.place'>): PlaceChannels {
  const workspace = context.workspace();
  const tree = workspace.tree(input.scheme);
  const node = tree.byId.get(input.scope);
  if (node === undefined) throw new AppError('scope-unknown', { scope: input.scope });
  const readings = channelCubes(workspace, input.scheme, input.basis).map((source): Reading => {
    const upTo = input.quarter ?? Infinity;
    const last = source.cube.quarters.filter((q) => q <= upTo && source.cube.hasData(node, q)).at(-1);
    return {
      source,
      period: last === undefined ? null : { first: last - input.quarters + 1, last },
    };
  });
  const rows = indicatorRows(workspace, readings, node);
  markTogether(
    rows.flatMap(({ pairs }) => pairs.map(({ difference }) => difference)),
    workspace.rules().q,
  );
  const { id, level, name } = tree.nodes[node]!;
  return {
    scope: { id, level, name },
    path: pathTo(tree, node).map((one) => ({ id: one.id, name: one.name })),
    channels: readings.map((reading) => viewChannel(workspace, reading, node)),
    rows,
    notes: [...basisNotes(readings.map(({ source }) => source)), ...periodNotes(readings)],
  };
}

/** Over the same quarters, and made of items of which some are the same. */
function isComparable(workspace: Workspace, first: Reading, second: Reading, code: string): boolean {
  if (first.period?.last !== second.period?.last) return false;
  return sharedItems(workspace, first.source, second.source, code).shared > 0;
}

/** Channels whose latest answers are of another quarter than the latest of all: their figures are of another time. */
function periodNotes(readings: readonly Reading[]): Bilingual[] {
  const latest = Math.max(...readings.map(({ period }) => period?.last ?? -Infinity));
  return readings.flatMap(({ source, period }) => {
    if (!period || period.last === latest) return [];
    const { zh, en } = CHANNEL_NAMES[source.channel];
    const [own, newest] = [formatQuarter(period.last), formatQuarter(latest)];
    return [
      {
        zh: `${zh}在 ${newest} 没有数据，显示的是 ${own}；不同季度的得分不作检验。`,
        en: `${en} has nothing in ${newest}; its figures are of ${own}. Figures of different quarters are not tested.`,
      },
    ];
  });
}

function figuresOf(workspace: Workspace, { source, period }: Reading, code: string): SpanFigures | undefined {
  const measure = period ? findMeasure(workspace, source, code) : undefined;
  return measure && period ? spanFigures(source, measure, period) : undefined;
}

function viewChannel(workspace: Workspace, reading: Reading, node: number): PlaceChannel {
  const { source, period } = reading;
  const figures = figuresOf(workspace, reading, '');
  const measure = findMeasure(workspace, source, '')!;
  const { channel, cube } = source;
  const upTo = period?.last ?? cube.quarters.at(-1)!;
  return {
    channel,
    name: CHANNEL_NAMES[channel],
    scale: measure.scale,
    quarters: figures?.quarters ?? [],
    score: figures?.shown(node) ?? null,
    sinceLastYear: figures ? sinceLastYear(workspace, reading, figures, node) : null,
    trend: cube.quarters
      .filter((quarter) => quarter <= upTo && quarter > upTo - TREND_QUARTERS)
      .map((quarter) => ({ quarter, score: shownAt(measure, node, quarter) })),
  };
}

function sinceLastYear(
  workspace: Workspace,
  { source, period }: Reading,
  now: SpanFigures,
  node: number,
): Change | null {
  const before = figuresOf(
    workspace,
    { source, period: { first: period!.first - 4, last: period!.last - 4 } },
    '',
  );
  if (!before || before.quarters.length !== now.quarters.length) return null;
  if (now.hidden(node) || before.hidden(node)) return null;
  return changeBetween(now.cell(node), before.cell(node), source.tiers);
}

function indicatorRows(
  workspace: Workspace,
  readings: readonly Reading[],
  node: number,
): PlaceChannels['rows'] {
  const { rows } = workspace.indicators(readings[0]?.source.basis.weightSet);
  const index = { code: '', name: INDEX_NAME, role: 'index' as const };
  const below = rows
    .filter(({ role }) => role !== 'index')
    .map(({ code, nameZh, nameEn, role }) => ({ code, name: { zh: nameZh, en: nameEn }, role }));
  return [index, ...below].flatMap(({ code, name, role }) => {
    const figures = readings.map((reading) => figuresOf(workspace, reading, code));
    const scores = figures.map((one) => one?.shown(node) ?? null);
    if (scores.every((score) => score === null)) return [];
    const pairs: PlaceChannels['rows'][number]['pairs'] = [];
    for (let first = 0; first < figures.length; first++)
      for (let second = first + 1; second < figures.length; second++) {
        if (!scores[first] || !scores[second]) continue;
        if (!isComparable(workspace, readings[first]!, readings[second]!, code)) continue;
        const difference = changeBetween(
          figures[first]!.cell(node),
          figures[second]!.cell(node),
          workspace.rules(),
        );
        if (difference) pairs.push({ first, second, difference });
      }
    return [{ indicator: code, name, role, scores, pairs }];
  });
}
