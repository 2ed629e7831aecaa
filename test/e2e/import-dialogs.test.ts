import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openTable } from '../../electron/engine/importers/registry.ts';
import type { BatchView, PlaceAlias } from '../../shared/calls/import.ts';
import { hasBrowser } from '../support/browser.ts';
import { settle, startWorkstation, type Workstation } from '../support/workstation.ts';

const LONG = 600_000;
const HEADER = ['经销商代码', '城市', '日期', '总体满意度', '服务满意度', '裸车价'];
const CITIES = ['上海', '北京', '广州'];

/** Two good rows a dealer, one with a day that does not exist. */
const ROWS = [
  ...Array.from({ length: 30 }, (_, i) => [
    `SH0${i % 3}`,
    CITIES[i % 3]!,
    `2026-05-${10 + (i % 9)}`,
    String(5 + (i % 6)),
    String(4 + (i % 7)),
    `${(12 + i * 0.5).toFixed(2)}万元`,
  ]),
  ['SH00', '上海', '2026-02-30', '8', '8', '20万'],
];

describe.skipIf(!hasBrowser())('the dialogs of bringing data in', () => {
  const folder = mkdtempSync(join(tmpdir(), 'csi-dialogs-'));
  let workstation: Workstation;
  let page: Page;

  beforeAll(async () => {
    workstation = await startWorkstation();
    page = workstation.page;
    await page.getByRole('button', { name: '新建' }).click();
    await page.getByRole('navigation').waitFor();
    await settle(page);
  }, LONG);

  afterAll(async () => {
    await workstation?.close();
    rmSync(folder, { recursive: true, force: true });
  }, LONG);
  afterEach(() => expect(workstation.faults.splice(0)).toEqual([]));

  const value = async <T>(name: string, input: unknown = {}) =>
    ((await workstation.call(name, input)) as { value: T }).value;

  async function go(screen: string, tab?: string): Promise<void> {
    await page.getByRole('navigation').getByRole('button', { name: screen }).click();
    if (tab !== undefined) await page.getByRole('tab', { name: tab, exact: true }).click();
    await settle(page);
  }

  async function upload(button: string | RegExp, path: string): Promise<void> {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: button }).click(),
    ]);
    await chooser.setFiles(path);
    await settle(page);
  }

  it('take what a spreadsheet put on the clipboard, cells with line ends and quotation marks too', async () => {
    await go('数据');
    await page.getByRole('button', { name: '粘贴表格' }).click();
    const header = HEADER.map((name) => (name === '城市' ? '"城\n市"' : name));
    const plain = [header, ...ROWS].map((row) => row.join('\t')).join('\r\n');
    const cells = (row: readonly string[]) => row.map((cell) => `<td>${cell}</td>`).join('');
    const html = `<table>${[HEADER, ...ROWS].map((row) => `<tr>${cells(row)}</tr>`).join('')}</table>`;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.evaluate(
      ([text, markup]) =>
        navigator.clipboard.write([
          new ClipboardItem({
            'text/plain': new Blob([text!], { type: 'text/plain' }),
            'text/html': new Blob([markup!], { type: 'text/html' }),
          }),
        ]),
      [plain, html],
    );
    await page.getByRole('textbox', { name: '粘贴表格' }).focus();
    await page.keyboard.press('Control+V');
    await page.getByText('32 行 × 6 列').waitFor();
    await page.getByRole('button', { name: '使用这张表' }).click();
    await settle(page);
    await page.getByText('城 市', { exact: true }).first().waitFor();
    await page.getByText(/万元/).first().waitFor();
    await page.getByRole('checkbox', { name: /跳过有错误的 1 行/ }).check();
    await page.getByRole('button', { name: '导入 30 行' }).click();
    await settle(page);
    await page.getByText('另有 1 行未导入').waitFor();
  });

  it('show the rows kept out, write them to a file, and take it back corrected', async () => {
    await go('数据', '导入批次');
    await page.getByRole('button', { name: '待更正 1 行' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('在日历上不存在').waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('button', { name: '导出有错误的行' }).click(),
    ]);
    const path = join(folder, 'open.xlsx');
    await download.saveAs(path);
    await dialog.getByRole('button', { name: '关闭' }).last().click();
    const table = await openTable(path);
    const lines: string[] = [table.headers.join(',')];
    for await (const { cells } of table.rows())
      lines.push(cells.map((cell) => String(cell ?? '').replaceAll(/[,"\n]/g, ' ')).join(','));
    await table.close();
    const corrected = join(folder, 'corrected.csv');
    writeFileSync(corrected, lines.join('\n').replace('2026-02-30', '2026-05-30'));
    await page.getByRole('tab', { name: '导入', exact: true }).click();
    await upload(/换一个文件|选择文件/, corrected);
    await page.getByText(/更正文件，还有 1 行待更正/).waitFor();
    await page.getByRole('button', { name: '导入 1 行' }).click();
    await settle(page);
    await expect
      .poll(async () => (await value<BatchView[]>('import.batches')).map(({ rowsLoaded }) => rowsLoaded))
      .toEqual([1, 30]);
    await page.getByRole('tab', { name: '导入批次' }).click();
    await settle(page);
    expect(await page.getByRole('button', { name: /待更正/ }).count()).toBe(0);
  });

  it('join the columns of a question with several answers, with the answers to be worded one by one', async () => {
    const path = join(folder, '2026Q1.csv');
    const boxes = ['Q5_1 原因_价格', 'Q5_2 原因_品牌', 'Q5_3 原因_口碑'];
    const rows = Array.from({ length: 30 }, (_, i) =>
      [
        `SH0${i % 3}`,
        '上海',
        `2026-02-${10 + (i % 9)}`,
        5 + (i % 6),
        4 + (i % 7),
        i & 1,
        (i >> 1) & 1,
        1,
      ].join(','),
    );
    writeFileSync(path, [[...HEADER.slice(0, 5), ...boxes].join(','), ...rows].join('\n'));
    await go('数据', '导入');
    await upload(/换一个文件|选择文件/, path);
    await page.getByRole('tab', { name: /列与含义/ }).click();
    await page.getByRole('button', { name: '合并 Q5 原因' }).click();
    await page.getByRole('button', { name: '重新预览' }).click();
    await settle(page);
    await page.getByRole('button', { name: 'Q5 原因 编辑…' }).click();
    const answers = page.getByRole('dialog').getByRole('textbox', { name: /^文件中的值/ });
    expect(await Promise.all((await answers.all()).map((one) => one.inputValue()))).toEqual([
      '口碑',
      '价格',
      '品牌',
    ]);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /取\s*消/ })
      .click();
    await page.getByRole('tab', { name: /逐行核对/ }).click();
    await page.getByText('价格、品牌、口碑').first().waitFor();
    await page.getByRole('button', { name: '导入 30 行' }).click();
    await settle(page);
    await page.getByText('已从“2026Q1.csv”导入 30 行').waitFor();
  });

  it('match a dealer of the service visits by hand, remember it, and let it be changed and forgotten', async () => {
    const visits = Array.from(
      { length: 20 },
      (_, i) => `LSV${i},${i < 8 ? 'SH0O' : 'SH01'},王芳,2026-0${1 + (i % 6)}-11`,
    );
    const path = join(folder, 'visits.csv');
    writeFileSync(path, ['VIN,经销商代码,服务顾问,进店日期', ...visits].join('\n'));
    await go('流失与战败');
    await upload('导入进店记录', path);
    await page.getByText('8 行有问题').waitFor();
    await page.getByRole('combobox', { name: 'SH0O 处理' }).click();
    await page.getByTitle('SH00', { exact: true }).first().click();
    await page.getByRole('button', { name: '按以上选择重新读取' }).click();
    await settle(page);
    await page.getByText('20 次进店，20 名客户，2 家经销商').waitFor();
    await page.getByRole('button', { name: '导入', exact: true }).click();
    await page.getByText('进店记录已导入').waitFor();
    const targets = async () => (await value<PlaceAlias[]>('aliases.list')).map(({ target }) => target);
    expect(await targets()).toEqual(['SH00']);
    await go('数据', '对应关系');
    await page.getByRole('button', { name: /编辑.* SH0O/ }).click();
    await page.getByRole('dialog').getByRole('combobox').click();
    await page.getByTitle('SH02', { exact: true }).last().click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /保\s*存/ })
      .click();
    await expect.poll(targets).toEqual(['SH02']);
    await page.getByRole('button', { name: '删除 SH0O' }).click();
    await page
      .getByRole('tooltip')
      .getByRole('button', { name: /确\s*定/ })
      .click();
    await expect.poll(targets).toEqual([]);
  });
});
