import { expect, test } from 'vitest';
import { chartHeight } from '../../../electron/engine/documents/page-fit.ts';
import type { DealerReportFacts } from '../../../shared/report/dealer-facts.ts';
import { dealerReport } from '../../../shared/report/dealer-report.ts';
import type { ChartsSection } from '../../../shared/report/document.ts';
import { sampleFacts } from '../../shared/report/sample-facts.ts';

function heightFor(facts: DealerReportFacts): number {
  const document = dealerReport(facts);
  return chartHeight(document, document.sections.find((s): s is ChartsSection => s.kind === 'charts')!);
}

test('a lone chart is as tall as charts get', () => {
  expect(heightFor(sampleFacts(0, { channels: 1 }))).toBe(120);
});

test('charts give way to the rest of their page, never below what can be read', () => {
  const facts = sampleFacts(0);
  const before = heightFor(facts);
  facts.alerts = [...facts.alerts, facts.alerts[0]!];
  expect(heightFor(facts)).toBeLessThan(before);
  facts.channels.push({ ...facts.channels[1]!, code: 'fourth' });
  for (const channel of facts.channels) for (const row of channel.indicators) row.name = row.name.repeat(5);
  expect(heightFor(facts)).toBeGreaterThanOrEqual(50);
  expect(heightFor(facts)).toBeLessThan(70);
});
