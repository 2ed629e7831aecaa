import { both } from './both.ts';

export const planText = {
  settings: both('目标与条件', 'Target and limits'),
  year: both('计划年度', 'Plan year'),
  areaLevel: both('区域层级', 'Area level'),
  method: both('投入方式', 'How effort pays'),
  diminishing: both('边际递减', 'Diminishing'),
  proportional: both('按比例', 'Proportional'),
  methodHint: both(
    '边际递减：越接近上限，再提高一分越费力。',
    'Diminishing: the nearer the ceiling, the more one more point takes.',
  ),
  unit: both(
    '计划一律按百分制（0–100 分）填写、计算和显示，不随“得分显示”改变；1 分相当于千分制 10 分、七级 1.2 分。',
    'Plans are entered, worked out and shown in points of 0–100, however scores are shown elsewhere; 1 point is 10 of 1,000 and 1.2 of the seven levels.',
  ),
  onDisplay: both(
    (score: string, unit: string) => `即 ${score}（${unit}）`,
    (score: string, unit: string) => `that is ${score} (${unit})`,
  ),
  uplift: both('总体目标提升', 'Uplift of the overall score'),
  ceiling: both('单项上限', 'Ceiling of a cell'),
  largestStep: both('单项最大提升', 'Largest step of a cell'),
  noLimit: both('不限', 'No limit'),
  summary: both('方案摘要', 'Summary'),
  solved: both(
    (year: string, now: string, target: string, extra: string) =>
      `${year} 年把总体满意度从 ${now} 分提高到 ${target} 分，最少需要在现有投入之外增加 ${extra}。`,
    (year: string, now: string, target: string, extra: string) =>
      `Raising overall satisfaction from ${now} to ${target} points in ${year} takes at least ${extra} on top of the present resource.`,
  ),
  reached: both(
    (now: string, target: string) => `目标 ${target} 分不高于现状 ${now} 分，无需增加投入。请提高目标。`,
    (now: string, target: string) =>
      `The target of ${target} is not above where things stand (${now}); no additional resource is needed. Raise the target.`,
  ),
  infeasible: both(
    (target: string, reachable: string) =>
      `在现有条件下达不到 ${target} 分，最高可到 ${reachable} 分。请降低目标，或放宽下列限制。`,
    (target: string, reachable: string) =>
      `Under the present limits ${target} points cannot be reached; ${reachable} is the most. Lower the target or loosen the limits below.`,
  ),
  driftSentence: both(
    (drift: string) => `若不采取行动，按自然走势预计为 ${drift} 分。`,
    (drift: string) => `Without any action it is expected to drift to ${drift} points.`,
  ),
  gap: both(
    (share: string) => `工作包按整份安排；已证明与最省方案的差距不超过 ${share}。`,
    (share: string) => `Work packages come whole; the total is proven to be within ${share} of the least.`,
  ),
  driftPending: both(
    '方案已是最终结果；自然走势与季度里程碑正在计算，几秒后显示。',
    'The plan is final; drift and quarterly milestones are being worked out and follow in seconds.',
  ),
  driftEnough: both(
    '目标不高于自然走势：不增加投入也可望达到。',
    'The target asks for no more than drift already gives.',
  ),
  shadow: both(
    (extra: string) => `在此目标附近，再提高 0.1 分约需再增加现有投入的 ${extra}。`,
    (extra: string) =>
      `Near this target another 0.1 point takes about ${extra} of the present resource more.`,
  ),
  other: both(
    (method: string, extra: string) => `若按“${method}”计算，同一目标需增加 ${extra}。`,
    (method: string, extra: string) => `Counted as "${method}", the same target takes ${extra}.`,
  ),
  otherNot: both(
    (method: string) => `若按“${method}”计算，同一目标无法达到。`,
    (method: string) => `Counted as "${method}", the same target cannot be reached.`,
  ),
  now: both('现状', 'Now'),
  target: both('目标', 'Target'),
  drift: both('自然走势', 'Drift'),
  extra: both('增加投入', 'Extra resource'),
  extraOfCell: both('增加投入（占该项现有 %）', 'Extra resource (% of the cell now)'),
  extraOfTotal: both('增加投入（占方案合计 %）', 'Extra resource (% of the plan)'),
  heat: both('区域 × 指标', 'Area × indicator'),
  show: both('显示', 'Show'),
  shrunk: both('样本偏少，已向总体水平靠拢', 'Small base, drawn towards the whole'),
  rests: both(
    (baseline: string, margin: string, n: string) => `现状 ${baseline} 分的误差为 ±${margin} 分，样本 ${n}。`,
    (baseline: string, margin: string, n: string) =>
      `The present ${baseline} points have a margin of ±${margin}, base ${n}.`,
  ),
  baseOf: both(
    (n: string) => `样本 ${n}`,
    (n: string) => `base ${n}`,
  ),
  byArea: both('按区域', 'By area'),
  byItem: both('按指标', 'By indicator'),
  volume: both('占比', 'Share'),
  weight: both('权重', 'Weight'),
  ofCell: both('占该项现有', 'of the cell now'),
  ofPresent: both('占现有投入 %', '% of present'),
  pareto: both('目标与投入', 'Target against resource'),
  paretoNote: both('点击曲线选择目标', 'Click the curve to choose a target'),
  paretoLabel: both(
    (target: string, extra: string) => `目标得分与增加投入的曲线，当前目标 ${target} 分，增加 ${extra}。`,
    (target: string, extra: string) =>
      `Curve of target score against additional resource; at present ${target} points for ${extra}.`,
  ),
  paretoEmpty: both('没有可显示的曲线。', 'There is no curve to show.'),
  moves: both('最先要做的', 'What to do first'),
  movesNote: both('按省下的投入排序', 'By the resource they save'),
  noPlan: both('目标达不到，没有方案。', 'The target is out of reach, so there is no plan.'),
  noMoves: both('没有需要投入的项目。', 'There is nothing that needs resource.'),
  gain: both('提升总体', 'Gain'),
  reasons: both(
    (reasons: string) => `原因（与一般的项相比）：${reasons}`,
    (reasons: string) => `Why, against the usual cell: ${reasons}`,
  ),
  whyHint: both(
    '与计划中一般的项相比：到上限的提升空间、第一份投入提高的分数、单位影响的成本',
    'Against the usual cell of the plan: room to the ceiling, points that a first unit of resource brings, cost for its weight',
  ),
  saves: both('省下', 'Saves'),
  savesHint: both(
    '不做这一项、改在别处达到同一目标，按最后一分的价格大约要多投入的资源（占现有总投入 %）；按此排序。',
    'Extra resource, in % of all present, that reaching the same target elsewhere would take more, at the price of the last point; the moves are in this order.',
  ),
  limits: both('限制', 'Limits'),
  name: both('方案名称', 'Name of the plan'),
  saveDraft: both('保存为草案', 'Save as a draft'),
  saved: both('已保存', 'Saved'),
  plans: both('已保存的计划', 'Saved plans'),
  noPlans: both('还没有保存过计划。', 'No plan has been saved yet.'),
  open: both('打开', 'Open'),
  approve: both('批准', 'Approve'),
  approveAsk: both(
    '批准后不能再修改，年末以此为准考核。确定批准？',
    'Once approved it cannot change, and the year is measured against it. Approve it?',
  ),
  deleteAsk: both('删除此草案？', 'Delete this draft?'),
  draft: both('草案', 'Draft'),
  approved: both('已批准', 'Approved'),
  assessed: both('已考核', 'Assessed'),
  viewing: both(
    (name: string) => `正在查看：${name}`,
    (name: string) => `Viewing: ${name}`,
  ),
  backToEdit: both('返回编辑', 'Back to editing'),
  created: both('保存时间', 'Saved'),
};
