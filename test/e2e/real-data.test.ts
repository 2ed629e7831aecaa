import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AlertView } from '../../shared/calls/alerts.ts';
import type { ForecastRow, ForecastRunView } from '../../shared/calls/forecast.ts';
import type { BatchView } from '../../shared/calls/import.ts';
import type { Overview } from '../../shared/calls/overview.ts';
import type { ReportFiles } from '../../shared/calls/reports.ts';
import type { PlanView } from '../../shared/domain/plan/plan-facts.ts';
import { parseQuarter, quarterOf } from '../../shared/domain/quarter.ts';
import { hasBrowser } from '../support/browser.ts';
import { plainNumber, rawRows, sum } from '../support/raw-csv.ts';
import { hasRealData, REAL_DATA, realFiles } from '../support/real-data.ts';
import { settle, startWorkstation } from '../support/workstation.ts';

const ROOT = join(import.meta.dirname, '../..');
/** For machines that have other work too. */
const LONG = 600_000;
const work = mkdtempSync(join(tmpdir(), 'csi-real-'));
afterAll(() => rmSync(work, { recursive: true }));

interface Answer<T> {
  value: T;
  exitCode: number;
}

/** One command of the command line under `--json`; throws with its output when it fails. */
async function csi<T>(database: string, ...args: string[]): Promise<T> {
  const { value, exitCode } = await tryCsi<T>(database, ...args);
  if (exitCode !== 0) throw new Error(JSON.stringify(value).slice(0, 500));
  return value;
}

function tryCsi<T>(database: string, ...args: string[]): Promise<Answer<T>> {
  const child = spawn(
    process.execPath,
    ['electron/cli.ts', '--json', '--data', work, '--db', join(work, database), ...args],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (more: string) => {
    text += more;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => {
      try {
        resolve({ value: JSON.parse(text) as T, exitCode: exitCode ?? -1 });
      } catch {
        reject(new Error(`csi ${args[0]}: ${exitCode} ${text.slice(0, 500)}`));
      }
    });
  });
}

const mapping = (name: string) => ['--mapping', join(ROOT, `test/fixtures/${name}.mapping.json`)];

/** The score of the leading channel. */
function scoreOf(overview: Overview) {
  const [channel] = overview.channels;
  if (!channel?.score) throw new Error(`no score: ${JSON.stringify(overview).slice(0, 300)}`);
  return channel.score;
}

describe.skipIf(!hasRealData())('the hospital panel, through the command line', { timeout: LONG }, () => {
  const DATABASE = 'hospital.csi';
  const FILES = hasRealData() ? realFiles('hospital-panel') : [];
  const LAST = parseQuarter('2019Q4')!;
  const ITEMS = ['H_INDI', 'H_GLOB', ...[1, 2, 3, 5, 6, 7].map((i) => `H_COMP_${i}`)].map(
    (name) => `${name}_STAR_RATING`,
  );
  const NURSES = 'H_COMP_1_STAR_RATING';
  let batches: BatchView[];

  /** Hospitals of the last quarter with a score of an item and their number of surveys. */
  function scored(item: string) {
    return rawRows(FILES.at(-1)!).flatMap((row) => {
      const score = plainNumber(row[item]);
      const surveys = plainNumber(row.H_NUMB_COMP);
      const { state, county } = row;
      return score === undefined || surveys === undefined ? [] : [{ state, county, score, surveys }];
    });
  }

  const weightedStars = (rows: readonly { score: number; surveys: number }[]) =>
    sum(rows.map(({ score, surveys }) => score * surveys)) / sum(rows.map(({ surveys }) => surveys));

  beforeAll(async () => {
    batches = await csi(DATABASE, 'import', ...mapping('hospital-panel'), ...FILES);
  }, LONG);

  test('comes in whole: every hospital with a score, in the quarter of its file', () => {
    expect(batches).toHaveLength(12);
    batches.forEach((batch, i) => {
      const rows = rawRows(FILES[i]!);
      const withScore = rows.filter((row) => ITEMS.some((item) => plainNumber(row[item]) !== undefined));
      expect(batch, basename(FILES[i]!)).toMatchObject({
        rowsRead: rows.length,
        rowsLoaded: withScore.length,
        rowsRejected: 0,
        firstQuarter: quarterOf(2017, 1) + i,
        lastQuarter: quarterOf(2017, 1) + i,
      });
    });
  });

  test('gives the nation and every state the means and surveys that the files give', async () => {
    const overview = await csi<Overview>(DATABASE, 'overview', '--indicator', 'HOSPITAL.NURSES');
    const rows = scored(NURSES);
    expect(overview.quarter).toBe(LAST);
    expect(scoreOf(overview).native).toBeCloseTo(weightedStars(rows), 9);
    expect(scoreOf(overview).n).toBe(sum(rows.map(({ surveys }) => surveys)));
    const states = new Set(rows.map(({ state }) => state));
    const shown = overview.areas.filter(({ score }) => score !== null);
    expect(new Set(shown.map(({ scope }) => scope.slice('region:'.length)))).toEqual(states);
    for (const { scope, score } of shown) {
      const own = rows.filter(({ state }) => state === scope.slice('region:'.length));
      expect(score!.n, scope).toBe(sum(own.map(({ surveys }) => surveys)));
      expect(score!.native, scope).toBeCloseTo(weightedStars(own), 9);
    }
  });

  test('keeps counties and cities of the same name in different states apart', async () => {
    const rows = scored(NURSES);
    const washington = rows.filter(({ county }) => county === 'WASHINGTON');
    const states = [...new Set(washington.map(({ state }) => state))];
    expect(states.length).toBeGreaterThan(3);
    for (const state of states.slice(0, 2)) {
      const scope = `province:${state}.WASHINGTON`;
      const own = washington.filter((row) => row.state === state);
      const county = await csi<Overview>(
        DATABASE,
        'overview',
        '--indicator',
        'HOSPITAL.NURSES',
        '--scope',
        scope,
      );
      expect(scoreOf(county).n, scope).toBe(sum(own.map(({ surveys }) => surveys)));
      expect(scoreOf(county).native).toBeCloseTo(weightedStars(own), 9);
    }
  });

  test('is forecast as a study whose quarters overlap, with alerts of the last one', async () => {
    const { runs, rows } = await csi<{ runs: ForecastRunView[]; rows: ForecastRow[] }>(DATABASE, 'forecast');
    expect(runs.map(({ quarter }) => quarter)).toEqual([LAST, LAST + 1]);
    for (const { channels } of runs) {
      expect(channels).toMatchObject([{ channel: 'third-party', overlapping: true }]);
      expect(channels[0]!.series).toBeGreaterThan(30_000);
    }
    const overall = rows.find(({ scope }) => scope === 'overall')!;
    const overview = await csi<Overview>(DATABASE, 'overview');
    expect(overview.channels[0]!.next).toMatchObject({ point: overall.point });
    // Three quarters of the four are known already: it cannot run away from the last figure.
    expect(Math.abs(overall.point - scoreOf(overview).score100)).toBeLessThan(2);
    const alerts = await csi<AlertView[]>(DATABASE, 'alerts');
    for (const alert of alerts) {
      expect(alert.quarter).toBe(LAST);
      expect(Number.isFinite(alert.shift100)).toBe(true);
    }
  });

  test('is planned, and makes more than two hundred reports with a true manifest', async () => {
    const plan = await csi<PlanView>(
      DATABASE,
      'plan',
      '--year',
      '2020',
      '--uplift',
      '1',
      '--level',
      'region',
    );
    expect(plan.outcome).toBe('solved');
    expect(plan.reached).toBeGreaterThanOrEqual(plan.target - 1e-6);
    expect(sum(plan.areas.map(({ share }) => share))).toBeCloseTo(1, 9);
    const folder = join(work, 'hospital-reports');
    const { batch, files, failures } = await csi<ReportFiles>(
      DATABASE,
      'report',
      '--scope',
      'region:CA',
      '--out',
      folder,
    );
    const hospitals = rawRows(FILES.at(-1)!).filter(
      (row) => row.state === 'CA' && ITEMS.some((item) => plainNumber(row[item]) !== undefined),
    );
    expect(failures).toEqual([]);
    expect(batch).toMatchObject({ state: 'complete', made: hospitals.length, failed: 0 });
    expect(batch.made).toBeGreaterThanOrEqual(200);
    expect(files).toHaveLength(2 * batch.made);
    expect(new Set(files.map(({ dealer }) => dealer))).toEqual(
      new Set(hospitals.map((row) => row.PROVIDER_ID)),
    );
    for (const { file, bytes, sha256 } of files) {
      const content = readFileSync(join(folder, file));
      expect(content.length).toBe(bytes);
      expect(createHash('sha256').update(content).digest('hex'), file).toBe(sha256);
    }
  });

  test('gives the former figures back when a quarter is undone, and takes no file twice', async () => {
    const before = await csi<Overview>(DATABASE, 'overview', '--quarter', '2019Q3');
    const again = await tryCsi<{ error: { code: string } }>(
      DATABASE,
      'import',
      ...mapping('hospital-panel'),
      FILES[3]!,
    );
    expect([again.exitCode, again.value.error.code]).toEqual([1, 'import-duplicate']);
    await csi(DATABASE, 'undo', String(batches.at(-1)!.id));
    const after = await csi<Overview>(DATABASE, 'overview');
    expect(after.quarter).toBe(LAST - 1);
    expect(scoreOf(after)).toEqual(scoreOf(before));
  });
});

describe.skipIf(!hasRealData())('the airport survey, through the command line', { timeout: LONG }, () => {
  const DATABASE = 'airport.csi';
  const YEARS = [2013, 2014, 2015, 2016];
  const file = (year: number) => join(REAL_DATA, `airport-survey/${year}_SFO_Customer_Survey_20250817.csv`);
  /** The item "SFO as a whole", under another name every year, and the quarter of the fieldwork. */
  const OVERALL: Record<number, string> = {};
  const WAVE: Record<number, string> = {};
  for (const year of YEARS) {
    const { items, period } = JSON.parse(
      readFileSync(join(ROOT, `test/fixtures/airport-survey-${year}.mapping.json`), 'utf8'),
    ) as { items: { indicator: string; column: string }[]; period: { quarter: string } };
    OVERALL[year] = items.find(({ indicator }) => indicator === 'AIRPORT.OVERALL')!.column;
    WAVE[year] = period.quarter;
  }

  function answers(year: number) {
    return rawRows(file(year)).flatMap((row) => {
      const score = plainNumber(row[OVERALL[year]!]);
      const weight = plainNumber(row.WEIGHT);
      return score === undefined || score < 1 || score > 5 || weight === undefined
        ? []
        : [{ score, weight, gate: row.GATE!.trim() }];
    });
  }

  const weighted = (rows: readonly { score: number; weight: number }[]) =>
    sum(rows.map(({ score, weight }) => score * weight)) / sum(rows.map(({ weight }) => weight));

  beforeAll(async () => {
    for (const year of YEARS) {
      const [batch] = await csi<BatchView[]>(
        DATABASE,
        'import',
        ...mapping(`airport-survey-${year}`),
        file(year),
      );
      const rows = rawRows(file(year)).length;
      expect(batch).toMatchObject({ rowsRead: rows, rowsLoaded: rows, rowsRejected: 0 });
    }
  }, LONG);

  test.each(YEARS)('gives the weighted mean and base of %s, codes 0 and 6 left out', async (year) => {
    const overview = await csi<Overview>(
      DATABASE,
      'overview',
      '--indicator',
      'AIRPORT.OVERALL',
      '--quarter',
      WAVE[year]!,
    );
    const rows = answers(year);
    const score = scoreOf(overview);
    expect(score.n).toBe(rows.length);
    expect(score.native).toBeCloseTo(weighted(rows), 9);
    const [w, w2] = [sum(rows.map(({ weight }) => weight)), sum(rows.map(({ weight }) => weight ** 2))];
    expect(score.nEff).toBeCloseTo((w * w) / w2, 6);
  });

  test('gives every gate with thirty answers the mean of its own', async () => {
    const city = 'city:SFO.California.San Francisco';
    const overview = await csi<Overview>(
      DATABASE,
      'overview',
      '--indicator',
      'AIRPORT.OVERALL',
      '--scope',
      city,
      '--quarter',
      '2016Q2',
    );
    const rows = answers(2016);
    const gates = overview.areas.filter(({ score }) => (score?.n ?? 0) >= 30);
    expect(gates.length).toBeGreaterThan(20);
    for (const { scope, score } of gates) {
      const own = rows.filter(({ gate }) => `dealer:${gate}` === scope);
      expect(score!.n, scope).toBe(own.length);
      expect(score!.native, scope).toBeCloseTo(weighted(own), 9);
    }
  });

  test('marks each new questionnaire, forecasts, and plans', async () => {
    const { trends } = await csi<Overview>(DATABASE, 'overview');
    expect(trends[0]!.breaks.map(({ quarter }) => quarter)).toEqual(
      [2014, 2015, 2016].map((year) => parseQuarter(WAVE[year]!)),
    );
    const { runs } = await csi<{ runs: ForecastRunView[] }>(DATABASE, 'forecast');
    expect(runs.at(-1)).toMatchObject({ quarter: quarterOf(2016, 3), channels: [{ channel: 'in-house' }] });
    const plan = await csi<PlanView>(DATABASE, 'plan', '--year', '2017', '--uplift', '2');
    expect(plan.outcome).toBe('solved');
    expect(plan.reached).toBeGreaterThanOrEqual(plan.target - 1e-6);
  });
});

describe.skipIf(!hasRealData())(
  'the reviews of car owners, through the command line',
  { timeout: LONG },
  () => {
    const DATABASE = 'reviews.csi';
    const [file] = hasRealData() ? realFiles('car-owner-reviews') : [];
    const quarter = (row: Record<string, string>) => {
      const [, year, month] = /(\d{4})年(\d{2})月/.exec(row.发表日期!)!;
      return quarterOf(Number(year), (Math.ceil(Number(month) / 3) || 1) as 1 | 2 | 3 | 4);
    };

    test('come in whole, and give the nation and the cities what the file gives', async () => {
      const rows = rawRows(file!);
      const [batch] = await csi<BatchView[]>(DATABASE, 'import', ...mapping('car-owner-reviews'), file!);
      expect(batch).toMatchObject({ rowsRead: rows.length, rowsLoaded: rows.length, rowsRejected: 0 });
      const quarters = [...new Set(rows.map(quarter))].sort((a, b) => a - b);
      expect([batch!.firstQuarter, batch!.lastQuarter]).toEqual([quarters[0], quarters.at(-1)]);
      for (const item of [
        ['空间', 'PRODUCT.SPACE'],
        ['油耗', 'PRODUCT.FUEL'],
      ] as const) {
        const overview = await csi<Overview>(DATABASE, 'overview', '--indicator', item[1]);
        const now = rows.filter((row) => quarter(row) === quarters.at(-1));
        expect(scoreOf(overview).n).toBe(now.length);
        expect(scoreOf(overview).native).toBeCloseTo(
          sum(now.map((row) => Number(row[item[0]]))) / now.length,
          9,
        );
        const beijing = now.filter((row) => /^北京/.test(row.购车城市!));
        const shown = overview.areas.find(({ scope }) => scope === 'province:11')!;
        expect(shown.score!.n).toBe(beijing.length);
        for (const area of overview.areas) expect(area.score === null || area.score.nEff >= 10).toBe(true);
      }
    });

    test('are few, and still get a forecast, a plan and no report of a dealer that is not there', async () => {
      const { rows } = await csi<{ rows: ForecastRow[] }>(DATABASE, 'forecast');
      expect(rows.some(({ scope }) => scope === 'overall')).toBe(true);
      expect((await csi<PlanView>(DATABASE, 'plan', '--year', '2018', '--uplift', '1')).outcome).toBe(
        'solved',
      );
      const report = await tryCsi<{ error: { code: string } }>(DATABASE, 'report');
      expect([report.exitCode, report.value.error.code]).toEqual([1, 'report-nothing']);
    });
  },
);

describe.skipIf(!hasRealData() || !hasBrowser())(
  'one hospital file, through the browser host in Chromium',
  () => {
    test(
      'is uploaded, imported under its mapping, and stands in the overview as the file says',
      async () => {
        const file = realFiles('hospital-panel').at(-1)!;
        const rows = rawRows(file).flatMap((row) => {
          const score = plainNumber(row.H_COMP_1_STAR_RATING);
          const surveys = plainNumber(row.H_NUMB_COMP);
          return score === undefined || surveys === undefined ? [] : [{ score, surveys }];
        });
        const workstation = await startWorkstation();
        try {
          const { page, faults } = workstation;
          await page.getByRole('button', { name: '新建' }).click();
          await page.getByRole('navigation').waitFor();
          await settle(page);
          await page.getByRole('navigation').getByRole('button', { name: '数据' }).click();
          await settle(page);
          await upload(page, '选择文件', file);
          await page.getByText('逐行核对').waitFor();
          await upload(page, '从 JSON 文件载入', join(ROOT, 'test/fixtures/hospital-panel.mapping.json'));
          await settle(page);
          const commit = page.getByRole('button', { name: /^导入 [1-9][\d,]+ 行$/ });
          await commit.click();
          await page.getByText(/已从“2019Q4.csv”导入 [\d,]+ 行/).waitFor();
          await page.getByRole('navigation').getByRole('button', { name: '总览' }).click();
          await settle(page);
          const card = page.locator('.card').first();
          await card.waitFor();
          const overview = (await workstation.call('overview.get', {
            scheme: 2,
            scope: 'overall',
            indicator: 'HOSPITAL.NURSES',
          })) as { value: Overview };
          const score = scoreOf(overview.value);
          expect(score.n).toBe(sum(rows.map(({ surveys }) => surveys)));
          const stars = sum(rows.map(({ score: one, surveys }) => one * surveys)) / score.n;
          expect(score.native).toBeCloseTo(stars, 9);
          const index = (await workstation.call('overview.get', { scheme: 2, scope: 'overall' })) as {
            value: Overview;
          };
          const text = await card.innerText();
          expect(text).toContain('2019Q4');
          expect(text).toContain(scoreOf(index.value).native.toFixed(2));
          expect(text).toContain(scoreOf(index.value).n.toLocaleString('en-US'));
          expect(faults).toEqual([]);
        } finally {
          await workstation.close();
        }
      },
      LONG,
    );
  },
);

async function upload(page: Page, button: string, file: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: button }).click(),
  ]);
  await chooser.setFiles(file);
}
