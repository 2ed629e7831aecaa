// Which questions measure which stable indicator, channel by channel, and how alike two channels are.
import type { ComparabilityView, Crosswalk } from '../../../../shared/calls/channels.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import {
  gradeOf,
  type SharedQuestion,
  suggestComparability,
} from '../../../../shared/domain/channel/comparability.ts';
import { CHANNEL_NAMES, CHANNELS, type Channel } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import {
  type CrosswalkRow,
  findComparability,
  listCrosswalk,
  removeComparability,
  writeComparability,
} from '../../store/channels.ts';
import type { Workspace } from '../workspace/workspace.ts';

export function crosswalkRows(workspace: Workspace): CrosswalkRow[] {
  return workspace.derived('crosswalk', () => listCrosswalk(workspace.reader));
}

export function getCrosswalk(context: Context): Crosswalk {
  const workspace = context.workspace();
  const questions = crosswalkRows(workspace);
  const { rows } = workspace.indicators();
  return {
    channels: workspace.channels(),
    rows: rows.flatMap((row) => {
      const own = questions.filter(({ indicatorId }) => indicatorId === row.id);
      if (own.length === 0) return [];
      return [
        {
          indicator: row.code,
          name: { zh: row.nameZh, en: row.nameEn },
          role: row.role,
          questions: own.map((one) => ({
            channel: one.channel,
            questionnaire: one.questionnaireId,
            study: { zh: one.studyZh, en: one.studyEn },
            version: one.version,
            code: one.code,
            label: { zh: one.labelZh, en: one.labelEn },
            scale: { min: one.min, max: one.max },
            reversed: one.reversed === 1,
            firstQuarter: one.firstQuarter,
            lastQuarter: one.lastQuarter,
          })),
        },
      ];
    }),
  };
}

/** Two channels in their fixed order; throws `channels-same`. */
export function inOrder(first: Channel, second: Channel): [Channel, Channel] {
  if (first === second) throw new AppError('channels-same');
  return CHANNELS.indexOf(first) < CHANNELS.indexOf(second) ? [first, second] : [second, first];
}

/** The newest question of a channel for each indicator. */
function newestQuestions(workspace: Workspace, channel: Channel): Map<number, CrosswalkRow> {
  const own = crosswalkRows(workspace).filter((row) => row.channel === channel);
  return new Map(own.map((row) => [row.indicatorId, row]));
}

/** The newest question of each side for every indicator that both ask. */
function sharedQuestions(
  one: ReadonlyMap<number, CrosswalkRow>,
  other: ReadonlyMap<number, CrosswalkRow>,
): SharedQuestion[] {
  return [...one].flatMap(([indicator, a]) => {
    const b = other.get(indicator);
    if (!b) return [];
    const sameScale = a.min === b.min && a.max === b.max && a.reversed === b.reversed;
    return [{ sameScale, sameWording: a.labelZh.trim() === b.labelZh.trim() }];
  });
}

/** The scales of the questions that another side asks as well, the most common first. */
function scalesOf(
  questions: ReadonlyMap<number, CrosswalkRow>,
  other: ReadonlyMap<number, CrosswalkRow>,
): { min: number; max: number }[] {
  const shared = [...questions.values()].filter(({ indicatorId }) => other.has(indicatorId));
  const found = Map.groupBy(shared, ({ min, max }) => `${min} ${max}`);
  return [...found.values()]
    .sort((a, b) => b.length - a.length)
    .map(([one]) => ({ min: one!.min, max: one!.max }));
}

export function comparabilityOf(workspace: Workspace, first: Channel, second: Channel): ComparabilityView {
  const ordered = inOrder(first, second);
  const newest = [first, second].map((channel) => newestQuestions(workspace, channel)) as [
    Map<number, CrosswalkRow>,
    Map<number, CrosswalkRow>,
  ];
  const shared = sharedQuestions(...newest);
  const suggested = suggestComparability(...ordered, shared);
  const declared = findComparability(workspace.reader, ...ordered);
  return {
    suggested: { ...suggested, grade: gradeOf(suggested) },
    declared: declared ? { ...declared, grade: gradeOf(declared) } : null,
    found: {
      questions: shared.length,
      sameScale: shared.filter(({ sameScale }) => sameScale).length,
      sameWording: shared.filter(({ sameWording }) => sameWording).length,
      firstScales: scalesOf(newest[0], newest[1]),
      secondScales: scalesOf(newest[1], newest[0]),
      bothCustomers: suggested.population !== 'different',
    },
  };
}

/** Keeps what somebody declares of a pair, or takes it back. */
export function declareComparability(
  context: Context,
  input: CallArguments<'channels.declare'>,
): ComparabilityView {
  const workspace = context.workspace();
  const [first, second] = inOrder(input.first, input.second);
  const before = findComparability(workspace.reader, first, second);
  const after = input.declared && { ...input.declared, at: workspace.now() };
  workspace.record(
    {
      action: 'comparability.declare',
      subject: `${CHANNEL_NAMES[first].zh} – ${CHANNEL_NAMES[second].zh}`,
      detail: auditChange({ ...before }, { ...after }),
    },
    (db) => {
      if (after) writeComparability(db, first, second, after);
      else removeComparability(db, first, second);
    },
  );
  return comparabilityOf(workspace, first, second);
}
