// Three ways with ordinary rows, under the same connection settings as the product's database.
import { join } from 'node:path';
import { type Database, openDatabase } from '../../../electron/engine/store/database.ts';
import type { BenchQueries, BenchSlice, BenchSums, Layout } from './layout.ts';
import { ATTRIBUTE_LEVELS, forEachRow, ITEMS, QUARTERS, type SampleRow, type SampleShape } from './sample.ts';

const ATTRIBUTE_COLUMNS = ATTRIBUTE_LEVELS.map((_, a) => `a${a}`);
const ITEM_COLUMNS = Array.from({ length: ITEMS }, (_, i) => `q${i}`);
const RESPONSE_COLUMNS = ['id', 'dealer', 'quarter', 'weight', ...ATTRIBUTE_COLUMNS];
const RESPONSES = `id INTEGER PRIMARY KEY, dealer INTEGER NOT NULL, quarter INTEGER NOT NULL, weight REAL NOT NULL,
  ${ATTRIBUTE_COLUMNS.map((name) => `${name} INTEGER NOT NULL`).join(', ')}`;

const SUMS = 'count(x), sum(w), sum(w * w), sum(w * x), sum(w * x * x)';

export const long: Layout = {
  title: 'SQLite, a row an answer',
  load(folder, shape) {
    const db = open(
      folder,
      `CREATE TABLE responses (${RESPONSES}) STRICT;
       CREATE TABLE answers (item INTEGER NOT NULL, response INTEGER NOT NULL, x INTEGER NOT NULL,
         PRIMARY KEY (item, response)) STRICT, WITHOUT ROWID;`,
    );
    const insert = inserter(db, 'responses', RESPONSE_COLUMNS);
    const insertAnswer = inserter(db, 'answers', ['item', 'response', 'x']);
    loadWaves(db, shape, (rows) => {
      for (const row of rows) insert(...responseValues(row));
      for (let i = 0; i < ITEMS; i++)
        for (const row of rows) if (row.answers[i] !== null) insertAnswer(i, row.id, row.answers[i]!);
    });
  },
  open: (folder) =>
    queries(
      folder,
      ({ by }) =>
        `SELECT g, ${SUMS} FROM (
           SELECT ${groupColumn(by)} AS g, weight AS w, x FROM answers JOIN responses ON id = response
           WHERE item = $item AND quarter BETWEEN $from AND $to) GROUP BY g`,
    ),
};

export const wide: Layout = {
  title: 'SQLite, a row a response, a column an item',
  load(folder, shape) {
    const items = ITEM_COLUMNS.map((name) => `${name} INTEGER`).join(', ');
    const db = open(folder, `CREATE TABLE responses (${RESPONSES}, ${items}) STRICT;`);
    const insert = inserter(db, 'responses', [...RESPONSE_COLUMNS, ...ITEM_COLUMNS]);
    loadWaves(db, shape, (rows) => {
      for (const row of rows) insert(...responseValues(row), ...row.answers);
    });
  },
  open: (folder) =>
    queries(
      folder,
      ({ item, by }) =>
        `SELECT g, ${SUMS} FROM (
           SELECT ${groupColumn(by)} AS g, weight AS w, q${item} AS x FROM responses
           WHERE quarter BETWEEN $from AND $to AND q${item} IS NOT NULL AND $item >= 0) GROUP BY g`,
    ),
};

export const blobs: Layout = {
  title: 'SQLite, a row a response, a blob of its answers',
  load(folder, shape) {
    const db = open(folder, `CREATE TABLE responses (${RESPONSES}, answers BLOB NOT NULL) STRICT;`);
    const insert = inserter(db, 'responses', [...RESPONSE_COLUMNS, 'answers']);
    loadWaves(db, shape, (rows) => {
      for (const row of rows)
        insert(
          ...responseValues(row),
          Uint8Array.from(row.answers, (answer) => answer ?? 0),
        );
    });
  },
  open(folder) {
    const db = open(folder);
    return {
      slice: ({ item, by, quarters }) => {
        const rows = db.connection
          .prepare<[number, number], [number, number, Uint8Array]>(
            `SELECT ${groupColumn(by)}, weight, answers FROM responses WHERE quarter BETWEEN ? AND ?`,
          )
          .raw()
          .iterate(...quarters);
        const sums: BenchSums = new Map();
        for (const [group, weight, answers] of rows)
          if (answers[item]! > 0) credit(sums, group, answers[item]!, weight);
        return sums;
      },
      close: () => db.close(),
    };
  },
};

function credit(sums: BenchSums, group: number, x: number, w: number): void {
  let sum = sums.get(group);
  if (!sum) {
    sum = [0, 0, 0, 0, 0];
    sums.set(group, sum);
  }
  sum[0]++;
  sum[1] += w;
  sum[2] += w * w;
  sum[3] += w * x;
  sum[4] += w * x * x;
}

function open(folder: string, schema = ''): Database {
  return openDatabase(join(folder, 'answers.csi'), {
    migrations: [{ version: 1, name: 'bench', sql: schema }],
    clock: () => 0,
    appVersion: 'bench',
  });
}

function inserter(db: Database, table: string, columns: readonly string[]): (...values: unknown[]) => void {
  const places = columns.map(() => '?').join(', ');
  const statement = db.connection.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`);
  return (...values) => void statement.run(...values);
}

function loadWaves(db: Database, shape: SampleShape, insert: (rows: SampleRow[]) => void): void {
  for (let wave = 0; wave < QUARTERS; wave++)
    db.transaction(() => {
      let rows: SampleRow[] = [];
      forEachRow(shape, wave, (row) => {
        rows.push({ ...row, answers: [...row.answers], codes: [...row.codes] });
        if (rows.length < 65_536) return;
        insert(rows);
        rows = [];
      });
      insert(rows);
    });
  db.close();
}

function responseValues(row: SampleRow): number[] {
  return [row.id, row.dealer, row.quarter, row.weight, ...row.codes];
}

function groupColumn(by: BenchSlice['by']): string {
  return by === 'dealer' ? 'dealer' : `a${by}`;
}

function queries(folder: string, sql: (slice: BenchSlice) => string): BenchQueries {
  const db = open(folder);
  return {
    slice: (slice) => {
      const [from, to] = slice.quarters;
      const rows = db.connection
        .prepare<[object], [number, number, number, number, number, number]>(sql(slice))
        .raw()
        .all({ item: slice.item, from, to });
      return new Map(rows.map(([group, ...sums]) => [group, sums]));
    },
    close: () => db.close(),
  };
}
