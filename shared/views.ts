/**
 * What the calls of `contract.ts` answer. Scores named `score100` and every difference are points on 0-100, more is
 * better; `null` stands for "not there" and always has its reason beside it or in the field's comment.
 */

import type { AlertCause } from './domain/alert/cause.ts';
import type { FunnelPosition } from './domain/funnel.ts';
import type { Bilingual } from './domain/language.ts';
import type { PlanInput, PlanLevel, PlanView } from './domain/plan/plan-facts.ts';
import type { PlanRule } from './domain/plan/rules.ts';
import type { PrecisionTier } from './domain/precision.ts';
import type { Quarter } from './domain/quarter.ts';
import type { ScopeId, ScopeLevel, ScopeNode } from './domain/scope.ts';
import type { Channel, StudyMapping } from './domain/study-mapping.ts';

/** How much of a figure may be shown, by effective base size: nothing, the figure without rank or mark, all. */
export type Tier = PrecisionTier;

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

/** One channel that holds data. `items` are the indicator codes it asked at least once. */
export interface ChannelInfo {
  channel: Channel;
  name: Bilingual;
  studies: { code: string; name: Bilingual; kind: 'responses' | 'scores'; provider: string }[];
  quarters: Quarter[];
  items: string[];
  /** Native scale of the index: the most common scale of the channel's items. */
  scale: { min: number; max: number };
}

/** One indicator of the tree, parents before children. `weight` is R / sum R over all items, 0 for non-items. */
export interface IndicatorInfo {
  code: string;
  parent: string | null;
  role: 'index' | 'factor' | 'item' | 'question';
  name: Bilingual;
  weight: number;
}

/** One region scheme. */
export interface SchemeInfo {
  id: number;
  code: string;
  name: Bilingual;
  validFrom: string;
  regions: number;
}

/** Everything a screen needs to offer choices. */
export interface Catalog {
  channels: ChannelInfo[];
  indicators: IndicatorInfo[];
  schemes: SchemeInfo[];
  quarters: Quarter[];
  weightSet: { version: number; note: string };
}

/** A figure with its precision. Native is on the channel's scale. `margin100` is null below two effective answers. */
export interface Score {
  score100: number;
  native: number;
  n: number;
  nEff: number;
  margin100: number | null;
  tier: Tier;
}

/** A difference with its test; `p` is null where no test may be made (grey or hidden). */
export interface Change {
  points100: number;
  p: number | null;
  significance: 'higher' | 'lower' | 'none';
}

/** A forecast with its intervals for the coming wave, clipped to 0-100. */
export interface ForecastView {
  quarter: Quarter;
  point: number;
  low80: number;
  high80: number;
  low95: number;
  high95: number;
  curve: string;
  curveName: Bilingual;
  history: number;
  flags: string[];
}

/** One quarter of a trend. `score` is null where nothing was asked or the base is hidden. */
export interface TrendPointView {
  quarter: Quarter;
  score: Score | null;
  /** What had been expected before the quarter was measured; null before the first forecast. */
  expected: ForecastView | null;
}

/** The trend of one scope x indicator x channel. */
export interface TrendView {
  channel: Channel;
  channelName: Bilingual;
  indicator: string;
  points: TrendPointView[];
  next: ForecastView | null;
  /** Quarters from which a questionnaire, weight or provider change forbids the comparison. */
  breaks: { quarter: Quarter; label: Bilingual }[];
}

/** A channel's standing in one scope and quarter. */
export interface ChannelStanding {
  channel: Channel;
  name: Bilingual;
  scale: { min: number; max: number };
  quarter: Quarter;
  score: Score | null;
  sincePrevious: Change | null;
  sinceLastYear: Change | null;
  expected: ForecastView | null;
  next: ForecastView | null;
}

/** A row of an area or indicator table. */
export interface StandingRow {
  scope: ScopeId;
  level: ScopeLevel;
  name: Bilingual;
  indicator: string;
  score: Score | null;
  /** Against the rest of the parent (areas), or against last quarter (indicators). */
  againstRest: Change | null;
  sincePrevious: Change | null;
  next: ForecastView | null;
  spark: (number | null)[];
}

/** The overview of one scope. */
export interface Overview {
  scope: ScopeNode;
  path: { id: ScopeId; name: Bilingual }[];
  quarter: Quarter;
  channels: ChannelStanding[];
  trends: TrendView[];
  /** Children of the scope for the leading channel. */
  areas: StandingRow[];
  /** Every province below the scope for the leading channel, for the map; empty below a province. */
  provinces: StandingRow[];
  /** Indicators of the scope for the leading channel. */
  indicators: StandingRow[];
  alerts: AlertView[];
}

/** One alert with where it stands and what it rests on. */
export interface AlertView {
  id: number;
  channel: Channel;
  channelName: Bilingual;
  quarter: Quarter;
  rank: number;
  /** Which kind of component moved: the whole, an indicator, an area, an area x indicator; nobody singled out; or slowly. */
  kind: 'overall' | 'indicator' | 'area' | 'area-indicator' | 'diffuse' | 'drift';
  scope: ScopeId;
  scopeLevel: ScopeLevel;
  scopeName: Bilingual;
  /** '' is the index. */
  indicator: string;
  indicatorName: Bilingual;
  direction: 'above' | 'below';
  /** Estimated size of what happened at this place, with its effect elsewhere taken out. */
  shift100: number;
  actual100: number;
  /** The actual with the effects of the other alerts and of the respondents' shares taken out. */
  adjusted100: number;
  /** What the other alerts of the quarter did to this figure, points, largest first. */
  effects: {
    scope: ScopeId;
    scopeName: Bilingual;
    indicator: string;
    indicatorName: Bilingual;
    points: number;
  }[];
  /** What the shares of respondents, other than expected, did to this figure. */
  mix100: number;
  expected100: number;
  low95: number;
  high95: number;
  p: number;
  n: number;
  /** The change since the quarter before, split into what the children's scores did and what their shares did. */
  split: { change: number; rate: number; mix: number } | null;
  /** The data have changed since the alert was raised. */
  stale: boolean;
  state: 'new' | 'acknowledged' | 'explained' | 'closed';
  /** '' while none is given. */
  cause: AlertCause | '';
  note: string;
  action: string;
  owner: string;
  /** ISO day. */
  due: string | null;
  /** Confirmed as happening once: later fits leave this place's quarter out. */
  oneOff: boolean;
}

/** A part of a change: what a child's own score did, and what its share did; points of the whole. */
export interface SplitPartView {
  /** '' for the children whose figures are too small to show, taken together. */
  scope: ScopeId;
  name: Bilingual;
  rate: number;
  mix: number;
}

/** A whole's difference split exactly over its children, against what was expected or the quarter before. */
export interface SplitView {
  against: 'expected' | 'previous';
  change: number;
  rate: number;
  mix: number;
  parts: SplitPartView[];
}

/** A figure beside what was expected of it. `z` is the surprise in standard deviations of the expected score. */
export interface SurpriseRow {
  scope: ScopeId;
  level: ScopeLevel;
  name: Bilingual;
  indicator: string;
  indicatorName: Bilingual;
  score: Score;
  expected: ForecastView;
  z: number;
}

/** Everything beside an alert that helps to explain it. */
export interface AlertPage {
  alert: AlertView;
  /** The standing of the whole in the same channel and quarter, said before the particular. */
  overall: SurpriseRow | null;
  splits: SplitView[];
  /** Of an index: each item's part in actual minus expected, weight times surprise. */
  items: { indicator: string; name: Bilingual; points: number; z: number }[];
  /** Surprises of the scope and those below it (or beside it, of a single shop) by indicator; null where not shown. */
  heat: {
    indicators: { code: string; name: Bilingual }[];
    rows: { scope: ScopeId; name: Bilingual; own: boolean; z: (number | null)[] }[];
  };
  /** The scope and those beside it, the most surprising first. */
  siblings: (SurpriseRow & { own: boolean })[];
}

/** The answers that an alert rests on. */
export interface AlertResponses {
  /** The item that rows and counts are of: the alert's own, or of an index the one that most answered. */
  indicator: string;
  indicatorName: Bilingual;
  files: { fileName: string; study: Bilingual; n: number }[];
  /** Respondents, or for a study of scores the lines of scores. */
  total: number;
  kind: 'responses' | 'scores';
  /** By each attribute: base and score of the quarter and of the one before; score null under ten answers. */
  attributes: {
    code: string;
    label: Bilingual;
    groups: {
      label: Bilingual;
      n: number;
      score100: number | null;
      before100: number | null;
    }[];
  }[];
  rows: {
    fileName: string;
    /** Line of the file, the header is line 1. */
    sourceRow: number;
    day: string | null;
    dealer: Bilingual;
    native: number;
    score100: number;
    n: number | null;
    attributes: string[];
  }[];
}

/** One curve of the registry through a series: what it gives the coming quarter, and how it did before. */
export interface CurveView {
  id: string;
  name: Bilingual;
  note: Bilingual;
  fitted: { quarter: Quarter; value: number }[];
  next: number | null;
  /** Why it cannot be drawn; null when it can. */
  refusal: 'too-few-points' | 'not-positive' | null;
  /** Mean absolute error of one quarter ahead over past quarters, and how many; null without any. */
  pastError: number | null;
  pastQuarters: number;
}

/** A forecast with the curve that explains it. */
export interface FittedForecast extends ForecastView {
  fitted: { quarter: Quarter; value: number }[];
}

/** One series read in full. */
export interface SeriesView {
  channel: Channel;
  channelName: Bilingual;
  scope: ScopeId;
  scopeName: Bilingual;
  indicator: string;
  indicatorName: Bilingual;
  scale: { min: number; max: number };
  quarter: Quarter;
  history: { quarter: Quarter; score: Score | null; leftOut: boolean; expected: ForecastView | null }[];
  actual: Score | null;
  /** The stored forecast; null where none stands or it was refused. */
  forecast: (FittedForecast & { curveWeight: number; madeAt: string; method: string; stale: boolean }) | null;
  curves: CurveView[];
  /** The forecast made anew without the quarters in question, beside the same one with them; null when none is named. */
  whatIf: { leaveOut: Quarter[]; with: FittedForecast | null; without: FittedForecast | null } | null;
  /** Slow drift: smoothed residuals of stored past forecasts with their limits, in standard deviations. */
  drift: {
    quarter: Quarter;
    z: number;
    smoothed: number;
    limit: number;
    signal: 'none' | 'rising' | 'falling';
  }[];
  breaks: TrendView['breaks'];
}

/** Past forecasts of one series, each made from what was known before its quarter. */
export interface BacktestView {
  scopeName: Bilingual;
  indicatorName: Bilingual;
  rows: {
    quarter: Quarter;
    forecast: ForecastView;
    actual: number;
    naive: number | null;
    hit80: boolean;
    hit95: boolean;
  }[];
  summary: {
    quarters: number;
    error: number;
    naiveError: number | null;
    hit80: number;
    hit95: number;
  } | null;
  seconds: number;
}

/** How the stored forecasts of one channel and level did: mean absolute errors in points, shares of hits in 0-1. */
export interface AccuracyRow {
  channel: Channel;
  channelName: Bilingual;
  level: ScopeLevel;
  quarters: number;
  series: number;
  error: number;
  naiveError: number | null;
  hit80: number;
  hit95: number;
}

/** One channel at the close of a quarter: what was expected, what came, what needs a look, what went well. */
export interface ChannelClose {
  channel: Channel;
  name: Bilingual;
  scale: { min: number; max: number };
  score: Score | null;
  expected: ForecastView | null;
  position: 'above' | 'below' | 'inside' | null;
  sincePrevious: Change | null;
  /** Figures of regions and provinces and of indicators that were expected, and how many came inside their 80 and 95 % bands. */
  tested: number;
  inside80: number;
  inside95: number;
  alerts: { above: number; below: number; open: number };
  needsLook: CloseRow[];
  wentWell: CloseRow[];
  next: ForecastView | null;
  stale: boolean;
}

/** A line of the close; `alert` where the surprise is beyond chance over everything that was tested. */
export interface CloseRow extends SurpriseRow {
  alert: number | null;
  shift100: number | null;
}

/** The close of a quarter. */
export interface QuarterClose {
  quarter: Quarter;
  channels: ChannelClose[];
}

/** A problem of a file, told in both languages by code, place and value. */
export interface IssueView {
  code: string;
  severity: 'error' | 'warning';
  message: Bilingual;
  sheet?: string;
  row?: number;
  column?: string;
  value?: string;
}

/** How one file would be read. Nothing is written. */
export interface ImportPreview {
  file: {
    path: string;
    name: string;
    bytes: number;
    sha256: string;
    format: string;
    encoding: string | null;
    delimiter: string | null;
  };
  sheets: { name: string; hidden: boolean }[];
  headers: string[];
  /** The first rows as text, beside their interpretation. */
  rows: {
    row: number;
    cells: string[];
    meaning: {
      quarter: string | null;
      place: string | null;
      weight: number | null;
      answers: (number | null)[];
      attributes: string[];
    } | null;
    rejected: boolean;
  }[];
  mapping: StudyMapping | null;
  mappingName: string | null;
  /** Why the guess could not be completed; empty when `mapping` is ready to commit. */
  mappingProblems: Bilingual[];
  counts: {
    read: number;
    accepted: number;
    rejected: number;
    quarters: { quarter: Quarter; rows: number }[];
    newDealers: number;
    newCities: number;
  };
  issues: IssueView[];
  issueTotals: { code: string; severity: 'error' | 'warning'; message: Bilingual; count: number }[];
  duplicateOf: number | null;
  unmatched: { name: string; rows: number; nearest: string[] }[];
}

/** One import batch. */
export interface BatchView {
  id: number;
  sequence: number;
  state: 'committed' | 'undone';
  study: string;
  studyName: Bilingual;
  channel: Channel;
  questionnaire: string;
  fileName: string;
  sha256: string;
  rowsRead: number;
  rowsLoaded: number;
  rowsRejected: number;
  firstQuarter: Quarter | null;
  lastQuarter: Quarter | null;
  createdAt: string;
  undoneAt: string | null;
}

/** What rests on a batch and becomes outdated when it is undone. */
export interface UndoPreview {
  batch: BatchView;
  forecastRuns: number;
  alerts: number;
  plans: { id: number; name: string; state: string }[];
  reportBatches: { id: number; quarter: Quarter; made: number }[];
}

/** A saved mapping. */
export interface MappingInfo {
  name: string;
  study: string;
  channel: Channel;
  questionnaire: string;
  savedAt: string;
}

/** What a forecast run made. */
export interface ForecastRunView {
  quarter: Quarter;
  channels: {
    channel: Channel;
    series: number;
    refused: number;
    alerts: number;
    method: string;
    overlapping: boolean;
  }[];
  seconds: number;
}

/** A line of a forecast table. */
export interface ForecastRow extends ForecastView {
  channel: Channel;
  scope: ScopeId;
  scopeName: Bilingual;
  indicator: string;
  indicatorName: Bilingual;
  actual: Score | null;
}

export type {
  AssumptionSource,
  PlanCellView,
  PlanInput,
  PlanLevel,
  PlanLimitView,
  PlanTotalView,
  PlanView,
} from './domain/plan/plan-facts.ts';

/** What a plan can be made of. `stable`: asked in both of the last two years and in the last wave. */
export interface PlanOptions {
  items: { code: string; name: Bilingual; weight: number; stable: boolean; lastAsked: Quarter }[];
  levels: { level: PlanLevel; areas: number }[];
  /** What assessed plans taught about the effect of resource, newest first. */
  learnt: { plan: number; name: string; year: number; effects: LearntEffectView[] }[];
}

/** What one item's funded cells taught: a factor on the assumed effect, with its 95 % interval. */
export interface LearntEffectView {
  indicator: string;
  name: Bilingual;
  fundedCells: number;
  value: number;
  low: number;
  high: number;
  /** The factor to plan with: drawn towards 1 by as much as its uncertainty asks. */
  offered: number;
}

/** How firmly a plan stands on its assumptions, each off by up to `spread`. */
export interface PlanSensitivityView {
  spread: number;
  draws: number;
  /** Draws in which the target was out of reach. */
  infeasible: number;
  /** All effects, or all ways to the ceiling, low or high at once; null cost where the target is then out of reach. */
  cases: { assumption: 'effect' | 'ceiling'; factor: number; totalCost: number | null }[];
  totalCost: { low: number; middle: number; high: number } | null;
  /** Share of the draws in which a cell gets resource; `robust` from 80 %. Only cells with any. */
  cells: { area: ScopeId; indicator: string; share: number; robust: boolean }[];
}

/** Plans side by side. The first is the one that the others are compared with. */
export interface PlanComparison {
  plans: {
    id: number;
    name: string;
    state: PlanView['state'];
    method: PlanInput['method'];
    baseline: number;
    target: number;
    totalCost: number;
    funded: number;
  }[];
  areas: { id: ScopeId; name: Bilingual; values: ({ target: number; cost: number } | null)[] }[];
  items: { code: string; name: Bilingual; values: ({ target: number; cost: number } | null)[] }[];
  /** Cells in which the plans differ most, by cost. */
  cells: {
    area: ScopeId;
    areaName: Bilingual;
    indicator: string;
    values: ({ target: number; cost: number } | null)[];
  }[];
}

/** What a table of volumes or assumptions says, ready to be put into a plan. */
export interface PlanTableView {
  file: string;
  volumes: { area: ScopeId; share: number }[];
  rules: PlanRule[];
  spent: { area: ScopeId; indicator: string; extra: number }[];
  problems: { row: number; value: string; message: Bilingual }[];
}

/** What was edited in a workbook against the plan it came from, and the plan's input with the edits in it. */
export interface PlanEdits {
  file: string;
  changes: {
    area: ScopeId;
    areaName: Bilingual;
    indicator: string;
    field: 'target' | 'extra' | 'ceiling' | 'effect' | 'cost' | 'note';
    before: number | string | null;
    after: number | string | null;
  }[];
  problems: { row: number; value: string; message: Bilingual }[];
  input: PlanInput;
}

/** A file that was written. */
export interface WrittenFile {
  file: string;
  bytes: number;
}

/** The targets of the dealers of a planned area. `reachable` is null where the area's target can be shared out. */
export interface DealerTargetsView {
  plan: number;
  dealers: {
    dealer: ScopeId;
    name: Bilingual;
    area: ScopeId;
    indicator: string;
    baseline: number;
    target: number;
  }[];
  outOfReach: { area: ScopeId; indicator: string; reachable: number }[];
}

/** Plan against actual of an area, an item, a cell or the whole. Points on 0-100. */
export interface AssessmentRow {
  baseline: number;
  planned: number;
  actual: number;
  gap: number;
  low: number;
  high: number;
  verdict: 'met' | 'not-met' | 'indistinguishable';
  /** The parts add up to the gap exactly. */
  split: { drift: number; execution: number; effectiveness: number; noise: number };
}

/** A place among peers, by funnel limits that widen with the standard error. */
export interface AssessmentRank extends AssessmentRow {
  rank: number;
  funnel: FunnelPosition;
}

/** A plan assessed against a year's actual scores. */
export interface AssessmentView {
  plan: PlanInfo;
  /** Quarters of the year that were measured; fewer than four is a view before year end. */
  quarters: Quarter[];
  overall: AssessmentRow;
  areas: (AssessmentRank & { id: ScopeId; name: Bilingual })[];
  items: (AssessmentRank & { code: string; name: Bilingual })[];
  cells: (AssessmentRow & {
    area: ScopeId;
    areaName: Bilingual;
    indicator: string;
    /** Units of present resource. */
    plannedUnits: number;
    spentUnits: number | null;
    funded: boolean;
  })[];
  /** The unfunded cells: their mean change, forecast drift taken out, with its interval; null where too few. */
  control: { cells: number; extraDrift: number; low: number; high: number } | null;
  learnt: LearntEffectView[];
  /** Cells that had no answer in the measured quarters. */
  missing: number;
}

/** Where the running year of an approved plan stands. */
export interface PlanProgress {
  plan: PlanInfo;
  quarters: {
    quarter: Quarter;
    milestone: number;
    /** Measured, or the forecast. */
    score: number | null;
    low95: number | null;
    high95: number | null;
    measured: boolean;
  }[];
  expected: number | null;
  /** Probability that the year's figure reaches the target; null where the rest of the year has no forecast. */
  probability: number | null;
  state: 'ahead' | 'open' | 'behind' | null;
  againstMilestones: number | null;
  /** Score that the open quarters need on average. */
  needed: number | null;
}

/** A stored plan in a list. */
export interface PlanInfo {
  id: number;
  name: string;
  year: number;
  state: 'draft' | 'approved' | 'assessed';
  channel: Channel;
  baseline: number;
  target: number;
  totalCost: number;
  createdAt: string;
}

/** A report batch. */
export interface ReportBatchView {
  id: number;
  quarter: Quarter;
  scheme: Bilingual;
  folder: string;
  state: 'running' | 'complete' | 'partial' | 'cancelled';
  made: number;
  failed: number;
  total: number;
  createdAt: string;
  finishedAt: string | null;
}

/** The files of a report batch. */
export interface ReportFiles {
  batch: ReportBatchView;
  files: { dealer: string; name: string; file: string; bytes: number; sha256: string }[];
  failures: { dealer: string; name: string; message: Bilingual }[];
}

/** A verified copy of the database. */
export interface BackupView {
  name: string;
  createdAt: string;
  reason: string;
  bytes: number;
  sha256: string;
}

/** A line of the audit log. */
export interface AuditEntry {
  id: number;
  at: string;
  actor: string;
  action: string;
  subject: string;
  detail: Record<string, unknown>;
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
