import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AppStatus } from '../../shared/calls/app.ts';
import type { Catalog } from '../../shared/calls/catalog.ts';
import type { ReportFiles } from '../../shared/calls/reports.ts';
import type { Envelope } from '../../shared/contract.ts';
import { buildParts } from '../support/build.ts';
import { launchApp } from '../support/electron-app.ts';

const ROOT = join(import.meta.dirname, '../..');
const enabled = process.env.CSI_ELECTRON_TESTS === 'on';

describe.skipIf(!enabled)('the workstation under a genuine Electron', () => {
  const data = mkdtempSync(join(tmpdir(), 'csi-workstation-'));
  const complaints: string[] = [];
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    await buildParts([], { onlyStale: true, log: (line) => console.log(line) });
    app = await launchApp(ROOT, data);
    page = await app.firstWindow();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
  });

  afterAll(async () => {
    await app?.close();
    rmSync(data, { recursive: true, force: true });
  });

  async function ask<Value>(name: string, input: unknown): Promise<Value> {
    const envelope = (await page.evaluate(
      ([call, given]) => window.csi.call(call as string, given),
      [name, input],
    )) as Envelope<Value>;
    if (!envelope.ok) throw new Error(`${name}: ${envelope.error.code} ${envelope.error.message.en}`);
    return envelope.value;
  }

  it('opens its window on the first-run screen in Chinese', async () => {
    await page.getByRole('button', { name: /示例/ }).waitFor();
    expect(await page.title()).toContain('CSI');
  });

  it('loads the sample studies at a click and shows where satisfaction stands', async () => {
    await page.getByRole('button', { name: /示例/ }).click();
    await expect
      .poll(async () => (await ask<AppStatus>('app.status', {})).database?.name, { timeout: 280_000 })
      .toMatch(/^sample(?!-building)/);
    const { counts } = (await ask<AppStatus>('app.status', {})).database!;
    expect(counts.dealers).toBe(300);
    await page.getByText('华北').first().waitFor();
    expect(counts.responses).toBeGreaterThan(50_000);
  });

  it('exports dealer reports and lists the files it wrote', async () => {
    const { schemes } = await ask<Catalog>('catalog.get', {});
    const report = await ask<ReportFiles>('reports.run', { scheme: schemes[0]!.id, limit: 2 });
    expect([report.batch.made, report.batch.failed]).toEqual([2, 0]);
    const { files, batch } = await ask<ReportFiles>('reports.files', { batch: report.batch.id });
    const starts = files.map(({ file }) => readFileSync(join(batch.folder, file)).toString('latin1', 0, 2));
    expect(starts.sort()).toEqual(['%P', '%P', 'PK', 'PK']);
  });

  it('takes a table from the clipboard of the system', async () => {
    const rows = [
      '经销商代码\t"城\n市"\t日期\t总体满意度',
      'SH1\t上海\t2026-05-10\t8',
      'SH2\t上海\t2026-05-11\t9',
    ];
    await app.evaluate(({ clipboard }, text) => clipboard.writeText(text), rows.join('\r\n'));
    await page.getByRole('navigation').getByRole('button', { name: '数据' }).click();
    await page.getByRole('button', { name: '粘贴表格' }).click();
    await page.getByRole('textbox', { name: '粘贴表格' }).focus();
    await page.keyboard.press('Control+V');
    await page.getByText('3 行 × 4 列').waitFor();
    await page.getByRole('button', { name: '使用这张表' }).click();
    await page.getByText(/^粘贴 \d{4}-\d{2}-\d{2} \d{2}:\d{2}$/).waitFor();
    await page.getByText('城 市', { exact: true }).first().waitFor();
  });

  it('has written no error to the console', () => {
    expect(complaints).toEqual([]);
  });
});
