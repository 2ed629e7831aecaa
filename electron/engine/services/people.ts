// Who answered: found by what is known of them, shown masked, erased to the last byte.

import { randomBytes } from 'node:crypto';
import type { ErasedPerson, PeopleFound, PeopleSummary, PersonView } from '../../../shared/calls/people.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import {
  IDENTITY_KINDS,
  type Identity,
  maskIdentity,
  meansPerson,
  personKey,
} from '../../../shared/domain/identity.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { backupPath, listBackups } from '../store/backup.ts';
import { findBatch } from '../store/batches.ts';
import { connectReader } from '../store/database.ts';
import {
  countPeople,
  erasePerson,
  findPerson,
  flushLog,
  iteratePeople,
  type PersonRow,
} from '../store/people.ts';
import { forgetCustomer, PSEUDONYM_BYTES } from '../store/visits.ts';
import { viewBatch } from './import-batches.ts';
import { pseudonymKey, pseudonymOf } from './pseudonym.ts';
import type { Workspace } from './workspace.ts';

const MOST_PEOPLE = 50;

export function getPeopleSummary(context: Context): PeopleSummary {
  return countPeople(context.workspace().reader);
}

export function findPeople(context: Context, { text }: CallArguments<'people.find'>): PeopleFound {
  const workspace = context.workspace();
  const found = new Map<string, PersonRow[]>();
  let more = false;
  for (const row of iteratePeople(workspace.reader)) {
    const known = found.get(row.pseudonym);
    if (!known && !meansPerson(JSON.parse(row.fields) as Identity, text)) continue;
    if (known) known.push(row);
    else if (found.size < MOST_PEOPLE) found.set(row.pseudonym, [row]);
    else more = true;
  }
  return { people: [...found.values()].map((rows) => viewPerson(workspace, rows)), more };
}

function viewPerson(workspace: Workspace, rows: readonly PersonRow[]): PersonView {
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
  };
}

export function erasePersonCall(
  context: Context,
  { pseudonym }: CallArguments<'people.erase'>,
): ErasedPerson {
  const workspace = context.workspace();
  const rows = findPerson(workspace.reader, pseudonym);
  if (rows.length === 0) throw new AppError('person-unknown', {});
  const holding = listBackups(workspace.database.path).filter((backup) =>
    holds(backupPath(workspace.database.path, backup), pseudonym),
  );
  // Rows of an older version carry a pseudonym of another form; a later import would give today's.
  const secret = pseudonymKey(context);
  const keyed = rows.map(({ fields }) => JSON.parse(fields) as Identity).filter((one) => personKey(one));
  const pseudonyms = new Set([pseudonym, ...keyed.map((one) => pseudonymOf(secret, one, ''))]);
  const backups = holding.map((backup) => backup.file);
  workspace.record(
    {
      action: 'person.erase',
      subject: pseudonym.slice(0, 12),
      detail: { rows: rows.length, backups: backups.length },
    },
    (db) => {
      for (const one of pseudonyms) forgetCustomer(db, one, randomBytes(PSEUDONYM_BYTES).toString('hex'));
      return erasePerson(db, pseudonyms, workspace.now());
    },
  );
  flushLog(workspace.writer);
  return { rows: rows.length, backups };
}

/** Whether a backup still names a person; one from before people were kept apart may, and counts. */
function holds(path: string, pseudonym: string): boolean {
  const copy = connectReader(path);
  try {
    return findPerson(copy, pseudonym).length > 0;
  } catch {
    return true;
  } finally {
    copy.close();
  }
}
