// A table of cities and their regions, read for the editor; schemes and dealers written as tables.
import type { WrittenFile } from '../../../../shared/calls/figure.ts';
import type { SchemeTableView } from '../../../../shared/calls/places.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { type Bilingual, inLanguage } from '../../../../shared/domain/language.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { type FileTable, writeTables } from '../../documents/table-file.ts';
import { type NamedRow, type NamedTable, readNamedTable } from '../../importers/named-columns.ts';
import { listCityViews, listDealerViews, networkOf } from './dealer-edits.ts';
import type { DealerNetwork } from './dealer-network.ts';
import { getScheme } from './region-schemes.ts';

const COLUMNS = {
  city: ['city', 'cityname', '城市', '地市', '地级市', '城市名称', '市'],
  cityCode: ['citycode', '城市代码', '城市编码', '行政区划代码', '区划代码'],
  province: ['province', '省份', '省'],
  region: ['region', 'regionname', 'group', '大区', '区域', '销售大区', '分组', '组', '大区名称', '归属'],
  regionCode: ['regioncode', '大区代码', '大区编码', '区域代码'],
} as const;

const MOST_PROBLEMS = 200;

/** Reads cities and regions; a table with cities alone is one group, named after the file. */
export async function readSchemeTable(
  context: Context,
  input: CallArguments<'schemes.readTable'>,
): Promise<SchemeTableView> {
  const network = networkOf(context.workspace());
  const fault = (file: string, problem: Bilingual) =>
    new AppError('scheme-content', {
      problemZh: `${file}：${problem.zh}`,
      problemEn: `${file}: ${problem.en}`,
    });
  const table = await readNamedTable(input, COLUMNS, fault);
  if (!table.columns.has('city') && !table.columns.has('cityCode'))
    throw fault(table.fileName, {
      zh: `需要“城市”列；现有列：${table.headers.join('、')}`,
      en: `it needs a column "city"; there are: ${table.headers.join(', ')}`,
    });
  const read = { network, table, whole: table.fileName.replace(/\.[^.]+$/, '') };
  const problems: Problem[] = [];
  const placed: PlacedCity[] = [];
  for (const row of table.rows) {
    const one = readCity(read, row);
    if (!one) continue;
    if ('message' in one) problems.push(one);
    else placed.push(one);
  }
  const torn = tornCities(placed);
  for (const { row, city, written } of placed) {
    const rows = torn.get(city);
    if (rows?.at(-1)?.row === row) problems.push(tornProblem(written, rows));
  }
  return {
    fileName: table.fileName,
    regions: regionsOf(placed.filter(({ city }) => !torn.has(city))),
    rows: table.rows.length,
    problems: problems.sort((a, b) => a.row - b.row).slice(0, MOST_PROBLEMS),
  };
}

type Column = keyof typeof COLUMNS;
type Problem = SchemeTableView['problems'][number];

interface PlacedCity {
  row: number;
  written: string;
  /** By code. */
  city: string;
  region: { code: string; name: string };
}

function readCity(
  { network, table, whole }: { network: DealerNetwork; table: NamedTable<Column>; whole: string },
  row: NamedRow<Column>,
): PlacedCity | Problem | undefined {
  const written = row.text('cityCode') || row.text('city');
  const name = table.columns.has('region') ? row.text('region') : whole;
  if (written === '' && name === '') return undefined;
  const problem = (message: Bilingual, nearest: Bilingual[] = []): Problem => ({
    row: row.row,
    value: written || name,
    message,
    nearest,
  });
  if (written === '') return problem({ zh: '没有写城市', en: 'it names no city' });
  if (name === '') return problem({ zh: '没有写大区', en: 'it names no region' });
  const found = network.findCity(written, row.text('province'));
  if (found.kind === 'none') return problem(found.problem, found.nearest);
  return { row: row.row, written, city: found.code, region: { code: row.text('regionCode') || name, name } };
}

/** Cities that the table puts into more than one region, with their rows: which one is meant nobody knows. */
function tornCities(placed: readonly PlacedCity[]): Map<string, PlacedCity[]> {
  const rowsOf = new Map<string, PlacedCity[]>();
  for (const one of placed) rowsOf.set(one.city, [...(rowsOf.get(one.city) ?? []), one]);
  return new Map([...rowsOf].filter(([, rows]) => new Set(rows.map(({ region }) => region.name)).size > 1));
}

function tornProblem(written: string, rows: readonly PlacedCity[]): Problem {
  const zh = rows.map(({ row, region }) => `第 ${row} 行归入“${region.name}”`);
  const en = rows.map(({ row, region }) => `in "${region.name}" by row ${row}`);
  return {
    row: rows.at(-1)!.row,
    value: written,
    message: { zh: `同一城市${zh.join('，')}`, en: `the same city is ${en.join(' and ')}` },
    nearest: [],
  };
}

function regionsOf(placed: readonly PlacedCity[]): SchemeTableView['regions'] {
  const regions = new Map<string, SchemeTableView['regions'][number]>();
  for (const { city, region } of placed) {
    const known = regions.get(region.name) ?? { ...region, cities: [] };
    if (!known.cities.includes(city)) known.cities.push(city);
    regions.set(region.name, known);
  }
  return [...regions.values()];
}

export async function exportScheme(
  context: Context,
  input: CallArguments<'schemes.export'>,
): Promise<WrittenFile> {
  const { language, path } = input;
  const scheme = getScheme(context, input);
  const cities = new Map(listCityViews(context).map((city) => [city.code, city]));
  const said = (text: Bilingual) => inLanguage(text, language);
  const heads: Bilingual[] = [
    { zh: '大区', en: 'Region' },
    { zh: '大区代码', en: 'Region code' },
    { zh: '省份', en: 'Province' },
    { zh: '城市', en: 'City' },
    { zh: '城市代码', en: 'City code' },
    { zh: '经销商数', en: 'Dealers' },
  ];
  const rows = scheme.regions.flatMap((region) =>
    region.cities.map((code) => {
      const city = cities.get(code);
      return [
        region.name,
        region.code,
        city ? said(city.province) : '',
        city ? said(city.name) : code,
        code,
        city?.dealers ?? 0,
      ];
    }),
  );
  const table: FileTable = {
    name: said(scheme.name),
    columns: heads.map((title) => ({ title: said(title) })),
    rows,
  };
  return writeTables(path, [table]);
}

export async function exportDealers(
  context: Context,
  { path, language }: CallArguments<'places.export'>,
): Promise<WrittenFile> {
  const said = (text: Bilingual) => inLanguage(text, language);
  const dealers = listDealerViews(context);
  const columns = (heads: Bilingual[]) => heads.map((title) => ({ title: said(title) }));
  const list: FileTable = {
    name: said({ zh: '经销商', en: 'Dealers' }),
    columns: columns([
      { zh: '经销商代码', en: 'Dealer code' },
      { zh: '经销商名称', en: 'Dealer name' },
      { zh: '省份', en: 'Province' },
      { zh: '城市', en: 'City' },
      { zh: '城市代码', en: 'City code' },
      { zh: '开业日期', en: 'Opening date' },
      { zh: '停业日期', en: 'Closing date' },
      { zh: '并入', en: 'Taken over by' },
      { zh: '并入日期', en: 'Taken over on' },
      { zh: '首次有答卷', en: 'First answers' },
      { zh: '最近有答卷', en: 'Last answers' },
      { zh: '答卷数', en: 'Respondents' },
    ]),
    rows: dealers.map((one) => [
      one.code,
      one.name,
      said(one.city.province),
      said(one.city.name),
      one.city.code,
      one.opened,
      one.closed,
      one.successor?.code ?? null,
      one.successor?.from ?? null,
      one.firstQuarter === null ? null : formatQuarter(one.firstQuarter),
      one.lastQuarter === null ? null : formatQuarter(one.lastQuarter),
      one.respondents,
    ]),
  };
  const moves: FileTable = {
    name: said({ zh: '迁址', en: 'Moves' }),
    columns: columns([
      { zh: '经销商代码', en: 'Dealer code' },
      { zh: '经销商名称', en: 'Dealer name' },
      { zh: '原城市', en: 'Former city' },
      { zh: '迁出日期', en: 'Until' },
    ]),
    rows: dealers.flatMap((one) =>
      one.stays.map((stay) => [one.code, one.name, said(stay.city.name), stay.until]),
    ),
  };
  return writeTables(path, [list, moves]);
}
