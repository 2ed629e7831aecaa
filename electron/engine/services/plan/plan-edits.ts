// A plan's workbook that came back from Excel: what was changed in it, and the plan with those changes.
import { basename } from 'node:path';
import type { PlanEdits } from '../../../../shared/calls/plan.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { PlanCellView } from '../../../../shared/domain/plan/plan-facts.ts';
import type { PlanRule } from '../../../../shared/domain/plan/rules.ts';
import { PLAN_SHEETS } from '../../../../shared/report/plan-words.ts';
import type { Context } from '../../context.ts';
import { findersOf, type PlanRow, placeOf, readPlanRows, TableProblems, tableFault } from './plan-table.ts';
import { viewPlan } from './saved-plans.ts';

/** Differences below this come from writing numbers down. */
const SAME = 1e-6;

const NO_SHEET = {
  zh: '找不到由本工作站导出的“区域×指标”表。',
  en: 'it holds no sheet "Area x item" as this workstation exports it.',
};
const NO_CELL = { zh: '计划中没有这一项', en: 'the plan has no such cell' };
const NO_NUMBER = { zh: '不是可用的数字', en: 'not a usable number' };

type Field = PlanEdits['changes'][number]['field'];

const changed = (before: number, after: number | null | undefined): after is number =>
  after !== null && after !== undefined && Math.abs(after - before) > SAME * Math.max(1, Math.abs(before));

async function readCellSheet(path: string, file: string) {
  for (const language of ['zh-CN', 'en'] as const) {
    const found = await readPlanRows(path, file, PLAN_SHEETS[language].cells).catch(() => null);
    if (found?.columns.has('area') && found.columns.has('indicator')) return found;
  }
  throw tableFault(file, NO_SHEET);
}

/** Where a target was typed over its formula, the score itself is meant; else the resource is. */
function editsOf(
  row: PlanRow,
  cell: PlanCellView,
): { rule: PlanRule; changes: [Field, number | string, number | string][] } {
  const rule: PlanRule = { area: cell.area, indicator: cell.indicator, source: 'imported' };
  const changes: [Field, number | string, number | string][] = [];
  const ceiling = row.number('ceiling');
  const effect = row.number('effect');
  const cost = row.number('costFactor');
  const extra = row.number('extra');
  const target = row.number('target');
  if (changed(cell.ceiling, ceiling)) {
    rule.ceiling = ceiling;
    changes.push(['ceiling', cell.ceiling, ceiling]);
  }
  if (changed(cell.effect, effect)) {
    rule.effect = effect;
    changes.push(['effect', cell.effect, effect]);
  }
  if (changed(cell.costFactor, cost)) {
    rule.costFactor = cost;
    changes.push(['cost', cell.costFactor, cost]);
  }
  const isModelSame = changes.length === 0;
  if (changed(cell.extraOfCell, extra)) {
    rule.lockExtra = extra;
    changes.push(['extra', cell.extraOfCell, extra]);
  } else if (isModelSame && changed(cell.target, target)) {
    rule.lockScore = target;
    changes.push(['target', cell.target, target]);
  }
  const note = row.text('note');
  if (note !== cell.note) {
    rule.note = note.slice(0, 2000);
    changes.push(['note', cell.note, note]);
  }
  return { rule, changes };
}

function isUsable(rule: PlanRule): boolean {
  const { ceiling = 1, effect = 1, costFactor = 1, lockExtra = 0, lockScore = 1 } = rule;
  const isScore = (value: number) => value >= 0 && value <= 100;
  return isScore(ceiling) && isScore(lockScore) && effect > 0 && costFactor >= 0 && lockExtra >= 0;
}

export async function readPlanEdits(
  context: Context,
  input: CallArguments<'plan.readEdits'>,
): Promise<PlanEdits> {
  const workspace = context.workspace();
  const plan = viewPlan(workspace, input.plan);
  const file = input.fileName ?? basename(input.path);
  const table = await readCellSheet(input.path, file);
  const finders = findersOf(workspace, plan.input.scheme, plan.input.within);
  const cells = new Map(plan.cells.map((cell) => [`${cell.area}\n${cell.indicator}`, cell]));
  const problems = new TableProblems();
  const changes: PlanEdits['changes'] = [];
  const rules: PlanRule[] = [];
  for (const row of table.rows) {
    if (row.text('area') === '' && row.text('indicator') === '') continue;
    const exact = cells.get(`${row.text('area')}\n${row.text('indicator')}`);
    const place = exact ?? placeOf(row, finders, problems);
    if (!place) continue;
    const cell = cells.get(`${place.area}\n${place.indicator}`);
    if (!cell) {
      problems.add(row.row, `${row.text('area')} ${row.text('indicator')}`, NO_CELL);
      continue;
    }
    const edits = editsOf(row, cell);
    if (!isUsable(edits.rule)) {
      problems.add(row.row, edits.changes.map(([, , after]) => after).join(', '), NO_NUMBER);
      continue;
    }
    if (edits.changes.length === 0) continue;
    rules.push(edits.rule);
    for (const [field, before, after] of edits.changes)
      changes.push({
        area: cell.area,
        areaName: cell.areaName,
        indicator: cell.indicator,
        field,
        before,
        after,
      });
  }
  return {
    file,
    changes,
    problems: problems.list,
    input: { ...plan.input, rules: [...plan.input.rules, ...rules] },
  };
}
