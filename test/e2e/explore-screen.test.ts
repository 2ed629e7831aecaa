/** The analyst's way through the free analysis in a real browser over two quarters of the in-house study. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { settle, startWorkstation, type Workstation } from '../support/workstation.ts';

const LONG = 600_000;
const SAMPLE = join(import.meta.dirname, '../../resources/sample');

describe.skipIf(!hasBrowser())('the free analysis', { timeout: LONG }, () => {
  let workstation: Workstation;
  let page: Page;
  let folder: string;

  beforeAll(async () => {
    workstation = await startWorkstation();
    page = workstation.page;
    folder = mkdtempSync(join(tmpdir(), 'csi-explore-screen-'));
    const ask = async (name: string, input: object) => {
      const answer = (await workstation.call(name, input)) as { ok: boolean };
      if (!answer.ok) throw new Error(JSON.stringify(answer));
    };
    await ask('app.create', { path: join(folder, 'explore.csi') });
    const mapping = JSON.parse(
      readFileSync(join(SAMPLE, 'mappings/in-house-2025.mapping.json'), 'utf8'),
    ) as object;
    for (const quarter of ['2026Q2', '2026Q3'])
      await ask('import.commit', { path: join(SAMPLE, `data/in-house-${quarter}.csv`), mapping });
    await page.getByRole('navigation').first().waitFor();
    await settle(page);
    await page.getByRole('navigation').getByRole('button', { name: '自由分析' }).click();
    await settle(page);
  }, LONG);

  afterAll(async () => {
    await workstation?.close();
    rmSync(folder, { recursive: true, force: true });
  }, LONG);

  afterEach(() => {
    expect(workstation.faults.splice(0)).toEqual([]);
  });

  const choose = async (label: string, title: string) => {
    await page.getByRole('combobox', { name: label, exact: true }).click();
    await page.keyboard.type(title);
    await page.locator('.ant-select-dropdown:visible').getByTitle(title, { exact: true }).first().click();
    await settle(page);
  };
  const rows = () => page.locator('.explore-table tbody tr').count();
  const table = () => page.locator('.explore-table');

  it('builds a table and goes down and up in it', async () => {
    expect(await rows()).toBe(8);
    await table().getByRole('button', { name: '华南', exact: true }).click();
    await settle(page);
    await page.getByRole('button', { name: '广东省' }).waitFor();
    await page.getByRole('button', { name: '返回上一级' }).click();
    await settle(page);
    expect(await rows()).toBe(8);
  });

  it('groups by answers, keeps the view and restores it', async () => {
    await choose('列', '年龄段');
    await choose('第二数值', '与其余相比');
    const before = await table().innerText();
    await page.getByRole('button', { name: '另存为' }).click();
    await page.getByRole('textbox', { name: '视图名称' }).fill('年龄与大区');
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存视图“年龄与大区”').waitFor();
    await page.getByRole('button', { name: '重新开始' }).click();
    await settle(page);
    expect(await table().innerText()).not.toBe(before);
    await choose('视图', '年龄与大区');
    expect(await table().innerText()).toBe(before);
  });

  it('says how a figure was computed, down to the lines of the file', async () => {
    await page.locator('.explore-table .figure-button').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('计算步骤').waitFor();
    await drawer.getByText('背后的答卷').waitFor();
    await settle(page);
    await expect.poll(() => drawer.locator('.trace-rows tbody tr').count()).toBe(20);
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
  });

  it('copies the table as it is printed', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: '复制表格' }).click();
    await page.getByText(/^已复制 8 行/).waitFor();
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).split(/\r?\n/);
    expect(lines).toHaveLength(1 + (await rows()));
    expect(lines[0]).toMatch(/^大区\t/);
    const printed = await table().locator('.figure-button').first().innerText();
    expect(lines[1]!.split('\t').slice(0, 2)).toEqual(['合计', printed.trim()]);
  });

  it('writes the table to a workbook and the chart to a picture', async () => {
    for (const [item, magic] of [
      ['Excel 工作簿', 'PK'],
      ['图表图片', '\u0089PNG'],
    ] as const) {
      await page.getByRole('button', { name: '导出' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: item }).click(),
      ]);
      expect(
        readFileSync(await download.path())
          .toString('latin1')
          .startsWith(magic),
      ).toBe(true);
    }
  });

  it('prints a table that is wider than the paper in blocks that begin with the heads of the rows', async () => {
    await page.getByRole('button', { name: '重新开始' }).click();
    await settle(page);
    await choose('列', '年龄段');
    await choose('列 · 再按', '季度');
    await choose('第二数值', '样本量');
    const heads = () => page.locator('.explore-table tbody tr:first-child th').allInnerTexts();
    expect(await heads()).toEqual(['合计']);
    const columns = await page.locator('.explore-table thead th[data-column]').count();
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect((await heads()).length).toBeGreaterThan(1);
    expect(new Set(await heads())).toEqual(new Set(['合计']));
    expect(await page.locator('.explore-table thead th[data-column]').count()).toBe(columns);
    const ends = await page
      .locator('.explore-table')
      .evaluateAll((tables) => tables.map((one) => one.scrollWidth - one.parentElement!.clientWidth));
    expect(Math.max(...ends)).toBeLessThanOrEqual(0);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await heads()).toEqual(['合计']);
  });

  it('draws a second value of a table without columns once it is there', async () => {
    await page.getByRole('button', { name: '重新开始' }).click();
    await settle(page);
    await choose('列', '（无）');
    await choose('第二数值', '样本量');
    expect(await table().locator('thead th').allInnerTexts()).toEqual(['大区', '得分', '样本量']);
    await page.locator('.chart canvas').first().waitFor();
  });

  it('traces a score of the quarter close too', async () => {
    await page.getByRole('navigation').getByRole('button', { name: '季度小结' }).click();
    await settle(page);
    await page.locator('.big-figure .figure-button').first().click();
    await page.getByRole('dialog').getByText('题目与权重').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  });

  it('traces a score of the overview too', async () => {
    await page.getByRole('navigation').getByRole('button', { name: '总览' }).click();
    await settle(page);
    await page.locator('.card-trace').first().click();
    await page.getByRole('dialog').getByText('题目与权重').waitFor();
    await page.keyboard.press('Escape');
  });
});
