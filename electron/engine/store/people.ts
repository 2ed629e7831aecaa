// Who answered, kept apart from the answers under pseudonyms, and who asked to be forgotten.
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface PersonRow {
  batch: number;
  sourceRow: number;
  pseudonym: string;
  /** JSON, kind to text. */
  fields: string;
}

/** Keeps what names a person. */
export function addPeople(
  db: WritableConnection,
  batch: number,
  rows: Iterable<Omit<PersonRow, 'batch'>>,
): void {
  const insert = db.prepare(
    `INSERT INTO people (batch_id, source_row, pseudonym, fields)
     VALUES (@batch, @sourceRow, @pseudonym, @fields)`,
  );
  for (const row of rows) insert.run({ batch, ...row });
}

export function iteratePeople(db: ReadableConnection): IterableIterator<PersonRow> {
  return db
    .prepare<[], PersonRow>(
      'SELECT batch_id AS batch, source_row AS sourceRow, pseudonym, fields FROM people ORDER BY batch_id, source_row',
    )
    .iterate();
}

export function findPerson(db: ReadableConnection, pseudonym: string): PersonRow[] {
  return db
    .prepare<[string], PersonRow>(
      'SELECT batch_id AS batch, source_row AS sourceRow, pseudonym, fields FROM people WHERE pseudonym = ?',
    )
    .all(pseudonym);
}

/** Removes every row of a person and remembers the pseudonyms, so that no later import brings it back. */
export function erasePerson(
  db: WritableConnection,
  pseudonyms: Iterable<string>,
  at: string,
): { rows: number } {
  let rows = 0;
  for (const pseudonym of pseudonyms) {
    rows += db.prepare('DELETE FROM people WHERE pseudonym = ?').run(pseudonym).changes;
    db.prepare('INSERT INTO erased_people (pseudonym, erased_at) VALUES (?, ?) ON CONFLICT DO NOTHING').run(
      pseudonym,
      at,
    );
  }
  return { rows };
}

/** Who asked to be forgotten. */
export function listErased(db: ReadableConnection): Set<string> {
  return new Set(db.prepare<[], string>('SELECT pseudonym FROM erased_people').pluck().all());
}

/** Writes the log back into the file and empties it: what was deleted is then in neither (with `secure_delete`). */
export function flushLog(db: WritableConnection): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
}

interface PeopleCount {
  rows: number;
  people: number;
  visits: number;
  erased: number;
}

export function countPeople(db: ReadableConnection): PeopleCount {
  return db
    .prepare<[], PeopleCount>(
      `SELECT count(*) AS rows, count(DISTINCT pseudonym) AS people,
         (SELECT coalesce(sum(visits), 0) FROM service_visits) AS visits,
         (SELECT count(*) FROM erased_people) AS erased FROM people`,
    )
    .get()!;
}
