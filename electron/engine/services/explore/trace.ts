// How a figure was computed: its formula with the numbers that went in, its items, its files.

import type { TracePart, TraceView } from '../../../../shared/calls/trace.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { type CellStatistics, nEffOf, standardErrorOf } from '../../../../shared/domain/cell.ts';
import { explainItem, explainWhole } from '../../../../shared/domain/explain-figure.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import type { Context } from '../../context.ts';
import { filesIn, type StudyFile } from '../../store/evidence.ts';
import { basisNotes, rollingNotes, spreadNotes } from '../figures/basis-notes.ts';
import { indicatorName } from '../figures/catalog.ts';
import { findMeasure, scoreOf } from '../figures/figures.ts';
import { filterWords, weightingWords } from './explore-notes.ts';
import { rowsBehind } from './trace-rows.ts';
import { isHidden, type Traced, tracedOf } from './traced-figure.ts';

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
      ...rollingNotes([cube]),
      ...spreadNotes(workspace, [cube]),
    ].filter((note) => note !== null),
  };
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
      error100: score && (standardErrorOf(cell) ?? null),
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
    const files = filesIn(answers.files, place);
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
    open
      ? answered.map(({ name, share, score, error100 }) => ({
          name,
          share,
          mean: score!.score100,
          error: error100 ?? undefined,
        }))
      : [],
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
