// Weights of respondents by raking each quarter to margins: tried out, kept under a name, taken away again.
import type {
  MarginChoice,
  QuarterDiagnostics,
  RakedCategory,
  RakingDiagnostics,
  WeightingDefinition,
  WeightingView,
} from '../../../../shared/calls/weightings.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { type Raking, rake } from '../../../../shared/domain/score/rake.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context, Job } from '../../context.ts';
import type { NumberVector } from '../../store/answer-vector.ts';
import { listChunks, readVector } from '../../store/answers.ts';
import type { WritableConnection } from '../../store/database.ts';
import {
  addWeighting,
  countUnweighted,
  deleteWeighting,
  findWeighting,
  listWeightings,
  putWeights,
  type WeightingRow,
} from '../../store/weightings.ts';
import type { Workspace } from '../workspace/workspace.ts';
import {
  answeredBatches,
  type FrameMargin,
  marginChoices,
  type QuarterFrame,
  type RakingFrame,
  readFrame,
} from './raking-frame.ts';

type Definition = CallArguments<'weightings.preview'>;

export function listMarginChoices(
  context: Context,
  input: CallArguments<'weightings.choices'>,
): MarginChoice[] {
  return marginChoices(context.workspace(), input);
}

interface RakedQuarter {
  frame: QuarterFrame;
  raking: Raking;
  /** Sum as the study's own, so that quarters keep their share of a year. */
  weights: number[];
}

async function rakeAll(
  job: Job,
  workspace: Workspace,
  input: Definition,
): Promise<{ frame: RakingFrame; raked: RakedQuarter[] }> {
  const frame = readFrame(
    workspace,
    input,
    input.margins.map(({ dimension }) => dimension),
  );
  const targets = input.margins.map((margin, m) => targetsOf(margin, frame.margins[m]!));
  const raked: RakedQuarter[] = [];
  for (const [i, quarter] of frame.quarters.entries()) {
    job.progress(STEP, i, frame.quarters.length);
    await job.breathe();
    raked.push(rakeQuarter(quarter, frame.margins, targets, input.cap));
  }
  return { frame, raked };
}

const STEP = { zh: '按边际加权', en: 'Raking to the margins' };

/** Target shares in the order of the categories that occur, -1 where none is given; those of nobody stand behind. */
function targetsOf(
  { targets }: Definition['margins'][number],
  { values, label }: FrameMargin,
): { of: Map<string, number>; order: string[] } {
  const of = new Map(targets.map(({ value, share }) => [value, share]));
  const sum = values.reduce((total, value) => total + (of.get(value) ?? 0), 0);
  if (!(sum > 0)) throw new AppError('weighting-no-target', { marginZh: label.zh, marginEn: label.en });
  return { of, order: [...of.keys()] };
}

/** A respondent whose category has no target keeps the weight in that margin, as one of unknown category does. */
function rakeQuarter(
  frame: QuarterFrame,
  margins: readonly FrameMargin[],
  targets: readonly { of: Map<string, number>; order: string[] }[],
  cap: number | null,
): RakedQuarter {
  const usable = margins.flatMap((margin, m) => {
    const { of, order } = targets[m]!;
    const position = margin.values.map((value) => order.indexOf(value));
    const categories = frame.categories[m]!.map((category) => (category < 0 ? -1 : position[category]!));
    const reachable = categories.some((category) => category >= 0 && of.get(order[category]!)! > 0);
    return reachable
      ? [{ name: margin.dimension, categories, targets: order.map((value) => of.get(value)!) }]
      : [];
  });
  const raking = rake(frame.weights, usable, cap === null ? {} : { cap });
  const sum = frame.weights.reduce((a, b) => a + b, 0);
  const scale = sum / frame.weights.length;
  return { frame, raking, weights: raking.weights.map((weight) => weight * scale) };
}

function diagnose(
  input: Definition,
  { frame, raked }: { frame: RakingFrame; raked: RakedQuarter[] },
): RakingDiagnostics {
  return {
    quarters: raked.map(({ frame: { quarter, weights }, raking }): QuarterDiagnostics => {
      const sum = weights.reduce((a, b) => a + b, 0);
      const squares = weights.reduce((a, b) => a + b * b, 0);
      return {
        quarter,
        respondents: weights.length,
        converged: raking.converged,
        iterations: raking.iterations,
        largestGap: 100 * raking.largestGap,
        designEffectBefore: (weights.length * squares) / (sum * sum),
        designEffect: raking.designEffect,
        nEff: raking.nEff,
        largestWeight: raking.largestWeight,
        smallestWeight: raking.weights.reduce((a, b) => Math.min(a, b), Infinity),
        empty: raking.emptyCategories.map(({ margin, category }) => ({
          dimension: margin,
          value: input.margins.find((one) => one.dimension === margin)!.targets[category]!.value,
        })),
      };
    }),
    margins: frame.margins.map((margin, m) => ({
      dimension: margin.dimension,
      label: margin.label,
      categories: categoriesOf(margin, m, input.margins[m]!, raked),
      untargeted: untargetedOf(margin, m, input.margins[m]!, raked),
    })),
  };
}

/** Shares among those whose category has a target. */
function categoriesOf(
  margin: FrameMargin,
  m: number,
  { targets }: Definition['margins'][number],
  raked: readonly RakedQuarter[],
): RakedCategory[] {
  const total = targets.reduce((sum, { share }) => sum + share, 0);
  const rows = targets.map(({ value, share }) => {
    const at = margin.values.indexOf(value);
    const row = { value, label: margin.labels[at] ?? { zh: value, en: value }, n: 0, before: 0, after: 0 };
    for (const { frame, weights } of raked)
      frame.categories[m]!.forEach((category, i) => {
        if (category !== at || at < 0) return;
        row.n += 1;
        row.before += frame.weights[i]!;
        row.after += weights[i]!;
      });
    return { ...row, target: (100 * share) / total };
  });
  const before = rows.reduce((sum, row) => sum + row.before, 0);
  const after = rows.reduce((sum, row) => sum + row.after, 0);
  return rows.map((row) => ({
    ...row,
    before: before > 0 ? (100 * row.before) / before : 0,
    after: after > 0 ? (100 * row.after) / after : 0,
  }));
}

function untargetedOf(
  { values, labels }: FrameMargin,
  m: number,
  { targets }: Definition['margins'][number],
  raked: readonly RakedQuarter[],
) {
  const given = new Set(targets.map(({ value }) => value));
  return values.flatMap((value, at) => {
    if (given.has(value)) return [];
    const counts = raked.map(({ frame }) => frame.categories[m]!.filter((one) => one === at).length);
    return [{ label: labels[at]!, n: counts.reduce((sum, n) => sum + n, 0) }];
  });
}

export async function previewWeighting(context: Context, input: Definition): Promise<RakingDiagnostics> {
  return diagnose(input, await rakeAll(context.job, context.workspace(), input));
}

export async function saveWeighting(
  context: Context,
  input: CallArguments<'weightings.save'>,
): Promise<WeightingView> {
  const workspace = context.workspace();
  const { name, channel, scheme, quarters, margins, cap } = input;
  if (listWeightings(workspace.reader).some((one) => one.name === name))
    throw new AppError('weighting-name-taken', { name });
  const found = await rakeAll(context.job, workspace, input);
  const diagnostics = diagnose(input, found);
  const definition: WeightingDefinition = { scheme, quarters, margins, cap };
  const row = {
    name,
    channel,
    definition: JSON.stringify(definition),
    diagnostics: JSON.stringify(diagnostics),
    actor: context.options.actor ?? '',
    createdAt: workspace.now(),
  };
  const id = workspace.record(
    { action: 'weighting.save', subject: name, detail: { channel, quarters, margins, cap } },
    (db) => {
      const made = addWeighting(db, row);
      writeWeights(db, made, workspace, input, found.raked);
      return made;
    },
  );
  return viewWeighting(workspace, findWeighting(workspace.reader, id)!);
}

/** Every chunk of the channel gets a whole vector: who was not raked keeps the study's own weight. */
function writeWeights(
  db: WritableConnection,
  id: number,
  workspace: Workspace,
  { channel }: Definition,
  raked: readonly RakedQuarter[],
): void {
  const byChunk = new Map<number, { row: number; weight: number }[]>();
  for (const { frame, weights } of raked)
    frame.places.forEach(({ chunk, row }, i) => {
      const list = byChunk.get(chunk);
      if (list) list.push({ row, weight: weights[i]! });
      else byChunk.set(chunk, [{ row, weight: weights[i]! }]);
    });
  for (const { id: chunk, rows } of listChunks(db, { batchIds: answeredBatches(workspace, channel) })) {
    const own = readVector(db, chunk, 'weight') as NumberVector;
    const weights = Array.from({ length: rows }, (_, row) => own.values[own.codes[row]! - 1] ?? 1);
    for (const { row, weight } of byChunk.get(chunk) ?? []) weights[row] = weight;
    putWeights(db, id, chunk, numberVector(weights));
  }
}

function numberVector(weights: readonly number[]): NumberVector {
  const values = [...new Set(weights)].sort((a, b) => a - b);
  const code = new Map(values.map((value, i) => [value, i + 1]));
  const codes = values.length < 255 ? new Uint8Array(weights.length) : new Uint16Array(weights.length);
  weights.forEach((weight, i) => {
    codes[i] = code.get(weight)!;
  });
  return { kind: 'numbers', codes, values, missing: 0 };
}

export function listWeightingViews(context: Context): WeightingView[] {
  const workspace = context.workspace();
  return listWeightings(workspace.reader).map((row) => viewWeighting(workspace, row));
}

function viewWeighting(workspace: Workspace, row: WeightingRow): WeightingView {
  const { definition, diagnostics, ...rest } = row;
  return {
    ...rest,
    channelName: CHANNEL_NAMES[row.channel],
    definition: JSON.parse(definition) as WeightingDefinition,
    diagnostics: JSON.parse(diagnostics) as RakingDiagnostics,
    outdated: countUnweighted(workspace.reader, row.id, answeredBatches(workspace, row.channel)) > 0,
  };
}

export function removeWeighting(
  context: Context,
  input: CallArguments<'weightings.delete'>,
): { deleted: boolean } {
  const workspace = context.workspace();
  const row = findWeighting(workspace.reader, input.id);
  if (!row) throw new AppError('weighting-unknown', { weighting: input.id });
  const deleted = workspace.describe(
    { action: 'weighting.delete', subject: row.name, detail: { definition: JSON.parse(row.definition) } },
    (db) => deleteWeighting(db, row.id),
  );
  return { deleted };
}
