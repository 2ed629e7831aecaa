// Opens a database made from the sample studies, importing them on first use like any user's files.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { AppStatus } from '../../../shared/calls/app.ts';
import { type StudyMapping, studyMapping } from '../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context, Job } from '../context.ts';
import { forecastRecent } from './forecast/forecast-quarter.ts';
import { commitImport } from './import/import-study.ts';
import { importVisits } from './losses/import-visits.ts';
import { appStatus, rememberDatabase } from './upkeep/open-database.ts';
import { markSample, openWorkspace, type Workspace } from './workspace/workspace.ts';

interface SampleManifest {
  visitFile?: string;
  files: { fileName: string; mapping: string; rows: number }[];
}

/** Past quarters that are forecast too, so that the trend shows what had been expected. */
const PAST_FORECASTS = 4;

/** The file of service visits; undefined where none was made. */
function visitFile(resourcesFolder: string): string | undefined {
  const folder = join(resourcesFolder, 'sample', 'data');
  const { visitFile: name } = JSON.parse(
    readFileSync(join(folder, 'manifest.json'), 'utf8'),
  ) as SampleManifest;
  return name === undefined ? undefined : join(folder, name);
}

export interface SampleFile {
  path: string;
  mapping: StudyMapping;
  rows: number;
}

/** The sample files in the order of import; throws `sample-missing` where they were not built or shipped. */
export function sampleFiles(resourcesFolder: string): SampleFile[] {
  const folder = join(resourcesFolder, 'sample');
  const manifest = join(folder, 'data', 'manifest.json');
  if (!existsSync(manifest)) throw new AppError('sample-missing');
  const { files } = JSON.parse(readFileSync(manifest, 'utf8')) as SampleManifest;
  return files.map(({ fileName, mapping, rows }) => ({
    path: join(folder, 'data', fileName),
    mapping: studyMapping.parse(
      JSON.parse(readFileSync(join(folder, 'mappings', `${mapping}.mapping.json`), 'utf8')),
    ),
    rows,
  }));
}

export async function openSample(context: Context, input: { fresh: boolean }): Promise<AppStatus> {
  const { dataFolder, resourcesFolder } = context.options;
  const path = join(dataFolder, 'sample.csi');
  const isOpen = context.isOpen() && context.workspace().database.path === path;
  if (isOpen && !input.fresh) return appStatus(context);
  if (input.fresh || !existsSync(path)) await buildSample(context, path, sampleFiles(resourcesFolder));
  context.useWorkspace(openWorkspace(path, context.options));
  rememberDatabase(context, path);
  return appStatus(context);
}

/**
 * Built under another name, out of the page's sight, and renamed when whole: a cancelled or killed build leaves no half
 * sample, and whatever was open stays open until then.
 */
async function buildSample(context: Context, path: string, files: readonly SampleFile[]): Promise<void> {
  const building = join(dirname(path), 'sample-building.csi');
  removeDatabase(building);
  const workspace = openWorkspace(building, context.options);
  try {
    await fillSample(context, workspace, files);
    workspace.close();
  } catch (error) {
    workspace.close();
    removeDatabase(building);
    throw error;
  }
  if (context.isOpen() && context.workspace().database.path === path) context.useWorkspace(null);
  removeDatabase(path);
  for (const end of ['-watermark', '']) renameSync(building + end, path + end);
  removeDatabase(building);
}

async function fillSample(
  context: Context,
  workspace: Workspace,
  files: readonly SampleFile[],
): Promise<void> {
  const inside: Context = {
    ...context,
    workspace: () => workspace,
    emit: (event) => {
      if (event.name !== 'data.changed') context.emit(event);
    },
  };
  const total = files.reduce((sum, file) => sum + file.rows, 0);
  let done = 0;
  for (const file of files) {
    const job = withinTotal(context.job, done, total);
    const { study, questionnaire } = file.mapping;
    const saveMappingAs = `${study.name.zh} ${questionnaire}`;
    await commitImport(
      { ...inside, job },
      { ...file, acceptGoodRows: false, newItems: 'weighted', saveMappingAs },
      { backup: false },
    );
    done += file.rows;
  }
  const visits = visitFile(context.options.resourcesFolder);
  if (visits !== undefined)
    await importVisits(inside, { path: visits, acceptGoodRows: false }, { backup: false });
  await forecastRecent(inside, PAST_FORECASTS);
  markSample(workspace);
}

/** Progress of one file as a part of all of them. */
function withinTotal(job: Job, before: number, total: number): Job {
  const step = { zh: '导入示例研究', en: 'Importing the sample studies' };
  return {
    signal: job.signal,
    breathe: () => job.breathe(),
    throwIfCancelled: () => job.throwIfCancelled(),
    progress: (_, done) => job.progress(step, before + done, total),
  };
}

/** What belongs to a database; reports made from it are the user's and stay. */
function filesOf(database: string): string[] {
  const folder = dirname(database);
  return readdirSync(folder)
    .filter((name) => name.startsWith(basename(database)) && !name.endsWith('-reports'))
    .map((name) => join(folder, name));
}

function removeDatabase(path: string): void {
  for (const name of filesOf(path)) rmSync(name, { recursive: true, force: true });
}
