// What people keep under a name of its own is saved in one way: known or new, the name free, the change in the log.
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { AppError, type ErrorCode } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import type { ReadableConnection, WritableConnection } from '../../store/database.ts';
import type { Workspace } from '../workspace/workspace.ts';

interface Named {
  id: number;
  name: string;
}

/** A kind of thing that is kept: where it lies, and what the log tells of it. */
export interface NamedKind<Row extends Named> {
  action: 'sample.save' | 'probe.save';
  nameTaken: ErrorCode;
  /** Throws where there is none. */
  require(workspace: Workspace, id: number): Row;
  findByName(db: ReadableConnection, name: string): Named | undefined;
  put(db: WritableConnection, row: Omit<Row, 'id'> & { id: number | null }): number;
  told(row: Omit<Row, 'id'>): Record<string, unknown>;
  /** Throws where what others rest on would change under them. */
  refuseChange?(workspace: Workspace, before: Row, next: Omit<Row, 'id'>): void;
}

/** Saves a new one, or over the one with that id. */
export function saveNamed<Row extends Named>(
  context: Context,
  kind: NamedKind<Row>,
  {
    id,
    next,
  }: { id: number | undefined; next: (saved: { actor: string; savedAt: string }) => Omit<Row, 'id'> },
): Row {
  const workspace = context.workspace();
  const row = next({ actor: context.options.actor ?? '', savedAt: workspace.now() });
  const name = row.name as string;
  const before = id === undefined ? undefined : kind.require(workspace, id);
  refuseTakenName(workspace, kind, name, id);
  if (before) kind.refuseChange?.(workspace, before, row);
  const detail = auditChange(before ? kind.told(before) : {}, kind.told(row));
  const saved = workspace.record({ action: kind.action, subject: name, detail }, (db) =>
    kind.put(db, { ...row, id: id ?? null }),
  );
  return kind.require(workspace, saved);
}

/** `own`: whose name it may be already. */
export function refuseTakenName<Row extends Named>(
  workspace: Workspace,
  kind: NamedKind<Row>,
  name: string,
  own: number | undefined,
): void {
  const taken = kind.findByName(workspace.reader, name);
  if (taken && taken.id !== own) throw new AppError(kind.nameTaken, { name });
}
