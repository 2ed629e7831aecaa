/** The analyst's way through dealers, region schemes and their comparisons in a real browser, down to the exported file. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readXlsx } from 'hucre/xlsx';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DealerView, SchemeView } from '../../shared/calls/places.ts';
import { hasBrowser } from '../support/browser.ts';
import { settle, startWorkstation, type Workstation } from '../support/workstation.ts';

const LONG = 600_000;
const SAMPLE = join(import.meta.dirname, '../../resources/sample');
const HEADER = '代码,名称,城市,省份,开业日期';
const GOOD = ['M0001,北京恒通新店,北京市,北京,2015-01-01', 'N0001,天津新店,天津市,天津,2020-05-01'];

describe.skipIf(!hasBrowser())('the places screen', { timeout: LONG }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'csi-places-'));
  let workstation: Workstation;
  let page: Page;

  beforeAll(async () => {
    workstation = await startWorkstation();
    page = workstation.page;
    await value('app.create', { path: join(folder, 'places.csi') });
    const mapping: unknown = JSON.parse(
      readFileSync(join(SAMPLE, 'mappings/in-house-2025.mapping.json'), 'utf8'),
    );
    for (const quarter of ['2026Q2', '2026Q3'])
      await value('import.commit', { path: join(SAMPLE, `data/in-house-${quarter}.csv`), mapping });
    await page.getByRole('navigation').first().waitFor();
    await page.getByRole('navigation').getByRole('button', { name: '地区与经销商' }).click();
    await settle(page);
  }, LONG);

  afterAll(async () => {
    await workstation?.close();
    rmSync(folder, { recursive: true, force: true });
  }, LONG);
  afterEach(() => expect(workstation.faults.splice(0)).toEqual([]));

  async function value<T>(name: string, input: unknown = {}): Promise<T> {
    const answer = (await workstation.call(name, input)) as { ok: boolean; value: T };
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    return answer.value;
  }

  const dealer = async (code: string) =>
    (await value<DealerView[]>('places.dealers')).find((one) => one.code === code);

  async function tab(name: string): Promise<void> {
    await page.getByRole('tab', { name, exact: true }).click();
    await settle(page);
  }

  async function readList(name: string, rows: readonly string[]): Promise<Locator> {
    const path = join(folder, name);
    writeFileSync(path, [HEADER, ...rows].join('\n'));
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: '导入名单' }).click(),
    ]);
    await chooser.setFiles(path);
    const dialog = page.getByRole('dialog');
    await dialog.getByText(`名单“${name}”`).waitFor();
    return dialog;
  }

  const lineOf = (within: Page | Locator, words: string) =>
    within.locator('.ant-table-row', { hasText: words });

  async function choose(field: Locator, words: string): Promise<void> {
    await field.click();
    await page.keyboard.type(words);
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
  }

  async function exported(): Promise<Map<string, (string | number | null)[][]>> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('tabpanel').getByRole('button', { name: '导出', exact: true }).click(),
    ]);
    const { sheets } = await readXlsx(readFileSync(await download.path()));
    return new Map(sheets.map(({ name, rows }) => [name, rows as (string | number | null)[][]]));
  }

  /** What the row of the index prints. */
  const printed = () =>
    page.locator('.ant-table-tbody tr.ant-table-row').first().locator('td').allInnerTexts();

  /** The scores with margins and bases (effective ones in brackets) of a written row, and the differences after each two of them, as a screen prints them. */
  function asPrinted(cells: readonly (string | number | null)[]): string[] {
    const one = (cell: string | number | null | undefined) => Number(cell).toFixed(1);
    const count = (cell: string | number | null | undefined) =>
      Math.round(Number(cell)).toLocaleString('en-US');
    const words: string[] = [];
    for (let at = 1; at < cells.length; at += 14) {
      for (const side of [at, at + 5])
        words.push(
          one(cells[side]),
          `±${one(cells[side + 1])}`,
          `${count(cells[side + 2])}(${count(cells[side + 3])})`,
        );
      words.push(`${Number(cells[at + 10]) < 0 ? '−' : '+'}${one(Math.abs(Number(cells[at + 10])))}`);
      words.push(`±${one(cells[at + 11])}`);
    }
    return words;
  }

  /** Cells of a comparison in the same form: the mark and the verdict of a difference left out. */
  const plain = (cells: readonly string[]) =>
    cells
      .flatMap((cell) => cell.split('\n'))
      .map((word) => word.replace(/^[▲▼]/, ''))
      .filter((word) => /\d/.test(word));

  it('names what is wrong with each row of a list of dealers and loads none of them', async () => {
    const dialog = await readList('有误.csv', [
      ...GOOD,
      'N0002,沈阳店,沈羊市,辽宁,2020-05-01',
      'N0003,大连店,大连市,辽宁,2020-13-01',
      'N0004,没有城市的店,,,',
      'N0005,同码一,上海市,上海,',
      'N0005,同码二,上海市,上海,',
      'm0002,小写的店,北京市,北京,',
    ]);
    for (const [code, problem] of [
      ['N0002', /没有名为“沈羊市”的城市.*沈阳/],
      ['N0003', /日期“2020-13-01”无法读取/],
      ['N0004', /^没有城市$/],
      ['m0002', /与现有代码“M0002”只差大小写/],
    ] as const)
      await lineOf(dialog, code).getByText(problem).waitFor();
    await dialog.getByText('与第 7 行的代码相同').waitFor();
    expect(await dialog.getByRole('button', { name: '导入' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: '取消' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await dealer('N0001')).toBeUndefined();
  });

  it('shows what the corrected list changes, and loads that', async () => {
    const dialog = await readList('更正.csv', GOOD);
    await lineOf(dialog, 'M0001').getByText('→ 北京恒通新店').waitFor();
    await lineOf(dialog, 'N0001').getByText('新增').waitFor();
    await dialog.getByRole('button', { name: '导入' }).click();
    await page.getByText('新增 1 家，修改 1 家').waitFor();
    expect((await dealer('M0001'))?.name).toBe('北京恒通新店');
    expect((await dealer('N0001'))?.city.name.zh).toMatch(/^天津/);
  });

  it('moves a dealer and keeps where it stood', async () => {
    await page.getByRole('searchbox').fill('M0001');
    await page.getByRole('button', { name: '北京恒通新店' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('迁址', { exact: true }).click();
    await choose(dialog.getByRole('combobox', { name: '新城市' }), '石家庄');
    await dialog.getByRole('textbox', { name: '生效日期' }).fill('2026-07-01');
    await page.keyboard.press('Enter');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await settle(page);
    const row = lineOf(page, 'M0001');
    await row.getByText('石家庄').waitFor();
    await row.getByText(/2026-07-01 前在北京/).waitFor();
  });

  it('saves a second version of a region scheme beside the first', async () => {
    await tab('区域方案');
    const [first] = (await value<SchemeView[]>('schemes.list')).filter(
      (one) => one.timing === 'as-is' && one.regions.length > 1,
    );
    await page.locator('.scheme-card', { hasText: first!.name.zh }).and(page.locator(':enabled')).click();
    await settle(page);
    await page.getByRole('textbox', { name: '生效日期' }).fill('2026-07-01');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /^河北/ }).click();
    await page.getByRole('button', { name: /划入 华东/ }).click();
    await page.getByRole('button', { name: /把选中的 .* 个城市划入“华东”/ }).click();
    await page.getByText(/^将保存为“.*”的新版本：2026-07-01 起/).waitFor();
    await page.getByRole('button', { name: '保存为新版本' }).click();
    await page.getByText('已保存', { exact: true }).waitFor();
    await settle(page);
    const versions = (await value<SchemeView[]>('schemes.list')).filter(({ code }) => code === first!.code);
    expect(versions.map(({ validFrom }) => validFrom)).toContain('2026-07-01');
    expect(versions.some(({ id }) => id === first!.id)).toBe(true);
  });

  it('compares inside with outside of a region of that version, and writes the same figures to a file', async () => {
    await tab('对比');
    await choose(page.getByRole('combobox', { name: '视为范围内的大区' }), '华东');
    await page.keyboard.press('Escape');
    await settle(page);
    const [indicator, ...figures] = await printed();
    const sheets = await exported();
    const [written, ...cells] = sheets.get('内外对比')![1]!;
    expect(written).toBe(indicator);
    expect(plain(figures)).toEqual(asPrinted(['', ...cells]));
    expect(
      sheets
        .get('趋势')!
        .slice(1)
        .map(([quarter]) => quarter),
    ).toEqual(['2026Q2', '2026Q3']);
    expect(sheets.get('说明')).toEqual(
      expect.arrayContaining([
        ['渠道', '自有调研'],
        ['时期', '2026Q3'],
        ['区域方案', expect.stringMatching(/ 2026-07-01$/)],
        ['视为范围内的大区', '华东'],
      ]),
    );
  });

  it('compares like for like, and writes whom both periods cover', async () => {
    await page.getByText('同口径对比', { exact: true }).click();
    await page.getByText(/^前期：两期共有的占/).waitFor();
    await settle(page);
    const [indicator, ...figures] = await printed();
    const sheets = await exported();
    const [written, ...cells] = sheets.get('同口径对比')![1]!;
    expect(written).toBe(indicator);
    expect(figures).toHaveLength(14);
    expect(plain(figures)).toEqual(asPrinted(['', ...cells]));
    const covered = page.getByText(/^后期：两期共有的占/);
    const [, units, common] = sheets.get('覆盖')![2]!;
    expect(await covered.innerText()).toContain(`${common} / ${units} 个单位`);
  });
});
