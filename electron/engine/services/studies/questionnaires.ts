// Questionnaires version by version: what they ask, what changed, and the draft of the next one.
import type { MappingInfo } from '../../../../shared/calls/import.ts';
import type {
  QuestionnaireComparison,
  QuestionnaireView,
  QuestionView,
} from '../../../../shared/calls/studies.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import {
  ATTRIBUTE_GROUPS,
  type AttributeGroup,
  guessAttributeGroup,
} from '../../../../shared/domain/attribute-group.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { answerLabels } from '../../../../shared/domain/band.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { compareQuestionnaires, type Questionnaire } from '../../../../shared/domain/questionnaire.ts';
import { type StudyMapping, studyMapping } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { findMapping, saveMapping } from '../../store/ledger.ts';
import {
  describeQuestion,
  findQuestion,
  findQuestionnaire,
  latestMapping,
  listQuestionnaires,
  listQuestions,
  type QuestionnaireRow,
  type QuestionRow,
} from '../../store/study-records.ts';
import { mappedColumns } from '../import/mapped-columns.ts';
import { emitRenamed } from '../workspace/renamed.ts';
import type { Workspace } from '../workspace/workspace.ts';

export function getQuestionnaire(
  context: Context,
  input: CallArguments<'questionnaires.get'>,
): QuestionnaireView {
  const workspace = context.workspace();
  const { id, study, version } = questionnaireRow(workspace, input.questionnaire);
  return {
    id,
    study,
    version,
    questions: listQuestions(workspace.reader, id).map((row) => viewQuestion(workspace, row)),
  };
}

function questionnaireRow(workspace: Workspace, id: number): QuestionnaireRow {
  const row = findQuestionnaire(workspace.reader, id);
  if (!row) throw new AppError('questionnaire-unknown', { questionnaire: id });
  return row;
}

type Labels = Record<string, Bilingual>;

function viewQuestion(workspace: Workspace, row: QuestionRow): QuestionView {
  const isItem = row.role === 'item';
  const measured = isItem ? workspace.indicators().byCode.get(row.code) : undefined;
  return {
    id: row.id,
    role: row.role,
    code: row.code,
    label: { zh: row.labelZh, en: row.labelEn },
    indicatorName: measured ? { zh: measured.nameZh, en: measured.nameEn } : null,
    scale: isItem ? { min: row.min ?? 0, max: row.max ?? 100 } : null,
    reversed: row.reversed === 1,
    missing: JSON.parse(row.missingCodes) as (string | number)[],
    multiple: row.multiple === 1,
    group: isItem ? null : groupOf(row),
    values: Object.entries(JSON.parse(row.valueLabels) as Labels).map(([value, label]) => ({ value, label })),
  };
}

function groupOf(row: QuestionRow): AttributeGroup {
  const said = ATTRIBUTE_GROUPS.find((one) => one === row.attributeGroup);
  return said ?? guessAttributeGroup(row.code, row.labelZh, row.labelEn);
}

/** Words alone change: what a question and its answers are called, and the group of an attribute. */
export function updateQuestion(
  context: Context,
  input: CallArguments<'questionnaires.question'>,
): { updated: boolean } {
  const workspace = context.workspace();
  const row = findQuestion(workspace.reader, input.question);
  if (!row) throw new AppError('question-unknown', { question: input.question });
  const { labelZh, labelEn, valueLabels, attributeGroup } = row;
  const labels: Labels = Object.fromEntries(input.values.map(({ value, label }) => [value, label]));
  const after = {
    labelZh: input.label.zh,
    labelEn: input.label.en,
    valueLabels: row.role === 'item' ? valueLabels : JSON.stringify(labels),
    attributeGroup: row.role === 'item' ? null : input.group,
  };
  const { study, version } = questionnaireRow(workspace, row.questionnaireId);
  workspace.describe(
    {
      action: 'question.update',
      subject: `${study} ${version} ${row.code}`,
      detail: auditChange({ labelZh, labelEn, valueLabels, attributeGroup }, after),
    },
    (db) => describeQuestion(db, row.id, after),
  );
  emitRenamed(context);
  return { updated: true };
}

export function compareVersions(
  context: Context,
  input: CallArguments<'questionnaires.compare'>,
): QuestionnaireComparison {
  const workspace = context.workspace();
  const before = versionOf(workspace, input.before);
  const after = versionOf(workspace, input.after);
  const changes = compareQuestionnaires(before.asked, after.asked);
  const changed = changes.filter((change) => change.after !== null).length;
  const names = { ...before.names, ...after.names };
  for (const row of workspace.indicators().rows) names[row.code] = { zh: row.nameZh, en: row.nameEn };
  return {
    changes,
    same: after.asked.items.length + after.asked.attributes.length - changed,
    indicatorNames: names,
  };
}

interface Version {
  asked: Questionnaire;
  names: Record<string, Bilingual>;
}

function versionOf(workspace: Workspace, which: CallArguments<'questionnaires.compare'>['before']): Version {
  if ('mapping' in which) {
    const row = findMapping(workspace.reader, which.mapping);
    if (!row) throw new AppError('mapping-unknown', { mapping: which.mapping });
    return ofMapping(studyMapping.parse(JSON.parse(row.mapping)));
  }
  const { id } = questionnaireRow(workspace, which.questionnaire);
  const questions = listQuestions(workspace.reader, id).map((row) => viewQuestion(workspace, row));
  return {
    asked: {
      items: questions.flatMap(({ role, code, label, scale, reversed, missing }) =>
        role === 'item' ? [{ indicator: code, label, scale: scale!, reversed, missing }] : [],
      ),
      attributes: questions.flatMap(({ role, code, label, group, multiple, missing, values }) =>
        role === 'attribute'
          ? [{ code, label, group: group!, multiple, missing, values: labelsOf(values) }]
          : [],
      ),
    },
    names: {},
  };
}

function labelsOf(values: QuestionView['values']): Labels {
  return Object.fromEntries(values.map(({ value, label }) => [value, label]));
}

function ofMapping(mapping: StudyMapping): Version {
  return {
    asked: {
      items: mapping.items.map(({ indicator, column, label, scale, reversed, missing }) => ({
        indicator,
        label: label ?? { zh: column, en: column },
        scale,
        reversed,
        missing,
      })),
      attributes: mapping.attributes.map(({ code, label, group, multiple, missing, values, bands }) => ({
        code,
        label,
        group: group ?? guessAttributeGroup(code, label.zh, label.en),
        multiple: multiple !== undefined,
        missing,
        values: answerLabels({ bands, values }),
      })),
    },
    names: Object.fromEntries(mapping.indicators.map(({ code, name }) => [code, name])),
  };
}

/** A saved mapping for the next version: the last one's columns with the words as people have edited them since. */
export function draftQuestionnaire(
  context: Context,
  input: CallArguments<'questionnaires.draft'>,
): MappingInfo {
  const workspace = context.workspace();
  const { id, study, studyId, version } = questionnaireRow(workspace, input.from);
  const versions = listQuestionnaires(workspace.reader).filter((one) => one.studyId === studyId);
  if (versions.some((one) => one.version === input.version && one.firstQuarter !== null))
    throw new AppError('questionnaire-exists', { study, version: input.version });
  const last = latestMapping(workspace.reader, id);
  if (last === undefined) throw new AppError('questionnaire-without-data', { version });
  const mapping = reworded(studyMapping.parse(JSON.parse(last)), listQuestions(workspace.reader, id));
  const draft: StudyMapping = { ...mapping, questionnaire: input.version };
  const savedAt = workspace.now();
  workspace.record(
    {
      action: 'questionnaire.draft',
      subject: `${study} ${input.version}`,
      detail: { from: version, mapping: input.name },
    },
    (db) =>
      saveMapping(db, {
        name: input.name,
        mapping: JSON.stringify(draft),
        headers: JSON.stringify(mappedColumns(draft)),
        savedAt,
      }),
  );
  return {
    name: input.name,
    study: draft.study.code,
    channel: draft.study.channel,
    questionnaire: draft.questionnaire,
    savedAt,
  };
}

function reworded(mapping: StudyMapping, questions: readonly QuestionRow[]): StudyMapping {
  const rowOf = new Map(questions.map((row) => [`${row.role} ${row.code}`, row]));
  return {
    ...mapping,
    items: mapping.items.map((item) => {
      const row = rowOf.get(`item ${item.indicator}`);
      return row ? { ...item, label: { zh: row.labelZh, en: row.labelEn } } : item;
    }),
    attributes: mapping.attributes.map((attribute) => {
      const row = rowOf.get(`attribute ${attribute.code}`);
      if (!row) return attribute;
      const values = JSON.parse(row.valueLabels) as Labels;
      return { ...attribute, label: { zh: row.labelZh, en: row.labelEn }, values, group: groupOf(row) };
    }),
  };
}
