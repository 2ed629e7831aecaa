import { describe, expect, test } from 'vitest';
import type { StandingRow } from '../../../../shared/calls/overview.ts';
import { parseQuarter } from '../../../../shared/domain/quarter.ts';
import { adjustFalseDiscovery } from '../../../../shared/math/false-discovery.ts';
import { type Session, testSession } from '../../../support/engine-session.ts';
import { importResponses, importScores } from '../../../support/small-studies.ts';
import { respondents, scoreLines } from '../../../support/survey-files.ts';

const Q2 = parseQuarter('2026Q2')!;

async function loaded(): Promise<Session> {
  const session = await testSession();
  const rows = ['2025Q2', '2026Q1', '2026Q2'].flatMap((quarter, i) => respondents(quarter, 900, i + 1));
  await importResponses(session, rows);
  await importScores(session, scoreLines('2026Q2'));
  return session;
}

const overview = (session: Session, more: object = {}) =>
  session.call('overview.get', { scheme: 2, scope: 'overall', quarter: Q2, channel: 'in-house', ...more });

const score = (rows: StandingRow[], scope: string) =>
  rows.find((row) => row.scope === scope)!.score!.score100;

describe('the rows of the tables', () => {
  test('are compared with the rest, the quarter before, the same quarter last year or another channel', async () => {
    const session = await loaded();
    const rest = await overview(session);
    expect(rest.areas.map(({ compared }) => compared)).toEqual(
      rest.areas.map(({ againstRest }) => againstRest),
    );
    const previous = await overview(session, { against: 'previous' });
    expect(previous.areas.map(({ compared }) => compared)).toEqual(
      previous.areas.map(({ sincePrevious }) => sincePrevious),
    );
    const year = await overview(session, { against: 'last-year' });
    const then = await overview(session, { quarter: Q2 - 4 });
    const other = await overview(session, { against: 'third-party' });
    const theirs = await overview(session, { channel: 'third-party' });
    for (const { scope, compared } of year.areas)
      expect(compared!.points100).toBeCloseTo(score(rest.areas, scope) - score(then.areas, scope), 9);
    for (const { scope, compared } of other.areas)
      expect(compared!.points100).toBeCloseTo(score(rest.areas, scope) - score(theirs.areas, scope), 9);
    expect(other.indicators.find(({ indicator }) => indicator === 'C')!.compared).toBeNull();
  });

  test('are marked with the false-discovery rate held over the table', async () => {
    const session = await loaded();
    for (const against of ['rest', 'last-year', 'third-party'] as const) {
      const { areas, indicators } = await overview(session, { against });
      for (const rows of [areas, indicators]) {
        const tested = rows.flatMap(({ compared }) => (compared?.p == null ? [] : [compared]));
        expect(tested.map(({ adjustedP }) => adjustedP)).toEqual(
          adjustFalseDiscovery(tested.map(({ p }) => p!)),
        );
        for (const { adjustedP, significance } of tested)
          expect(significance !== 'none').toBe(adjustedP! <= 0.05);
      }
    }
  });
});

describe('the display rules', () => {
  test('hide, grey and mark from the limits that were saved, on screens and in the pivot', async () => {
    const session = await loaded();
    expect(await session.call('rules.get', {})).toEqual({ greyFrom: 10, fullFrom: 30, q: 0.05 });
    const { areas } = await overview(session);
    const bases = areas.map(({ score }) => score!.nEff).sort((a, b) => a - b);
    const limit = Math.ceil(bases[0]! + 1);
    await session.call('rules.save', { greyFrom: limit, fullFrom: 1000, q: 0.2 });
    const after = await overview(session);
    expect(after.areas.filter(({ score }) => score === null).length).toBeGreaterThanOrEqual(2);
    const shown = after.areas.flatMap(({ score }) => (score ? [score.tier] : []));
    expect(new Set(shown)).toEqual(new Set(['grey']));
    expect(after.areas.every(({ compared }) => compared === null || compared.p === null)).toBe(true);
    const [entry] = await session.call('audit.list', {});
    expect(entry).toMatchObject({ action: 'rules.save', detail: { before: { greyFrom: 10 } } });
    await session.call('rules.save', { greyFrom: 10, fullFrom: 30, q: 0.05 });
    expect((await overview(session)).areas).toEqual(areas);
  });

  test('must stand in order', async () => {
    const session = await testSession();
    expect(await session.fault('rules.save', { greyFrom: 40, fullFrom: 30 })).toMatchObject({
      code: 'call-input-invalid',
      details: { path: 'fullFrom' },
    });
  });
});
