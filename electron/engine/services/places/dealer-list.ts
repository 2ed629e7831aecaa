// A list of dealers from a file: what it would change, loading it whole, and taking it back to the former state.
import type {
  DealerListPreview,
  DealerListUndo,
  DealerListView,
  ListedDealer,
} from '../../../../shared/calls/places.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { type DealerEdit, type DealerRecord, editDealer } from '../../../../shared/domain/dealer-edit.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { parseDate } from '../../importers/dates.ts';
import { type NamedRow, type NamedTable, readNamedTable } from '../../importers/named-columns.ts';
import type { WritableConnection } from '../../store/database.ts';
import {
  addNetworkImport,
  batchOfDealer,
  findNetworkImport,
  listNetworkImports,
  markNetworkImportUndone,
  type NetworkImportRow,
  removeDealer,
  setBatchOfDealer,
} from '../../store/network.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { FAULTS, networkOf, standsElsewhere } from './dealer-edits.ts';
import { DealerNetwork } from './dealer-network.ts';
import { keepAsWasViews } from './region-schemes.ts';

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

const listFault = (file: string, problem: Bilingual) =>
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

async function readList(workspace: Workspace, input: CallArguments<'places.readList'>): Promise<ReadList> {
  const table = await readNamedTable(input, COLUMNS, listFault);
  if (!table.columns.has('code') || !(table.columns.has('name') || table.columns.has('city')))
    throw listFault(table.fileName, {
      zh: `需要“代码”列，以及“名称”或“城市”列；现有列：${table.headers.join('、')}`,
      en: `it needs a column "code", and "name" or "city"; there are: ${table.headers.join(', ')}`,
    });
  const network = networkOf(workspace);
  const reading = { table, network, input, today: workspace.now().slice(0, 10), seen: new Map() };
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
  seen: Map<string, number>;
}

function planRow(reading: Reading, row: Row): Planned | undefined {
  const { network, seen } = reading;
  const code = row.text('code');
  const listed: ListedDealer = {
    row: row.row,
    code,
    kind: 'faulty',
    name: row.text('name'),
    city: row.text('city'),
    changes: [],
    problem: null,
    nearest: [],
  };
  const faulty = (zh: string, en: string, nearest: string[] = []) => ({
    listed: { ...listed, problem: { zh, en }, nearest },
    after: null,
  });
  if (code === '' && listed.name === '' && listed.city === '') return undefined;
  if (code === '') return faulty('没有代码', 'it has no code');
  if (/[:/\s]/.test(code) || code.length > 80)
    return faulty('代码不能含空格、冒号或斜线', 'a code holds no blank, colon or slash');
  const twice = seen.get(code);
  if (twice !== undefined) return faulty(`与第 ${twice} 行的代码相同`, `row ${twice} has the same code`);
  seen.set(code, row.row);
  const before = network.record(code);
  const said = readRow(reading, row, before);
  if ('problem' in said) return faulty(said.problem.zh, said.problem.en, said.nearest);
  const after = stepTo(reading, before, said);
  if (typeof after === 'string') return faulty(FAULTS[after].zh, FAULTS[after].en);
  const changes = before ? differences(network, before, after) : [];
  const kind = before ? (changes.length > 0 ? 'changed' : 'same') : 'new';
  const city = network.cityName(after.city).name.zh;
  return { listed: { ...listed, name: after.name, city, kind, changes }, after };
}

type Said = Pick<DealerRecord, 'code' | 'name' | 'city' | 'opened' | 'closed'>;

/** What the row says; what it leaves out stays as it is. */
function readRow(
  { table, network }: Reading,
  row: Row,
  before: DealerRecord | undefined,
): Said | { problem: Bilingual; nearest: string[] } {
  const name = row.text('name') || before?.name || row.text('code');
  const written = row.text('city');
  let city = before?.city;
  if (written !== '') {
    const found = network.findCity(written, row.text('province'));
    if (found.kind === 'none')
      return {
        problem: {
          zh: `城市“${written}”未知或有多个`,
          en: `the city "${written}" is not known, or not the only one`,
        },
        nearest: found.nearest,
      };
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

function differences(
  network: DealerNetwork,
  before: DealerRecord,
  after: DealerRecord,
): ListedDealer['changes'] {
  const shown = (record: DealerRecord) => ({
    name: record.name,
    city: network.cityName(record.city).name.zh,
    opened: record.opened ?? '',
    closed: record.closed ?? '',
  });
  const [was, will] = [shown(before), shown(after)];
  return (['name', 'city', 'opened', 'closed'] as const)
    .filter((field) => (field === 'city' ? before.city !== after.city : was[field] !== will[field]))
    .map((field) => ({ field, before: was[field], after: will[field] }));
}

export async function previewDealerList(
  context: Context,
  input: CallArguments<'places.readList'>,
): Promise<DealerListPreview> {
  const { table, planned, unnamed } = await readList(context.workspace(), input);
  const rows = planned.map(({ listed }) => listed);
  const count = (kind: ListedDealer['kind']) => rows.filter((row) => row.kind === kind).length;
  return {
    fileName: table.fileName,
    counts: { new: count('new'), changed: count('changed'), same: count('same'), faulty: count('faulty') },
    rows,
    unnamed,
    sheets: table.sheets,
  };
}

/** What was there before and after, by dealer; `batch` is the import that had brought it. */
interface ListChange {
  code: string;
  before: DealerRecord | null;
  after: DealerRecord;
  batch: number | null;
}

/** All of it or nothing; throws `dealer-list` for faulty rows unless told to leave them out. */
export async function loadDealerList(
  context: Context,
  input: CallArguments<'places.loadList'>,
): Promise<DealerListView> {
  const workspace = context.workspace();
  const { table, planned } = await readList(workspace, input);
  const faulty = planned.filter(({ after }) => after === null);
  if (faulty.length > 0 && !input.acceptGoodRows) {
    const { row, problem } = faulty[0]!.listed;
    throw listFault(table.fileName, {
      zh: `${faulty.length} 行有误，没有导入。首个在第 ${row} 行：${problem!.zh}。请改正，或选择只导入其余行。`,
      en: `${faulty.length} rows are wrong and nothing was loaded. The first is row ${row}: ${problem!.en}. Correct them, or choose to load the others only.`,
    });
  }
  const wanted = planned.filter(({ listed }) => listed.kind === 'new' || listed.kind === 'changed');
  const network = networkOf(workspace);
  const changes = wanted.map(({ after }): ListChange => {
    const known = network.find(after!.code);
    return {
      code: after!.code,
      before: network.record(after!.code) ?? null,
      after: after!,
      batch: known ? batchOfDealer(workspace.reader, known.id) : null,
    };
  });
  const id = apply(
    workspace,
    changes.some(({ before, after }) => before !== null && standsElsewhere(before, after)),
    { action: 'dealers.load', subject: table.fileName, detail: auditOf(changes) },
    (db) => {
      const target = new DealerNetwork(db);
      for (const { after } of changes) target.write(db, after);
      return addNetworkImport(db, {
        fileName: table.fileName,
        sha256: table.sha256,
        at: workspace.now(),
        changes: JSON.stringify(changes),
      });
    },
  );
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  return viewList(findNetworkImport(workspace.reader, id)!);
}

function auditOf(changes: readonly ListChange[]): Record<string, unknown> {
  const by = (side: 'before' | 'after') =>
    Object.fromEntries(changes.flatMap((one) => (one[side] ? [[one.code, one[side]]] : [])));
  return { dealers: changes.length, before: by('before'), after: by('after') };
}

function apply<T>(
  workspace: Workspace,
  figuresChange: boolean,
  note: Parameters<Workspace['change']>[0],
  work: (db: WritableConnection) => T,
): T {
  const whole = (db: WritableConnection) => {
    const value = work(db);
    keepAsWasViews(db);
    return value;
  };
  return figuresChange ? workspace.change(note, whole) : workspace.describe(note, whole);
}

export function listDealerLists(context: Context): DealerListView[] {
  return listNetworkImports(context.workspace().reader).map(viewList);
}

function viewList({ id, fileName, at, undoneAt, changes }: NetworkImportRow): DealerListView {
  const all = JSON.parse(changes) as ListChange[];
  const added = all.filter(({ before }) => before === null).length;
  return { id, fileName, at, added, changed: all.length - added, undoneAt };
}

const EDITED = { zh: '之后又被修改', en: 'it was changed since' };
const ANSWERED = { zh: '已有答卷或有其他店并入', en: 'it has answers or took another dealer over by now' };

/** Takes a list back dealer by dealer: to the former state where nobody changed it since, else it stays and is named. */
export function undoDealerList(context: Context, input: CallArguments<'places.undoList'>): DealerListUndo {
  const workspace = context.workspace();
  const row = findNetworkImport(workspace.reader, input.list);
  if (!row) throw new AppError('dealer-list-unknown', { list: input.list });
  if (row.undoneAt)
    throw new AppError('dealer-list-undone', { file: row.fileName, when: row.undoneAt.slice(0, 10) });
  const changes = JSON.parse(row.changes) as ListChange[];
  const network = networkOf(workspace);
  const kept: DealerListUndo['kept'] = [];
  const restored: ListChange[] = [];
  for (const change of changes) {
    const now = network.record(change.code);
    if (JSON.stringify(now) === JSON.stringify(change.after)) restored.push(change);
    else kept.push({ code: change.code, reason: EDITED });
  }
  if (input.preview) return { list: viewList(row), restored: restored.map(({ code }) => code), kept };
  const stayed = apply(
    workspace,
    restored.some(({ before, after }) => before !== null && standsElsewhere(before, after)),
    { action: 'dealers.undo', subject: row.fileName, detail: { list: row.id, dealers: restored.length } },
    (db) => takeBack(db, restored, { list: row.id, at: workspace.now() }),
  );
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  return {
    list: viewList(findNetworkImport(workspace.reader, row.id)!),
    restored: restored.map(({ code }) => code).filter((code) => !stayed.includes(code)),
    kept: [...kept, ...stayed.map((code) => ({ code, reason: ANSWERED }))],
  };
}

/** The codes of dealers that the list had added and that something rests on by now. */
function takeBack(
  db: WritableConnection,
  changes: readonly ListChange[],
  { list, at }: { list: number; at: string },
): string[] {
  const network = new DealerNetwork(db);
  const stayed: string[] = [];
  for (const { code, before, batch } of changes) {
    const { id } = network.find(code)!;
    if (before) {
      network.write(db, before);
      setBatchOfDealer(db, id, batch);
    } else if (!removeDealer(db, id)) stayed.push(code);
  }
  markNetworkImportUndone(db, list, at);
  return stayed;
}
