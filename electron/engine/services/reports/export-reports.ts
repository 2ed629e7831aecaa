// Dealer report batches: chosen quarter, scheme and area to a folder of PDF and XLSX with a manifest.
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ReportBatchView, ReportFiles } from '../../../../shared/calls/reports.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { formatQuarter, type Quarter } from '../../../../shared/domain/quarter.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import type { ReportManifest } from '../../documents/manifest.ts';
import { listSchemes } from '../../store/places.ts';
import {
  addReportBatch,
  findReportBatch,
  finishReportBatch,
  listReportBatches,
  type ReportBatchRow,
} from '../../store/results.ts';
import { refuseAsWas } from '../places/region-schemes.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { DealerFactsSource } from './dealer-facts.ts';
import { runReportBatch } from './report-batch.ts';

type Choice = Omit<CallArguments<'reports.run'>, 'job' | 'resume'> & {
  quarter: Quarter;
  generatedOn: string;
};

const MOST_WORKERS = 4;

export async function runReports(
  context: Context,
  input: CallArguments<'reports.run'>,
): Promise<ReportFiles> {
  const workspace = context.workspace();
  const { batch, choice } =
    input.resume === undefined ? startBatch(context, input) : resumeBatch(workspace, input.resume);
  const source = new DealerFactsSource({
    workspace,
    scheme: choice.scheme,
    schemeName: schemeName(workspace, choice.scheme, choice.language),
    quarter: choice.quarter,
    language: choice.language,
    // A batch begun by an older version is finished as it began.
    display: choice.display ?? 'harmonised',
    generatedOn: choice.generatedOn,
  });
  const nodes = dealersOf(workspace, source, choice);
  const tree = workspace.tree(choice.scheme);
  const items = nodes.map((node) => {
    const { id, name } = tree.nodes[node]!;
    const key = id.slice('dealer:'.length);
    return { key, name: name.zh, fileStem: `${key}_${name.zh}_${formatQuarter(choice.quarter)}` };
  });
  const nodeOf = new Map(items.map((item, i) => [item.key, nodes[i]!]));
  const step = { zh: '生成经销商报告', en: 'Making dealer reports' };
  const manifest = await runReportBatch({
    folder: batch.folder,
    resourcesFolder: context.options.resourcesFolder,
    identity: JSON.stringify({ ...choice, folder: undefined, dataVersion: batch.dataVersion }),
    template: 'dealer',
    items,
    formats: choice.formats,
    factsFor: (key) => source.facts(nodeOf.get(key)!),
    workers: Math.min(MOST_WORKERS, availableParallelism()),
    signal: context.job.signal,
    onProgress: (done, total) => context.job.progress(step, done, total),
  });
  finish(workspace, batch.id, manifest);
  return filesOf(workspace, findReportBatch(workspace.reader, batch.id)!, manifest);
}

function finish(workspace: Workspace, batch: number, manifest: ReportManifest): void {
  const failed = new Set(manifest.failures.map((failure) => failure.key)).size;
  const made = new Set(manifest.files.map((file) => file.key)).size;
  workspace.record(
    { action: 'reports.run', subject: String(batch), detail: { state: manifest.state, made, failed } },
    (db) => finishReportBatch(db, batch, { state: manifest.state, made, failed, at: workspace.now() }),
  );
}

function startBatch(
  context: Context,
  input: CallArguments<'reports.run'>,
): { batch: ReportBatchRow; choice: Choice } {
  const workspace = context.workspace();
  refuseAsWas(workspace, input.scheme);
  const quarter = input.quarter ?? lastQuarter(workspace, input.scheme);
  const { job: _job, resume: _resume, ...chosen } = input;
  const choice: Choice = { ...chosen, quarter, generatedOn: workspace.now().slice(0, 10) };
  const frame = {
    workspace,
    scheme: choice.scheme,
    schemeName: '',
    quarter,
    language: choice.language,
    display: choice.display,
    generatedOn: '',
  };
  const total = dealersOf(workspace, new DealerFactsSource(frame), choice).length;
  const at = workspace.now();
  const stamp = at.replace(/[-:]|\.\d+Z$/g, '').replace('T', '-');
  const folder =
    input.folder ?? join(`${workspace.database.path}-reports`, `${formatQuarter(quarter)}-${stamp}`);
  const id = workspace.record(
    { action: 'reports.start', subject: formatQuarter(quarter), detail: { total, folder } },
    (db) =>
      addReportBatch(db, {
        quarter,
        schemeId: choice.scheme,
        folder,
        parameters: JSON.stringify(choice),
        dataVersion: workspace.dataVersion,
        total,
        createdAt: at,
      }),
  );
  return { batch: findReportBatch(workspace.reader, id)!, choice };
}

function resumeBatch(workspace: Workspace, id: number): { batch: ReportBatchRow; choice: Choice } {
  const batch = findReportBatch(workspace.reader, id);
  if (!batch) throw new AppError('report-batch-unknown', { batch: id });
  if (batch.dataVersion !== workspace.dataVersion) throw new AppError('report-data-changed', { batch: id });
  return { batch, choice: JSON.parse(batch.parameters) as Choice };
}

function dealersOf(workspace: Workspace, source: DealerFactsSource, choice: Choice): number[] {
  const scope = workspace.tree(choice.scheme).byId.get(choice.scope);
  if (scope === undefined) throw new AppError('scope-unknown', { scope: choice.scope });
  const nodes = source.dealersUnder(scope).slice(0, choice.limit);
  if (nodes.length === 0) throw new AppError('report-nothing', { quarter: formatQuarter(choice.quarter) });
  return nodes;
}

function lastQuarter(workspace: Workspace, scheme: number): Quarter {
  const last = workspace.channels().map((channel) => workspace.cube(scheme, channel).cube.quarters.at(-1)!);
  if (last.length === 0) throw new AppError('report-nothing', { quarter: '—' });
  return Math.max(...last);
}

function schemeName(workspace: Workspace, scheme: number, language: 'zh-CN' | 'en'): string {
  const found = listSchemes(workspace.reader).find((one) => one.id === scheme);
  return (language === 'en' ? found?.nameEn : found?.nameZh) ?? '';
}

export function listReportBatchViews(context: Context): ReportBatchView[] {
  const workspace = context.workspace();
  return listReportBatches(workspace.reader).map((row) => viewBatch(workspace, row));
}

function viewBatch(
  workspace: Workspace,
  { schemeId, parameters: _, dataVersion: __, ...row }: ReportBatchRow,
): ReportBatchView {
  const scheme = listSchemes(workspace.reader).find((one) => one.id === schemeId);
  return { ...row, scheme: { zh: scheme?.nameZh ?? '', en: scheme?.nameEn ?? '' } };
}

export function getReportFiles(context: Context, input: CallArguments<'reports.files'>): ReportFiles {
  const workspace = context.workspace();
  const row = findReportBatch(workspace.reader, input.batch);
  if (!row) throw new AppError('report-batch-unknown', { batch: input.batch });
  const path = join(row.folder, 'manifest.json');
  const manifest = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as ReportManifest) : null;
  return filesOf(workspace, row, manifest);
}

const FAILURES: Record<ReportManifest['failures'][number]['code'], { zh: string; en: string }> = {
  'facts-failed': { zh: '数据汇总失败', en: 'Its figures could not be gathered' },
  'render-failed': { zh: '排版失败', en: 'It could not be laid out' },
  'write-failed': { zh: '文件写入失败', en: 'The file could not be written' },
  'worker-lost': { zh: '排版进程意外停止', en: 'The renderer stopped unexpectedly' },
  'worker-hung': { zh: '排版超时', en: 'The renderer took too long' },
};

function filesOf(workspace: Workspace, row: ReportBatchRow, manifest: ReportManifest | null): ReportFiles {
  return {
    batch: viewBatch(workspace, row),
    files: (manifest?.files ?? []).map(({ key, name, file, bytes, sha256 }) => ({
      dealer: key,
      name,
      file,
      bytes,
      sha256,
    })),
    failures: (manifest?.failures ?? []).map(({ key, name, code, message }) => ({
      dealer: key,
      name,
      message: {
        zh: `${FAILURES[code].zh}（${message}）。可继续该批次重试。`,
        en: `${FAILURES[code].en} (${message}). Resume the batch to try again.`,
      },
    })),
  };
}
