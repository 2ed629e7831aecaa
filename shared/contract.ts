/**
 * The boundary of the engine: every call with the schema of its input and the type of its answer. A call is a row
 * here, a line in `electron/engine/handlers.ts` and a service; nothing else needs to know it.
 */
import type { z } from 'zod';
import { alertsCalls } from './calls/alerts.ts';
import { appCalls } from './calls/app.ts';
import { auditCalls } from './calls/audit.ts';
import { backupsCalls } from './calls/backups.ts';
import { catalogCalls } from './calls/catalog.ts';
import { channelsCalls } from './calls/channels.ts';
import { closeCalls } from './calls/close.ts';
import { exploreCalls } from './calls/explore.ts';
import { forecastCalls } from './calls/forecast.ts';
import { importCalls } from './calls/import.ts';
import { lostCalls } from './calls/lost.ts';
import { overviewCalls } from './calls/overview.ts';
import { peopleCalls } from './calls/people.ts';
import { placesCalls } from './calls/places.ts';
import { planCalls } from './calls/plan.ts';
import { probesCalls } from './calls/probes.ts';
import { reportsCalls } from './calls/reports.ts';
import { rulesCalls } from './calls/rules.ts';
import { samplesCalls } from './calls/samples.ts';
import { studiesCalls } from './calls/studies.ts';
import { traceCalls } from './calls/trace.ts';
import { weightingsCalls } from './calls/weightings.ts';
import { weightsCalls } from './calls/weights.ts';
import type { ErrorReport } from './errors.ts';

/** The table of calls, area by area. */
export const CALLS = {
  ...appCalls,
  ...catalogCalls,
  ...placesCalls,
  ...channelsCalls,
  ...importCalls,
  ...overviewCalls,
  ...exploreCalls,
  ...traceCalls,
  ...forecastCalls,
  ...alertsCalls,
  ...closeCalls,
  ...planCalls,
  ...reportsCalls,
  ...samplesCalls,
  ...probesCalls,
  ...lostCalls,
  ...backupsCalls,
  ...peopleCalls,
  ...auditCalls,
  ...studiesCalls,
  ...rulesCalls,
  ...weightsCalls,
  ...weightingsCalls,
} as const;

/** The name of a call. */
export type CallName = keyof typeof CALLS;
/** What a caller passes: defaults may be left out. */
export type CallInput<N extends CallName> = z.input<(typeof CALLS)[N]['input']>;
/** What a service receives: defaults filled in. */
export type CallArguments<N extends CallName> = z.output<(typeof CALLS)[N]['input']>;
/** What a call answers. */
export type CallOutput<N extends CallName> = (typeof CALLS)[N]['output'];

/** All call names. */
export const CALL_NAMES = Object.keys(CALLS) as CallName[];

/** The answer of every call: a value, or a fault with its sentence in both languages. */
export type Envelope<T = unknown> = { ok: true; value: T } | { ok: false; error: ErrorReport };
