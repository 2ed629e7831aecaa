// Names of dealers and cities that were matched by hand: later imports follow them until they are deleted.
import type { PlaceAlias, PlaceChoice } from '../../../../shared/calls/import.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { cityByCode, provinceByCode } from '../../../../shared/domain/geography.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { type AliasRow, deleteAlias, listAliases, saveAlias } from '../../store/import-memory.ts';
import { listCities, listDealers } from '../../store/places.ts';
import { choiceKey, labelOf } from './place-directory.ts';

export function aliasOf({ kind, name, province, action, target }: PlaceChoice, at: string): AliasRow {
  const key = choiceKey({ kind, name, province });
  return { kind, key, written: name, province, action, target, createdAt: at };
}

export function listPlaceAliases(context: Context): PlaceAlias[] {
  const { reader } = context.workspace();
  const dealers = new Map(listDealers(reader).map((row) => [row.code, labelOf(row)]));
  const cities = new Map(listCities(reader).map((row) => [row.code, row.name]));
  return listAliases(reader).map((row) => ({
    ...row,
    label:
      row.target === ''
        ? ''
        : row.kind === 'dealer'
          ? (dealers.get(row.target) ?? '')
          : (cities.get(row.target) ??
            cityByCode(row.target)?.name ??
            provinceByCode(row.target)?.name ??
            ''),
  }));
}

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
  workspace.record(
    {
      action: 'alias.save',
      subject: input.choices
        .map(({ name }) => name)
        .join('、')
        .slice(0, 200),
      detail: { after: input.choices.slice(0, 50) },
    },
    (db) => {
      for (const choice of input.choices) saveAlias(db, aliasOf(choice, at));
    },
  );
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
