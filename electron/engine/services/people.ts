// Who answered: found by what is known of them, shown masked, erased to the last byte.

import { randomBytes } from 'node:crypto';
import type { ErasedPerson, PeopleFound, PeopleSummary, PersonView } from '../../../shared/calls/people.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import {
  customerKeys,
  IDENTITY_KINDS,
  type Identity,
  maskIdentity,
  meansPerson,
} from '../../../shared/domain/identity.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { backupPath, listBackups } from '../store/backup.ts';
import { findBatch } from '../store/batches.ts';
import { connectReader, type WritableConnection } from '../store/database.ts';
import { forgetKept } from '../store/import-memory.ts';
import {
  countPeople,
  erasePerson,
  findPerson,
  flushLog,
  iteratePeople,
  listErased,
  type PersonRow,
} from '../store/people.ts';
import { listReplaced } from '../store/restore.ts';
import { countVisitsOf, forgetCustomer, PSEUDONYM_BYTES } from '../store/visits.ts';
import { viewBatch } from './import/import-batches.ts';
import { pseudonymKey, pseudonymOfText, pseudonymsOf } from './import/pseudonym.ts';
import { keptCustomer } from './losses/visit-columns.ts';
import type { Workspace } from './workspace/workspace.ts';

const MOST_PEOPLE = 50;

export function getPeopleSummary(context: Context): PeopleSummary {
  return countPeople(context.workspace().reader);
}

export function findPeople(context: Context, { text }: CallArguments<'people.find'>): PeopleFound {
  const workspace = context.workspace();
  const secret = pseudonymKey(context);
  const found = new Map<string, PersonRow[]>();
  let more = false;
  for (const row of iteratePeople(workspace.reader)) {
    const known = found.get(row.pseudonym);
    if (!known && !meansPerson(JSON.parse(row.fields) as Identity, text)) continue;
    if (known) known.push(row);
    else if (found.size < MOST_PEOPLE) found.set(row.pseudonym, [row]);
    else more = true;
  }
  const named = [...found.values()];
  const seen = new Set(named.flatMap((rows) => pseudonymsOfRows(secret, rows)));
  const people = named.map((rows) => viewPerson(workspace, secret, rows));
  return { people: [...people, ...visitors(workspace, secret, text, seen)], more };
}

/** Customers known from visits alone; these keep no text, so that only the whole of it finds them. */
function visitors(
  workspace: Workspace,
  secret: string,
  text: string,
  seen: ReadonlySet<string>,
): PersonView[] {
  return customerKeys(text).flatMap(({ kind, key }): PersonView[] => {
    const pseudonym = pseudonymOfText(secret, key);
    const visits = seen.has(pseudonym) ? [] : visitsOf(workspace, [pseudonym]);
    const shown = [{ kind, text: maskIdentity(kind, text) }];
    return visits.length > 0 ? [{ pseudonym, shown, rows: [], visits }] : [];
  });
}

function visitsOf(workspace: Workspace, pseudonyms: Iterable<string>): PersonView['visits'] {
  return countVisitsOf(workspace.reader, pseudonyms).map(({ batch, visits }) => {
    const { fileName } = viewBatch(findBatch(workspace.reader, batch)!, workspace);
    return { batch, fileName, visits };
  });
}

/** Also those of its phone, address and car by themselves: a file of visits knows only one of them. */
function pseudonymsOfRows(secret: string, rows: readonly PersonRow[]): string[] {
  return rows.flatMap(({ pseudonym, fields }) => [
    pseudonym,
    ...pseudonymsOf(secret, JSON.parse(fields) as Identity),
  ]);
}

function viewPerson(workspace: Workspace, secret: string, rows: readonly PersonRow[]): PersonView {
  const shown = new Map<string, PersonView['shown'][number]>();
  for (const row of rows) {
    const identity = JSON.parse(row.fields) as Identity;
    for (const kind of IDENTITY_KINDS) {
      const text = maskIdentity(kind, identity[kind] ?? '');
      if (text !== '' && identity[kind]) shown.set(`${kind} ${text}`, { kind, text });
    }
  }
  return {
    pseudonym: rows[0]!.pseudonym,
    shown: [...shown.values()],
    rows: rows.map(({ batch, sourceRow }) => {
      const { fileName, studyName } = viewBatch(findBatch(workspace.reader, batch)!, workspace);
      return { batch, fileName, study: studyName, sourceRow };
    }),
    visits: visitsOf(workspace, pseudonymsOfRows(secret, rows)),
  };
}

export function erasePersonCall(
  context: Context,
  { pseudonym }: CallArguments<'people.erase'>,
): ErasedPerson {
  const workspace = context.workspace();
  const rows = findPerson(workspace.reader, pseudonym);
  // Rows of an older version carry a pseudonym of another form; a later import would give today's.
  const pseudonyms = new Set([pseudonym, ...pseudonymsOfRows(pseudonymKey(context), rows)]);
  const visits = countVisitsOf(workspace.reader, pseudonyms).reduce((sum, one) => sum + one.visits, 0);
  if (rows.length === 0 && visits === 0) throw new AppError('person-unknown', {});
  const { path } = workspace.database;
  const backups = listBackups(path)
    .filter((backup) => holds(backupPath(path, backup), pseudonyms))
    .map((backup) => backup.file);
  const replaced = listReplaced(path)
    .filter((one) => holds(one.path, pseudonyms))
    .map(({ name }) => name);
  const erased = workspace.record(
    {
      action: 'person.erase',
      subject: pseudonym.slice(0, 12),
      detail: { rows: rows.length, visits, backups: backups.length + replaced.length },
    },
    (db) => forget(db, pseudonyms, workspace.now()),
  );
  flushLog(workspace.writer);
  return { rows: erased.rows, visits, backups, replaced };
}

function forget(db: WritableConnection, pseudonyms: ReadonlySet<string>, at: string): { rows: number } {
  for (const one of pseudonyms) {
    forgetCustomer(db, one, randomBytes(PSEUDONYM_BYTES).toString('hex'));
    forgetKept(db, keptCustomer(one));
  }
  return erasePerson(db, pseudonyms, at);
}

/** A backup from before somebody was erased must not bring them back: who was forgotten is forgotten in it as well. */
export function eraseAgain(workspace: Workspace, erased: ReadonlySet<string>): void {
  const known = listErased(workspace.reader);
  const back = new Set([...erased].filter((one) => !known.has(one)));
  if (back.size === 0) return;
  const rows = [...back].reduce((sum, one) => sum + findPerson(workspace.reader, one).length, 0);
  const visits = countVisitsOf(workspace.reader, back).reduce((sum, one) => sum + one.visits, 0);
  workspace.record(
    { action: 'person.erase-again', subject: '', detail: { rows, visits, after: { people: back.size } } },
    (db) => forget(db, back, workspace.now()),
  );
  flushLog(workspace.writer);
}

/** Whether a backup still knows a person; one from before people were kept apart may, and counts. */
function holds(path: string, pseudonyms: ReadonlySet<string>): boolean {
  const copy = connectReader(path);
  try {
    return (
      [...pseudonyms].some((one) => findPerson(copy, one).length > 0) ||
      countVisitsOf(copy, pseudonyms).length > 0
    );
  } catch {
    return true;
  } finally {
    copy.close();
  }
}
