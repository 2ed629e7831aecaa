// Region schemes: what versions there are, what each groups, and who uses it; saved as new versions once used.
import type { SchemeContentView, SchemeView } from '../../../../shared/calls/places.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { regionName } from '../../../../shared/domain/geography.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import type { WritableConnection } from '../../store/database.ts';
import { listSchemeUses, listStays, removeScheme, type SchemeUse, writeScheme } from '../../store/network.ts';
import {
  addScheme,
  listCities,
  listDealers,
  listMembers,
  listRegions,
  listSchemes,
  type SchemeRow,
} from '../../store/places.ts';
import { asWasName, endOf, versionsOf } from '../workspace/network-tree.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { DealerNetwork } from './dealer-network.ts';

export function listSchemeViews(context: Context): SchemeView[] {
  const workspace = context.workspace();
  const schemes = listSchemes(workspace.reader);
  const uses = listSchemeUses(workspace.reader);
  const standing = dealersByCity(workspace);
  return schemes.map((row) => viewScheme(workspace, row, { schemes, uses, standing }));
}

function dealersByCity(workspace: Workspace): Map<number, number> {
  const standing = new Map<number, number>();
  for (const { cityId, pooled, successorId } of listDealers(workspace.reader)) {
    const counts = pooled === 0 && successorId === null ? 1 : 0;
    standing.set(cityId, (standing.get(cityId) ?? 0) + counts);
  }
  return standing;
}

interface SchemeFacts {
  schemes: readonly SchemeRow[];
  uses: ReadonlyMap<number, SchemeUse>;
  standing: ReadonlyMap<number, number>;
}

function viewScheme(workspace: Workspace, row: SchemeRow, facts: SchemeFacts): SchemeView {
  const { schemes, uses, standing } = facts;
  const shown = row.timing === 'as-was' ? versionsOf(schemes, row.code).at(-1)! : row;
  const members = listMembers(workspace.reader, shown.id);
  const dealersOf = (cities: Iterable<number>) =>
    [...cities].reduce((sum, city) => sum + (standing.get(city) ?? 0), 0);
  const name = { zh: shown.nameZh, en: shown.nameEn };
  const use = uses.get(row.id);
  return {
    id: row.id,
    code: row.code,
    name: row.timing === 'as-was' ? asWasName(name) : name,
    validFrom: row.validFrom,
    validTo: row.timing === 'as-was' ? null : (endOf(row, schemes) ?? null),
    timing: row.timing,
    regions: listRegions(workspace.reader, shown.id).map((region) => {
      const cities = [...members].filter(([, id]) => id === region.id).map(([city]) => city);
      return {
        code: region.code,
        name: regionName(region.name),
        cities: cities.length,
        dealers: dealersOf(cities),
      };
    }),
    covered: {
      cities: [...members.keys()].filter((city) => standing.has(city)).length,
      ofCities: standing.size,
      dealers: dealersOf(members.keys()),
      ofDealers: dealersOf(standing.keys()),
    },
    uses: { forecasts: use?.forecasts ?? 0, plans: use?.plans ?? 0, reports: use?.reports ?? 0 },
  };
}

export function getScheme(context: Context, input: CallArguments<'schemes.get'>): SchemeContentView {
  const workspace = context.workspace();
  const row = knownScheme(workspace, input.scheme);
  return contentOf(workspace, row);
}

function knownScheme(workspace: Workspace, scheme: number): SchemeRow {
  const schemes = listSchemes(workspace.reader);
  const row = schemes.find((one) => one.id === scheme);
  if (!row) throw new AppError('scheme-unknown', { scheme });
  return row.timing === 'as-was' ? versionsOf(schemes, row.code).at(-1)! : row;
}

function contentOf(workspace: Workspace, row: SchemeRow): SchemeContentView {
  const cityCodes = new Map(listCities(workspace.reader).map((city) => [city.id, city.code]));
  const members = [...listMembers(workspace.reader, row.id)];
  return {
    id: row.id,
    code: row.code,
    name: { zh: row.nameZh, en: row.nameEn },
    validFrom: row.validFrom,
    regions: listRegions(workspace.reader, row.id).map(({ id, code, name }) => ({
      code,
      name,
      cities: members.filter(([, region]) => region === id).map(([city]) => cityCodes.get(city)!),
    })),
  };
}

/**
 * Saves a version: a new one, or changed in place as long as no stored result uses it. Throws `scheme-in-use`,
 * `scheme-exists`, `scheme-content`, `scheme-unknown`.
 */
export function saveScheme(context: Context, input: CallArguments<'schemes.save'>): SchemeView {
  const workspace = context.workspace();
  const schemes = listSchemes(workspace.reader);
  checkContent(workspace, input);
  const edited = input.scheme === undefined ? undefined : knownScheme(workspace, input.scheme);
  const sameVersion = edited?.code === input.code && edited.validFrom === input.validFrom;
  const taken = schemes.find((one) => one.code === input.code && one.validFrom === input.validFrom);
  if (taken && !sameVersion)
    throw new AppError('scheme-exists', { scheme: input.name.zh, from: input.validFrom });
  if (edited && sameVersion) refuseUsed(workspace, edited);
  const before = edited && contentOf(workspace, edited);
  const id = workspace.describe(
    {
      action: 'scheme.save',
      subject: `${input.name.zh} ${input.validFrom}`,
      detail: before ? auditChange(auditable(before), auditable(input)) : { after: auditable(input) },
    },
    (db) => {
      const network = new DealerNetwork(db);
      const regions = input.regions.map((region) => ({
        ...region,
        cities: region.cities.map((city) => network.cityId(db, city)),
      }));
      const { code, validFrom, name } = input;
      const content = { code, validFrom, nameZh: name.zh, nameEn: name.en, regions };
      const written = writeScheme(db, sameVersion ? edited!.id : null, content);
      keepAsWasViews(db);
      return written;
    },
  );
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  return listSchemeViews(context).find((one) => one.id === id)!;
}

/** Cities by region, so that the log shows what moved. */
function auditable(content: Pick<SchemeContentView, 'code' | 'name' | 'validFrom' | 'regions'>) {
  const { code, name, validFrom, regions } = content;
  const cities = regions.map((region) => [region.name, [...region.cities].sort().join(' ')]);
  return { code, name: name.zh, validFrom, ...Object.fromEntries(cities) } as Record<string, unknown>;
}

function checkContent(workspace: Workspace, input: CallArguments<'schemes.save'>): void {
  const network = new DealerNetwork(workspace.reader);
  const seen = new Set<string>();
  const fault = (zh: string, en: string) => new AppError('scheme-content', { problemZh: zh, problemEn: en });
  const codes = input.regions.map(({ code }) => code);
  const names = input.regions.map(({ name }) => name);
  if (new Set(codes).size < codes.length || new Set(names).size < names.length)
    throw fault('有两个大区同名', 'two regions have the same name');
  for (const { name, cities } of input.regions)
    for (const city of cities) {
      const found = network.findCity(city);
      if (found.kind === 'none' || found.code !== city)
        throw fault(`“${name}”中的城市“${city}”未知`, `the city "${city}" of "${name}" is not known`);
      if (seen.has(city)) throw fault(`城市“${city}”属于两个大区`, `the city "${city}" is in two regions`);
      seen.add(city);
    }
}

function refuseUsed(workspace: Workspace, row: SchemeRow): void {
  const use = listSchemeUses(workspace.reader).get(row.id);
  const uses = use ? use.forecasts + use.plans + use.reports : 0;
  if (uses > 0)
    throw new AppError('scheme-in-use', {
      schemeZh: row.nameZh,
      schemeEn: row.nameEn,
      from: row.validFrom,
      uses,
    });
}

export function deleteScheme(context: Context, input: CallArguments<'schemes.delete'>): { deleted: number } {
  const workspace = context.workspace();
  const row = knownScheme(workspace, input.scheme);
  refuseUsed(workspace, row);
  if (listSchemes(workspace.reader).filter((one) => one.timing === 'as-is').length === 1)
    throw new AppError('scheme-content', {
      problemZh: '至少要保留一个方案',
      problemEn: 'one scheme has to stay',
    });
  workspace.describe(
    {
      action: 'scheme.delete',
      subject: `${row.nameZh} ${row.validFrom}`,
      detail: auditChange(auditable(contentOf(workspace, row)), {}),
    },
    (db) => {
      removeScheme(db, row.id);
      keepAsWasViews(db);
    },
  );
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  return { deleted: row.id };
}

/**
 * A scheme has a view of places as they were as soon as that differs from the present: when it has a second version,
 * or a dealer moved or was taken over. One that is there stays, because it may be chosen on a screen.
 */
export function keepAsWasViews(db: WritableConnection): void {
  const schemes = listSchemes(db);
  const changed = listStays(db).size > 0 || listDealers(db).some(({ successorId }) => successorId !== null);
  for (const code of new Set(schemes.map((one) => one.code))) {
    const versions = versionsOf(schemes, code);
    const there = schemes.some((one) => one.code === code && one.timing === 'as-was');
    if (there || versions.length === 0 || !(changed || versions.length > 1)) continue;
    const { nameZh, nameEn } = versions.at(-1)!;
    addScheme(db, null, { code, nameZh, nameEn, validFrom: '', timing: 'as-was' });
  }
}

/** Throws `scheme-as-was`: results are made under one version of a scheme. */
export function refuseAsWas(workspace: Workspace, scheme: number): void {
  const row = listSchemes(workspace.reader).find((one) => one.id === scheme);
  if (row?.timing !== 'as-was') return;
  const name = asWasName({ zh: row.nameZh, en: row.nameEn });
  throw new AppError('scheme-as-was', { schemeZh: name.zh, schemeEn: name.en });
}
