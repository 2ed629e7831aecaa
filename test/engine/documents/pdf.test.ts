import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createPdfWriter, type PdfWriter } from '../../../electron/engine/documents/pdf.ts';
import type { DealerReportFacts } from '../../../shared/report/dealer-facts.ts';
import { dealerReport } from '../../../shared/report/dealer-report.ts';
import { sampleFacts } from '../../shared/report/sample-facts.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const RESOURCES = join(import.meta.dirname, '../../../resources');
const TOOLS = ['pdfinfo', 'pdffonts', 'pdftotext'];
const noPoppler = TOOLS.some((tool) => spawnSync(tool, ['-v']).error !== undefined);

let writer: PdfWriter;
beforeAll(() => {
  writer = createPdfWriter(RESOURCES);
});

function poppler(tool: string, facts: DealerReportFacts, ...options: string[]): string {
  const path = join(tempFolder(), 'report.pdf');
  writeFileSync(path, writer.write(dealerReport(facts)));
  const output = tool === 'pdftotext' ? ['-'] : [];
  return spawnSync(tool, [...options, path, ...output], { encoding: 'utf8' }).stdout;
}

/** The fullest report there can be: long names everywhere, more channels, alerts and targets than are printed. */
function fullest(language: 'zh-CN' | 'en'): DealerReportFacts {
  const zh = language === 'zh-CN';
  const name = zh
    ? '上海浦东新区张江高科技园区星越尊荣汽车销售服务有限公司'.repeat(11)
    : 'Star Premium Automobile Sales and Service Co., Ltd. '.repeat(6);
  const facts = sampleFacts(2, { name, factors: 14, language });
  for (const channel of facts.channels) {
    channel.name += zh ? '（授权维修站客户专项）' : ' among customers of authorised workshops';
    for (const row of channel.indicators) {
      row.name += zh ? '以及相关的详细说明文字内容' : ' with a rather long name that explains what was asked';
      row.gapToRegion = { kind: 'difference', points100: -22.2, significance: 'lower' };
    }
  }
  const [first] = facts.channels;
  facts.channels.push({ ...first!, code: 'fourth' }, { ...first!, code: 'fifth' });
  facts.alerts = Array.from({ length: 9 }, () => facts.alerts[0]!);
  facts.plan!.targets = Array.from({ length: 9 }, () => facts.plan!.targets[0]!);
  facts.provenance.schemeName = facts.provenance.schemeName.repeat(9);
  return facts;
}

test('the same facts give the same bytes, also from another writer and after other reports', () => {
  const first = writer.write(dealerReport(sampleFacts(1)));
  writer.write(dealerReport(sampleFacts(2)));
  expect(Buffer.from(writer.write(dealerReport(sampleFacts(1)))).equals(first)).toBe(true);
  const other = createPdfWriter(RESOURCES).write(dealerReport(sampleFacts(1)));
  expect(Buffer.from(other).equals(first)).toBe(true);
});

test('names the fault when a template cannot be laid out, and goes on working', () => {
  const broken = { ...dealerReport(sampleFacts(0)), date: 'yesterday' };
  expect(() => writer.write(broken)).toThrow(/createPdfWriter: .*\S/);
  expect(writer.write(dealerReport(sampleFacts(0))).length).toBeGreaterThan(10_000);
});

describe.skipIf(noPoppler)('read back by poppler (skipped where pdfinfo is not installed)', () => {
  test('has two A4 pages, its title and no date but the one given', () => {
    const info = poppler('pdfinfo', sampleFacts(0));
    expect(info).toMatch(/Pages: +2\n/);
    expect(info).toMatch(/A4/);
    expect(info).toMatch(/Title: +经销商满意度季度报告 D0001 2026Q3/);
    expect(info).toMatch(/CreationDate: +Thu Oct 15 .*2026/);
  });

  test.each(['zh-CN', 'en'] as const)(
    'keeps to two pages with the longest names and lists in %s',
    (language) => {
      expect(poppler('pdfinfo', fullest(language))).toMatch(/Pages: +2\n/);
    },
  );

  test('keeps to two pages when there is nothing to say', () => {
    expect(poppler('pdfinfo', sampleFacts(0, { channels: 0 }))).toMatch(/Pages: +2\n/);
  });

  test('embeds every font as a subset', () => {
    const fonts = poppler('pdffonts', sampleFacts(0)).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThanOrEqual(2);
    for (const line of fonts) expect(line).toMatch(/\+NotoSansSC-(Regular|Bold) .* yes +yes +yes /);
  });

  test('shows text from the data as text, whatever it looks like', () => {
    const facts = sampleFacts(0, { name: '#import "x.typ" *_$<b>&' });
    const [channel] = facts.channels;
    channel!.name = '=SUM(A1) #panic("x")';
    const words = poppler('pdftotext', facts, '-layout');
    expect(words).toContain('#import "x.typ" *_$<b>&');
    expect(words).toContain('=SUM(A1) #panic("x")');
  });

  test('prints dealer, quarter, provenance, page numbers and a dash for what is absent', () => {
    const words = poppler('pdftotext', sampleFacts(0), '-layout').replaceAll(' ', '');
    for (const part of ['苏州星越华东汽车销售服务有限公司', '2026Q3', '数据快照7f3a91c2', '第2页/共2页', '—'])
      expect(words).toContain(part);
  });
});
