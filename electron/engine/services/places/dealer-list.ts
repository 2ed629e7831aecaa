// A list of dealers from a file: what it would change, loading it whole, and taking it back to the former state.

import type {
  DealerListPreview,
  DealerListUndo,
  DealerListView,
  ListedDealer,
} from '../../../../shared/calls/places.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { counted } from '../../../../shared/domain/counted.ts';
import type { DealerRecord } from '../../../../shared/domain/dealer-edit.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
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
import { networkOf, standsElsewhere } from './dealer-edits.ts';
import { DealerNetwork } from './dealer-network.ts';
import { listFault, readList } from './read-dealer-list.ts';
import { keepAsWasViews } from './region-schemes.ts';

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
      en: `${counted(faulty.length, 'row is', 'rows are')} wrong and nothing was loaded. The first is row ${row}: ${problem!.en}. Correct the list, or choose to load the others only.`,
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
