// Opening, creating and closing databases; the list of recent ones.
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import type { AppStatus } from '../../../../shared/calls/app.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { APP_VERSION, openWorkspace } from '../workspace/workspace.ts';
import { backUpDaily } from './back-up.ts';

const RECENT = 'recent.json';
const MOST_RECENT = 8;

interface RecentEntry {
  path: string;
  openedAt: string;
}

export function appStatus(context: Context): AppStatus {
  const { dataFolder, resourcesFolder } = context.options;
  const recent = readRecent(dataFolder);
  const sampleAvailable = existsSync(join(resourcesFolder, 'sample', 'data', 'manifest.json'));
  return {
    version: APP_VERSION,
    dataFolder,
    recent: recent.map((entry) => ({ ...entry, exists: existsSync(entry.path) })),
    sampleAvailable,
    startWithSample: context.options.startWithSample === true && sampleAvailable && recent.length === 0,
    database: context.isOpen() ? context.workspace().status() : null,
  };
}

export function openExisting(context: Context, input: CallArguments<'app.open'>): AppStatus {
  const path = resolve(input.path);
  if (!existsSync(path)) throw new AppError('database-not-found', { path });
  // The same file again: its own lock must not stand in the way.
  if (context.isOpen() && context.workspace().database.path === path) return appStatus(context);
  context.useWorkspace(openWorkspace(path, context.options));
  backUpDaily(context);
  rememberDatabase(context, path);
  return appStatus(context);
}

export function createNew(context: Context, input: CallArguments<'app.create'>): AppStatus {
  const path = resolve(extname(input.path) === '' ? `${input.path}.csi` : input.path);
  if (existsSync(path)) throw new AppError('database-exists', { path });
  prepareFolder(path);
  context.useWorkspace(openWorkspace(path, context.options));
  rememberDatabase(context, path);
  return appStatus(context);
}

function prepareFolder(path: string): void {
  const folder = dirname(path);
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (cause) {
    throw new AppError('folder-not-writable', { path, folder }, { cause });
  }
}

export function closeDatabase(context: Context): AppStatus {
  context.useWorkspace(null);
  return appStatus(context);
}

export function rememberDatabase(context: Context, path: string): void {
  const { dataFolder, clock } = context.options;
  const others = readRecent(dataFolder).filter((entry) => entry.path !== path);
  const list = [{ path, openedAt: clock().toISOString() }, ...others].slice(0, MOST_RECENT);
  const file = join(dataFolder, RECENT);
  writeFileSync(`${file}.part`, JSON.stringify(list, null, 2));
  renameSync(`${file}.part`, file);
}

/** A list that cannot be read is no reason not to start. */
function readRecent(dataFolder: string): RecentEntry[] {
  try {
    return JSON.parse(readFileSync(join(dataFolder, RECENT), 'utf8')) as RecentEntry[];
  } catch {
    return [];
  }
}
