// The product's own store, driven as the import service drives it.
import { join } from 'node:path';
import { SUMS } from '../../../electron/engine/store/answer-groups.ts';
import { tabulateAtOnce } from '../../../electron/engine/store/answer-table.ts';
import { appendChunk } from '../../../electron/engine/store/answers.ts';
import { type Database, openDatabase } from '../../../electron/engine/store/database.ts';
import { MIGRATIONS } from '../../../electron/engine/store/migrations/registry.ts';
import {
  attributeVariable,
  itemVariable,
  ResponseChunkBuilder,
} from '../../../electron/engine/store/response-chunk.ts';
import type { BenchSums, Layout } from './layout.ts';
import { ATTRIBUTE_LEVELS, DEALERS, forEachRow, ITEMS, QUARTERS } from './sample.ts';

const CHOICES = ATTRIBUTE_LEVELS.map((levels) => Array.from({ length: levels }, (_, code) => String(code)));
const BATCHES = Array.from({ length: QUARTERS }, (_, wave) => wave + 1);

export const packed: Layout = {
  title: 'SQLite, packed vectors (the product)',
  load(folder, shape) {
    const db = open(folder);
    insertBatches(db);
    const builder = new ResponseChunkBuilder({
      items: Array.from({ length: ITEMS }, (_, i) => `q${i}`),
      attributes: ATTRIBUTE_LEVELS.map((_, a) => `a${a}`),
    });
    for (let wave = 0; wave < QUARTERS; wave++)
      db.transaction(() => {
        forEachRow(shape, wave, ({ id, dealer, quarter, weight, answers, codes }) => {
          const attributes = codes.map((code, a) => CHOICES[a]![code]!);
          builder.add({ dealer, quarter, day: null, weight, sourceRow: id + 1, answers, attributes });
          if (builder.full) appendChunk(db.connection, wave + 1, builder.take());
        });
        if (builder.rows > 0) appendChunk(db.connection, wave + 1, builder.take());
      });
    db.close();
  },
  open(folder) {
    const db = open(folder);
    const reader = db.openReader();
    return {
      slice: ({ item, by, quarters: [from, to] }) => {
        const size = 1 + (by === 'dealer' ? DEALERS : ATTRIBUTE_LEVELS[by]!);
        const variable = by === 'dealer' ? 'dealer' : attributeVariable(`a${by}`);
        const { items } = tabulateAtOnce(reader, {
          batches: BATCHES,
          axes: [{ variable, size, groupsOf: (value) => [Number(value)] }],
          gates: [{ variable: 'quarter', passes: (value) => Number(value) >= from && Number(value) <= to }],
          items: [{ variable: itemVariable(`q${item}`), scoreIn: () => ({ intercept: 0, slope: 1 }) }],
          conditions: () => null,
          respondents: false,
          satisfiedFrom: 10,
        });
        return sumsOf(items[0]!);
      },
      close: () => {
        reader.close();
        db.close();
      },
    };
  },
};

/** By group, where somebody answered. */
function sumsOf(table: Float64Array): BenchSums {
  const sums: BenchSums = new Map();
  for (let at = 0; at < table.length; at += SUMS) {
    const [n, w, ww, wx, wxx] = table.subarray(at, at + SUMS);
    if (n! > 0) sums.set(at / SUMS, [n!, w!, ww!, wx!, wxx!]);
  }
  return sums;
}

function open(folder: string): Database {
  return openDatabase(join(folder, 'answers.csi'), {
    migrations: MIGRATIONS,
    clock: () => 0,
    appVersion: 'bench',
  });
}

function insertBatches(db: Database): void {
  db.connection.exec(`
    INSERT INTO studies (id, code, channel, kind, name_zh, name_en) VALUES (1, 's', 'in-house', 'responses', '', '');
    INSERT INTO questionnaires (id, study_id, version) VALUES (1, 1, '1')`);
  const insert = db.connection.prepare(
    `INSERT INTO import_batches (id, state, study_id, questionnaire_id, file_name, sha256, mapping, created_at)
     VALUES (?, 'committed', 1, 1, '', '', '{}', '')`,
  );
  for (const id of BATCHES) insert.run(id);
}
