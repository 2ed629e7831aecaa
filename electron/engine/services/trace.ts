// How a figure was computed: its formula with the numbers that went in, its items, its files, its respondents.

import type { TracedFigure, TracePart, TraceRow, TraceRows, TraceView } from '../../../shared/calls/trace.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import { type CellStatistics, nEffOf } from '../../../shared/domain/cell.ts';
import { explainItem, explainWhole } from '../../../shared/domain/explain-figure.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import { tierOf } from '../../../shared/domain/precision.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { nodeAt } from '../../../shared/domain/scope-tree.ts';
import { toScore100 } from '../../../shared/domain/score/scale.ts';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { type FoundRow, findRows } from '../store/answer-rows.ts';
import type { TableGate } from '../store/answer-table.ts';
import { readResponse } from '../store/answers.ts';
import { attributeVariable, itemVariable } from '../store/response-chunk.ts';
import { listScoreLines, type ScoreLine, type StudyFile } from '../store/study-files.ts';
import { basisNotes } from './basis-notes.ts';
import { indicatorName } from './catalog.ts';
import { type AskedAttribute, type ChannelAnswers, channelAnswers } from './channel-answers.ts';
import { isBelow, NO_ANSWER } from './explore-dimensions.ts';
import { filterWords, weightingWords } from './explore-notes.ts';
import { gatesOf, steady } from './explore-scene.ts';
import {
  AnswerSource,
  CubeSource,
  conditionsFor,
  type FigureSource,
  type Place,
  scopeAxis,
  timeAxis,
} from './figure-source.ts';
import { findMeasure, partsOf, scoreOf } from './figures.ts';
import type { ChannelCube, Workspace } from './workspace.ts';

const DAY_MS = 86_400_000;

/** A figure with everything that its trace is read from. */
interface Traced {
  workspace: Workspace;
  figure: TracedFigure;
  cube: ChannelCube;
  answers: ChannelAnswers;
  place: Place;
  /** Codes of the items it is made of. */
  items: readonly string[];
  whole: boolean;
  source: FigureSource;
}

async function tracedOf(context: Context, figure: TracedFigure): Promise<Traced> {
  const workspace = context.workspace();
  const cube = workspace.cube(figure.scheme, figure.channel, figure.basis);
  const node = cube.tree.byId.get(figure.scope);
  if (node === undefined) throw new AppError('scope-unknown', { scope: figure.scope });
  const answers = channelAnswers(workspace, figure.channel);
  for (const { code } of figure.attributes)
    if (!answers.attributes.has(code)) throw new AppError('attribute-unknown', { attribute: code });
  const { items, whole } = partsOf(workspace, cube, figure.indicator);
  const codes = items.map((item) => cube.cube.items[item]!.code);
  const [first, last] = [Math.min(figure.from, figure.to), Math.max(figure.from, figure.to)];
  const place: Place = {
    channel: figure.channel,
    node,
    first,
    last,
    indicator: figure.indicator,
    choices: [],
  };
  const source =
    figure.attributes.length === 0
      ? new CubeSource(workspace, cube)
      : await AnswerSource.read(workspace, cube, answers, {
          places: [place, ...codes.map((indicator) => ({ ...place, indicator }))],
          groups: [],
          gates: gatesOf(figure.attributes),
          respondents: false,
          breathe: steady(context, workspace),
        });
  return { workspace, figure, cube, answers, place, items: codes, whole, source };
}

export async function traceFigure(context: Context, figure: CallArguments<'trace.get'>): Promise<TraceView> {
  const traced = await tracedOf(context, figure);
  const { workspace, cube, place, whole, source } = traced;
  const cell = source.cell(place);
  const hidden = isHidden(traced, place, cell);
  const measure = findMeasure(workspace, cube, figure.indicator);
  const scale = measure?.scale ?? cube.indexScale;
  const parts = hidden ? [] : partsOfTrace(traced);
  const { byBatch } = hidden
    ? { byBatch: new Map<number, number>() }
    : await rowsBehind(context, traced, 0, 0);
  return {
    title: titleOf(traced),
    kind: !whole ? 'item' : figure.indicator === '' || measure?.code === '' ? 'index' : 'factor',
    hidden,
    score: hidden ? null : scoreOf(cell, { scale, tiers: cube.tiers }),
    scale,
    steps: hidden ? [] : stepsOf(traced, cell, parts),
    parts: whole ? parts : [],
    files: [...byBatch].map(([batch, rows]) => fileView(traced.answers.fileOf.get(batch)!, rows)),
    notes: [
      filterWords(figure.attributes, traced.answers.attributes),
      weightingWords(workspace, figure.scheme, cube.basis),
      ...basisNotes([cube]),
    ].filter((note) => note !== null),
  };
}

function isHidden({ source, cube }: Traced, place: Place, cell: CellStatistics): boolean {
  if (cell.sumW === 0) return false;
  if (source.hidden(place)) return true;
  return cell.n > 0 && tierOf(nEffOf(cell), cube.tiers) === 'hidden';
}

function titleOf({ workspace, figure, cube, place }: Traced): Bilingual {
  const scope = cube.tree.nodes[place.node]!.name;
  const span =
    place.first === place.last
      ? formatQuarter(place.first)
      : `${formatQuarter(place.first)}–${formatQuarter(place.last)}`;
  const [channel, indicator] = [CHANNEL_NAMES[figure.channel], indicatorName(workspace, figure.indicator)];
  return {
    zh: `${channel.zh} · ${scope.zh} · ${span} · ${indicator.zh}`,
    en: `${channel.en} · ${scope.en} · ${span} · ${indicator.en}`,
  };
}

function partsOfTrace(traced: Traced): TracePart[] {
  const { workspace, cube, items, source, place } = traced;
  const cells = items.map((indicator) => source.cell({ ...place, indicator }));
  const weights = items.map((code) => cube.cube.items.find((one) => one.code === code)!.weight);
  const total = weights.reduce((sum, weight, i) => sum + (cells[i]!.sumW > 0 ? weight : 0), 0);
  const hidden = hiddenParts(traced, cells);
  return items.map((indicator, i) => {
    const cell = cells[i]!;
    const scale = findMeasure(workspace, cube, indicator)?.scale ?? cube.indexScale;
    const score = hidden.has(i) ? null : scoreOf(cell, { scale, tiers: cube.tiers });
    const share = cell.sumW > 0 && total > 0 ? weights[i]! / total : 0;
    return {
      indicator,
      name: indicatorName(workspace, indicator),
      weight: weights[i]!,
      share,
      score,
      sums: score ? { ...cell } : null,
      contribution: score && share * score.score100,
    };
  });
}

/** Parts with too small a base, and a second one where a single one would follow from the whole. */
function hiddenParts(traced: Traced, cells: readonly CellStatistics[]): Set<number> {
  const answered = cells.flatMap((cell, i) => (cell.sumW > 0 ? [i] : []));
  const at = (i: number) => ({ ...traced.place, indicator: traced.items[i]! });
  const hidden = new Set(answered.filter((i) => isHidden(traced, at(i), cells[i]!)));
  if (hidden.size !== 1) return hidden;
  const [next] = answered.filter((i) => !hidden.has(i)).sort((a, b) => nEffOf(cells[a]!) - nEffOf(cells[b]!));
  return next === undefined ? hidden : hidden.add(next);
}

function stepsOf(
  { cube, answers, items, whole, place, source, workspace }: Traced,
  cell: CellStatistics,
  parts: readonly TracePart[],
) {
  if (!whole) {
    const files = answers.files.filter(
      (file) => file.firstQuarter <= place.last && file.lastQuarter >= place.first,
    );
    const scales = files.flatMap((file) => answers.item(file.batchId, items[0]!) ?? []);
    const words = new Map(
      scales.map(({ min, max, reversed }): [string, Bilingual] => {
        const formula = reversed
          ? `(${max} − x) ÷ (${max} − ${min}) × 100`
          : `(x − ${min}) ÷ (${max} − ${min}) × 100`;
        return [
          formula,
          {
            zh: reversed ? `${formula}（反向题）` : formula,
            en: reversed ? `${formula} (reversed)` : formula,
          },
        ];
      }),
    );
    const reported = files.length > 0 && files.every((file) => file.kind === 'scores');
    return explainItem(cell, [...words.values()], reported, cube.tiers);
  }
  const answered = parts.filter((part) => part.share > 0);
  const most = items.reduce(
    (best, code) =>
      nEffOf(source.cell({ ...place, indicator: code })) > nEffOf(source.cell({ ...place, indicator: best }))
        ? code
        : best,
    items[0] ?? '',
  );
  // A hidden item's mean would follow from the others and the whole.
  const open = answered.every((part) => part.score);
  return explainWhole(
    cell,
    open ? answered.map(({ name, share, score }) => ({ name, share, mean: score!.score100 })) : [],
    indicatorName(workspace, most),
    cube.cube.halo,
    cube.tiers,
  );
}

function fileView(
  { batchId, fileName, sha256, studyZh, studyEn, version, kind }: StudyFile,
  rows: number,
): TraceView['files'][number] {
  return {
    batch: batchId,
    fileName,
    sha256,
    study: { zh: studyZh, en: studyEn },
    questionnaire: version,
    kind,
    rows,
  };
}

/** Rows of respondents, then lines of scores, of which a span is wanted. */
async function rowsBehind(context: Context, traced: Traced, offset: number, limit: number) {
  const { workspace, figure, cube, answers, place, items } = traced;
  const { gate: scopeGate } = scopeAxis(cube, [place.node]);
  const { gate: spanGate } = timeAxis([place]);
  const attributes = gatesOf(figure.attributes).map(
    (gate): TableGate => ({ ...gate, variable: attributeVariable(gate.code) }),
  );
  const inTime = (file: StudyFile) => file.firstQuarter <= place.last && file.lastQuarter >= place.first;
  const found = await findRows(workspace.reader, {
    batches: answers.responses.filter(inTime).map((file) => file.batchId),
    gates: [...(spanGate ? [spanGate] : []), ...(scopeGate ? [scopeGate] : []), ...attributes],
    items: items.map(itemVariable),
    conditions: conditionsFor(workspace, cube, answers),
    offset,
    limit,
    breathe: steady(context, workspace),
  });
  const reported =
    figure.attributes.length > 0
      ? []
      : answers.files.filter((file) => file.kind === 'scores' && inTime(file));
  const basis = workspace.basisRows(cube.channel, cube.basis);
  const lines = groupLines(
    reported.length === 0
      ? []
      : listScoreLines(
          workspace.reader,
          reported.map((file) => file.batchId),
          items,
          place,
        ).filter(
          (line) =>
            isBelow(cube.tree, nodeAt(cube.tree, line.dealerId, line.quarter) ?? -1, place.node) &&
            basis.takesScore(line.dealerId, line.quarter),
        ),
  );
  const byBatch = new Map(found.byBatch);
  for (const [line] of lines) byBatch.set(line!.batchId, (byBatch.get(line!.batchId) ?? 0) + 1);
  const from = Math.max(0, offset - found.total);
  return {
    total: found.total + lines.length,
    byBatch,
    respondents: found.rows,
    lines: lines.slice(from, from + Math.max(0, limit - found.rows.length)),
  };
}

/** One line of a file may hold several items of a place. */
function groupLines(lines: readonly ScoreLine[]): ScoreLine[][] {
  const groups = new Map<string, ScoreLine[]>();
  for (const line of lines) {
    const key = `${line.batchId} ${line.sourceRow} ${line.dealerId} ${line.quarter}`;
    const group = groups.get(key);
    if (group) group.push(line);
    else groups.set(key, [line]);
  }
  return [...groups.values()];
}

export async function traceRows(
  context: Context,
  { offset, limit, ...figure }: CallArguments<'trace.rows'>,
): Promise<TraceRows> {
  const traced = await tracedOf(context, figure);
  const { workspace, answers, items, source, place } = traced;
  const named = items.map((indicator) => ({ indicator, name: indicatorName(workspace, indicator) }));
  if (isHidden(traced, place, source.cell(place)))
    return { total: 0, items: named, attributes: [], rows: [] };
  const found = await rowsBehind(context, traced, offset, limit);
  const batches = new Set(found.respondents.map((row) => row.batch));
  const attributes = [...answers.attributes.values()].filter((one) =>
    [...batches].some((batch) => one.batches.has(batch)),
  );
  return {
    total: found.total,
    items: named,
    attributes: attributes.map(({ code, label }) => ({ code, label })),
    rows: [
      ...found.respondents.map((row) => respondentRow(traced, attributes, row)),
      ...found.lines.map((lines) => scoreRow(traced, lines)),
    ],
  };
}

function respondentRow(
  { workspace, answers, items, cube }: Traced,
  attributes: readonly AskedAttribute[],
  { chunkId, batch, index, weight }: FoundRow,
): TraceRow {
  const response = readResponse(workspace.reader, chunkId, index)!;
  const quarter = response.quarter ?? 0;
  return {
    fileName: answers.fileOf.get(batch)!.fileName,
    sourceRow: response.sourceRow,
    quarter,
    day: response.day === null ? null : new Date(response.day * DAY_MS).toISOString().slice(0, 10),
    dealer: placeName(cube, response.dealer, quarter),
    weight,
    answers: items.map((code) => {
      const native = response.answers[code];
      const scale = answers.item(batch, code);
      return native === null || native === undefined || !scale
        ? null
        : { native, score100: toScore100(native, scale) };
    }),
    attributes: attributes.map((attribute) => choiceWords(attribute, response.attributes[attribute.code])),
  };
}

function placeName({ tree }: ChannelCube, dealer: number | null, quarter: number): Bilingual {
  const node = dealer === null ? undefined : nodeAt(tree, dealer, quarter);
  return node === undefined ? { zh: '—', en: '—' } : tree.nodes[node]!.name;
}

function choiceWords(
  { values }: AskedAttribute,
  given: string | readonly string[] | null | undefined,
): Bilingual {
  const choices = given === null || given === undefined ? [] : [given].flat();
  if (choices.length === 0) return NO_ANSWER;
  const labels = choices.map(
    (choice) => values.find((one) => one.value === choice)?.label ?? { zh: choice, en: choice },
  );
  return { zh: labels.map((one) => one.zh).join('、'), en: labels.map((one) => one.en).join(', ') };
}

function scoreRow({ answers, items, cube }: Traced, lines: readonly ScoreLine[]): TraceRow {
  const [first] = lines;
  const { batchId, sourceRow, quarter, dealerId } = first!;
  return {
    fileName: answers.fileOf.get(batchId)!.fileName,
    sourceRow,
    quarter,
    day: null,
    dealer: placeName(cube, dealerId, quarter),
    weight: Math.max(...lines.map((line) => line.n)),
    answers: items.map((code) => {
      const line = lines.find((one) => one.item === code);
      const scale = answers.item(batchId, code);
      return line && scale ? { native: line.native, score100: toScore100(line.native, scale) } : null;
    }),
    attributes: [],
  };
}
