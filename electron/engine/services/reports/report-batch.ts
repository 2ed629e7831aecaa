/**
 * Renders a batch of reports on worker threads: knows nothing of SQL, takes facts one dealer at a time. Every file
 * is written under a temporary name, forced to disk and renamed, then journalled; run again with the same arguments
 * after any crash or cancellation, and it verifies what is there and makes the rest. A failed dealer is listed and
 * tried again by the next run; it never stops the others.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../../../shared/errors.ts';
import type { DealerReportFacts } from '../../../../shared/report/dealer-facts.ts';
import type { ReportTemplateId } from '../../../../shared/report/registry.ts';
import { hasContent, syncFolderOf, writeAtomically } from '../../documents/atomic-file.ts';
import { uniqueFileStems } from '../../documents/file-name.ts';
import {
  manifestCsv,
  manifestJson,
  type ReportFailure,
  type ReportFile,
  type ReportFormat,
  type ReportManifest,
} from '../../documents/manifest.ts';
import type { ReportJournal } from './report-journal.ts';
import { type JournalEntry, journalIdentity, journalKey, openReportJournal } from './report-journal.ts';
import { createRenderLane, type RenderLane } from './report-lane.ts';

/** A report to make. `fileStem` is any text (made safe and unique here); `name` is for lists. */
interface ReportItem {
  key: string;
  name: string;
  fileStem: string;
}

export interface ReportBatchOptions {
  /** Made when absent; may hold only this batch. */
  folder: string;
  /** Holds `report/document.typ` and, when packaged, `fonts/`. */
  resourcesFolder: string;
  /** Names what the batch is made from (snapshot, scheme, quarter, language, formats): only the same one resumes. */
  identity: string;
  template: ReportTemplateId;
  /** In the order of the manifest; keys are unique. */
  items: readonly ReportItem[];
  formats: readonly ReportFormat[];
  /** Must give equal facts for a key however often it is asked; a rejection fails this dealer only. */
  factsFor: (key: string) => DealerReportFacts | Promise<DealerReportFacts>;
  workers: number;
  signal?: AbortSignal;
  onProgress?: (done: number, total: number) => void;
  /** Longer than this for one dealer counts as hung. */
  timeoutMs?: number;
}

const JOURNAL = 'journal.jsonl';
const TEMPORARY = /^\.csi-.*\.part$/;
const TIMEOUT_MS = 60_000;

interface Job {
  item: ReportItem;
  missing: { format: ReportFormat; file: string }[];
}

interface Plan {
  jobs: Job[];
  done: Map<string, JournalEntry>;
}

/** The folder is refused when it holds another batch, or files that this batch would overwrite. */
function prepareFolder(options: ReportBatchOptions, files: readonly string[]): void {
  const { folder, identity } = options;
  const journal = join(folder, JOURNAL);
  try {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (TEMPORARY.test(name)) rmSync(join(folder, name));
  } catch (error) {
    throw new AppError('report-folder', { folder, detail: (error as NodeJS.ErrnoException).code ?? 'EIO' });
  }
  const found = journalIdentity(journal);
  if (found === identity) return;
  if (found !== null) throw new AppError('report-folder', { folder, detail: JOURNAL });
  const taken = files.find((file) => existsSync(join(folder, file)));
  if (taken) throw new AppError('report-folder', { folder, detail: taken });
}

function namesOf(options: ReportBatchOptions): string[] {
  const keys = new Set(options.items.map((item) => item.key));
  if (keys.size < options.items.length) throw new RangeError('runReportBatch: a key occurs twice');
  // The journal and the manifest are taken names too.
  return uniqueFileStems(['journal', 'manifest', ...options.items.map((item) => item.fileStem)]).slice(2);
}

/** What is left to do: files whose journal entry still matches the disk are done. */
function planOf(options: ReportBatchOptions, stems: readonly string[], journal: ReportJournal): Plan {
  const done = new Map<string, JournalEntry>();
  const jobs: Job[] = [];
  options.items.forEach((item, i) => {
    const missing: Job['missing'] = [];
    for (const format of options.formats) {
      const file = `${stems[i]}.${format}`;
      const entry = journal.entries.get(journalKey(item.key, format));
      const intact =
        entry?.file === file && hasContent(join(options.folder, file), entry.bytes, entry.sha256);
      if (intact) done.set(journalKey(item.key, format), entry);
      else missing.push({ format, file });
    }
    if (missing.length > 0) jobs.push({ item, missing });
  });
  return { jobs, done };
}

async function runJob(
  job: Job,
  options: ReportBatchOptions,
  lane: RenderLane,
  journal: ReportJournal,
  done: Plan['done'],
): Promise<ReportFailure | null> {
  const { key, name } = job.item;
  let facts: DealerReportFacts;
  try {
    facts = await options.factsFor(key);
  } catch (error) {
    return {
      key,
      name,
      code: 'facts-failed',
      message: error instanceof Error ? error.message : String(error),
    };
  }
  const answer = await lane.render({
    template: options.template,
    facts,
    files: job.missing.map(({ format, file }) => ({
      format,
      path: join(options.folder, file),
      temporary: join(options.folder, `.csi-${lane.id}-${format}.part`),
    })),
  });
  const entries = answer.made.map(({ format, bytes, sha256 }) => {
    const { file } = job.missing.find((wanted) => wanted.format === format)!;
    return { key, format, file, bytes, sha256 };
  });
  journal.append(entries);
  for (const entry of entries) done.set(journalKey(key, entry.format), entry);
  return answer.failure && { key, name, ...answer.failure };
}

async function runJobs(
  options: ReportBatchOptions,
  plan: Plan,
  journal: ReportJournal,
): Promise<ReportFailure[]> {
  const failures: ReportFailure[] = [];
  const total = options.items.length;
  let finished = total - plan.jobs.length;
  let next = 0;
  options.onProgress?.(finished, total);
  const drive = async (id: number) => {
    const lane = createRenderLane(id, options.resourcesFolder, options.timeoutMs ?? TIMEOUT_MS);
    try {
      // A dealer once begun is finished: that is what leaves no temporary file behind a cancellation.
      while (next < plan.jobs.length && !options.signal?.aborted) {
        const failure = await runJob(plan.jobs[next++]!, options, lane, journal, plan.done);
        if (failure) failures.push(failure);
        options.onProgress?.(++finished, total);
      }
    } finally {
      await lane.close();
    }
  };
  const lanes = Math.max(1, Math.min(options.workers, plan.jobs.length));
  const ends = await Promise.allSettled(Array.from({ length: lanes }, (_, id) => drive(id)));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
  return failures;
}

function manifestOf(options: ReportBatchOptions, plan: Plan, failures: ReportFailure[]): ReportManifest {
  const order = new Map(options.items.map((item, i) => [item.key, i]));
  const files = options.items.flatMap(({ key, name }) =>
    options.formats.flatMap((format): ReportFile[] => {
      const entry = plan.done.get(journalKey(key, format));
      return entry ? [{ key, name, format, file: entry.file, bytes: entry.bytes, sha256: entry.sha256 }] : [];
    }),
  );
  const whole = files.length === options.items.length * options.formats.length;
  return {
    identity: options.identity,
    template: options.template,
    state: whole ? 'complete' : options.signal?.aborted ? 'cancelled' : 'partial',
    files,
    failures: failures.sort((a, b) => order.get(a.key)! - order.get(b.key)!),
  };
}

/**
 * Makes what is missing and returns (and writes) the manifest. Throws `report-folder` when the folder cannot be used;
 * a cancellation is a state, not an error.
 */
export async function runReportBatch(options: ReportBatchOptions): Promise<ReportManifest> {
  const { folder } = options;
  const stems = namesOf(options);
  const files = stems.flatMap((stem) => options.formats.map((format) => `${stem}.${format}`));
  prepareFolder(options, ['manifest.json', 'manifest.csv', ...files]);
  if (options.formats.includes('pdf')) (await import('../../documents/pdf.ts')).pinPdfLibrary();
  const journal = openReportJournal(join(folder, JOURNAL), options.identity);
  try {
    const plan = planOf(options, stems, journal);
    const failures = await runJobs(options, plan, journal);
    const manifest = manifestOf(options, plan, failures);
    const write = (name: string, bytes: Uint8Array) =>
      writeAtomically(join(folder, name), join(folder, `.csi-${name}.part`), bytes);
    write('manifest.csv', manifestCsv(manifest));
    write('manifest.json', manifestJson(manifest));
    syncFolderOf(join(folder, 'manifest.json'));
    return manifest;
  } finally {
    journal.close();
  }
}
