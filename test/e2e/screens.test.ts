import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SCREEN_NAMES } from '../../renderer/screens/names.ts';
import { dataText } from '../../renderer/text/data.ts';
import { shellText } from '../../renderer/text/shell.ts';
import { hasBrowser } from '../support/browser.ts';
import { openSample, settle, startWorkstation, type Workstation } from '../support/workstation.ts';

const SCREENS = SCREEN_NAMES.map((name) => [shellText[name].zh, shellText[name].en] as const);
const DATA_TABS = (['import', 'batches', 'mappings', 'backups', 'people', 'audit'] as const).map(
  (tab) => [dataText[tab].zh, dataText[tab].en] as const,
);

/** Latin words that Chinese business text keeps: the product, formats, the other language's own name. */
const KEPT_LATIN = new Set([
  'CSI',
  'EN',
  'PDF',
  'Excel',
  'CSV',
  'SPSS',
  'JSON',
  'xlsx',
  'sav',
  'kB',
  'MB',
  'GB',
]);
const SAMPLE_FILE = join(import.meta.dirname, '../../resources/sample/data/in-house-2026Q3.csv');
const MAPPING_FILE = join(import.meta.dirname, '../../resources/sample/mappings/in-house-2025.mapping.json');
/** Regions that the sample names in Chinese only. */
const CHINESE_ONLY = new Set(['中文', '华北', '东北', '华东', '华南', '华中', '西南', '西北']);
const LONG = 600_000;

/** What the screen says, leaving out names that belong to the data (files, codes, people). */
function visibleText(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest('code, script, style, [translate="no"]')) continue;
      if (parent.checkVisibility() && node.textContent?.trim()) texts.push(node.textContent.trim());
    }
    return texts;
  });
}

function foreignWords(texts: string[], language: 'zh' | 'en'): string[] {
  if (language === 'en')
    return texts.filter((text) =>
      (text.match(/\p{Script=Han}+/gu) ?? []).some((word) => !CHINESE_ONLY.has(word)),
    );
  return texts.filter((text) => (text.match(/[A-Za-z]{2,}/g) ?? []).some((word) => !KEPT_LATIN.has(word)));
}

describe.skipIf(!hasBrowser())('the screens over the sample data', { timeout: LONG }, () => {
  let workstation: Workstation;
  let page: Page;

  beforeAll(async () => {
    workstation = await startWorkstation();
    page = workstation.page;
    await openSample(page);
  }, LONG);

  afterAll(() => workstation?.close(), LONG);

  afterEach(() => {
    expect(workstation.faults.splice(0)).toEqual([]);
  });

  const go = async (screen: string) => {
    await page.getByRole('navigation').getByRole('button', { name: screen }).click();
    await settle(page);
  };
  const speak = async (language: 'zh' | 'en') => {
    await page.getByText(language === 'en' ? 'EN' : '中文', { exact: true }).click();
    await settle(page);
  };
  const chooseFile = async (button: string, file: string) => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: button }).click(),
    ]);
    await chooser.setFiles(file);
  };
  const expectPlain = async (language: 'zh' | 'en') => {
    expect(await page.locator('.ant-alert-error').allInnerTexts()).toEqual([]);
    const texts = await visibleText(page);
    expect(texts.length).toBeGreaterThan(20);
    expect(foreignWords(texts, language)).toEqual([]);
  };

  describe.each(['zh', 'en'] as const)('in %s', (language) => {
    const side = language === 'zh' ? 0 : 1;

    beforeAll(() => speak(language), LONG);
    afterAll(() => speak('zh'), LONG);

    it.each(SCREENS)('show %s / %s without faults and in one language', async (...names) => {
      await go(names[side]);
      await expectPlain(language);
    });

    it('show an alert on a page of its own, down to its answers', async () => {
      await go(shellText.alerts[language]);
      const openPage = page.getByRole('button', { name: ['打开详情页', 'Open the full page'][side] });
      await openPage.click();
      await settle(page);
      const panels = [
        ['下级区域的贡献', '背后的答卷'],
        ['Contributions of the areas below', 'The answers behind it'],
      ];
      for (const title of panels[side]!) await page.getByRole('heading', { name: title }).waitFor();
      await expectPlain(language);
      await page.emulateMedia({ media: 'print' });
      expect(await page.getByRole('navigation').isVisible()).toBe(false);
      expect(await page.getByRole('heading', { name: panels[side]![1] }).isVisible()).toBe(true);
      await page.emulateMedia({ media: 'screen' });
      await page.getByRole('button', { name: ['返回清单', 'Back to the list'][side] }).click();
      await openPage.click();
      await go(shellText.alerts[language]);
      await openPage.waitFor();
    });

    it.each(DATA_TABS)('show the data tab %s / %s', async (...names) => {
      await go(shellText.data[language]);
      await page.getByRole('tab', { name: names[side], exact: true }).click();
      await settle(page);
      await expectPlain(language);
    });
  });

  it('turn dark and light again', async () => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole('button', { name: '切换到深色外观' }).click();
    expect(await ground()).not.toBe(light);
    await page.getByRole('button', { name: '切换到浅色外观' }).click();
    expect(await ground()).toBe(light);
  });

  it('print an alert light and at the width of the paper while the screen is dark', async () => {
    await go('预警');
    await page.getByRole('button', { name: '打开详情页' }).click();
    await settle(page);
    await page.getByRole('button', { name: '切换到深色外观' }).click();
    await page.evaluate(() =>
      addEventListener(
        'beforeprint',
        () => {
          const { appearance } = document.documentElement.dataset;
          const width = document.querySelector('.chart')!.clientWidth;
          const margins = document.adoptedStyleSheets.map((sheet) => sheet.cssRules[0]!.cssText).join();
          document.body.dataset.printed = JSON.stringify({ appearance, width, margins });
        },
        { once: true },
      ),
    );
    await page.pdf({ preferCSSPageSize: true });
    const printed = JSON.parse((await page.locator('body').getAttribute('data-printed'))!);
    expect(printed.appearance).toBe('light');
    // A4 across, less margins and padding.
    expect(printed.width).toBeGreaterThan(900);
    expect(printed.width).toBeLessThan(1031);
    for (const said of ['2026Q3 · 第三方研究', '数据版本', 'counter(page)'])
      expect(printed.margins).toContain(said);
    expect(await page.evaluate(() => document.documentElement.dataset.appearance)).toBe('dark');
    await page.getByRole('button', { name: '切换到浅色外观' }).click();
    await page.getByRole('button', { name: '返回清单' }).click();
  });

  it('print every row of a long table, and go on with the rows in view', async () => {
    await go('地区与经销商');
    const drawn = () => page.locator('.ant-table-row').count();
    const before = await drawn();
    expect(before).toBeLessThan(300);
    await page.evaluate(() =>
      addEventListener('beforeprint', () => {
        document.body.dataset.printed = String(document.querySelectorAll('tr.ant-table-row').length);
      }),
    );
    await page.pdf({ preferCSSPageSize: true });
    expect(await page.locator('body').getAttribute('data-printed')).toBe('300');
    // How many rows beyond the frame are drawn changes by one with the height they were measured at.
    await expect.poll(drawn).toBeLessThan(before + 5);
  });

  it('print every page of a table that is browsed by page, and go back to the page shown', async () => {
    await go('流失与战败');
    const drawn = () => page.locator('tr.ant-table-row').count();
    const before = await drawn();
    expect(before).toBeLessThan(50);
    await page.pdf({ preferCSSPageSize: true });
    expect(Number(await page.locator('body').getAttribute('data-printed'))).toBeGreaterThan(1000);
    expect(await drawn()).toBe(before);
  });

  it('show margin and base beside the score of either channel, within the width of the screen', async () => {
    await go('渠道对照');
    const row = page.getByRole('row', { name: /^服务启动/ });
    expect((await row.innerText()).match(/±/g)).toHaveLength(3);
    const wider = await page.evaluate(() =>
      [...document.querySelectorAll('.ant-table-content, .ant-table-body')]
        .filter((table) => table.scrollWidth > table.clientWidth + 1)
        .map((table) => table.textContent?.slice(0, 60)),
    );
    expect(wider).toEqual([]);
  });

  it('lead from a region to its provinces and back by the path', async () => {
    await go('总览');
    await page.getByRole('button', { name: '华南', exact: true }).first().click();
    await settle(page);
    await page.getByRole('button', { name: '广东', exact: false }).first().waitFor();
    await page.getByRole('button', { name: '全国', exact: true }).click();
    await settle(page);
    await page.getByRole('button', { name: '华南', exact: true }).first().waitFor();
  });

  it('reach the content by keyboard past the navigation', async () => {
    const first = page.locator('button, a[href], input, select, textarea, [tabindex]').first();
    expect(await first.innerText()).toBe('跳到内容');
    await first.focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  });

  it('keep a note on an alert', async () => {
    await go('预警');
    await page.getByText('已知晓', { exact: true }).last().click();
    await page.getByLabel('说明').fill('区域服务经理已跟进');
    await page.getByRole('main').getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存').waitFor();
    await settle(page);
    expect(await page.getByLabel('说明').inputValue()).toBe('区域服务经理已跟进');
  });

  it('try a forecast without a quarter, and lay another curve over it', async () => {
    await go('预测');
    await page.locator('.leave-out .ant-tag').last().click();
    await page.getByText('这只是试算').waitFor({ timeout: LONG });
    await page.getByRole('checkbox', { name: '直线', exact: true }).check();
    await page.getByText('季落在 80% 区间内').waitFor({ timeout: LONG });
    await settle(page);
  });

  it('undo an import after saying what rests on it, and import the file again', async () => {
    await go('数据');
    await page.getByRole('tab', { name: '导入批次' }).click();
    await settle(page);
    await page.getByRole('button', { name: '撤销 in-house-2026Q3.csv' }).click();
    await page.getByText('将移除').waitFor();
    await page.getByRole('button', { name: '确认撤销' }).click();
    await page.getByText('确认撤销').waitFor({ state: 'hidden' });
    await page.getByRole('tab', { name: '导入', exact: true }).click();
    await chooseFile('选择文件', SAMPLE_FILE);
    await page.getByText('逐行核对').waitFor({ timeout: LONG });
    await chooseFile('从 JSON 文件载入', MAPPING_FILE);
    await settle(page);
    await page.getByRole('tab', { name: '列与含义' }).click();
    await page.getByLabel('经销商代码 用途').waitFor();
    const commit = page.getByRole('button', { name: /^导入 [\d,]+ 行$/ });
    await commit.waitFor({ timeout: LONG });
    expect(await commit.innerText()).not.toBe('导入 0 行');
    await commit.click();
    await page.getByText(/已从“in-house-2026Q3.csv”导入 [\d,]+ 行/).waitFor({ timeout: LONG });
  });

  it('make a backup and verify it', async () => {
    await go('数据');
    await page.getByRole('tab', { name: '备份' }).click();
    await settle(page);
    await page.getByRole('button', { name: '立即备份' }).click();
    await page.getByText('备份完成并已校验').waitFor({ timeout: LONG });
    await settle(page);
    await page.getByRole('button', { name: '校验', exact: true }).first().click();
    await page.getByText('校验通过').waitFor({ timeout: LONG });
  });

  it('run the forecast', async () => {
    await go('预测');
    await page.getByRole('main').getByRole('button', { name: '运行预测' }).click();
    await page.getByText('预测完成').waitFor({ timeout: LONG });
    expect(await page.locator('.outcomes li').count()).toBeGreaterThan(3);
  });

  it('save, approve and reopen a plan', async () => {
    await go('计划');
    await page.getByText('最少需要在现有投入之外增加').waitFor({ timeout: LONG });
    await page.getByRole('textbox', { name: '方案名称' }).fill('年度方案一');
    await page.getByRole('button', { name: '保存为草案' }).click();
    await page.getByRole('button', { name: '批准' }).click();
    await page.locator('.ant-popconfirm').getByRole('button', { name: '确定' }).click();
    await page.getByText('已批准').waitFor();
    await page.getByRole('button', { name: '年度方案一' }).click();
    await page.getByText('正在查看：年度方案一').waitFor();
    await page.getByRole('button', { name: '返回编辑' }).click();
  });

  it('make a trial batch of reports and offer its files', async () => {
    await go('报告');
    await page.getByLabel('数量').click();
    await page.getByTitle('前 10 家（试做）').click();
    await page.getByRole('button', { name: '开始生成' }).click();
    await page.getByText('已生成 10 家，失败 0 家').waitFor({ timeout: LONG });
    await page.getByRole('tab', { name: '文件（20）' }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('button', { name: /^下载 / })
        .first()
        .click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.(pdf|xlsx)$/);
  });
});
