import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { BatchView } from '../../shared/calls/import.ts';
import type { Overview } from '../../shared/calls/overview.ts';
import { parseQuarter } from '../../shared/domain/quarter.ts';
import { hasBrowser } from '../support/browser.ts';
import { plainNumber, rawRows, sum } from '../support/raw-csv.ts';
import { hasRealData, REAL_DATA } from '../support/real-data.ts';
import { settle, startWorkstation, type Workstation } from '../support/workstation.ts';

const LONG = 600_000;
const file = (year: number) => join(REAL_DATA, `airport-survey/${year}_SFO_Customer_Survey_20250817.csv`);

/** What the four code lists say: the same service under another header each year, "SFO as a whole" first. */
const SERVICES: Record<string, readonly [string, string, string, string]> = {
  Q7O_WHOLE: ['Q7O_WHOLE', 'Q7ALL', 'Q7ALL', 'Q7ALL'],
  Q7A_ART: ['Q7A_ART', 'Q7ART', 'Q7ART', 'Q7ART'],
  Q7B_FOOD: ['Q7B_FOOD', 'Q7FOOD', 'Q7FOOD', 'Q7FOOD'],
  Q7C_SHOPS: ['Q7C_SHOPS', 'Q7STORE', 'Q7STORE', 'Q7STORE'],
  Q7D_SIGNS: ['Q7D_SIGNS', 'Q7SIGN', 'Q7SIGN', 'Q7SIGN'],
  Q7E_WALK: ['Q7E_WALK', 'Q7WALKWAYS', 'Q7WALKWAYS', 'Q7WALKWAYS'],
  Q7F_SCREENS: ['Q7F_SCREENS', 'Q7SCREENS', 'Q7SCREENS', 'Q7SCREENS'],
  Q7G_INFOARR: ['Q7G_INFOARR', 'Q7INFODOWN', 'Q7INFODOWN', 'Q7INFODOWN'],
  Q7H_INFODEP: ['Q7H_INFODEP', 'Q7INFOUP', 'Q7INFOUP', 'Q7INFOUP'],
  Q7I_WIFI: ['Q7I_WIFI', 'Q7WIFI', 'Q7WIFI', 'Q7WIFI'],
  Q7J_ROAD: ['Q7J_ROAD', 'Q7ROADS', 'Q7ROADS', 'Q7ROADS'],
  Q7K_PARK: ['Q7K_PARK', 'Q7PARK', 'Q7PARK', 'Q7PARK'],
  Q7L_AIRTRAIN: ['Q7L_AIRTRAIN', 'Q7AIRTRAIN', 'Q7AIRTRAIN', 'Q7AIRTRAIN'],
  Q7M_LTPARK: ['Q7M_LTPARK', 'Q7LTPARKING', 'Q7LTPARKING', 'Q7LTPARKING'],
  Q7N_RENTAL: ['Q7N_RENTAL', 'Q7RENTAL', 'Q7RENTAL', 'Q7RENTAL'],
  Q9A_CLNBOARD: ['Q9A_CLNBOARD', 'Q9BOARDING', 'Q9BOARDING', 'Q9BOARDING'],
  Q9E_CLNBATH: ['Q9E_CLNBATH', 'Q9RESTROOM', 'Q9RESTROOM', 'Q9RESTROOM'],
  Q9F_CLNWHOLE: ['Q9F_CLNWHOLE', 'Q9ALL', 'Q9ALL', 'Q9ALL'],
};
const YEARS = [
  { year: 2013, quarter: '2013Q2' },
  { year: 2014, quarter: '2014Q3' },
  { year: 2015, quarter: '2015Q2' },
  { year: 2016, quarter: '2016Q2' },
] as const;

/** The weighted mean of a column and its base, 0 (blank) and 6 (never used) left out; read by nothing of ours. */
function rated(year: number, column: string): { n: number; native: number } {
  const rows = rawRows(file(year)).flatMap((row) => {
    const score = plainNumber(row[column]);
    const weight = plainNumber(row.WEIGHT);
    return score === undefined || score < 1 || score > 5 || weight === undefined ? [] : [{ score, weight }];
  });
  const weights = sum(rows.map(({ weight }) => weight));
  return { n: rows.length, native: sum(rows.map(({ score, weight }) => score * weight)) / weights };
}

async function upload(page: Page, button: string | RegExp, path: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: button }).click(),
  ]);
  await chooser.setFiles(path);
  await settle(page);
}

const step = (page: Page, name: string) =>
  page.getByRole('tab', { name: new RegExp(`^\\d ${name}`) }).click();

async function fill(page: Page, label: string, value: string): Promise<void> {
  await page.getByRole('textbox', { name: label, exact: true }).fill(value);
}

async function pick(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.getByTitle(option, { exact: true }).last().click();
}

async function previewAgain(page: Page): Promise<void> {
  await page.getByRole('button', { name: '重新预览' }).click();
  await settle(page);
}

async function commit(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^导入 [1-9][\d,]* 行$/ }).click();
  await page.getByText(/已从“.*”导入 [\d,]+ 行/).waitFor();
  await settle(page);
}

describe.skipIf(!hasBrowser() || !hasRealData())(
  'four questionnaires mapped in the wizard',
  { timeout: LONG },
  () => {
    let workstation: Workstation;
    let page: Page;

    beforeAll(async () => {
      workstation = await startWorkstation();
      page = workstation.page;
      await page.getByRole('button', { name: '新建' }).click();
      await page.getByRole('navigation').waitFor();
      await settle(page);
      await page.getByRole('navigation').getByRole('button', { name: '数据' }).click();
      await settle(page);
    }, LONG);

    afterAll(() => workstation?.close(), LONG);
    afterEach(() => expect(workstation.faults.splice(0)).toEqual([]));

    it('the first year takes a quarter, a place and nothing else by hand', async () => {
      await upload(page, '选择文件', file(2013));
      await step(page, '列与含义');
      await pick(page, '季度来自', '固定季度');
      await fill(page, '固定季度', '2013Q2');
      await fill(page, '研究代码', 'airport');
      await fill(page, '中文名称', '机场旅客调查');
      await fill(page, '英文名称', 'Airport survey');
      await fill(page, '问卷版本', '2013');
      await page.getByRole('combobox', { name: 'GATE 用途' }).fill('经销商代码');
      await page.getByTitle('经销商代码', { exact: true }).last().click();
      await page.keyboard.press('Escape');
      await fill(page, '全部属于城市', 'San Francisco');
      await fill(page, '全部属于省份', 'California');
      await previewAgain(page);
      expect(await page.getByText('对应关系还不完整').count()).toBe(0);
      await commit(page);
    });

    it.each(YEARS.slice(1))(
      '$year starts from the year before, with its questions matched',
      async ({ year, quarter }) => {
        await upload(page, /换一个文件|选择文件/, file(year));
        await page.getByText(/沿用上次导入“\d{4}_SFO/).waitFor();
        await step(page, '列与含义');
        expect(await page.getByLabel('问卷版本', { exact: true }).inputValue()).toBe(String(year));
        // The year is told from the file's name; the quarter of the fieldwork is not in it.
        const proposed = page.getByRole('textbox', { name: '固定季度', exact: true });
        if ((await proposed.inputValue()) !== quarter) {
          await proposed.fill(quarter);
          await previewAgain(page);
        }
        await commit(page);
      },
    );

    it('gives one series of the overall item and of every service, as the raw files have them', async () => {
      const { value: batches } = (await workstation.call('import.batches', {})) as { value: BatchView[] };
      expect(batches.map(({ rowsRejected }) => rowsRejected)).toEqual([0, 0, 0, 0]);
      expect(batches.map(({ questionnaire }) => questionnaire)).toEqual(['2016', '2015', '2014', '2013']);
      for (const [indicator, columns] of Object.entries(SERVICES))
        for (const [i, { year, quarter }] of YEARS.entries()) {
          const answer = (await workstation.call('overview.get', {
            scheme: 1,
            scope: 'overall',
            indicator,
            quarter: parseQuarter(quarter),
          })) as { value: Overview };
          const raw = rated(year, columns[i]!);
          const score = answer.value.channels[0]?.score;
          expect(score?.n, `${indicator} ${year}`).toBe(raw.n);
          expect(score!.native, `${indicator} ${year}`).toBeCloseTo(raw.native, 9);
        }
    });

    it('takes a table from the clipboard, with a place chosen by hand and remembered', async () => {
      await page.getByRole('button', { name: '粘贴表格' }).click();
      const rows = [
        'D1\t上海\t8.1\t8.3\t0.2\t30\t31',
        'D2\t杭洲\t7.9\t8.0\t0.1\t30\t31',
        '合计\t\t8\t8.1\t0.1\t60\t62',
      ];
      await page
        .getByRole('textbox', { name: '粘贴表格' })
        .fill(
          `经销商代码\t城市\t2026Q1 满意度\t2026Q2 满意度\t环比\t2026Q1 样本量\t2026Q2 样本量\n${rows.join('\n')}`,
        );
      await page.getByText('4 行 × 7 列').waitFor();
      await page.getByRole('button', { name: '使用这张表' }).click();
      await settle(page);
      await page.getByText(/^粘贴 \d{4}-\d{2}-\d{2} \d{2}:\d{2}$/).waitFor();
      await step(page, '未识别地点');
      await page.getByRole('combobox', { name: '杭洲 处理' }).click();
      await page.getByTitle('杭州市（浙江）').last().click();
      await previewAgain(page);
      await step(page, '对得分的影响');
      await page.getByText('没有已保存的结果会因此过时').waitFor();
      await step(page, '表格');
      await page.getByText('本次按规则略去 1 行、1 列').waitFor();
      await commit(page);
      await page.getByRole('tab', { name: '对应关系' }).click();
      await settle(page);
      await page.getByRole('row', { name: /杭洲 杭州市/ }).waitFor();
    });
  },
);
