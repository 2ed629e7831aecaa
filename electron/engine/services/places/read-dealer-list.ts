// The rows of a list of dealers beside what is known: what each would change, or why it cannot be taken.
import type { DealerListPreview, ListedDealer } from '../../../../shared/calls/places.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { type DealerEdit, type DealerRecord, editDealer } from '../../../../shared/domain/dealer-edit.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { AppError } from '../../../../shared/errors.ts';
import { parseDate } from '../../importers/dates.ts';
import { type NamedRow, type NamedTable, readNamedTable } from '../../importers/named-columns.ts';
import { placeKey } from '../../importers/places.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { FAULTS, networkOf } from './dealer-edits.ts';
import type { DealerNetwork } from './dealer-network.ts';

const COLUMNS = {
  code: [
    'code',
    'dealercode',
    'dealerid',
    'dealer',
    '代码',
    '编码',
    '编号',
    '经销商代码',
    '经销商编码',
    '经销商编号',
    '店代码',
    '单店代码',
    '网点代码',
    '服务站代码',
  ],
  name: [
    'name',
    'dealername',
    '名称',
    '经销商',
    '经销商名称',
    '店名',
    '单店',
    '单店名称',
    '网点名称',
    '服务站名称',
    '经销商简称',
  ],
  city: ['city', '城市', '地市', '所在城市', '地级市', '市'],
  province: ['province', '省份', '省', '所在省份'],
  opened: ['opened', 'openingdate', 'opendate', '开业', '开业日期', '开业时间', '入网日期', '建店日期'],
  closed: [
    'closed',
    'closingdate',
    'closedate',
    '停业',
    '停业日期',
    '关闭',
    '关闭日期',
    '退网日期',
    '闭店日期',
  ],
} as const;

type Column = keyof typeof COLUMNS;
type Row = NamedRow<Column>;

export const listFault = (file: string, problem: Bilingual) =>
  new AppError('dealer-list', { file, problemZh: problem.zh, problemEn: problem.en });

interface Planned {
  listed: ListedDealer;
  after: DealerRecord | null;
}

interface ReadList {
  table: NamedTable<Column>;
  planned: Planned[];
  unnamed: DealerListPreview['unnamed'];
}

export async function readList(
  workspace: Workspace,
  input: CallArguments<'places.readList'>,
): Promise<ReadList> {
  const table = await readNamedTable(input, COLUMNS, listFault);
  if (!table.columns.has('code') || !(table.columns.has('name') || table.columns.has('city')))
    throw listFault(table.fileName, {
      zh: `需要“代码”列，以及“名称”或“城市”列；现有列：${table.headers.join('、')}`,
      en: `it needs a column "code", and "name" or "city"; there are: ${table.headers.join(', ')}`,
    });
  const network = networkOf(workspace);
  const today = workspace.now().slice(0, 10);
  const reading: Reading = { table, network, input, today, rowsOf: rowsByCode(table.rows) };
  const planned = table.rows.flatMap((row) => planRow(reading, row) ?? []);
  const named = new Set(planned.map(({ listed }) => listed.code));
  const unnamed = network.dealers.filter(({ code }) => !named.has(code));
  return { table, planned, unnamed: unnamed.map(({ code, name }) => ({ code, name })) };
}

interface Reading {
  table: NamedTable<Column>;
  network: DealerNetwork;
  input: CallArguments<'places.readList'>;
  today: string;
  /** By the code in its comparable form. */
  rowsOf: ReadonlyMap<string, readonly number[]>;
}

function rowsByCode(rows: readonly Row[]): Map<string, number[]> {
  const rowsOf = new Map<string, number[]>();
  for (const row of rows) {
    const key = placeKey(row.text('code'));
    rowsOf.set(key, [...(rowsOf.get(key) ?? []), row.row]);
  }
  return rowsOf;
}

const same = (text: string): Bilingual => ({ zh: text, en: text });

function planRow(reading: Reading, row: Row): Planned | undefined {
  const { network } = reading;
  const code = row.text('code');
  const listed: ListedDealer = {
    row: row.row,
    code,
    kind: 'faulty',
    name: row.text('name'),
    city: same(row.text('city')),
    changes: [],
    problem: null,
    nearest: [],
  };
  const faulty = (problem: Bilingual, nearest: Bilingual[] = []) => ({
    listed: { ...listed, problem, nearest },
    after: null,
  });
  if (code === '' && listed.name === '' && row.text('city') === '') return undefined;
  const wrong = codeFault(reading, code, row.row);
  if (wrong) return faulty(wrong);
  const before = network.record(code);
  const said = readRow(reading, row, before);
  if ('problem' in said) return faulty(said.problem, said.nearest);
  const after = stepTo(reading, before, said);
  if (typeof after === 'string') return faulty(FAULTS[after]);
  const changes = differences(network, before, after);
  const kind = before ? (changes.length > 0 ? 'changed' : 'same') : 'new';
  const city = network.cityName(after.city).name;
  return { listed: { ...listed, name: after.name, city, kind, changes }, after };
}

/** What is wrong with a code by itself, beside the other rows, or beside the known dealers. */
function codeFault({ network, rowsOf }: Reading, code: string, row: number): Bilingual | undefined {
  if (code === '') return { zh: '没有代码', en: 'it has no code' };
  if (/[:/\s]/.test(code) || code.length > 80)
    return { zh: '代码不能含空格、冒号或斜线', en: 'a code holds no blank, colon or slash' };
  const others = (rowsOf.get(placeKey(code)) ?? []).filter((one) => one !== row);
  if (others.length > 0)
    return {
      zh: `与第 ${others.join('、')} 行的代码相同，无法判断以哪一行为准`,
      en: `row ${others.join(', ')} has the same code, so it is not clear which one holds`,
    };
  const alike = network.lookAlike(code);
  return alike
    ? {
        zh: `与现有代码“${alike.code}”只差大小写或全半角，请写成一样`,
        en: `the known code "${alike.code}" differs only in letter case or width: write it alike`,
      }
    : undefined;
}

type Said = Pick<DealerRecord, 'code' | 'name' | 'city' | 'opened' | 'closed'>;

/** What the row says; what it leaves out stays as it is. */
function readRow(
  { table, network }: Reading,
  row: Row,
  before: DealerRecord | undefined,
): Said | { problem: Bilingual; nearest: Bilingual[] } {
  const name = row.text('name') || before?.name || row.text('code');
  const written = row.text('city');
  let city = before?.city;
  if (written !== '') {
    const found = network.findCity(written, row.text('province'));
    if (found.kind === 'none') return found;
    city = found.code;
  }
  if (city === undefined) return { problem: { zh: '没有城市', en: 'it has no city' }, nearest: [] };
  const dates: Record<'opened' | 'closed', string | null> = {
    opened: before?.opened ?? null,
    closed: before?.closed ?? null,
  };
  for (const column of ['opened', 'closed'] as const) {
    if (!table.columns.has(column)) continue;
    const date = parseDate(row.cell(column), { today: '2199-12-31' });
    if (date.kind === 'bad')
      return {
        problem: { zh: `日期“${date.value}”无法读取`, en: `the day "${date.value}" cannot be read` },
        nearest: [],
      };
    dates[column] = date.kind === 'blank' ? null : date.value.iso;
  }
  return { code: row.text('code'), name, city, ...dates };
}

function stepTo({ network, input, today }: Reading, before: DealerRecord | undefined, said: Said) {
  const facts = network.facts(today);
  if (!before) return editDealer(undefined, { kind: 'add', ...said }, facts);
  const { name, opened, closed } = said;
  const moves = said.city !== before.city && input.cityChange.kind === 'move';
  const change: DealerEdit = { kind: 'change', name, opened, closed, city: moves ? before.city : said.city };
  const changed = editDealer(before, change, facts);
  if (typeof changed === 'string' || !moves || input.cityChange.kind !== 'move') return changed;
  return editDealer(changed, { kind: 'move', city: said.city, from: input.cityChange.from }, facts);
}

/** Of a new dealer only the days: its name and city stand in columns of their own. */
function differences(
  network: DealerNetwork,
  before: DealerRecord | undefined,
  after: DealerRecord,
): ListedDealer['changes'] {
  const shown = (record: DealerRecord) => ({
    name: same(record.name),
    city: network.cityName(record.city).name,
    opened: same(record.opened ?? ''),
    closed: same(record.closed ?? ''),
  });
  const was = before ? shown(before) : { ...shown(after), opened: same(''), closed: same('') };
  const will = shown(after);
  return (['name', 'city', 'opened', 'closed'] as const)
    .filter((field) =>
      field === 'city' ? (before ?? after).city !== after.city : was[field].zh !== will[field].zh,
    )
    .map((field) => ({ field, before: was[field], after: will[field] }));
}
