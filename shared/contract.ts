/**
 * The boundary of the engine: every call with the schema of its input and the type of its answer. A call is a row
 * here, a line in `electron/engine/handlers.ts` and a service; nothing else needs to know it.
 */
import { z } from 'zod';
import { ALERT_CAUSES } from './domain/alert/cause.ts';
import { CHANNELS, studyMapping } from './domain/study-mapping.ts';
import type { ErrorReport } from './errors.ts';
import type * as V from './views.ts';

const path = z.string().min(1).max(1000);
const quarter = z
  .number()
  .int()
  .min(1900 * 4)
  .max(2200 * 4);
const scope = z.string().min(1).max(200);
const scheme = z.number().int().positive();
const channel = z.enum(CHANNELS);
const indicator = z.string().max(80);
const nothing = z.strictObject({});
const jobId = z.string().min(1).max(64);
/** Long calls take the name under which they report progress and can be cancelled. */
const job = jobId.optional();

const importSource = z.strictObject({
  path,
  /** Name the user knows the file by, where `path` is a temporary copy. */
  fileName: z.string().min(1).max(300).optional(),
  mapping: studyMapping.optional(),
  mappingName: z.string().min(1).max(120).optional(),
  table: studyMapping.shape.table.optional(),
});

const score = z.number().min(0).max(100);
const share = z.number().min(0).max(1e6);
const planId = z.number().int().positive();
const language = z.enum(['zh-CN', 'en']);

const planRule = z.strictObject({
  area: z.string().max(200).default(''),
  indicator: indicator.default(''),
  source: z.enum(['given', 'imported', 'learnt']).default('given'),
  ceiling: score.optional(),
  effect: z.number().positive().max(1e6).optional(),
  effectFactor: z.number().positive().max(100).optional(),
  costFactor: z.number().min(0).max(1e6).optional(),
  mostExtra: share.optional(),
  largestStep: z.number().min(0).max(100).optional(),
  floor: score.optional(),
  cap: score.optional(),
  lockExtra: share.optional(),
  lockScore: score.optional(),
  packageExtra: z.number().positive().max(1e6).optional(),
  note: z.string().max(2000).optional(),
});

const planInput = z.strictObject({
  year: z.number().int().min(1900).max(2200),
  channel,
  scheme,
  areaLevel: z.enum(['region', 'province', 'city', 'dealer']).default('province'),
  within: scope.default('overall'),
  /** Items of the plan; empty for every stable one. */
  indicators: z.array(indicator).max(200).default([]),
  method: z.enum(['diminishing', 'proportional']).default('diminishing'),
  uplift: z.number().min(-50).max(50),
  ceiling: z.number().min(1).max(100).default(100),
  largestStep: z.number().positive().max(100).nullable().default(null),
  volumes: z
    .array(z.strictObject({ area: scope, share: z.number().min(0) }))
    .max(5000)
    .default([]),
  volumesFrom: z.string().max(300).default(''),
  rules: z.array(planRule).max(20_000).default([]),
  targets: z
    .array(z.strictObject({ kind: z.enum(['area', 'item']), id: z.string().max(200), target: score }))
    .max(2000)
    .default([]),
  budgets: z
    .array(z.strictObject({ area: z.string().max(200), most: share }))
    .max(2000)
    .default([]),
  largestSpread: z.number().min(0).max(100).nullable().default(null),
  notes: z.string().max(20_000).default(''),
});

/** What was really spent on a cell in the year, as a share of the cell's present resource (0.1: 10 % more). */
const spent = z.strictObject({ area: scope, indicator, extra: share });

const series = z.strictObject({
  scheme,
  channel,
  scope: scope.default('overall'),
  indicator: indicator.default(''),
});

/** Input of a plan suggestion, as callers give it. */
export type PlanRequest = z.input<typeof planInput>;

function call<Output>() {
  return <Input extends z.ZodType>(
    input: Input,
    options: { job?: boolean; offline?: boolean; alone?: boolean } = {},
  ) => ({
    input,
    /** Runs long: takes `job`, reports progress, can be cancelled. */
    job: options.job ?? false,
    /** Needs no open database. */
    offline: options.offline ?? false,
    /** Changes the data, or rests on them standing still: such calls run one after the other, in order of arrival. */
    alone: options.alone ?? false,
    output: undefined as unknown as Output,
  });
}

/** The table of calls. */
export const CALLS = {
  'app.status': call<V.AppStatus>()(nothing, { offline: true }),
  'app.open': call<V.AppStatus>()(z.strictObject({ path }), { offline: true, alone: true }),
  'app.create': call<V.AppStatus>()(z.strictObject({ path }), { offline: true, alone: true }),
  'app.sample': call<V.AppStatus>()(z.strictObject({ job, fresh: z.boolean().default(false) }), {
    job: true,
    offline: true,
    alone: true,
  }),
  'app.close': call<V.AppStatus>()(nothing, { offline: true, alone: true }),
  'jobs.cancel': call<{ cancelled: boolean }>()(z.strictObject({ job: jobId }), { offline: true }),

  'catalog.get': call<V.Catalog>()(nothing),
  'scopes.tree': call<import('./domain/scope.ts').ScopeNode[]>()(z.strictObject({ scheme })),

  'import.preview': call<V.ImportPreview>()(importSource.extend({ job }), { job: true }),
  'import.commit': call<V.BatchView>()(
    importSource.extend({
      job,
      acceptGoodRows: z.boolean().default(false),
      saveMappingAs: z.string().min(1).max(120).optional(),
    }),
    { job: true, alone: true },
  ),
  'import.batches': call<V.BatchView[]>()(nothing),
  'import.undoPreview': call<V.UndoPreview>()(z.strictObject({ batch: z.number().int().positive() })),
  'import.undo': call<V.BatchView>()(z.strictObject({ job, batch: z.number().int().positive() }), {
    job: true,
    alone: true,
  }),
  'mappings.list': call<V.MappingInfo[]>()(nothing),
  'mappings.get': call<import('./domain/study-mapping.ts').StudyMapping>()(
    z.strictObject({ name: z.string() }),
  ),
  'mappings.save': call<V.MappingInfo>()(
    z.strictObject({ name: z.string().min(1).max(120), mapping: studyMapping }),
  ),
  'mappings.delete': call<{ deleted: boolean }>()(z.strictObject({ name: z.string() })),

  'overview.get': call<V.Overview>()(
    z.strictObject({
      scheme,
      scope,
      quarter: quarter.optional(),
      channel: channel.optional(),
      indicator: indicator.default(''),
    }),
  ),
  'forecast.run': call<V.ForecastRunView[]>()(
    z.strictObject({
      job,
      scheme,
      channels: z.array(channel).default([]),
      /** Quarters to forecast; empty for the last quarter with data and the one after it. `all`: every quarter with history. */
      quarters: z.union([z.array(quarter), z.literal('all')]).default([]),
    }),
    { job: true, alone: true },
  ),
  'forecast.table': call<V.ForecastRow[]>()(
    z.strictObject({
      scheme,
      quarter: quarter.optional(),
      channel: channel.optional(),
      level: z.enum(['overall', 'region', 'province', 'city', 'dealer']).optional(),
      indicator: indicator.optional(),
    }),
  ),
  'forecast.series': call<V.SeriesView>()(
    series.extend({
      quarter: quarter.optional(),
      /** Quarters to forecast without, beside the forecast with them. */
      leaveOut: z.array(quarter).max(12).default([]),
    }),
  ),
  'forecast.backtest': call<V.BacktestView>()(
    series.extend({ job, origins: z.number().int().min(1).max(12).default(8) }),
    { job: true },
  ),
  'forecast.accuracy': call<V.AccuracyRow[]>()(z.strictObject({ scheme, channel: channel.optional() })),
  'alerts.list': call<V.AlertView[]>()(
    z.strictObject({ scheme, quarter: quarter.optional(), channel: channel.optional() }),
  ),
  'alerts.get': call<V.AlertPage>()(z.strictObject({ alert: z.number().int() })),
  'alerts.responses': call<V.AlertResponses>()(
    z.strictObject({
      alert: z.number().int(),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(200).default(20),
    }),
  ),
  'alerts.update': call<V.AlertView>()(
    z.strictObject({
      alert: z.number().int(),
      state: z.enum(['new', 'acknowledged', 'explained', 'closed']),
      /** What is left out of the following stays as it is. */
      cause: z.enum(['', ...ALERT_CAUSES]).optional(),
      note: z.string().max(2000).optional(),
      action: z.string().max(2000).optional(),
      owner: z.string().max(120).optional(),
      due: z.iso.date().nullable().optional(),
      oneOff: z.boolean().optional(),
    }),
    { alone: true },
  ),
  'quarter.close': call<V.QuarterClose>()(z.strictObject({ scheme, quarter: quarter.optional() })),

  'plan.options': call<V.PlanOptions>()(
    planInput.pick({ year: true, channel: true, scheme: true, within: true }),
  ),
  'plan.suggest': call<V.PlanView>()(planInput),
  'plan.sensitivity': call<V.PlanSensitivityView>()(
    z.strictObject({
      job,
      plan: planInput,
      draws: z.number().int().min(20).max(1000).default(200),
      spread: z.number().positive().max(0.9).default(0.25),
    }),
    { job: true },
  ),
  'plan.save': call<V.PlanView>()(planInput.extend({ name: z.string().min(1).max(120) }), { alone: true }),
  /** Replaces a draft. */
  'plan.update': call<V.PlanView>()(
    planInput.extend({ plan: planId, name: z.string().min(1).max(120).optional() }),
    { alone: true },
  ),
  'plan.list': call<V.PlanInfo[]>()(nothing),
  'plan.get': call<V.PlanView>()(z.strictObject({ plan: planId })),
  'plan.compare': call<V.PlanComparison>()(z.strictObject({ plans: z.array(planId).min(2).max(6) })),
  'plan.approve': call<V.PlanView>()(z.strictObject({ plan: planId })),
  'plan.delete': call<{ deleted: boolean }>()(z.strictObject({ plan: planId })),
  'plan.readTable': call<V.PlanTableView>()(
    planInput.pick({ scheme: true, areaLevel: true, within: true }).extend({
      path,
      fileName: z.string().max(300).optional(),
      kind: z.enum(['volumes', 'assumptions', 'spent']),
    }),
  ),
  'plan.readEdits': call<V.PlanEdits>()(
    z.strictObject({ path, fileName: z.string().max(300).optional(), plan: planId }),
  ),
  'plan.export': call<V.WrittenFile>()(
    z.strictObject({
      plan: planId,
      path,
      format: z.enum(['xlsx', 'pdf']),
      language: language.default('zh-CN'),
    }),
  ),
  'plan.dealerTargets': call<V.DealerTargetsView>()(z.strictObject({ plan: planId, area: scope.optional() })),
  'plan.assess': call<V.AssessmentView>()(
    z.strictObject({
      plan: planId,
      spent: z.array(spent).max(20_000).default([]),
      /** Keeps the assessment with the plan, which is then assessed and teaches the next. */
      keep: z.boolean().default(false),
    }),
  ),
  'plan.progress': call<V.PlanProgress>()(z.strictObject({ plan: planId })),

  'reports.run': call<V.ReportFiles>()(
    z.strictObject({
      job,
      scheme,
      quarter: quarter.optional(),
      scope: scope.default('overall'),
      formats: z
        .array(z.enum(['pdf', 'xlsx']))
        .min(1)
        .default(['pdf', 'xlsx']),
      language: z.enum(['zh-CN', 'en']).default('zh-CN'),
      /** Where to write; absent for a folder of its own beside the database. */
      folder: path.optional(),
      /** Continue this batch instead of starting one. */
      resume: z.number().int().optional(),
      /** At most so many dealers, in the order of their codes. */
      limit: z.number().int().positive().optional(),
    }),
    { job: true, alone: true },
  ),
  'reports.batches': call<V.ReportBatchView[]>()(nothing),
  'reports.files': call<V.ReportFiles>()(z.strictObject({ batch: z.number().int() })),

  'backups.list': call<V.BackupView[]>()(nothing),
  'backups.create': call<V.BackupView>()(z.strictObject({ job }), { job: true, alone: true }),
  'backups.verify': call<{ ok: boolean; detail: string }>()(z.strictObject({ name: z.string().max(300) })),
  'backups.restore': call<V.AppStatus>()(z.strictObject({ name: z.string().max(300) }), { alone: true }),
  'audit.list': call<V.AuditEntry[]>()(
    z.strictObject({
      limit: z.number().int().min(1).max(1000).default(200),
      before: z.number().int().optional(),
    }),
  ),
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

export type { EngineEvent } from './views.ts';
