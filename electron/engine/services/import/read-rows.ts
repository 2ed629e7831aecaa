// One pass over a file, row by row: what was accepted, what was not and why, and progress on the way.
import type { Issue, IssueCode } from '../../../../shared/domain/import-issue.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { Job } from '../../context.ts';
import type { ShapedTable } from '../../importers/shape.ts';
import type { RawRow, Table } from '../../importers/table.ts';
import { type Correction, isCorrectionColumn, withoutGuard } from './correction-file.ts';
import { type AskedName, choiceKey, type KnownChoice, type NearPlace } from './place-names.ts';
import type { Fact, ReadRow, StudyReader } from './read-study.ts';
import { type KnownRows, rowMark } from './row-marks.ts';

/** Rows between two chances for other calls. */
const BREATH_ROWS = 1000;

/** What one pass over a file found. */
export interface Pass {
  read: number;
  accepted: number;
  rejected: number;
  quarters: Map<Quarter, number>;
  issues: Issue[];
  /** How often each kind of issue was found, with the first case of it. */
  totals: Map<IssueCode, { first: Issue; count: number }>;
  unmatched: Map<string, UnmatchedName>;
  firstRows: { raw: RawRow; outcome: ReadRow | { kind: 'loaded' } }[];
  /** Rows whose content a batch holds already, whether or not they were taken again. */
  loadedBefore: number;
  loadedBatches: Set<number>;
  leftByChoice: number;
  /** Rows with nothing to load: empty ones, and of scores those without any. */
  blank: number;
  /** Marks of the accepted rows. */
  marks: number[];
  /** Rows of the quarantine that accepted rows correct. */
  corrected: number[];
  /** Rows with faults, where they were asked for, at most `MOST_QUARANTINED`. */
  quarantined: { raw: RawRow; issues: readonly Issue[] }[];
}

/** A name that no place has, or that a choice was made for. */
export interface UnmatchedName extends AskedName {
  rows: number;
  nearest: NearPlace[];
  choice: KnownChoice | null;
}

/** What a pass is to know beside the rows. */
export interface PassOptions {
  /** Absent: rows are not compared with earlier ones, and leave no marks. */
  known?: KnownRows | undefined;
  /** Leave out rows that are known. */
  skipLoaded: boolean;
  correction?: Correction | undefined;
  keepFaulty?: boolean;
  /** What keeps out a row that could be read; undefined for nothing. */
  check?: (fact: Fact) => Issue | undefined;
}

/** Beyond this many the rows with faults are counted, not kept. */
export const MOST_QUARANTINED = 50_000;

const NO_MARK = -1;
const KEPT_ISSUES = 500;
const KEPT_UNMATCHED = 200;
const FIRST_ROWS = 20;

/** Reads every row once; `take` gets the accepted ones in order. */
export async function readAll(
  table: Table & Pick<ShapedTable, 'joined'>,
  reader: StudyReader,
  job: Job,
  take: (fact: Fact) => void,
  options: PassOptions,
): Promise<Pass> {
  const pass: Pass = {
    read: 0,
    accepted: 0,
    rejected: 0,
    quarters: new Map(),
    issues: [],
    totals: new Map(),
    unmatched: new Map(),
    firstRows: [],
    loadedBefore: 0,
    loadedBatches: new Set(),
    leftByChoice: 0,
    blank: 0,
    marks: [],
    corrected: [],
    quarantined: [],
  };
  const skip = table.headers.map((header) => isCorrectionColumn(header) || !!table.joined?.has(header));
  const step = { zh: '读取数据行', en: 'Reading rows' };
  for (const warning of table.warnings) note(pass, warning);
  for await (const row of table.rows(job.signal)) {
    const raw = options.correction ? withoutGuard(row) : row;
    const mark = options.known ? rowMark(raw, skip) : NO_MARK;
    const outcome = isLoaded(pass, raw, mark, options)
      ? ({ kind: 'loaded' } as const)
      : checked(reader.read(raw), options.check);
    if (pass.firstRows.length < FIRST_ROWS) pass.firstRows.push({ raw, outcome });
    pass.read++;
    if (outcome.kind === 'fact') {
      pass.accepted++;
      if (options.known) pass.marks.push(mark);
      pass.quarters.set(outcome.fact.quarter, (pass.quarters.get(outcome.fact.quarter) ?? 0) + 1);
      for (const warning of outcome.warnings) note(pass, warning);
      if (outcome.asked) noteName(pass, outcome.asked, [], outcome.asked.choice);
      const corrects = options.correction?.positionOf(raw);
      if (corrects !== undefined) pass.corrected.push(corrects);
      take(outcome.fact);
    } else if (outcome.kind === 'left') {
      pass.leftByChoice++;
      noteName(pass, outcome.asked, [], outcome.asked.choice);
    } else if (outcome.kind === 'blank') {
      pass.blank++;
    } else if (outcome.kind === 'rejected') {
      pass.rejected++;
      for (const issue of outcome.issues) note(pass, issue);
      if (outcome.unknown) noteName(pass, outcome.unknown.asked, outcome.unknown.nearest, null);
      if (options.keepFaulty && pass.quarantined.length < MOST_QUARANTINED)
        pass.quarantined.push({ raw, issues: outcome.issues });
    }
    if (pass.read % BREATH_ROWS === 0) {
      job.progress(step, pass.read, table.rowCount ?? null);
      await job.breathe();
    }
  }
  job.throwIfCancelled();
  job.progress(step, pass.read, pass.read);
  return pass;
}

function checked(outcome: ReadRow, check: PassOptions['check']): ReadRow {
  const fault = outcome.kind === 'fact' ? check?.(outcome.fact) : undefined;
  return fault ? { kind: 'rejected', issues: [fault] } : outcome;
}

function note(pass: Pass, issue: Issue): void {
  if (pass.issues.length < KEPT_ISSUES) pass.issues.push(issue);
  const total = pass.totals.get(issue.code) ?? { first: issue, count: 0 };
  total.count++;
  pass.totals.set(issue.code, total);
}

/** A row that came in before, or that corrects one which was corrected already. */
function isLoaded(
  pass: Pass,
  raw: RawRow,
  mark: number,
  { known, skipLoaded, correction }: PassOptions,
): boolean {
  if (correction) {
    const position = correction.positionOf(raw);
    if (position !== undefined && !correction.open.has(position)) {
      pass.loadedBefore++;
      return true;
    }
  }
  const batch = known?.batchOf(mark);
  if (batch === undefined) return false;
  pass.loadedBefore++;
  pass.loadedBatches.add(batch);
  return skipLoaded;
}

function noteName(pass: Pass, asked: AskedName, nearest: NearPlace[], choice: KnownChoice | null): void {
  const key = `${asked.kind} ${choiceKey(asked)}`;
  const known = pass.unmatched.get(key);
  if (known) known.rows++;
  else if (pass.unmatched.size < KEPT_UNMATCHED)
    pass.unmatched.set(key, {
      kind: asked.kind,
      name: asked.name,
      province: asked.province,
      rows: 1,
      nearest,
      choice,
    });
}
