// One pass over a file, row by row: what was accepted, what was not and why, and progress on the way.
import type { Issue, IssueCode } from '../../../shared/domain/import-issue.ts';
import type { Quarter } from '../../../shared/domain/quarter.ts';
import type { Job } from '../context.ts';
import type { RawRow, Table } from '../importers/table.ts';
import type { Fact, ReadRow, StudyReader } from './read-study.ts';

/** Rows between two chances for other calls. */
const BREATH_ROWS = 1000;

/** What one pass over a file found. */
export interface Pass {
  read: number;
  accepted: number;
  rejected: number;
  quarters: Map<Quarter, number>;
  issues: Issue[];
  totals: Map<IssueCode, { severity: 'error' | 'warning'; count: number }>;
  unmatched: Map<string, { rows: number; nearest: string[] }>;
  firstRows: { raw: RawRow; outcome: ReadRow }[];
}

const KEPT_ISSUES = 500;
const KEPT_UNMATCHED = 200;
const FIRST_ROWS = 20;

/** Reads every row once; `take` gets the accepted ones in order. */
export async function readAll(
  table: Table,
  reader: StudyReader,
  job: Job,
  take: (fact: Fact) => void,
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
  };
  const step = { zh: '读取数据行', en: 'Reading rows' };
  for (const warning of table.warnings) note(pass, warning);
  for await (const raw of table.rows(job.signal)) {
    const outcome = reader.read(raw);
    if (pass.firstRows.length < FIRST_ROWS) pass.firstRows.push({ raw, outcome });
    pass.read++;
    if (outcome.kind === 'fact') {
      pass.accepted++;
      pass.quarters.set(outcome.fact.quarter, (pass.quarters.get(outcome.fact.quarter) ?? 0) + 1);
      for (const warning of outcome.warnings) note(pass, warning);
      take(outcome.fact);
    } else if (outcome.kind === 'rejected') {
      pass.rejected++;
      for (const issue of outcome.issues) note(pass, issue);
      if (outcome.unknown) noteUnknown(pass, outcome.unknown);
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

function note(pass: Pass, issue: Issue): void {
  if (pass.issues.length < KEPT_ISSUES) pass.issues.push(issue);
  const total = pass.totals.get(issue.code) ?? { severity: issue.severity, count: 0 };
  total.count++;
  pass.totals.set(issue.code, total);
}

function noteUnknown(pass: Pass, unknown: { name: string; nearest: string[] }): void {
  const known = pass.unmatched.get(unknown.name);
  if (known) known.rows++;
  else if (pass.unmatched.size < KEPT_UNMATCHED)
    pass.unmatched.set(unknown.name, { rows: 1, nearest: unknown.nearest });
}
