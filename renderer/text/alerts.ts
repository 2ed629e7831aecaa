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
  rank: both('次序', 'Rank'),
  shift: both('变动', 'Shift'),
  actual: both('实际', 'Actual'),
  expected: both('预期', 'Expected'),
  interval95: both('95% 预期区间', '95% expected interval'),
  chance: both('偶然的可能', 'By chance'),
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
  shiftExplained: both(
    '扣除其他影响后，此处自身的变动',
    'What happened here itself, other effects taken out',
  ),
  split: both('较上季变化', 'Since last quarter'),
  splitChange: both('合计', 'In all'),
  splitRate: both('下级得分', 'scores below'),
  splitMix: both('下级占比', 'shares below'),
  note: both('说明', 'Note'),
  noteHint: both('原因、处理措施、负责人…', 'Cause, action, owner…'),
  saved: both('已保存', 'Saved'),
  openThere: both('在总览中查看', 'Show in overview'),
  trend: both('走势', 'Trend'),
  chanceHint: both(
    '指没有任何变化时，仅因抽样出现这样大差异的可能。',
    'How often sampling alone would make so large a difference if nothing had changed.',
  ),
  chanceTiny: both('不到万分之一', 'less than 1 in 10,000'),
  chanceIn: both(
    (times: string, of: string) => `约 ${of} 次中 ${times} 次`,
    (times: string, of: string) => `about ${times} in ${of}`,
  ),
};
