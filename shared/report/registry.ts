import type { Bilingual } from '../domain/language.ts';
import type { DealerReportFacts } from './dealer-facts.ts';
import { dealerReport } from './dealer-report.ts';
import type { ReportDocument } from './document.ts';

/** A report template: from facts to a document, pure and deterministic. `id` is also the document's `template`. */
export interface ReportTemplate {
  id: string;
  name: Bilingual;
  build: (facts: DealerReportFacts) => ReportDocument;
}

/** Every template. To add one: write its file, add its line here. */
export const REPORT_TEMPLATES = [
  { id: 'dealer', name: { zh: '经销商季度报告', en: 'Dealer quarterly report' }, build: dealerReport },
] as const satisfies readonly ReportTemplate[];

/** The id of a template. */
export type ReportTemplateId = (typeof REPORT_TEMPLATES)[number]['id'];

/** The document of a template. Throws on an unknown id. Example: `buildReport('dealer', facts).title`. */
export function buildReport(id: ReportTemplateId, facts: DealerReportFacts): ReportDocument {
  const template = REPORT_TEMPLATES.find((entry) => entry.id === id);
  if (!template) throw new RangeError(`buildReport: template ${id}`);
  return template.build(facts);
}
