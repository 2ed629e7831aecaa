// How plans, their running year and their assessment look on the command line.

import type { AssessmentRow, AssessmentView, PlanInfo, PlanProgress } from '../../shared/calls/plan.ts';
import { counted } from '../../shared/domain/counted.ts';
import { baselineMargin, type PlanView } from '../../shared/domain/plan/plan-facts.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { boundSentence, limitName, PLAN_UNIT, priceSentence } from '../../shared/report/plan-words.ts';
import type { Output } from './output.ts';

const MOST_CELLS = 10;
const points = (value: number) => value.toFixed(1);
const signed = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(2)}`;
const percent = (share: number) => `${(share * 100).toFixed(Math.abs(share) >= 0.01 ? 1 : 2)}%`;

export function printPlan(output: Output, plan: PlanView): void {
  const { input } = plan;
  output.say({
    zh: `\n${input.year} 年计划：总体满意度 ${points(plan.baseline)} → ${points(plan.target)}；${PLAN_UNIT.zh}`,
    en: `\nPlan ${input.year}: overall satisfaction ${points(plan.baseline)} → ${points(plan.target)}; ${PLAN_UNIT.en}`,
  });
  if (plan.outcome === 'infeasible') {
    printObstacles(output, plan);
    return;
  }
  output.say({
    zh: `需追加资源：现有资源的 ${percent(plan.totalCost)}；再提高 1 分需 ${percent(plan.shadowPrice ?? 0)}。`,
    en: `Additional resource: ${percent(plan.totalCost)} of the present one; one more point costs ${percent(plan.shadowPrice ?? 0)}.`,
  });
  for (const price of plan.prices.filter(({ kind }) => kind !== 'overall-target').slice(0, 5))
    output.say({ zh: priceSentence(price, 'zh-CN'), en: priceSentence(price, 'en') });
  const milestones = plan.milestones.map(
    ({ quarter, score }) => `${formatQuarter(quarter)} ${points(score)}`,
  );
  output.say({ zh: `里程碑：${milestones.join('，')}`, en: `Milestones: ${milestones.join(', ')}` });
  const nameOf = new Map(plan.items.map((item) => [item.code, item.name]));
  const funded = plan.cells.filter((cell) => cell.cost > 0).sort((a, b) => b.cost - a.cost);
  output.table(
    [
      { zh: '地区', en: 'Area' },
      { zh: '工作项', en: 'Work item' },
      { zh: '现状', en: 'Now' },
      { zh: '±误差', en: '± margin' },
      { zh: '样本量', en: 'Base' },
      { zh: '自然走势', en: 'Drift' },
      { zh: '目标', en: 'Target' },
      { zh: '追加(占本项)', en: 'Extra (of cell)' },
      { zh: '追加(占总追加)', en: 'Extra (of total)' },
    ],
    funded
      .slice(0, MOST_CELLS)
      .map((cell) => [
        output.pick(cell.areaName),
        output.pick(nameOf.get(cell.indicator) ?? { zh: cell.indicator, en: cell.indicator }),
        points(cell.baseline),
        points(baselineMargin(cell)),
        cell.n,
        cell.drift === null ? '—' : points(cell.drift),
        points(cell.target),
        percent(cell.extraOfCell),
        percent(cell.extraOfTotal),
      ]),
  );
  if (funded.length > MOST_CELLS)
    output.say({ zh: `  …… 共 ${funded.length} 项`, en: `  … ${counted(funded.length, 'cell')} in all` });
}

function printObstacles(output: Output, plan: PlanView): void {
  const most = points(plan.largestReachable ?? plan.reached);
  output.say({ zh: `目标无法达到：最高可达 ${most}。`, en: `The target is out of reach: at most ${most}.` });
  for (const limit of plan.inTheWay.filter(({ kind }) => kind !== 'overall-target')) {
    output.say({
      zh: `  受限于${limitName(limit, 'zh-CN')}`,
      en: `  held back by ${limitName(limit, 'en')}`,
    });
  }
  for (const one of plan.binding)
    output.say({ zh: `  ${boundSentence(one, 'zh-CN')}`, en: `  ${boundSentence(one, 'en')}` });
}

export function printProgress(output: Output, progress: PlanProgress): void {
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '里程碑', en: 'Milestone' },
      { zh: '实际/预测', en: 'Actual/forecast' },
      { zh: '95%区间', en: '95% interval' },
      { zh: '样本量', en: 'Base' },
      { zh: '已测', en: 'Measured' },
    ],
    progress.quarters.map((one) => [
      formatQuarter(one.quarter),
      points(one.milestone),
      one.score === null ? '—' : points(one.score),
      one.low95 === null || one.high95 === null ? '—' : `${points(one.low95)} – ${points(one.high95)}`,
      one.n ?? '—',
      one.measured ? '✓' : '',
    ]),
  );
  if (progress.probability === null) return;
  const odds = percent(progress.probability);
  const target = points(progress.target);
  output.say({
    zh: `达到全年目标 ${target} 分的概率：${odds}。`,
    en: `Probability of reaching the year's target of ${target}: ${odds}.`,
  });
}

export function printAssessment(output: Output, view: AssessmentView): void {
  const verdicts = {
    met: { zh: '达成', en: 'met' },
    'not-met': { zh: '未达成', en: 'not met' },
    indistinguishable: { zh: '无法区分', en: 'cannot be told' },
  };
  const line = (name: string, row: AssessmentRow) => [
    name,
    points(row.planned),
    points(row.actual),
    row.nEff === undefined ? '—' : row.nEff.toFixed(0),
    signed(row.gap),
    `${signed(row.low)} … ${signed(row.high)}`,
    row.tier === 'full' ? output.pick(verdicts[row.verdict]) : '–',
    signed(row.split.drift),
    signed(row.split.execution),
    signed(row.split.effectiveness),
    signed(row.split.noise),
    row.effect ? `${signed(row.effect.value)} (${signed(row.effect.low)} … ${signed(row.effect.high)})` : '–',
  ];
  const head = (first: { zh: string; en: string }) => [
    first,
    { zh: '计划', en: 'Planned' },
    { zh: '实际', en: 'Actual' },
    { zh: '有效样本', en: 'Effective base' },
    { zh: '差距', en: 'Gap' },
    { zh: '95%区间', en: '95% interval' },
    { zh: '结论', en: 'Verdict' },
    { zh: '走势', en: 'Drift' },
    { zh: '执行', en: 'Execution' },
    { zh: '成效', en: 'Effectiveness' },
    { zh: '波动', en: 'Noise' },
    { zh: '措施带来', en: 'Measures added' },
  ];
  output.table(head({ zh: '地区', en: 'Area' }), [
    line(output.pick({ zh: '总体', en: 'Overall' }), view.overall),
    ...view.areas.map((area) => line(output.pick(area.name), area)),
  ]);
  output.table(
    head({ zh: '工作项', en: 'Work item' }),
    view.items.map((item) => line(output.pick(item.name), item)),
  );
  for (const one of view.learnt)
    output.say({
      zh: `${one.name.zh}：效果为假设的 ×${one.value.toFixed(2)}（${one.low.toFixed(2)} – ${one.high.toFixed(2)}），建议采用 ×${one.offered.toFixed(2)}`,
      en: `${one.name.en}: effect ×${one.value.toFixed(2)} of the assumed (${one.low.toFixed(2)} – ${one.high.toFixed(2)}), plan with ×${one.offered.toFixed(2)}`,
    });
}

export function printPlans(output: Output, plans: readonly PlanInfo[]): void {
  output.table(
    [
      { zh: '编号', en: 'Number' },
      { zh: '名称', en: 'Name' },
      { zh: '年度', en: 'Year' },
      { zh: '状态', en: 'State' },
      { zh: '现状', en: 'Now' },
      { zh: '±误差', en: '± margin' },
      { zh: '样本量', en: 'Base' },
      { zh: '目标', en: 'Target' },
      { zh: '追加', en: 'Extra' },
    ],
    plans.map((one) => [
      one.id,
      one.name,
      one.year,
      one.state,
      points(one.baseline),
      typeof one.margin100 === 'number' ? points(one.margin100) : '—',
      one.n ?? '—',
      points(one.target),
      percent(one.totalCost),
    ]),
  );
}
