/**
 * What the page may ask of the engine, whichever host it runs in: only calls of the contract, and only paths that
 * the user chose in a dialog or that the engine itself offered as recently opened.
 */
import { stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative } from 'node:path';
import type { ReportFiles } from '../shared/calls/reports.ts';
import { CALLS, type Envelope } from '../shared/contract.ts';
import { AppError, reportError } from '../shared/errors.ts';
import type { EngineClient } from './engine-client.ts';
import type { FileGrants } from './grants.ts';

/** The fields of a call's input that name a place on disk. */
export const PATH_FIELDS = ['path', 'folder', 'target'] as const;

export interface PageCalls {
  call(name: unknown, input: unknown): Promise<Envelope>;
}

/** A finished report batch on disk. */
export interface ExportedBatch {
  folder: string;
  files: { path: string; name: string; sizeBytes: number }[];
}

export function createPageCalls(client: EngineClient, grants: FileGrants): PageCalls {
  const offered = new Set<string>();

  const checkPaths = (input: unknown) => {
    if (typeof input !== 'object' || input === null) return;
    for (const field of PATH_FIELDS) {
      const path = (input as Record<string, unknown>)[field];
      if (path === undefined || (typeof path === 'string' && (offered.has(path) || grants.find(path))))
        continue;
      throw new AppError('path-not-allowed', { path: String(path).slice(0, 40) });
    }
  };

  const remember = (envelope: Envelope) => {
    if (!envelope.ok) return;
    const recent = (envelope.value as { recent?: unknown } | null)?.recent;
    if (!Array.isArray(recent)) return;
    for (const entry of recent) if (typeof entry?.path === 'string') offered.add(entry.path);
  };

  return {
    async call(name, input) {
      try {
        if (typeof name !== 'string' || !Object.hasOwn(CALLS, name)) {
          throw new AppError('call-unknown', { call: String(name).slice(0, 60) });
        }
        checkPaths(input);
        const envelope = await client.call(name, grants.resolve(input));
        if (name.startsWith('app.')) remember(envelope);
        return envelope;
      } catch (error) {
        return { ok: false, error: reportError(error) };
      }
    },
  };
}

/** The files of a report batch, asked of the engine: the page gives a number, never a path. Null if there is none. */
export async function findExport(client: EngineClient, batch: unknown): Promise<ExportedBatch | null> {
  if (!Number.isSafeInteger(batch)) return null;
  const envelope = await client.call('reports.files', { batch });
  if (!envelope.ok) return null;
  const report = envelope.value as ReportFiles;
  const folder = report.batch.folder;
  const files: ExportedBatch['files'] = [];
  for (const { file } of report.files) {
    const path = isAbsolute(file) ? file : join(folder, file);
    const inside = relative(folder, path);
    if (inside.startsWith('..') || isAbsolute(inside)) continue;
    const found = await stat(path).catch(() => null);
    if (found?.isFile()) files.push({ path, name: basename(path), sizeBytes: found.size });
  }
  return { folder, files };
}
