// The rows behind a figure: respondents without anything that says who they are, and lines of reported scores.

import type { TraceRow, TraceRows } from '../../../../shared/calls/trace.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { nodeAt } from '../../../../shared/domain/scope-tree.ts';
import { toScore100 } from '../../../../shared/domain/score/scale.ts';
import type { Context } from '../../context.ts';
import { type FoundRow, findRows } from '../../store/answer-rows.ts';
import { readResponse } from '../../store/answers.ts';
import type { TableGate } from '../../store/chunk-rows.ts';
import { filesIn, listScoreLines, type ScoreLine } from '../../store/evidence.ts';
import { attributeVariable, itemVariable } from '../../store/response-chunk.ts';
import { indicatorName } from '../figures/catalog.ts';
import type { ChannelCube } from '../workspace/workspace.ts';
import { type AskedAttribute, standingValue } from './channel-answers.ts';
import { isBelow, NO_ANSWER } from './explore-dimensions.ts';
import { gatesOf, steady } from './explore-scene.ts';
import { conditionsFor, scopeAxis, timeAxis } from './figure-source.ts';
import { isHidden, type Traced, tracedOf } from './traced-figure.ts';

const DAY_MS = 86_400_000;

/** Rows of respondents, then lines of scores, of which a span is wanted. */
export async function rowsBehind(context: Context, traced: Traced, offset: number, limit: number) {
  const { workspace, figure, cube, answers, place, items } = traced;
  const { gate: scopeGate } = scopeAxis(cube, [place.node]);
  const quarters = cube.cube.apart(place.first, place.last);
  const { gate: spanGate } = timeAxis([quarters]);
  const attributes = gatesOf(figure.attributes, answers.attributes).map(
    (gate): TableGate => ({ ...gate, variable: attributeVariable(gate.code) }),
  );
  const found = await findRows(workspace.reader, {
    batches: filesIn(answers.responses, place).map((file) => file.batchId),
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
      : filesIn(answers.files, place).filter((file) => file.kind === 'scores');
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
            quarters.includes(line.quarter) &&
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
    attributes: attributes.map((attribute) =>
      withWritten(
        choiceWords(attribute, response.attributes[attribute.code]),
        response.written[attribute.code],
      ),
    ),
  };
}

function placeName({ tree }: ChannelCube, dealer: number | null, quarter: number): Bilingual {
  const node = dealer === null ? undefined : nodeAt(tree, dealer, quarter);
  return node === undefined ? { zh: '—', en: '—' } : tree.nodes[node]!.name;
}

function choiceWords(
  attribute: AskedAttribute,
  given: string | readonly string[] | null | undefined,
): Bilingual {
  const choices = given === null || given === undefined ? [] : [given].flat();
  if (choices.length === 0) return NO_ANSWER;
  const labels = choices.map(
    (choice) =>
      attribute.values.find((one) => one.value === standingValue(attribute, choice))?.label ?? {
        zh: choice,
        en: choice,
      },
  );
  return { zh: labels.map((one) => one.zh).join('、'), en: labels.map((one) => one.en).join(', ') };
}

/** A band with the amount that the file holds. */
function withWritten({ zh, en }: Bilingual, written: string | null | undefined): Bilingual {
  return written ? { zh: `${zh}（${written}）`, en: `${en} (${written})` } : { zh, en };
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
