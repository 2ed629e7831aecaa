// The respondents of the benchmark as files to import and as DuckDB's table, with what only these slices look at.
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { DOUBLE, DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import type { NumberVector } from '../../../electron/engine/store/answer-vector.ts';
import { listChunks, readVector } from '../../../electron/engine/store/answers.ts';
import { connectReader } from '../../../electron/engine/store/database.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import type { StudyMappingInput } from '../../../shared/domain/study-mapping.ts';
import { ATTRIBUTE_LEVELS, forEachRow, ITEMS, type SampleShape } from '../answer-layouts/sample.ts';

const REGIONS = 7;
const PROVINCES = 31;
const CITIES = 120;
export const CHOICES = 6;

/** Which of six reasons a respondent ticked, a bit each: about half of them each, one in 64 none. */
const ticked = (id: number) => Math.floor(((id * 40503) % 65536) / 1024);

export const MAPPING: StudyMappingInput = {
  version: 1,
  study: { code: 'bench', channel: 'in-house', name: { zh: '测试', en: 'Bench' } },
  kind: 'responses',
  questionnaire: '1',
  period: { kind: 'quarter', column: 'quarter' },
  place: {
    dealerCode: { column: 'dealer' },
    city: { column: 'city' },
    province: { column: 'province' },
    region: { column: 'region' },
    geography: 'free',
    scheme: { code: 'sales', name: { zh: '大区', en: 'Regions' } },
  },
  weight: { column: 'weight' },
  items: Array.from({ length: ITEMS }, (_, i) => ({
    column: `q${i}`,
    indicator: `Q${i}`,
    scale: { min: 1, max: 10 },
  })),
  attributes: [
    ...ATTRIBUTE_LEVELS.map((_, a) => ({
      column: `a${a}`,
      code: `a${a}`,
      label: { zh: `属性${a}`, en: `Attribute ${a}` },
    })),
    {
      column: 'reasons',
      code: 'reasons',
      label: { zh: '原因', en: 'Reasons' },
      multiple: { separator: '|' },
    },
  ],
  indicators: [
    { code: 'INDEX', role: 'index', name: { zh: '总体', en: 'Index' } },
    ...Array.from({ length: 5 }, (_, f) => ({
      code: `F${f}`,
      role: 'factor' as const,
      parent: 'INDEX',
      name: { zh: `因子${f}`, en: `Factor ${f}` },
    })),
    ...Array.from({ length: ITEMS }, (_, i) => ({
      code: `Q${i}`,
      role: 'item' as const,
      parent: `F${i % 5}`,
      name: { zh: `题${i}`, en: `Item ${i}` },
      weight: 1 + (i % 4),
    })),
  ],
};

/** One wave as a file. */
export async function writeWave(path: string, shape: SampleShape, wave: number): Promise<void> {
  const out = createWriteStream(path);
  const heads = ['dealer', 'city', 'province', 'region', 'quarter', 'weight', 'reasons'];
  const columns = [
    ...heads,
    ...ATTRIBUTE_LEVELS.map((_, a) => `a${a}`),
    ...Array.from({ length: ITEMS }, (_, i) => `q${i}`),
  ];
  let text = `${columns.join(',')}\n`;
  const parts: string[] = [];
  forEachRow(shape, wave, ({ id, dealer, quarter, weight, codes, answers }) => {
    const reasons = Array.from({ length: CHOICES }, (_, k) => k).filter((k) => (ticked(id) >> k) & 1);
    const city = dealer % CITIES;
    const province = city % PROVINCES;
    text += `D${dealer},C${city},P${province},R${province % REGIONS},${formatQuarter(quarter)},${weight},${reasons.join('|')},${codes.join(',')},${answers.map((answer) => answer ?? '').join(',')}\n`;
    if (text.length < 1 << 20) return;
    parts.push(text);
    text = '';
  });
  for (const part of [...parts, text]) if (!out.write(part)) await once(out, 'drain');
  out.end();
  await once(out, 'close');
}

/** What only these slices look at, as columns of their own, which is the fastest that DuckDB can have them. */
export async function completeTable(
  folder: string,
  database: string,
  weighting: number,
  sampled: string,
): Promise<void> {
  const instance = await DuckDBInstance.create(join(folder, 'answers.duckdb'));
  const connection = await instance.connect();
  await connection.run('CREATE TABLE raked (rw DOUBLE)');
  const appender = await connection.createAppender('raked');
  for (const weights of weightsIn(database, weighting))
    for (let at = 0; at < weights.length; at += 2048) {
      const chunk = DuckDBDataChunk.create([DOUBLE], Math.min(2048, weights.length - at));
      chunk.setColumns([weights.slice(at, at + 2048)]);
      appender.appendDataChunk(chunk);
    }
  appender.closeSync();
  await connection.run(`CREATE TABLE whole AS SELECT *, (dealer % ${CITIES})::UTINYINT AS city,
    (((id::BIGINT * 40503) % 65536) // 1024)::UTINYINT AS reasons, coalesce(${sampled}, false) AS sampled
    FROM r POSITIONAL JOIN raked ORDER BY id`);
  await connection.run('DROP TABLE r; DROP TABLE raked; ALTER TABLE whole RENAME TO r; CHECKPOINT');
  connection.closeSync();
  instance.closeSync();
}

/** Of every chunk in the order of the import. */
function* weightsIn(database: string, weighting: number): Generator<number[]> {
  const reader = connectReader(database);
  const batchIds = reader.prepare<[], number>('SELECT id FROM import_batches ORDER BY id').pluck().all();
  for (const { id } of listChunks(reader, { batchIds })) {
    const { codes, values } = readVector(reader, id, `weight/${weighting}`) as NumberVector;
    yield Array.from(codes, (code) => values[code - 1]!);
  }
  reader.close();
}
