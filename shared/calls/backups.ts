/** Backups. */
import { z } from 'zod';
import type { AppStatus } from './app.ts';
import { call, job, nothing } from './call.ts';

/** A verified copy of the database. */
export interface BackupView {
  name: string;
  createdAt: string;
  reason: string;
  bytes: number;
  sha256: string;
}

/** A database that a restore put aside. */
export interface ReplacedView {
  name: string;
  /** The folder it lies in, beside the database. */
  folder: string;
  replacedAt: string;
  bytes: number;
}

/** The calls of this area. */
export const backupsCalls = {
  'backups.list': call<BackupView[]>()(nothing),
  'backups.create': call<BackupView>()(z.strictObject({ job }), { job: true, alone: true }),
  'backups.verify': call<{ ok: boolean; detail: string }>()(z.strictObject({ name: z.string().max(300) })),
  'backups.restore': call<AppStatus>()(z.strictObject({ name: z.string().max(300) }), { alone: true }),
  'backups.delete': call<{ deleted: boolean }>()(z.strictObject({ name: z.string().max(300) }), {
    alone: true,
  }),
  'backups.replaced': call<ReplacedView[]>()(nothing),
  'backups.deleteReplaced': call<{ deleted: boolean }>()(z.strictObject({ name: z.string().max(20) }), {
    alone: true,
  }),
} as const;
