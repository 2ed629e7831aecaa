/** The dealer's quarterly report: two printed pages and a workbook of four sheets. */
import { formatQuarter } from '../domain/quarter.ts';
import type { DealerReportFacts } from './dealer-facts.ts';
import { alertTables, findings, standoutTables } from './dealer-findings.ts';
import { keyFigures, planTables, scoreTables } from './dealer-scores.ts';
import { trendCharts, trendData } from './dealer-trend.ts';
import { scaleName, text } from './dealer-values.ts';
import type { NoteSection, PageBreak, ReportDocument, ReportSection } from './document.ts';
import { protectSmallCells } from './protect.ts';
import { say } from './text.ts';

function notes(facts: DealerReportFacts): NoteSection {
  const { language, tiers } = facts;
  return {
    kind: 'note',
    medium: 'both',
    sheet: 'summary',
    heading: say(language, 'howToRead'),
    paragraphs: [
      say(language, 'noteScores', { unit: scaleName(facts, 'unit') }),
      say(language, 'noteSignificance'),
      say(language, 'noteTiers', { hidden: tiers.greyFrom, grey: tiers.fullFrom - 1 }),
      say(language, 'noteForecast'),
    ],
  };
}

function sections(facts: DealerReportFacts): ReportSection[] {
  const pageBreak: PageBreak = { kind: 'page-break', medium: 'page', sheet: 'summary' };
  return [
    keyFigures(facts),
    findings(facts),
    ...scoreTables(facts),
    pageBreak,
    trendCharts(facts),
    ...trendData(facts),
    ...standoutTables(facts, 'lower'),
    ...standoutTables(facts, 'higher'),
    ...alertTables(facts),
    ...planTables(facts),
    notes(facts),
  ].filter((section) => section !== null);
}

/** The dealer's place as one line; a municipality that is its own province is named once. */
function location(facts: DealerReportFacts): string {
  const { province, city } = facts.dealer;
  return province === city || province === '' ? city : `${province} · ${city}`;
}

/**
 * The dealer report of one quarter as a document. Small cells are taken out first, whatever the caller did.
 * Pure and deterministic: the same facts give the same document. Facts without channels give a report that says so.
 * Example: `dealerReport(facts).period` is `'2026Q3'`.
 */
export function dealerReport(raw: DealerReportFacts): ReportDocument {
  const facts = protectSmallCells(raw);
  const { language, dealer, provenance } = facts;
  const t = (key: Parameters<typeof say>[1]) => say(language, key);
  return {
    template: 'dealer',
    language,
    title: t('title'),
    subject: dealer.name,
    subjectCode: dealer.code,
    period: formatQuarter(facts.quarter),
    context: [
      { label: t('dealerCode'), value: text(dealer.code) },
      { label: t('region'), value: text(dealer.region) },
      { label: t('location'), value: text(location(facts)) },
      { label: t('generated'), value: text(facts.generatedOn) },
    ],
    provenance: say(language, 'provenance', {
      snapshot: provenance.snapshotId,
      scheme: provenance.schemeName,
      weights: provenance.weightSetName,
      method: provenance.methodVersion,
    }),
    pageLabel: t('page'),
    date: facts.generatedOn,
    sheetNames: {
      summary: t('sheetSummary'),
      scores: t('sheetScores'),
      trend: t('sheetTrend'),
      alerts: t('sheetAlerts'),
    },
    sections: sections(facts),
  };
}
