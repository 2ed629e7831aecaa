import { strFromU8, unzipSync } from 'fflate';
import { readXlsx } from 'hucre/xlsx';
import { expect, test } from 'vitest';
import { writeReportXlsx } from '../../../electron/engine/documents/xlsx.ts';
import type { ScoreFigure } from '../../../shared/report/dealer-facts.ts';
import { dealerReport } from '../../../shared/report/dealer-report.ts';
import { sampleFacts } from '../../shared/report/sample-facts.ts';

function parts(bytes: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]));
}

test('holds four sheets in the report language', async () => {
  const zh = await readXlsx(await writeReportXlsx(dealerReport(sampleFacts(0))));
  expect(zh.sheets.map((sheet) => sheet.name)).toEqual(['概要', '得分', '趋势', '预警']);
  const en = await readXlsx(await writeReportXlsx(dealerReport(sampleFacts(0, { language: 'en' }))));
  expect(en.sheets.map((sheet) => sheet.name)).toEqual(['Summary', 'Scores', 'Trend', 'Alerts']);
});

test('keeps scores as numbers with their full value and shows absent ones as a dash', async () => {
  const facts = sampleFacts(0);
  const book = await readXlsx(await writeReportXlsx(dealerReport(facts)));
  const [, scores] = book.sheets;
  const total = facts.channels.reduce((sum, channel) => sum + channel.indicators.length, 0);
  expect(scores!.rows).toHaveLength(total + 2);
  const top = facts.channels[0]!.indicators[0]!.dealer as ScoreFigure;
  expect(scores!.rows[2]!.slice(0, 6)).toEqual([
    '第三方调研',
    '总体满意度',
    top.native,
    top.score100,
    top.margin100,
    top.n,
  ]);
  expect(scores!.rows.at(-1)!.at(-1)).toBe('—');
});

test('gives each channel a native line chart over blank, never zero, gaps', async () => {
  const facts = sampleFacts(0);
  facts.channels[0]!.trend!.points[3]!.dealer = { kind: 'absent', reason: 'no-data' };
  const bytes = await writeReportXlsx(dealerReport(facts));
  const charts = [...parts(bytes)].filter(([name]) => /charts\/chart\d+\.xml$/.test(name));
  expect(charts).toHaveLength(3);
  for (const [, xml] of charts) expect(xml).toMatch(/<c:lineChart>.*<c:dispBlanksAs val="gap"\/>/s);
  const trend = (await readXlsx(bytes)).sheets[2]!;
  const first = trend.rows.findIndex((row) => row[0] === '季度') + 1;
  expect(trend.rows[first + 3]![1] ?? null).toBeNull();
});

test('freezes the head of the score table and prints on A4', async () => {
  const files = parts(await writeReportXlsx(dealerReport(sampleFacts(0))));
  const scores = files.get('xl/worksheets/sheet2.xml')!;
  expect(scores).toMatch(/<pane [^>]*ySplit="2"[^>]*state="frozen"/);
  expect(scores).toMatch(/<pageSetup [^>]*paperSize="9"/);
  expect(scores).toMatch(/<autoFilter ref="A2:V\d+"/);
});

test.each(['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'])(
  'text that starts with %j is a string cell, never a formula',
  async (lead) => {
    const text = `${lead}HYPERLINK("http://x","y")`;
    const facts = sampleFacts(0, { name: text });
    for (const channel of facts.channels) channel.name = text;
    facts.channels[0]!.indicators[0]!.name = text;
    const files = parts(await writeReportXlsx(dealerReport(facts)));
    for (const [name, xml] of files)
      if (name.startsWith('xl/worksheets/')) expect(xml, name).not.toMatch(/<f[ >]/);
    expect(files.get('xl/sharedStrings.xml')).toContain('HYPERLINK(');
  },
);

test('the same facts give the same bytes', async () => {
  const first = await writeReportXlsx(dealerReport(sampleFacts(3)));
  const second = await writeReportXlsx(dealerReport(sampleFacts(3)));
  expect(Buffer.from(second).equals(Buffer.from(first))).toBe(true);
  const files = parts(first);
  expect(files.get('docProps/core.xml')).toContain('2026-10-15T00:00:00');
});

test('a report without channels still opens', async () => {
  const book = await readXlsx(await writeReportXlsx(dealerReport(sampleFacts(0, { channels: 0 }))));
  expect(book.sheets[0]!.rows[0]![0]).toBe(sampleFacts(0).dealer.name);
});
