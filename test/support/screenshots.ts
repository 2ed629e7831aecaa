/** Makes the pictures of the README: run it with Node 24; it writes them to resources/screenshots. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openSample, settle, startWorkstation } from './workstation.ts';

const ROOT = join(import.meta.dirname, '../..');
const FOLDER = join(ROOT, 'resources/screenshots');
const SAMPLE_FILE = join(ROOT, 'resources/sample/data/in-house-2026Q3.csv');
const MAPPING_FILE = join(ROOT, 'resources/sample/mappings/in-house-2025.mapping.json');
const MOST_BYTES = 250_000;

const scratch = mkdtempSync(join(tmpdir(), 'csi-pictures-'));

/** The next quarter's file, as a user brings it: the last one of the sample, moved to the quarter after. */
function nextFile(): string {
  const path = join(scratch, 'in-house-2026Q4.csv');
  const last = readFileSync(SAMPLE_FILE, 'utf8').replaceAll('-8106-', '-8107-');
  writeFileSync(path, last.replaceAll(/2026-0[789]-/g, '2026-10-'));
  return path;
}

async function go(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: screen }).click();
  await settle(page);
}

async function choose(page: Page, button: string, file: string): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: button }).click(),
  ]);
  await chooser.setFiles(file);
  await settle(page);
}

const STEPS: { name: string; prepare(page: Page): Promise<void> }[] = [
  { name: 'overview', prepare: (page) => go(page, '总览') },
  { name: 'quarter-close', prepare: (page) => go(page, '季度小结') },
  { name: 'alerts', prepare: (page) => go(page, '预警') },
  { name: 'forecast', prepare: (page) => go(page, '预测') },
  { name: 'explore', prepare: (page) => go(page, '自由分析') },
  { name: 'channels', prepare: (page) => go(page, '渠道对照') },
  { name: 'weak-points', prepare: (page) => go(page, '短板检索') },
  { name: 'lost-customers', prepare: (page) => go(page, '流失与战败') },
  { name: 'places', prepare: (page) => go(page, '地区与经销商') },
  {
    name: 'plan',
    async prepare(page) {
      await go(page, '计划');
      await page.getByText('自然走势与季度里程碑正在计算').waitFor({ state: 'detached', timeout: 60_000 });
      await settle(page);
    },
  },
  {
    name: 'import',
    async prepare(page) {
      await go(page, '数据');
      await choose(page, '选择文件', nextFile());
      await page.getByText('逐行核对').waitFor();
      await choose(page, '从 JSON 文件载入', MAPPING_FILE);
      await page.getByText('逐行核对').waitFor();
      await page.locator('.ant-table-tbody tr').nth(8).waitFor();
      await settle(page);
    },
  },
  {
    name: 'reports',
    async prepare(page) {
      await go(page, '报告');
      await page.getByLabel('数量').click();
      await page.getByTitle('前 10 家（试做）').click();
      await page.getByRole('button', { name: '开始生成' }).click();
      await page.getByText('已生成 10 家').waitFor({ timeout: 120_000 });
      await settle(page);
    },
  },
  {
    name: 'overview-en-dark',
    async prepare(page) {
      await go(page, '总览');
      await page.getByRole('button', { name: '切换到深色外观' }).click();
      await page.getByText('EN', { exact: true }).click();
      await settle(page);
    },
  },
];

mkdirSync(FOLDER, { recursive: true });
const workstation = await startWorkstation();
try {
  const { page } = workstation;
  await openSample(page);
  for (const { name, prepare } of STEPS) {
    await prepare(page);
    const path = join(FOLDER, `${name}.png`);
    await page.screenshot({ path });
    const { size } = statSync(path);
    console.log(`${name}.png ${Math.round(size / 1000)} kB`);
    if (size > MOST_BYTES) throw new Error(`${path} is larger than ${MOST_BYTES} bytes`);
  }
} finally {
  await workstation.close();
  rmSync(scratch, { recursive: true, force: true });
}
