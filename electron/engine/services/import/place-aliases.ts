// Names of dealers and cities that were matched by hand: later imports follow them until they are deleted.
import type { PlaceAlias, PlaceChoice } from '../../../../shared/calls/import.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { cityByCode, provinceByCode } from '../../../../shared/domain/geography.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { type AliasRow, deleteAlias, listAliases, saveAlias } from '../../store/import-memory.ts';
import { listCities, listDealers } from '../../store/places.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { choiceKey, labelOf } from './place-names.ts';

export function aliasOf({ kind, name, province, action, target }: PlaceChoice, at: string): AliasRow {
  const key = choiceKey({ kind, name, province });
  return { kind, key, written: name, province, action, target, createdAt: at };
}

export function listPlaceAliases(context: Context): PlaceAlias[] {
  const { reader } = context.workspace();
  const label = placeLabels(reader);
  return listAliases(reader).map((row) => ({ ...row, label: label(row) }));
}

/** What a choice's place is called; '' where it means none, or one that is gone. */
function placeLabels(reader: Workspace['reader']): (choice: Pick<AliasRow, 'kind' | 'target'>) => string {
  const dealers = new Map(listDealers(reader).map((row) => [row.code, labelOf(row)]));
  const cities = new Map(listCities(reader).map((row) => [row.code, row.name]));
  return ({ kind, target }) => {
    if (target === '') return '';
    if (kind === 'dealer') return dealers.get(target) ?? '';
    return cities.get(target) ?? cityByCode(target)?.name ?? provinceByCode(target)?.name ?? '';
  };
}

/** Names as they are written, each with what it stands for, for the log. */
function meanings(
  reader: Workspace['reader'],
  choices: readonly Pick<AliasRow, 'kind' | 'written' | 'action' | 'target'>[],
): Record<string, string | Bilingual> {
  const label = placeLabels(reader);
  const meaning = (one: (typeof choices)[number]) =>
    one.action === 'match' ? label(one) || one.target : MEANING_NONE[one.action];
  return Object.fromEntries(choices.map((one) => [one.written, meaning(one)]));
}

const MEANING_NONE = {
  new: { zh: '新建', en: 'a new place' },
  leave: { zh: '不导入', en: 'left out' },
} as const satisfies Record<string, Bilingual>;

export function savePlaceAliases(context: Context, input: CallArguments<'aliases.save'>): PlaceAlias[] {
  const workspace = context.workspace();
  const dealers = new Set(listDealers(workspace.reader).map((row) => row.code));
  const cities = new Set(listCities(workspace.reader).map((row) => row.code));
  for (const { kind, action, target } of input.choices) {
    if (action !== 'match') continue;
    const known = kind === 'dealer' ? dealers.has(target) : cities.has(target) || cityByCode(target);
    if (!known) throw new AppError('alias-target-unknown', { target });
  }
  const at = workspace.now();
  const rows = input.choices.map((choice) => aliasOf(choice, at));
  const keys = new Set(rows.map(({ kind, key }) => `${kind} ${key}`));
  const former = listAliases(workspace.reader).filter(({ kind, key }) => keys.has(`${kind} ${key}`));
  const subject = rows.map(({ written }) => written).join('、');
  const detail = auditChange(meanings(workspace.reader, former), meanings(workspace.reader, rows));
  workspace.record({ action: 'alias.save', subject: subject.slice(0, 200), detail }, (db) => {
    for (const row of rows) saveAlias(db, row);
  });
  return listPlaceAliases(context);
}

export function deletePlaceAlias(
  context: Context,
  { kind, key }: CallArguments<'aliases.delete'>,
): { deleted: boolean } {
  const workspace = context.workspace();
  const before = listAliases(workspace.reader).find((row) => row.kind === kind && row.key === key);
  if (!before) return { deleted: false };
  const { written, action, target } = before;
  const deleted = workspace.record(
    { action: 'alias.delete', subject: written, detail: { before: { kind, written, action, target } } },
    (db) => deleteAlias(db, kind, key),
  );
  return { deleted };
}
