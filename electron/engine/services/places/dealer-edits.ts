// Dealers as people keep them: the list with its history, one step at a time, and the list as a file.
import type { CityView, DealerView } from '../../../../shared/calls/places.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import {
  type DealerEdit,
  type DealerFault,
  type DealerRecord,
  editDealer,
} from '../../../../shared/domain/dealer-edit.ts';
import { firstQuarterFrom } from '../../../../shared/domain/dealer-history.ts';
import { CITIES, cityByCode, provinceByCode } from '../../../../shared/domain/geography.ts';
import { type Bilingual, inLanguage, type Language } from '../../../../shared/domain/language.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import type { WritableConnection } from '../../store/database.ts';
import { type DealerBase, listDealerBases, removeDealer } from '../../store/network.ts';
import { listCities, listProvinces } from '../../store/places.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { DealerNetwork } from './dealer-network.ts';
import { keepAsWasViews } from './region-schemes.ts';

export const FAULTS: Record<DealerFault, Bilingual> = {
  'closed-before-opened': {
    zh: '停业日期早于开业日期',
    en: 'its closing day lies before its opening day',
  },
  'moved-before-opened': { zh: '迁址日期早于开业日期', en: 'it would move before it opened' },
  'moved-after-closed': { zh: '迁址日期晚于停业日期', en: 'it would move after it closed' },
  'moves-in-disorder': {
    zh: '迁址日期须晚于上一次迁址',
    en: 'a move has to come after the move before it',
  },
  'day-ahead': { zh: '日期还没有到', en: 'the day lies ahead' },
  'same-city': { zh: '它已经在这座城市', en: 'it stands in that city already' },
  'not-moved': { zh: '它没有迁址记录', en: 'no move of it is recorded' },
  'merged-already': { zh: '它已并入另一家', en: 'another dealer took it over already' },
  'not-merged': { zh: '它没有并入另一家', en: 'no dealer took it over' },
  'merged-with-itself': { zh: '这样会并入它自己', en: 'it would be merged with itself' },
  'no-name': { zh: '名称不能为空', en: 'it needs a name' },
};

export function networkOf(workspace: Workspace): DealerNetwork {
  return workspace.derived('network', () => new DealerNetwork(workspace.reader));
}

export function listDealerViews(context: Context): DealerView[] {
  const workspace = context.workspace();
  const network = networkOf(workspace);
  const bases = workspace.derived(
    'dealer bases',
    () => new Map(listDealerBases(workspace.reader).map((row) => [row.dealer, row])),
  );
  const today = workspace.now().slice(0, 10);
  return network.dealers.map(({ id, code }) => viewDealer(network, code, { base: bases.get(id), today }));
}

/** A dealer closes at the end of its closing day. */
function standingOn(
  day: string,
  { opened, closed, merged }: { opened: string | null; closed: string | null; merged: boolean },
): DealerView['standing'] {
  if (merged) return 'merged';
  if (closed !== null && closed < day) return 'closed';
  return opened !== null && opened > day ? 'planned' : 'open';
}

function viewDealer(
  network: DealerNetwork,
  code: string,
  { base, today }: { base: DealerBase | undefined; today: string },
): DealerView {
  const { city, stays, successor, mergedFrom, ...record } = network.record(code)!;
  const { opened, closed, name } = record;
  return {
    code,
    name,
    opened,
    closed,
    standing: standingOn(today, { opened, closed, merged: successor !== null }),
    city: network.cityName(city),
    stays: stays.map((stay) => ({ until: stay.until, city: network.cityName(stay.city) })),
    successor:
      successor === null
        ? null
        : { code: successor, name: network.find(successor)!.name, from: mergedFrom ?? '' },
    firstQuarter: base?.firstQuarter ?? null,
    lastQuarter: base?.lastQuarter ?? null,
    respondents: base?.respondents ?? 0,
    outsideLife:
      base !== undefined &&
      ((opened !== null && base.firstQuarter < firstQuarterFrom(opened) - 1) ||
        (closed !== null && mergedFrom === null && base.lastQuarter > firstQuarterFrom(closed))),
  };
}

const NO_DEALERS = { dealers: 0, open: 0 };

export function listCityViews(context: Context): CityView[] {
  const workspace = context.workspace();
  const { reader } = workspace;
  const network = networkOf(workspace);
  const today = workspace.now().slice(0, 10);
  const counts = new Map<string, { dealers: number; open: number }>();
  for (const { cityId, successorId, opened, closed } of network.dealers) {
    if (successorId !== null) continue;
    const code = network.cityCode(cityId);
    const { dealers, open } = counts.get(code) ?? NO_DEALERS;
    const isOpen = standingOn(today, { opened, closed, merged: false }) === 'open';
    counts.set(code, { dealers: dealers + 1, open: open + Number(isOpen) });
  }
  const shipped = CITIES.map(({ code, name, nameEn, provinceCode }) => ({
    code,
    name: { zh: name, en: nameEn },
    provinceCode,
    province: { zh: provinceByCode(provinceCode)!.name, en: provinceByCode(provinceCode)!.nameEn },
    ...(counts.get(code) ?? NO_DEALERS),
    national: true,
  }));
  const provinces = new Map(listProvinces(reader).map((row) => [row.id, row]));
  const free = listCities(reader).flatMap((row) => {
    if (cityByCode(row.code)) return [];
    const { code, nameZh, nameEn } = provinces.get(row.provinceId)!;
    return {
      code: row.code,
      name: { zh: row.name, en: row.name },
      provinceCode: code,
      province: { zh: nameZh, en: nameEn },
      ...(counts.get(row.code) ?? NO_DEALERS),
      national: false,
    };
  });
  return [...shipped, ...free];
}

/** One step with a dealer; throws `dealer-unknown`, `dealer-exists`, `city-unknown`, `dealer-edit`. */
export function editDealerCall(context: Context, input: CallArguments<'places.edit'>): DealerView {
  const workspace = context.workspace();
  const network = networkOf(workspace);
  const before = network.record(input.dealer);
  if (input.edit.kind === 'add' && before)
    throw new AppError('dealer-exists', { dealer: input.dealer, name: before.name });
  const alike = network.lookAlike(input.dealer);
  if (input.edit.kind === 'add' && alike)
    throw new AppError('dealer-exists', { dealer: alike.code, name: alike.name });
  if (input.edit.kind !== 'add' && !before) throw new AppError('dealer-unknown', { dealer: input.dealer });
  if (input.edit.kind === 'merge' && !network.find(input.edit.into))
    throw new AppError('dealer-unknown', { dealer: input.edit.into });
  const edit = withCityCode(network, input.dealer, input.edit);
  const after = editDealer(before, edit, network.facts(workspace.now().slice(0, 10)));
  if (typeof after === 'string')
    throw new AppError('dealer-edit', {
      dealer: before?.name ?? input.dealer,
      problemZh: FAULTS[after].zh,
      problemEn: FAULTS[after].en,
    });
  const note = {
    action: `dealer.${edit.kind}` as const,
    subject: `${after.code} ${after.name}`,
    detail: auditChange({ ...before }, { ...after }),
  };
  const write = (db: WritableConnection) => {
    new DealerNetwork(db).write(db, after);
    keepAsWasViews(db);
  };
  if (before && standsElsewhere(before, after)) workspace.change(note, write);
  else workspace.describe(note, write);
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  return listDealerViews(context).find(({ code }) => code === after.code)!;
}

/** Whether answers are counted elsewhere after a step. */
export function standsElsewhere(before: DealerRecord, after: DealerRecord): boolean {
  const place = ({ city, stays, successor, mergedFrom }: DealerRecord) =>
    JSON.stringify([city, stays, successor, mergedFrom]);
  return place(before) !== place(after);
}

function nearestWords(nearest: readonly Bilingual[], language: Language): string {
  const said = nearest.map((one) => inLanguage(one, language));
  if (said.length === 0) return '';
  return language === 'en' ? ` The nearest are: ${said.join(', ')}.` : `最接近的有：${said.join('、')}。`;
}

function withCityCode(
  network: DealerNetwork,
  dealer: string,
  edit: CallArguments<'places.edit'>['edit'],
): DealerEdit {
  if (!('city' in edit)) return edit;
  const found = network.findCity(edit.city);
  if (found.kind === 'none')
    throw new AppError('city-unknown', {
      problemZh: found.problem.zh,
      problemEn: found.problem.en,
      nearestZh: nearestWords(found.nearest, 'zh-CN'),
      nearestEn: nearestWords(found.nearest, 'en'),
    });
  return edit.kind === 'add' ? { ...edit, code: dealer, city: found.code } : { ...edit, city: found.code };
}

/** Takes a dealer out that nothing rests on; throws `dealer-unknown` or `dealer-in-use`. */
export function removeDealerCall(
  context: Context,
  input: CallArguments<'places.remove'>,
): { removed: string } {
  const workspace = context.workspace();
  const network = networkOf(workspace);
  const before = network.record(input.dealer);
  if (!before) throw new AppError('dealer-unknown', { dealer: input.dealer });
  workspace.describe(
    {
      action: 'dealer.remove',
      subject: `${before.code} ${before.name}`,
      detail: auditChange({ ...before }, {}),
    },
    (db) => {
      if (!removeDealer(db, network.find(input.dealer)!.id))
        throw new AppError('dealer-in-use', { dealer: before.name });
      keepAsWasViews(db);
    },
  );
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  return { removed: input.dealer };
}
