/** The open database, jobs and events. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import { call, job, jobId, nothing, path } from './call.ts';

/** What is open, and what it holds. `database` is null before one is opened. */
export interface AppStatus {
  version: string;
  dataFolder: string;
  recent: { path: string; openedAt: string; exists: boolean }[];
  sampleAvailable: boolean;
  /** The page should open the sample studies by itself: a first start from a checkout. */
  startWithSample: boolean;
  database: DatabaseStatus | null;
}

/** The open database. `dataVersion` grows with every change of data and names the snapshot of a result. */
export interface DatabaseStatus {
  path: string;
  name: string;
  readonly: boolean;
  sample: boolean;
  bytes: number;
  dataVersion: number;
  counts: { studies: number; batches: number; responses: number; reportedScores: number; dealers: number };
}

/** How far a running job is. `secondsLeft` is null while it cannot be told. */
export interface JobProgress {
  job: string;
  call: string;
  step: Bilingual;
  done: number;
  total: number | null;
  secondsLeft: number | null;
}

/** Everything the engine tells without being asked. */
export interface EngineEvents {
  'job.progress': JobProgress;
  'job.ended': { job: string; call: string; ok: boolean };
  'data.changed': { dataVersion: number };
  'status.changed': { open: boolean };
}

/** One event. */
export type EngineEvent = {
  [K in keyof EngineEvents]: { name: K; payload: EngineEvents[K] };
}[keyof EngineEvents];

/** The calls of this area. */
export const appCalls = {
  'app.status': call<AppStatus>()(nothing, { offline: true }),
  'app.open': call<AppStatus>()(z.strictObject({ path }), { offline: true, alone: true }),
  'app.create': call<AppStatus>()(z.strictObject({ path }), { offline: true, alone: true }),
  'app.sample': call<AppStatus>()(z.strictObject({ job, fresh: z.boolean().default(false) }), {
    job: true,
    offline: true,
    alone: true,
  }),
  'app.close': call<AppStatus>()(nothing, { offline: true, alone: true }),
  'jobs.cancel': call<{ cancelled: boolean }>()(z.strictObject({ job: jobId }), { offline: true }),
} as const;
