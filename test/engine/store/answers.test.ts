import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NumberVector } from '../../../electron/engine/store/answer-vector.ts';
import {
  appendChunk,
  countResponses,
  findRespondents,
  listChunks,
  readResponse,
  readVector,
  type SliceQuery,
  sliceAnswers,
} from '../../../electron/engine/store/answers.ts';
import { type Database, openDatabase } from '../../../electron/engine/store/database.ts';
import { MIGRATIONS } from '../../../electron/engine/store/migrations/registry.ts';
import { ResponseChunkBuilder, type ResponseRow } from '../../../electron/engine/store/response-chunk.ts';

const ITEMS = ['recommend', 'speed', 'half-points'];
const ATTRIBUTES = ['age', 'reasons'];
const REASONS = ['price', 'distance', 'service', 'brand'];

let folder: string;
let db: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'answers-'));
  db = openDatabase(join(folder, 'a.csi'), { migrations: MIGRATIONS, clock: () => 0, appVersion: 'test' });
  db.connection.exec(`
    INSERT INTO studies (id, code, channel, kind, name_zh, name_en) VALUES (1, 's', 'in-house', 'responses', '', '');
    INSERT INTO questionnaires (id, study_id, version) VALUES (1, 1, '1');`);
});

afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

function addBatch(
  id: number,
  rows: readonly ResponseRow[],
  options: { items?: string[]; capacity?: number } = {},
) {
  db.transaction(() => {
    db.connection
      .prepare(
        `INSERT INTO import_batches (id, state, study_id, questionnaire_id, file_name, sha256, mapping, created_at)
         VALUES (?, 'committed', 1, 1, '', '', '{}', '')`,
      )
      .run(id);
    const builder = new ResponseChunkBuilder({ items: ITEMS, attributes: ATTRIBUTES, ...options });
    for (const row of rows) {
      builder.add(row);
      if (builder.full) appendChunk(db.connection, id, builder.take());
    }
    if (builder.rows > 0) appendChunk(db.connection, id, builder.take());
  });
}

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * below);
  };
}

function someRows(count: number, seed = 1, weighted = true): ResponseRow[] {
  const pick = seeded(seed);
  const maybe = <T>(value: T): T | null => (pick(8) === 0 ? null : value);
  return Array.from({ length: count }, (_, i) => ({
    dealer: maybe(100 + pick(9)),
    quarter: 8100 + pick(5),
    day: maybe(20_000 + pick(90)),
    weight: weighted ? 0.25 + pick(7) / 3 : 1,
    sourceRow: 2 + i + pick(2),
    answers: [maybe(1 + pick(10)), maybe(pick(5) - 2), maybe(pick(21) / 2)],
    attributes: [maybe(['18-25', '26-35', '36 以上'][pick(3)]!), maybe(REASONS.filter(() => pick(3) === 0))],
  }));
}

// Row by row, with none of the store's ideas.
function bruteForce(rows: readonly ResponseRow[], query: Omit<SliceQuery, 'batches'>) {
  const { where = {}, by = [], score = { intercept: 0, slope: 1 } } = query;
  const dealers = where.dealers && [...where.dealers];
  const chosen = (row: ResponseRow, attribute: string): (string | null)[] => {
    const value = row.attributes[ATTRIBUTES.indexOf(attribute)]!;
    if (value === null || value.length === 0) return [null];
    return typeof value === 'string' ? [value] : [...value];
  };
  const groups = new Map<string, number[]>();
  for (const row of rows) {
    const answer = row.answers[ITEMS.indexOf(query.item)];
    if (answer === null || answer === undefined) continue;
    if (where.quarters && (row.quarter < where.quarters.from || row.quarter > where.quarters.to)) continue;
    if (dealers && !dealers.includes(row.dealer!)) continue;
    const conditions = Object.entries(where.attributes ?? {});
    if (!conditions.every(([a, pass]) => chosen(row, a).some((choice) => pass.includes(choice!)))) continue;
    let tuples: unknown[][] = [[]];
    for (const d of by) {
      const keys = typeof d === 'string' ? [row[d]] : chosen(row, d.attribute);
      tuples = tuples.flatMap((tuple) => keys.map((key) => [...tuple, key]));
    }
    const [w, x] = [row.weight, score.intercept + score.slope * answer];
    for (const tuple of tuples) {
      const sums = groups.get(JSON.stringify(tuple)) ?? [0, 0, 0, 0, 0];
      groups.set(JSON.stringify(tuple), sums);
      for (const [k, value] of [1, w, w * w, w * x, w * x * x].entries()) sums[k]! += value;
    }
  }
  return groups;
}

function expectSlice(
  batches: number[],
  rows: readonly ResponseRow[],
  query: Omit<SliceQuery, 'batches'>,
): void {
  const expected = bruteForce(rows, query);
  const actual = sliceAnswers(db.connection, { batches, ...query });
  expect(actual.map((group) => JSON.stringify(group.keys)).sort()).toEqual([...expected.keys()].sort());
  for (const group of actual) {
    const sums = [group.n, group.sumW, group.sumW2, group.sumWX, group.sumWX2];
    for (const [k, value] of expected.get(JSON.stringify(group.keys))!.entries())
      expect(sums[k]).toBeCloseTo(value, 8);
  }
}

describe('round trip', () => {
  it('gives back every respondent exactly as added, over chunk boundaries', () => {
    const rows = someRows(250);
    addBatch(1, rows, { capacity: 100 });
    const chunks = listChunks(db.connection, { batchIds: [1] });
    expect(chunks.map(({ seq, rows }) => [seq, rows])).toEqual([
      [0, 100],
      [1, 100],
      [2, 50],
    ]);
    for (const [i, row] of rows.entries()) {
      const { answers, attributes, written, ...rest } = readResponse(
        db.connection,
        chunks[Math.floor(i / 100)]!.id,
        i % 100,
      )!;
      expect(rest).toEqual({
        dealer: row.dealer,
        quarter: row.quarter,
        day: row.day,
        weight: row.weight,
        sourceRow: row.sourceRow,
      });
      expect(written).toEqual({});
      expect(ITEMS.map((item) => answers[item])).toEqual(row.answers);
      expect(ATTRIBUTES.map((attribute) => attributes[attribute])).toEqual(row.attributes);
    }
  });

  it('keeps awkward numbers and texts to the last bit', () => {
    const numbers = [0.1 + 0.2, -1e-300, 2 ** 53, Number.MAX_VALUE, Math.PI, 1 / 3];
    const texts = ['', ' ', '__proto__', '𠮷野', '\ud800', '"quoted"', 'line\nbreak'];
    const rows = texts.map((text, i) => ({
      ...someRows(1)[0]!,
      weight: Math.abs(numbers[i % 6]!),
      sourceRow: 2 ** 32 - 1 - i,
      answers: [numbers[i % 6]!, i, null],
      attributes: [text, [text, 'x']],
    }));
    addBatch(1, rows);
    const [chunk] = listChunks(db.connection, { batchIds: [1] });
    for (const [i, row] of rows.entries()) {
      const response = readResponse(db.connection, chunk!.id, i)!;
      expect(response.answers.recommend).toBe(row.answers[0]);
      expect(response.weight).toBe(row.weight);
      expect(response.sourceRow).toBe(row.sourceRow);
      expect(response.attributes).toEqual({ age: texts[i], reasons: [texts[i], 'x'] });
    }
  });

  it('holds a full chunk in which every row has values of its own', () => {
    const builder = new ResponseChunkBuilder({ items: ['mileage'], attributes: ['vin'] });
    const row = { ...someRows(1)[0]!, dealer: null };
    for (let i = 0; !builder.full; i++)
      builder.add({ ...row, sourceRow: i, weight: 1 + i / 7, answers: [i * 1.5], attributes: [`v${i}`] });
    expect(builder.rows).toBe(65_535);
    addBatch(1, []);
    const id = appendChunk(db.connection, 1, builder.take());
    expect(readResponse(db.connection, id, 65_534)).toMatchObject({
      weight: 1 + 65_534 / 7,
      answers: { mileage: 65_534 * 1.5 },
      attributes: { vin: 'v65534' },
    });
    const groups = sliceAnswers(db.connection, { batches: [1], item: 'mileage', by: [{ attribute: 'vin' }] });
    expect(groups.length).toBe(65_535);
    expect(groups.find((g) => g.keys[0] === 'v7')).toMatchObject({ n: 1, sumW: 2, sumWX: 21 });
  });

  it('writes the same bytes whatever the order in which values first occur', () => {
    const [a, b] = someRows(2);
    addBatch(1, [a!, b!, a!]);
    addBatch(2, [b!, a!, a!]);
    const values = listChunks(db.connection, { batchIds: [1, 2] }).map(
      ({ id }) => (readVector(db.connection, id, 'q:half-points') as NumberVector).values,
    );
    expect(values[0]).toEqual(values[1]);
  });

  it('answers undefined for a respondent, a chunk or a variable that is not there', () => {
    addBatch(1, someRows(3));
    const [chunk] = listChunks(db.connection, { batchIds: [1] });
    expect(readResponse(db.connection, chunk!.id, 3)).toBeUndefined();
    expect(readResponse(db.connection, chunk!.id, -1)).toBeUndefined();
    expect(readResponse(db.connection, 99, 0)).toBeUndefined();
    expect(readVector(db.connection, chunk!.id, 'q:other')).toBeUndefined();
  });
});

describe('slices', () => {
  const queries: Record<string, Omit<SliceQuery, 'batches'>> = {
    'the whole': { item: 'recommend' },
    'an attribute': { item: 'half-points', by: [{ attribute: 'age' }] },
    'a multiple choice': { item: 'recommend', by: [{ attribute: 'reasons' }] },
    'a dealer': { item: 'speed', by: ['dealer'] },
    'two dimensions': { item: 'recommend', by: ['quarter', { attribute: 'reasons' }] },
    'four dimensions': {
      item: 'speed',
      by: ['dealer', { attribute: 'age' }, 'quarter', { attribute: 'reasons' }],
    },
    'a range of quarters': { item: 'speed', by: ['quarter'], where: { quarters: { from: 8101, to: 8103 } } },
    'some dealers': { item: 'recommend', by: ['dealer'], where: { dealers: [101, 104, 9999] } },
    'every filter at once': {
      item: 'recommend',
      by: [{ attribute: 'age' }],
      where: {
        quarters: { from: 8100, to: 8102 },
        dealers: new Set([100, 101, 102, 103]),
        attributes: { age: ['18-25', '36 以上'], reasons: ['price', 'brand'] },
      },
    },
    'a linear map': { item: 'speed', by: ['dealer'], score: { intercept: 50, slope: -25 } },
  };

  for (const [name, query] of Object.entries(queries))
    it(`by ${name} equal sums taken row by row`, () => {
      const [first, second] = [someRows(700, 1), someRows(90, 2, false)];
      addBatch(1, first, { capacity: 256 });
      addBatch(2, second, { capacity: 64 });
      addBatch(3, someRows(50, 3));
      expectSlice([1, 2], [...first, ...second], query);
    });

  it('read only the batches named, and none of no batches', () => {
    addBatch(1, someRows(50, 1));
    const second = someRows(50, 2);
    addBatch(2, second);
    expectSlice([2], second, { item: 'recommend', by: ['dealer'] });
    expect(sliceAnswers(db.connection, { batches: [], item: 'recommend' })).toEqual([]);
    expect(countResponses(db.connection, [1, 2])).toBe(100);
    expect(countResponses(db.connection, [])).toBe(0);
  });

  it('take nothing from a batch that did not ask the item, and null from one without the attribute', () => {
    const short = someRows(40, 1).map((row) => ({ ...row, answers: row.answers.slice(0, 1) }));
    addBatch(1, short, { items: ['recommend'] });
    const full = someRows(40, 2);
    addBatch(2, full);
    expectSlice([1, 2], full, { item: 'speed' });
    const groups = sliceAnswers(db.connection, {
      batches: [1, 2],
      item: 'recommend',
      by: [{ attribute: 'car' }],
    });
    expect(groups.map((group) => group.keys)).toEqual([[null]]);
    const none = sliceAnswers(db.connection, {
      batches: [1, 2],
      item: 'recommend',
      where: { attributes: { car: ['suv'] } },
    });
    expect(none).toEqual([]);
  });

  it('leave out a missing filter value even where the others all pass', () => {
    const rows = someRows(60).map((row) => ({
      ...row,
      dealer: row.dealer === null ? null : 7,
      attributes: [row.attributes[0] === null ? null : 'same', null],
    }));
    addBatch(1, rows);
    expect(rows.some((row) => row.dealer === null)).toBe(true);
    expectSlice([1], rows, { item: 'recommend', where: { dealers: [7] } });
    expectSlice([1], rows, { item: 'recommend', where: { attributes: { age: ['same'] } } });
  });

  it('are sorted by key with missing last', () => {
    addBatch(1, someRows(300));
    const keys = sliceAnswers(db.connection, { batches: [1], item: 'recommend', by: ['dealer'] }).map(
      (g) => g.keys[0],
    );
    expect(keys).toEqual([100, 101, 102, 103, 104, 105, 106, 107, 108, null]);
  });

  it('of an item that everyone skipped are empty', () => {
    addBatch(
      1,
      someRows(20).map((row) => ({ ...row, answers: [null, 1, 2] })),
    );
    expect(sliceAnswers(db.connection, { batches: [1], item: 'recommend', by: ['quarter'] })).toEqual([]);
  });

  it('are the same on a reader, and inside a transaction of the caller', () => {
    const rows = someRows(100);
    addBatch(1, rows);
    const query: SliceQuery = { batches: [1], item: 'recommend', by: ['quarter'] };
    const reader = db.openReader();
    expect(sliceAnswers(reader, query)).toEqual(db.transaction(() => sliceAnswers(db.connection, query)));
    expect(reader.inTransaction).toBe(false);
    reader.close();
  });
});

describe('respondents behind a figure', () => {
  it('are exactly those that the figure counts, page by page in import order', () => {
    const rows = someRows(300);
    addBatch(1, rows, { capacity: 64 });
    const where = { quarters: { from: 8101, to: 8102 }, attributes: { reasons: ['price'] } };
    const expected = rows.flatMap((row, i) =>
      row.answers[1] !== null &&
      (row.quarter === 8101 || row.quarter === 8102) &&
      row.attributes[1]?.includes('price')
        ? [i]
        : [],
    );
    expect(expected.length).toBeGreaterThan(12);
    const page = (offset: number, limit: number) =>
      findRespondents(db.connection, { batches: [1], item: 'speed', where, offset, limit }).map(
        ({ chunkId, index }) => (chunkId - 1) * 64 + index,
      );
    expect(page(0, 1000)).toEqual(expected);
    expect(page(5, 7)).toEqual(expected.slice(5, 12));
    expect(page(0, 0)).toEqual([]);
    expect(page(expected.length, 10)).toEqual([]);
  });
});

describe('deletion', () => {
  it('of a batch takes its chunks and vectors with it, and nothing of it is remembered', () => {
    const [old, fresh] = [someRows(80, 1), someRows(80, 2)];
    addBatch(1, old);
    const reader = db.openReader();
    const query: SliceQuery = { batches: [1], item: 'recommend', by: ['dealer'] };
    const before = sliceAnswers(reader, query);
    const [chunk] = listChunks(reader, { batchIds: [1] });
    db.connection.prepare('DELETE FROM import_batches WHERE id = 1').run();
    expect(sliceAnswers(reader, query)).toEqual([]);
    expect(db.connection.prepare('SELECT count(*) AS n FROM answer_vectors').get()).toEqual({ n: 0 });

    addBatch(1, fresh);
    expect(listChunks(reader, { batchIds: [1] })).toEqual([chunk]);
    expect(sliceAnswers(reader, query)).not.toEqual(before);
    expectSlice([1], fresh, query);
    reader.close();
  });

  it('leaves no trace of a chunk that was rolled back after it was read', () => {
    const query: SliceQuery = { batches: [1], item: 'recommend' };
    const attempt = () =>
      db.transaction(() => {
        addBatch(1, someRows(30, 1));
        expect(sliceAnswers(db.connection, query)[0]!.n).toBeGreaterThan(0);
        throw new Error('stop');
      });
    expect(attempt).toThrow('stop');
    const rows = someRows(30, 5);
    addBatch(1, rows);
    expectSlice([1], rows, query);
  });
});

describe('damage', () => {
  const damages: Record<string, string> = {
    'a flipped byte': `data = CAST(X'00' || substr(data, 2) AS BLOB)`,
    'a cut blob': 'data = substr(data, 1, length(data) - 1)',
    'an emptied blob': `data = X''`,
    'a changed table of values': `encoding = replace(encoding, ':[1,', ':[2,')`,
    'a header that is no JSON': `encoding = 'nonsense'`,
  };

  for (const [name, change] of Object.entries(damages))
    it(`by ${name} is told with the place, and never read as answers`, () => {
      addBatch(1, someRows(200));
      const { changes } = db.connection
        .prepare(`UPDATE answer_vectors SET ${change} WHERE variable = 'q:recommend'`)
        .run();
      expect(changes).toBe(1);
      const slice = () => sliceAnswers(db.connection, { batches: [1], item: 'recommend' });
      expect(slice).toThrow(
        expect.objectContaining({
          code: 'database-damaged',
          details: { path: db.path, detail: expect.stringContaining('chunk 1, q:recommend') },
        }),
      );
      expect(sliceAnswers(db.connection, { batches: [1], item: 'speed' })[0]!.n).toBeGreaterThan(0);
    });
});

describe('a wrong count of rows', () => {
  it('is told by every vector of the chunk', () => {
    addBatch(
      1,
      someRows(50).map((row) => ({ ...row, answers: [7, 7, 7] })),
    );
    db.connection.prepare('UPDATE response_chunks SET rows = rows + 1').run();
    for (const item of ITEMS)
      expect(() => sliceAnswers(db.connection, { batches: [1], item })).toThrow('50 rows instead of 51');
  });
});

describe('a damaged header', () => {
  it('never rules a chunk out of a filter', () => {
    addBatch(
      1,
      someRows(50).map((row) => ({ ...row, quarter: 8100 })),
    );
    const where = { quarters: { from: 8100, to: 8100 } };
    const slice = () => sliceAnswers(db.connection, { batches: [1], item: 'speed', where });
    expect(slice()).toHaveLength(1);
    db.connection
      .prepare(
        `UPDATE answer_vectors SET encoding = replace(encoding, '[8100]', '[8101]') WHERE variable = 'quarter'`,
      )
      .run();
    expect(slice).toThrow('chunk 1, quarter');
  });
});

describe('the builder', () => {
  const row = someRows(1)[0]!;
  const refused: [string, Partial<ResponseRow>, string][] = [
    ['too few answers', { answers: [1] }, '1 answers for 3 items'],
    ['too many attributes', { attributes: ['a', 'b', 'c'] }, '3 values for 2 attributes'],
    ['an answer that is no number', { answers: [Number.NaN, 1, 1] }, 'q:recommend is NaN'],
    ['a negative weight', { weight: -1 }, 'weight -1'],
    ['an endless weight', { weight: Number.POSITIVE_INFINITY }, 'weight Infinity'],
    ['a source row below zero', { sourceRow: -1 }, 'sourceRow -1'],
    ['a choice named twice', { attributes: [null, ['x', 'x']] }, 'a:reasons repeats'],
  ];

  for (const [name, change, message] of refused)
    it(`refuses ${name} and keeps what it had`, () => {
      const builder = new ResponseChunkBuilder({ items: ITEMS, attributes: ATTRIBUTES });
      builder.add(row);
      expect(() => builder.add({ ...row, ...change })).toThrow(message);
      builder.add(row);
      addBatch(1, []);
      const id = appendChunk(db.connection, 1, builder.take());
      expect(readResponse(db.connection, id, 1)).toEqual(readResponse(db.connection, id, 0));
    });

  it('refuses a row beyond its capacity and is empty again once taken', () => {
    const builder = new ResponseChunkBuilder({ items: ITEMS, attributes: ATTRIBUTES, capacity: 2 });
    builder.add(row);
    builder.add(row);
    expect(() => builder.add(row)).toThrow('already 2 rows');
    expect(builder.take().rows).toBe(2);
    expect(builder.rows).toBe(0);
    expect(builder.take().vectors.get('dealer')).toMatchObject({ values: [], missing: 0 });
  });

  it('refuses repeated codes and impossible capacities', () => {
    const build = (shape: object) => () =>
      new ResponseChunkBuilder({ items: ITEMS, attributes: ATTRIBUTES, ...shape });
    expect(build({ items: ['a', 'a'] })).toThrow('items repeats');
    expect(build({ capacity: 0 })).toThrow('capacity 0');
    expect(build({ capacity: 65_536 })).toThrow('capacity 65536');
  });
});
