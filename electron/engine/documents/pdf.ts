/**
 * ReportDocument -> PDF bytes through typst. One writer holds a compiler with the fonts loaded; the template
 * `resources/report/document.typ` lays out any document. The same document gives the same bytes.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { chartSvg, REPORT_COLOURS } from '../../../shared/report/chart-svg.ts';
import type { ReportDocument, ReportSection, ReportValue, Tone } from '../../../shared/report/document.ts';
import { fitText, formatValue, plainLine } from '../../../shared/report/format.ts';
import { REPORT_FONT, reportFontFiles } from './fonts.ts';
import { chartHeight, columnEms } from './page-fit.ts';

export interface PdfWriter {
  write: (document: ReportDocument) => Uint8Array;
}

const TEMPLATE = 'document.typ';
const DATA = 'document.json';
const CHART_WIDTH = 352;
const SUBJECT_EM = 300;
const EVICT_AFTER = 1;

function toneOf(value: ReportValue): Tone {
  return value.kind === 'absent' ? 'muted' : value.tone;
}

/** Significance is shown by shape as well as by colour. */
function markOf(value: ReportValue): string {
  if (value.kind !== 'number' || !value.signed) return '';
  return value.tone === 'better' ? '▲' : value.tone === 'worse' ? '▼' : '';
}

/** Only words are ever shortened; a number is printed whole. */
function printed(value: ReportValue, maxEm = 60) {
  const text = formatValue(value);
  return {
    text: value.kind === 'text' ? fitText(text, maxEm) : text.replaceAll(' ', '\u00a0'),
    tone: toneOf(value),
    mark: markOf(value),
  };
}

function tableData(section: ReportSection & { kind: 'table' }) {
  const limits = columnEms(section).map((em, i) => (section.half && i === 0 ? em * 2 : em));
  return {
    ...section,
    rows: section.rows.map((row) => ({
      kind: row.kind,
      depth: row.depth,
      cells: row.cells.map((cell, i) =>
        printed(
          cell,
          row.kind === 'group' || section.columns[i]!.align === 'right' ? 60 : limits[i]! - row.depth,
        ),
      ),
    })),
  };
}

function sectionData(section: ReportSection, document: ReportDocument) {
  switch (section.kind) {
    case 'figures':
      return {
        ...section,
        cards: section.cards.map((card) => ({
          ...card,
          title: fitText(card.title, 45 / Math.max(3, section.cards.length)),
          value: printed(card.value),
          lines: card.lines.map((line) => ({ label: line.label, value: printed(line.value) })),
        })),
      };
    case 'table':
      return tableData(section);
    case 'charts': {
      const height = chartHeight(document, section);
      return {
        ...section,
        chartHeight: height,
        charts: section.charts.map((chart) => ({
          title: fitText(chart.title, 32),
          unit: chart.unit,
          svg: chartSvg(chart.spec, {
            width: CHART_WIDTH,
            height,
            fontFamily: REPORT_FONT,
          }),
          reading: chart.reading.map((line) => ({ label: line.label, value: printed(line.value) })),
        })),
      };
    }
    case 'list':
      return { ...section, items: section.items.map((item) => ({ ...item, text: fitText(item.text, 128) })) };
    default:
      return section;
  }
}

function templateData(document: ReportDocument) {
  return {
    ...document,
    subject: fitText(document.subject, SUBJECT_EM),
    subjectShort: fitText(document.subject, 34),
    subjectCode: fitText(document.subjectCode, 24),
    provenance: fitText(document.provenance, 62),
    context: document.context.map((line) => ({ label: line.label, value: printed(line.value, 20) })),
    colours: REPORT_COLOURS,
    font: REPORT_FONT,
    chartWidth: CHART_WIDTH,
    sections: document.sections
      .filter((section) => section.medium !== 'sheet')
      .map((section) => sectionData(section, document)),
  };
}

/**
 * Call once on the main thread before threads write PDF. Importing this module there keeps the native library mapped:
 * were it loaded by threads alone, the last one to end would unmap it under its own clean-up and crash the process.
 */
export function pinPdfLibrary(): void {
  if (typeof NodeCompiler.create !== 'function') throw new Error('pinPdfLibrary: no compiler');
}

/** Typst's own message sits in the error's code. */
function bytesOf(compile: () => Uint8Array): Uint8Array {
  try {
    return compile();
  } catch (error) {
    const said = (error as { code?: unknown }).code ?? error;
    throw new Error(`createPdfWriter: ${plainLine(String(said))}`, { cause: error });
  }
}

/** A writer over the templates and fonts below a resources folder; costs about 0.2 s and 30 MB to create. */
export function createPdfWriter(resourcesFolder: string): PdfWriter {
  const workspace = resolve(resourcesFolder, 'report');
  const main = join(workspace, TEMPLATE);
  const data = join(workspace, DATA);
  const compiler = NodeCompiler.create({
    workspace,
    fontArgs: [{ fontBlobs: reportFontFiles(resourcesFolder).map((file) => readFileSync(file)) }],
  });
  // Read by us, so that the file may lie in an archive that only Node sees into.
  compiler.mapShadow(main, readFileSync(main));
  let written = 0;
  return {
    write(document) {
      compiler.mapShadow(data, Buffer.from(JSON.stringify(templateData(document))));
      // Straight to bytes: a compiled document held by JavaScript is only freed by a collection that V8, blind to
      // its megabytes, has no reason to start.
      const bytes = bytesOf(() => compiler.pdf({ mainFilePath: main }));
      // Memoised layout of former reports is of no use to the next; without this the process grows for ever.
      if (++written % EVICT_AFTER === 0) compiler.evictCache(0);
      return bytes;
    },
  };
}
