// What is exported follows the scale that the user chose, and says which it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CallInput } from '../../../../shared/contract.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { SCORE_DISPLAYS, type ScoreDisplay } from '../../../../shared/domain/score/display.ts';
import { type Session, startSession } from '../../../support/engine-session.ts';
import { importResponses, importScores } from '../../../support/small-studies.ts';
import { respondents, scoreLines } from '../../../support/survey-files.ts';

const Q2 = parseQuarter('2026Q2')!;
const PERIOD = { first: Q2, last: Q2 };

let session: Session;

beforeAll(async () => {
  session = await startSession();
  await importResponses(session, respondents('2026Q2', 900, 3));
  await importScores(session, scoreLines('2026Q2'));
});
afterAll(() => session.close());

/** Head and lines of a written CSV. */
function read(path: string): string[][] {
  return parse(readFileSync(path, 'utf8'), { bom: true, relax_column_count: true }) as string[][];
}

/** The same export on every scale. */
async function onEach(write: (path: string, display: ScoreDisplay) => Promise<unknown>) {
  const tables = {} as Record<ScoreDisplay, string[][]>;
  for (const display of SCORE_DISPLAYS) {
    const path = join(session.folder, `${display}.csv`);
    await write(path, display);
    tables[display] = read(path);
  }
  return tables;
}

test('a comparison of places is written on every scale, differences and margins alike', async () => {
  const input = {
    scheme: 2,
    channel: 'in-house',
    period: PERIOD,
    regions: ['South'],
  } satisfies CallInput<'schemes.insideOutside'>;
  const view = await session.call('schemes.insideOutside', input);
  const item = view.rows.find(({ indicator }) => indicator === 'A')!;
  const tables = await onEach((path, display) =>
    session.call('schemes.exportComparison', {
      path,
      language: 'en',
      display,
      comparison: { kind: 'inside', input },
    }),
  );
  const row = (display: ScoreDisplay) => tables[display].find(([name]) => name === 'Item A')!.map(Number);
  const { first, difference } = item;
  const lines = {
    harmonised: [first!.score100, first!.margin100!, difference!.points100],
    native: [first!.native, first!.margin100! * 0.09, difference!.points100 * 0.09],
    thousand: [first!.score100 * 10, first!.margin100! * 10, difference!.points100 * 10],
    levels: [first!.score100 * 1.2 - 60, first!.margin100! * 1.2, difference!.points100 * 1.2],
  };
  for (const display of SCORE_DISPLAYS) {
    const [score, margin, points] = lines[display];
    const written = row(display);
    expect(written[1]).toBeCloseTo(score!, 9);
    expect(written[2]).toBeCloseTo(margin!, 9);
    expect(written[3]).toBe(first!.n);
    expect(written[4]).toBeCloseTo(first!.nEff, 9);
    expect(written[11]).toBeCloseTo(points!, 9);
  }
  expect(tables.thousand[0]![1]).toBe('Inside (1,000 points)');
  expect(tables.native[0]![11]).toBe('Difference (own scale)');
});

test('compared channels stay on one scale where each has its own', async () => {
  const tables = await onEach((path, display) =>
    session.call('channels.export', {
      path,
      language: 'en',
      display,
      what: { kind: 'place', input: { scheme: 2, scope: 'overall' } },
    }),
  );
  expect(tables.native).toEqual(tables.harmonised);
  expect(Number(tables.thousand[1]![1])).toBeCloseTo(10 * Number(tables.harmonised[1]![1]), 9);
});

test('weak points and tables of the free analysis are written on the scale of the screen', async () => {
  const definition = {
    scheme: 2,
    channel: 'in-house',
    level: 'dealer',
    indicators: ['A'],
    conditions: [{ kind: 'score', to: 55 }],
  } satisfies CallInput<'probes.try'>['definition'];
  const probes = await onEach((path, display) =>
    session.call('probes.export', { definition, path, language: 'en', display }),
  );
  expect(probes.harmonised.length).toBeGreaterThan(2);
  const score = (display: ScoreDisplay) => Number(probes[display][1]![5]);
  expect(score('native')).toBeCloseTo(1 + 0.09 * score('harmonised'), 9);
  expect(probes.levels[0]![5]).toBe('Score (seven levels, −60 to 60)');
  const query = {
    scheme: 2,
    rows: [{ kind: 'scope', level: 'region' }],
    measures: ['score', 'margin'],
    filters: { channel: 'in-house', indicator: 'A' },
  } satisfies CallInput<'explore.table'>;
  const tables = await onEach((path, display) =>
    session.call('explore.export', { query, path, format: 'csv', language: 'en', display }),
  );
  const [, total] = tables.harmonised;
  expect(tables.thousand[1]!.slice(1, 3).map(Number)).toEqual(
    total!.slice(1, 3).map((text) => expect.closeTo(10 * Number(text), -0.4) as number),
  );
  expect(tables.thousand[0]).toContain('Score (1,000 points)');
});
