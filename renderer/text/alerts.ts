import { counted } from '../../shared/domain/counted.ts';
import { both } from './both.ts';

export const alertText = {
  list: both('预警清单', 'Alert list'),
  howMany: both(
    (n: string) => `共 ${n} 条`,
    (n: string) => `${n} in all`,
  ),
  state: both('状态', 'State'),
  stateNew: both('新', 'New'),
  stateAcknowledged: both('已知晓', 'Acknowledged'),
  stateExplained: both('已解释', 'Explained'),
  stateClosed: both('已关闭', 'Closed'),
  direction: both('方向', 'Direction'),
  above: both('高于预期', 'Above expected'),
  below: both('低于预期', 'Below expected'),
  kind: both('类型', 'Kind'),
  kindOverall: both('整体', 'The whole'),
  kindIndicator: both('单项指标', 'One indicator'),
  kindArea: both('单个区域', 'One area'),
  kindAreaIndicator: both('区域的某项指标', 'An indicator in an area'),
  kindDiffuse: both('分散，无法归到一处', 'Spread, no single place'),
  kindDrift: both('缓慢漂移', 'Slow drift'),
  rank: both('次序', 'Rank'),
  shift: both('变动', 'Shift'),
  actual: both('实际', 'Actual'),
  expected: both('预期', 'Expected'),
  interval95: both('95% 预期区间', '95% expected interval'),
  chance: both('误报的可能', 'False alarm'),
  none: both(
    '没有符合条件的预警。预警在预测运行并有实际结果后产生。',
    'No alert matches. Alerts appear once a forecast has run and actual results are in.',
  ),
  choose: both('选择一条预警查看详情。', 'Choose an alert to see its details.'),
  detail: both('预警详情', 'Alert details'),
  sentence: both(
    (area: string, item: string, actual: string, expected: string, low: string, high: string) =>
      `${area}的“${item}”实际为 ${actual} 分，预期 ${expected} 分，超出了 95% 预期区间（${low} – ${high}）。`,
    (area: string, item: string, actual: string, expected: string, low: string, high: string) =>
      `"${item}" in ${area} came in at ${actual} points where ${expected} was expected, outside the 95% expected interval (${low} – ${high}).`,
  ),
  sentenceInside: both(
    (area: string, item: string, actual: string, expected: string, low: string, high: string) =>
      `${area}的“${item}”实际为 ${actual} 分，预期 ${expected} 分（95% 区间 ${low} – ${high}）；与其他区域和指标一并判断，这里有变动。`,
    (area: string, item: string, actual: string, expected: string, low: string, high: string) =>
      `"${item}" in ${area} came in at ${actual} points where ${expected} was expected (95% interval ${low} – ${high}); judged together with the other areas and indicators, something moved here.`,
  ),
  split: both('较上季变化', 'Since last quarter'),
  note: both('说明', 'Note'),
  noteHint: both('发生了什么、依据是什么', 'What happened, and how it is known'),
  saved: both('已保存', 'Saved'),
  openThere: both('在总览中查看', 'Show in overview'),
  trend: both('走势', 'Trend'),
  chanceHint: both(
    '已计入本季同时检验的全部区域和指标：像这样的预警中，预计有多少其实并无变动。',
    'Everything tested this quarter is allowed for: of alerts like this one, so many are to be expected where nothing changed.',
  ),
  chanceTiny: both('不到万分之一', 'less than 1 in 10,000'),
  chanceIn: both(
    (times: string, of: string) => `约 ${of} 次中 ${times} 次`,
    (times: string, of: string) => `about ${times} in ${of}`,
  ),
  sentenceMasked: both(
    (area: string, item: string, actual: string, expected: string, low: string, high: string, own: string) =>
      `${area}的“${item}”实际为 ${actual} 分，预期 ${expected} 分；它仍在 95% 区间（${low} – ${high}）内，只是因为别处的变动把它遮住了：扣除后为 ${own} 分，超出区间。`,
    (area: string, item: string, actual: string, expected: string, low: string, high: string, own: string) =>
      `"${item}" in ${area} came in at ${actual} points where ${expected} was expected. It lies inside its 95% interval (${low} – ${high}) only because what happened elsewhere hides it: with that taken out it is ${own}, outside.`,
  ),
  overallSentence: both(
    (channel: string, actual: string, expected: string, low: string, high: string, position: string) =>
      `${channel}总体为 ${actual} 分，预期 ${expected} 分（95% 区间 ${low} – ${high}）：${position}。`,
    (channel: string, actual: string, expected: string, low: string, high: string, position: string) =>
      `${channel} overall: ${actual} points, ${expected} expected (95% interval ${low} – ${high}): ${position}.`,
  ),
  inside: both('在预期区间内', 'inside the expected interval'),
  outsideAbove: both('高于预期区间', 'above the expected interval'),
  outsideBelow: both('低于预期区间', 'below the expected interval'),
  notForecast: both('本季没有预测，无法判断', 'No forecast of this quarter to judge by'),
  notMeasured: both('本季没有数据', 'No data this quarter'),
  overallCame: both(
    (actual: string, low: string, high: string) => `总体 ${actual}，预期 ${low} – ${high}`,
    (actual: string, low: string, high: string) => `Overall ${actual}, expected ${low} – ${high}`,
  ),
  alertCounts: both(
    (below: string, above: string, open: string) => `预警：偏低 ${below}，偏高 ${above}，待处理 ${open}`,
    (below: string, above: string, open: string) => `Alerts: ${below} below, ${above} above, ${open} open`,
  ),
  stale: both(
    '本季的预测和预警产生之后数据有变化，以下结论可能已不成立。',
    'The data have changed since the forecasts and alerts of this quarter were made; what stands below may no longer hold.',
  ),
  reevaluate: both('按现有数据重新评估', 'Evaluate again'),
  allQuarters: both('所有季度', 'All quarters'),
  thisQuarter: both('本季', 'This quarter'),
  period: both('时间', 'Period'),
  stateOpen: both('待处理', 'Open'),
  overdue: both('已逾期', 'overdue'),
  movedSince: both(
    (then: string, now: string) => `上次处理时估计变动为 ${then}，数据更正后为 ${now}，请复核原来的说明。`,
    (then: string, now: string) =>
      `The shift was ${then} when somebody last worked on this; with corrected data it is ${now}. Look at the explanation again.`,
  ),
  cleared: both('预警已不成立、处理尚未关闭', 'Open work on alerts that no longer stand'),
  clearedOneOff: both(
    '该季仍作为一次性事件不参与预测。',
    'Forecasts still leave this quarter out as a one-off.',
  ),
  settle: both('关闭，并让该季重新参与预测', 'Close, and let forecasts use the quarter again'),
  mayBeChanceShort: both('仍可能是偶然', 'may be chance'),
  mayBeChance: both(
    '超出了自身的 95% 区间，但本季同时检验许多区域和指标，这样的偏离仍可能出于偶然，因此没有列为预警。',
    'Outside its own 95% interval; but with so many areas and indicators tested this quarter, such a distance may still be chance, so no alert was raised.',
  ),
  overallEffect: both('对全国总分的影响', 'Effect on the score of the whole'),
  reachDiffuse: both(
    '变动遍及各处：没有哪个地区或指标单独超出偶然，不宜归咎于某一处。',
    'The change is spread: no single area or indicator stands out beyond chance, so nobody in particular is to blame.',
  ),
  reachArea: both(
    '这是能解释变动的最小范围：其下级区域和各项指标中没有哪一处单独突出。',
    'This is the smallest place that explains the change: none of its areas or indicators stands out alone.',
  ),
  reachIndicator: both(
    '各地区的这项指标一起变动，没有哪个地区单独突出。',
    'The indicator moved everywhere alike: no single area stands out.',
  ),
  net: both(
    (own: string) => `扣除其他预警的影响和样本构成变化后 ${own}`,
    (own: string) => `${own} with the effects of other alerts and of the mix of respondents taken out`,
  ),
  adjusted: both(
    (own: string, others: string) => `扣除其他影响（${others} 分）后为 ${own} 分。`,
    (own: string, others: string) => `With the other effects (${others}) taken out: ${own} points.`,
  ),
  areaAndItem: both('区域 · 指标', 'Area · indicator'),
  stepsTitle: both('从预期到实际', 'From the expected to the actual'),
  ownShiftShort: both('自身变动', 'Own shift'),
  shiftHint: both(
    '此处自身的变动（估计值）与 95% 误差，已扣除其他预警的影响和样本构成变化',
    'What happened at this place itself (estimate) with its 95% margin; effects of other alerts and of the mix of respondents are taken out',
  ),
  raised: both(
    (at: string, version: string) => `${at} 据数据版本 ${version} 检出`,
    (at: string, version: string) => `found ${at} in data version ${version}`,
  ),
  method: both(
    (method: string) => `方法 ${method}`,
    (method: string) => `method ${method}`,
  ),
  ownShift: both('此处自身的变动（估计）', 'What happened here itself (estimate)'),
  effectOf: both(
    (area: string, item: string) => `受“${area} · ${item}”影响`,
    (area: string, item: string) => `Effect of ${area} · ${item}`,
  ),
  effectOfMix: both('样本构成变化', 'Mix of respondents'),
  withinChance: both('其余（偶然波动）', 'The rest (chance)'),
  openPage: both('打开详情页', 'Open the full page'),
  back: both('返回清单', 'Back to the list'),
  cause: both('原因', 'Cause'),
  noCause: both('尚未确定', 'Not known yet'),
  causeMissing: both('标为“已解释”前请选择原因。', 'Choose a cause before marking the alert as explained.'),
  action: both('措施', 'Action'),
  actionHint: both('要做什么', 'What is to be done'),
  owner: both('负责人', 'Owner'),
  due: both('完成日期', 'Due date'),
  oneOff: both('确认为一次性事件', 'Confirmed as happening once'),
  oneOffHint: both(
    '勾选后，今后的预测不再使用此处本季的得分，上级区域也会扣除它的估计影响；重新运行预测后生效。',
    'Later forecasts then leave this quarter of this place out, and take its estimated effect out of the areas above; from the next run on.',
  ),
  splitTitle: both('下级区域的贡献', 'Contributions of the areas below'),
  splitAgainst: both('比较对象', 'Compared with'),
  againstExpected: both('与预期比', 'Against expected'),
  againstPrevious: both('与上季比', 'Against last quarter'),
  splitSum: both(
    (change: string, rate: string, mix: string) =>
      `合计 ${change} 分 = 得分变化 ${rate} + 样本占比变化 ${mix}（各行相加正好等于合计）`,
    (change: string, rate: string, mix: string) =>
      `${change} points in all = scores ${rate} + shares of respondents ${mix} (the rows sum to it exactly)`,
  ),
  rateAndMix: both(
    (rate: string, mix: string) => `得分 ${rate}，占比 ${mix}`,
    (rate: string, mix: string) => `score ${rate}, share ${mix}`,
  ),
  otherAreas: both(
    (n: string) => `其余 ${n} 个区域`,
    (n: string) => counted(n, 'other area'),
  ),
  itemsTitle: both('各项指标的贡献', 'Contributions of the indicators'),
  itemsNote: both('权重 × 与预期之差', 'Weight × distance from expected'),
  heatTitle: both('区域 × 指标：与预期的距离', 'Area × indicator: distance from expected'),
  heatNote: both('以预期得分的标准差为单位', 'In standard deviations of the expected score'),
  heatHint: both(
    '±2 以外的单个格子不足为奇：格子很多时总有几个。预警已按全部检验校正。',
    'A single cell beyond ±2 is no surprise where there are many; alerts are corrected for everything tested.',
  ),
  deviations: both(
    (z: string) => `${z} 个标准差`,
    (z: string) => `${z} standard deviations`,
  ),
  surprise: both('偏离（标准差）', 'Surprise (SD)'),
  siblings: both('同级区域', 'Areas beside it'),
  siblingsNote: both('偏离最大的在前', 'The most surprising first'),
  responses: both('背后的答卷', 'The answers behind it'),
  responsesOf: both(
    (item: string) => `明细按“${item}”`,
    (item: string) => `Rows are of "${item}"`,
  ),
  answersIn: both(
    (n: string) => `${n} 份`,
    (n: string) => counted(n, 'answer'),
  ),
  noResponses: both('本季没有可追溯的明细。', 'No rows to trace this quarter.'),
  sincePrevious: both('较上季', 'Since last quarter'),
  file: both('文件', 'File'),
  line: both('行', 'Line'),
  day: both('日期', 'Date'),
  answer: both('回答', 'Answer'),
  reportedScore: both('报告得分', 'Reported score'),
  sentenceDrift: both(
    (area: string, item: string, actual: string, expected: string, drift: string) =>
      `${area}的“${item}”几个季度来持续偏离预测，扣除上级范围的偏离后，滑动平均偏离 ${drift} 分；本季 ${actual} 分，预期 ${expected} 分，单看一季并不突出。`,
    (area: string, item: string, actual: string, expected: string, drift: string) =>
      `"${item}" in ${area} has been drifting away from its forecasts for several quarters, by ${drift} points on moving average after what the scope above it did; this quarter's ${actual} against ${expected} expected would not stand out alone.`,
  ),
};
