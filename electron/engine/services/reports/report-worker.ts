// A thread that turns one dealer's facts into files: the calling path stays free, and a second core is used.
import { parentPort, workerData } from 'node:worker_threads';
import type { DealerReportFacts } from '../../../../shared/report/dealer-facts.ts';
import type { ReportDocument } from '../../../../shared/report/document.ts';
import { buildReport, type ReportTemplateId } from '../../../../shared/report/registry.ts';
import { sha256Hex, writeAtomically } from '../../documents/atomic-file.ts';
import type { ReportFailure, ReportFormat } from '../../documents/manifest.ts';
import type { PdfWriter } from '../../documents/pdf.ts';
import { writeReportXlsx } from '../../documents/xlsx.ts';

/** One dealer to render; `temporary` lies in the folder of `path`. */
export interface RenderTask {
  template: ReportTemplateId;
  facts: DealerReportFacts;
  files: { format: ReportFormat; path: string; temporary: string }[];
}

export interface RenderAnswer {
  made: { format: ReportFormat; bytes: number; sha256: string }[];
  failure: Pick<ReportFailure, 'code' | 'message'> | null;
}

const { resourcesFolder } = workerData as { resourcesFolder: string };
const port = parentPort!;
let pdf: PdfWriter | null = null;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function bytesOf(format: ReportFormat, document: ReportDocument): Promise<Uint8Array> {
  if (format === 'xlsx') return writeReportXlsx(document);
  pdf ??= (await import('../../documents/pdf.ts')).createPdfWriter(resourcesFolder);
  return pdf.write(document);
}

async function render(task: RenderTask): Promise<RenderAnswer> {
  const made: RenderAnswer['made'] = [];
  let code: ReportFailure['code'] = 'render-failed';
  try {
    const document = buildReport(task.template, task.facts);
    for (const { format, path, temporary } of task.files) {
      code = 'render-failed';
      const bytes = await bytesOf(format, document);
      code = 'write-failed';
      writeAtomically(path, temporary, bytes);
      made.push({ format, bytes: bytes.length, sha256: sha256Hex(bytes) });
    }
    return { made, failure: null };
  } catch (error) {
    return { made, failure: { code, message: messageOf(error) } };
  }
}

port.on('message', async (task: RenderTask) => port.postMessage(await render(task)));
