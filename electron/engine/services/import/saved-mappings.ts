// Saved mappings.

import type { MappingInfo } from '../../../../shared/calls/import.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { type StudyMapping, studyMapping } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import {
  deleteMapping,
  findMapping,
  listMappings,
  type MappingRow,
  saveMapping,
} from '../../store/ledger.ts';
import { mappedColumns } from './mapped-columns.ts';

function viewMapping(row: MappingRow): MappingInfo {
  const { study, questionnaire } = JSON.parse(row.mapping) as StudyMapping;
  return { name: row.name, study: study.code, channel: study.channel, questionnaire, savedAt: row.savedAt };
}

export function listSavedMappings(context: Context): MappingInfo[] {
  return listMappings(context.workspace().reader).map(viewMapping);
}

export function getSavedMapping(context: Context, input: CallArguments<'mappings.get'>): StudyMapping {
  const row = findMapping(context.workspace().reader, input.name);
  if (!row) throw new AppError('mapping-unknown', { mapping: input.name });
  return studyMapping.parse(JSON.parse(row.mapping));
}

export function putMapping(context: Context, input: CallArguments<'mappings.save'>): MappingInfo {
  const workspace = context.workspace();
  const row: MappingRow = {
    name: input.name,
    mapping: JSON.stringify(input.mapping),
    headers: JSON.stringify(mappedColumns(input.mapping)),
    savedAt: workspace.now(),
  };
  const before = findMapping(workspace.reader, input.name);
  const detail = before
    ? auditChange(JSON.parse(before.mapping) as Record<string, unknown>, input.mapping)
    : { after: { study: input.mapping.study.code, questionnaire: input.mapping.questionnaire } };
  workspace.record({ action: 'mapping.save', subject: input.name, detail }, (db) => saveMapping(db, row));
  return viewMapping(row);
}

export function deleteSavedMapping(
  context: Context,
  input: CallArguments<'mappings.delete'>,
): { deleted: boolean } {
  const workspace = context.workspace();
  const deleted = workspace.record({ action: 'mapping.delete', subject: input.name }, (db) =>
    deleteMapping(db, input.name),
  );
  return { deleted };
}
