// Versions of the indicator tree with its weights: made by people, compared, made current.
import type { JudgedWeights, WeightSetDetail, WeightSetView } from '../../../../shared/calls/weights.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import {
  compareTrees,
  inTreeOrder,
  type TreeChange,
  type TreeIndicator,
  type TreeProblem,
  treeProblems,
  weightShares,
} from '../../../../shared/domain/indicator-tree.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { ahpWeights } from '../../../../shared/domain/score/ahp.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import {
  activateWeightSet,
  addTreeVersion,
  listAskedIndicators,
  listWeightSets,
  type WeightSetRecord,
} from '../../store/weight-sets.ts';
import { treeIndicators } from '../figures/catalog.ts';
import { bothTexts } from '../import/import-source.ts';
import { emitRenamed } from '../workspace/renamed.ts';
import type { Workspace } from '../workspace/workspace.ts';

export function listWeightSetViews(context: Context): WeightSetView[] {
  const workspace = context.workspace();
  return listWeightSets(workspace.reader).map((row) => viewSet(workspace, row));
}

function viewSet(workspace: Workspace, { activated: _, ...row }: WeightSetRecord): WeightSetView {
  return { ...row, current: row.id === workspace.indicators().weightSet.id };
}

function findSet(workspace: Workspace, id: number): WeightSetRecord {
  const row = listWeightSets(workspace.reader).find((one) => one.id === id);
  if (!row) throw new AppError('weight-set-unknown', { weightSet: id });
  return row;
}

function treeOf(workspace: Workspace, weightSet: number): TreeIndicator[] {
  return treeIndicators(workspace, findSet(workspace, weightSet).id);
}

export function getWeightSet(context: Context, input: CallArguments<'weights.get'>): WeightSetDetail {
  const workspace = context.workspace();
  const rows = treeOf(workspace, input.weightSet);
  const shares = weightShares(rows);
  const asked = listAskedIndicators(workspace.reader);
  return {
    set: viewSet(workspace, findSet(workspace, input.weightSet)),
    rows: rows.map((row) => ({ ...row, share: shares.get(row.code) ?? 0, asked: asked.has(row.code) })),
  };
}

export function compareWeightSets(context: Context, input: CallArguments<'weights.compare'>): TreeChange[] {
  const workspace = context.workspace();
  return compareTrees(treeOf(workspace, input.before), treeOf(workspace, input.after));
}

/** A new version of the whole tree. Only one that is made current changes figures and what rests on them. */
export function saveWeightSet(context: Context, input: CallArguments<'weights.save'>): WeightSetView {
  const workspace = context.workspace();
  const [problem] = treeProblems(input.rows, listAskedIndicators(workspace.reader));
  if (problem) throw new AppError('weights-invalid', bothTexts(problemWords(problem)));
  const before = workspace.indicators().weightSet;
  const changes = before.id === 0 ? [] : compareTrees(treeOf(workspace, before.id), input.rows);
  const rows = inTreeOrder(input.rows);
  const made = { note: input.note, actor: context.options.actor ?? '', at: workspace.now() };
  const audit = {
    action: 'weights.save' as const,
    subject: input.note || `${before.version}+`,
    detail: { against: before.version, current: input.makeCurrent, changes },
  };
  const write = (db: Workspace['writer']) => {
    const id = addTreeVersion(db, rows, made);
    if (input.makeCurrent) activateWeightSet(db, id);
    return id;
  };
  const id = input.makeCurrent ? workspace.change(audit, write) : workspace.describe(audit, write);
  emitRenamed(context);
  return viewSet(workspace, findSet(workspace, id));
}

/** Forecasts, alerts and plans made under the former version are out of date from here on, as after an import. */
export function activateSet(context: Context, input: CallArguments<'weights.activate'>): WeightSetView {
  const workspace = context.workspace();
  const { id, version } = findSet(workspace, input.weightSet);
  const before = workspace.indicators().weightSet;
  if (before.id !== id) {
    workspace.change(
      {
        action: 'weights.activate',
        subject: `v${version}`,
        detail: { before: { version: before.version }, after: { version } },
      },
      (db) => activateWeightSet(db, id),
    );
    emitRenamed(context);
  }
  return viewSet(workspace, findSet(workspace, id));
}

/** Weights from pairwise judgements; a matrix that is not square or not reciprocal is refused. */
export function judgeWeights(_: Context, { matrix }: CallArguments<'weights.judge'>): JudgedWeights {
  const size = matrix.length;
  const square = matrix.every((row) => row.length === size);
  const reciprocal = matrix.every((row, i) =>
    row.every((value, j) => Math.abs(value * (matrix[j]?.[i] ?? 0) - 1) <= 1e-3),
  );
  if (!square || !reciprocal) throw new AppError('weights-invalid', bothTexts(NOT_RECIPROCAL));
  const { weights, consistencyRatio, consistent, worst } = ahpWeights(matrix);
  return { weights, consistencyRatio, consistent, worst: worst ?? null };
}

const NOT_RECIPROCAL: Bilingual = {
  zh: '两两比较必须互为倒数，请检查判断矩阵。',
  en: 'Judgements of a pair must be reciprocal; check the matrix.',
};

function problemWords({ kind, code }: TreeProblem): Bilingual {
  const words: Record<TreeProblem['kind'], Bilingual> = {
    'code-twice': {
      zh: `代码“${code}”出现了两次，请改用不同的代码。`,
      en: `The code "${code}" stands twice; change one.`,
    },
    'parent-unknown': {
      zh: `“${code}”的上级不存在，请另选上级。`,
      en: `The parent of "${code}" is not in the tree; choose another.`,
    },
    'parent-rates': {
      zh: `“${code}”的上级是评分项，请选择指标组或总体作为上级。`,
      en: `The parent of "${code}" is rated itself; choose a group or the index.`,
    },
    'in-a-ring': {
      zh: `“${code}”挂在了自己的下级之下，请另选上级。`,
      en: `"${code}" hangs below one of its own children; choose another parent.`,
    },
    'weight-bad': {
      zh: `“${code}”的权重必须是不小于 0 的数字。`,
      en: `The weight of "${code}" must be a number of at least 0.`,
    },
    'asked-missing': {
      zh: `“${code}”有问卷题目在使用，不能删除。`,
      en: `"${code}" is asked by a questionnaire and cannot be left out.`,
    },
    roots: { zh: '只能有一个总体指标。', en: 'There can be one overall index only.' },
    'no-weight': {
      zh: '至少要有一个权重大于 0 的评分项。',
      en: 'At least one item needs a weight above 0.',
    },
  };
  return words[kind];
}
