// The series of single questionnaires, and two of them linked over the quarters that both were in the field.
import type { LinkedView, SeriesSegment } from '../../../../shared/calls/channels.ts';
import type { Score } from '../../../../shared/calls/figure.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { standardErrorOf } from '../../../../shared/domain/cell.ts';
import { chainLink, type SeriesPoint } from '../../../../shared/domain/channel/chain-link.ts';
import { ScoreCube } from '../../../../shared/domain/cube.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { nodeAt } from '../../../../shared/domain/scope-tree.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { type CellTuple, iterateBatchCells } from '../../store/batches.ts';
import { listQuestionnaireBatches } from '../../store/channels.ts';
import { findMeasure, scoreOf } from '../figures/figures.ts';
import { placedCells } from '../workspace/basis.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { crosswalkRows } from './crosswalk.ts';

export function listSegments(context: Context): SeriesSegment[] {
  const workspace = context.workspace();
  const segments = new Map<number, SeriesSegment>();
  for (const row of crosswalkRows(workspace))
    if (!segments.has(row.questionnaireId)) {
      const waves = workspace.waves().filter((wave) => wave.questionnaireId === row.questionnaireId);
      segments.set(row.questionnaireId, {
        questionnaire: row.questionnaireId,
        channel: row.channel,
        study: { zh: row.studyZh, en: row.studyEn },
        version: row.version,
        quarters: [...new Set(waves.map(({ quarter }) => quarter))],
      });
    }
  return [...segments.values()];
}

/** Throws `segment-unknown`, `scope-unknown`, `indicator-unknown`. */
export function getLinkedSeries(context: Context, input: CallArguments<'channels.link'>): LinkedView {
  const workspace = context.workspace();
  const segments = listSegments(context);
  const [older, newer] = [input.older, input.newer].map((id) => {
    const segment = segments.find(({ questionnaire }) => questionnaire === id);
    if (!segment) throw new AppError('segment-unknown');
    return segmentScores(workspace, segment, input);
  }) as [Segment, Segment];
  // In a quarter that both measured, one alone would give the other away beside the channel's own figure.
  const shownIn = (quarter: Quarter) => [older, newer].every((one) => !one.small.has(quarter));
  const visible = (one: Segment) => one.points.filter(({ quarter }) => shownIn(quarter));
  const [before, after] = [visible(older), visible(newer)];
  return {
    older: before.map(({ quarter, score }) => ({ quarter, score })),
    newer: after.map(({ quarter, score }) => ({ quarter, score })),
    linked: chainLink(before.flatMap(seriesPoint), after.flatMap(seriesPoint)),
  };
}

interface Segment {
  points: { quarter: Quarter; score: Score; error: number | undefined }[];
  /** Quarters with a base too small to show. */
  small: Set<Quarter>;
}

function seriesPoint({ quarter, score, error }: Segment['points'][number]): SeriesPoint[] {
  return error === undefined ? [] : [{ quarter, score: score.score100, standardError: error }];
}

function segmentScores(
  workspace: Workspace,
  { questionnaire, channel }: SeriesSegment,
  { scheme, scope, indicator }: CallArguments<'channels.link'>,
): Segment {
  const source = workspace.cube(scheme, channel);
  const top = source.tree.byId.get(scope);
  if (top === undefined) throw new AppError('scope-unknown', { scope });
  const cube = segmentCube(workspace, source, questionnaire, top);
  const measure = findMeasure(workspace, { ...source, cube }, indicator);
  const points: Segment['points'] = [];
  const small = new Set<Quarter>();
  for (const quarter of measure ? cube.quarters : []) {
    const cell = measure!.at(0, quarter);
    const score = scoreOf(cell, measure!);
    if (!score) continue;
    if (score.tier === 'hidden') small.add(quarter);
    else points.push({ quarter, score, error: standardErrorOf(cell) });
  }
  return { points, small };
}

/** The answers of one questionnaire below a place, as a cube of that place alone. */
function segmentCube(
  workspace: Workspace,
  source: ChannelCube,
  questionnaire: number,
  top: number,
): ScoreCube {
  const { tree, cube, itemOf } = source;
  const isBelow = (node: number | undefined): boolean =>
    node !== undefined && node >= 0 && (node === top || isBelow(tree.nodes[node]!.parent));
  const batches = listQuestionnaireBatches(workspace.reader, questionnaire);
  const own: CellTuple[] = [];
  for (const tuple of iterateBatchCells(workspace.reader, batches))
    if (isBelow(nodeAt(tree, tuple[0], tuple[2]))) own.push(tuple);
  const flat = { ...tree, nodeOfDealer: new Map(own.map(([dealer]) => [dealer, 0])), formerNodes: new Map() };
  return new ScoreCube({
    parents: [-1],
    items: cube.items,
    cells: placedCells(own, flat, itemOf),
    firstQuarter: cube.quarters[0]!,
    lastQuarter: cube.quarters.at(-1)!,
    halo: cube.halo,
  });
}
