// Plans with what they were made from; once approved their figures never change.
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

export interface PlanRow {
  id: number;
  name: string;
  year: number;
  channel: Channel;
  schemeId: number;
  method: string;
  state: 'draft' | 'approved' | 'assessed';
  /** JSON of the choices, and of the whole plan as it is shown. */
  input: string;
  result: string;
  dataVersion: number;
  createdAt: string;
  approvedAt: string | null;
  /** JSON of what was assessed; null before. */
  assessment: string | null;
}

const PLAN_COLUMNS = `id, name, year, channel, scheme_id AS schemeId, method, state, input, result,
  data_version AS dataVersion, created_at AS createdAt, approved_at AS approvedAt, assessment`;

/** The parts of a plan that its planner decides. */
export type PlanContent = Omit<PlanRow, 'id' | 'state' | 'createdAt' | 'approvedAt' | 'assessment'> & {
  weightSetId: number;
};

export function addPlan(db: WritableConnection, plan: PlanContent & { createdAt: string }): number {
  const made = db
    .prepare(
      `INSERT INTO plans (name, year, channel, scheme_id, weight_set_id, data_version, method, input, result, created_at)
       VALUES (@name, @year, @channel, @schemeId, @weightSetId, @dataVersion, @method, @input, @result, @createdAt)`,
    )
    .run(plan);
  return Number(made.lastInsertRowid);
}

/** Replaces a draft; false where it is one no longer, and nothing changes. */
export function replacePlan(db: WritableConnection, id: number, plan: PlanContent): boolean {
  const { changes } = db
    .prepare(
      `UPDATE plans SET name = @name, year = @year, channel = @channel, scheme_id = @schemeId,
       weight_set_id = @weightSetId, data_version = @dataVersion, method = @method, input = @input, result = @result
     WHERE id = @id AND state = 'draft'`,
    )
    .run({ ...plan, id });
  return changes > 0;
}

export function listPlans(db: ReadableConnection): PlanRow[] {
  return db.prepare<[], PlanRow>(`SELECT ${PLAN_COLUMNS} FROM plans ORDER BY id DESC`).all();
}

export function findPlan(db: ReadableConnection, id: number): PlanRow | undefined {
  return db.prepare<[number], PlanRow>(`SELECT ${PLAN_COLUMNS} FROM plans WHERE id = ?`).get(id);
}

export function approvePlan(db: WritableConnection, id: number, dealerTargets: string, at: string): void {
  db.prepare("UPDATE plans SET state = 'approved', approved_at = ?, dealer_targets = ? WHERE id = ?").run(
    at,
    dealerTargets,
    id,
  );
}

/** The targets of dealers as they were when the plan was approved. */
export function findDealerTargets(db: ReadableConnection, id: number): string | undefined {
  return db
    .prepare<[number], { targets: string }>('SELECT dealer_targets AS targets FROM plans WHERE id = ?')
    .get(id)?.targets;
}

export function findSpent(db: ReadableConnection, id: number): string | undefined {
  return db.prepare<[number], { spent: string }>('SELECT spent FROM plans WHERE id = ?').get(id)?.spent;
}

export function keepAssessment(
  db: WritableConnection,
  id: number,
  kept: { spent: string; assessment: string; at: string },
): void {
  db.prepare(
    "UPDATE plans SET state = 'assessed', spent = @spent, assessment = @assessment, assessed_at = @at WHERE id = @id",
  ).run({ ...kept, id });
}

export function deletePlan(db: WritableConnection, id: number): void {
  db.prepare('DELETE FROM plans WHERE id = ?').run(id);
}
