/** The planner's way through the plan screen in a real browser over the sample studies. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser } from '../support/browser.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openSample, settle, startWorkstation, type Workstation } from '../support/workstation.ts';

const LONG = 600_000;

describe.skipIf(!hasBrowser())('the plan screen', { timeout: LONG }, () => {
  let workstation: Workstation;
  let page: Page;

  beforeAll(async () => {
    workstation = await startWorkstation();
    page = workstation.page;
    await openSample(page);
    await page.getByRole('navigation').getByRole('button', { name: '计划' }).click();
    await settle(page);
    await page.getByText('最少需要在现有投入之外增加').waitFor({ timeout: LONG });
  }, LONG);

  afterAll(() => workstation?.close(), LONG);

  afterEach(() => {
    expect(workstation.faults.splice(0)).toEqual([]);
  });

  const lockedCells = () => page.locator('.heat td.locked').count();
  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

  it('fixes a cell, optimises the rest around it, and takes it back and forth', async () => {
    await page.locator('.heat td button').first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('锁定目标（分）').first().click();
    await dialog.getByRole('spinbutton', { name: '锁定目标（分）' }).fill('92');
    await dialog.getByRole('button', { name: '采用' }).click();
    await settle(page);
    await expect.poll(lockedCells).toBe(1);
    await button('撤销').click();
    await expect.poll(lockedCells).toBe(0);
    await button('重做').click();
    await expect.poll(lockedCells).toBe(1);
  });

  it('says how far one can get under a budget that is too small', async () => {
    await page.getByText('基线、假设与约束').click();
    await page.getByRole('tab', { name: /目标与约束/ }).click();
    await page.getByRole('combobox', { name: '设定' }).click();
    await page.getByTitle('投入预算（占现有总投入 %）').click();
    await page.getByRole('spinbutton', { name: '数值' }).fill('0.5');
    await button('添加').click();
    await page.getByText('在现有条件下达不到').waitFor();
    await page.getByText('阻碍目标的约束: 总预算').waitFor();
    await button('撤销').click();
    await page.getByText('最少需要在现有投入之外增加').waitFor();
  });

  it('takes assumptions from a table and shows their source', async () => {
    const path = join(tempFolder(), '假设.csv');
    writeFileSync(path, '指标,上限\n一次修复,90\n没有这项,80\n');
    await page.getByRole('tab', { name: /^假设/ }).click();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button('导入假设表').click()]);
    await chooser.setFiles(path);
    await page.getByText('1 行没有采用').waitFor();
    await page.getByRole('row', { name: /一次修复.*90.*导入/ }).waitFor();
  });

  it('tests the plan against its assumptions', async () => {
    await button('检验').click();
    await page.getByText(/在至少 80% 的抽样中入选/).waitFor({ timeout: LONG });
    // The fixed cell is in every draw.
    expect(await page.locator('.heat td.locked.robust').count()).toBe(1);
  });

  it('keeps a draft, edits it, writes it to Excel, approves and follows it', async () => {
    await page.getByRole('textbox', { name: '方案名称' }).fill('年度方案');
    await button('保存为草案').click();
    await page.getByText('正在编辑草案：年度方案').waitFor();
    await button('保存修改').click();
    await settle(page);
    await button('年度方案').click();
    await page.getByText('正在查看：年度方案').waitFor();
    await button('导出 Excel').click();
    await page.getByText('已写入').waitFor();
    await button('返回编辑').click();
    await button('批准').click();
    await page.locator('.ant-popconfirm').getByRole('button', { name: '确定' }).click();
    await page.getByText('跟踪与考核').click();
    await page.getByText(/达到目标 .* 分的概率为/).waitFor({ timeout: LONG });
  });
});
