import { both } from './both.ts';

export const forecastText = {
  table: both('预测表', 'Forecast table'),
  howMany: both(
    (n: string) => `${n} 个序列`,
    (n: string) => `${n} series`,
  ),
  quarter: both('预测季度', 'Forecast quarter'),
  run: both('运行预测', 'Run the forecast'),
  runLatest: both('最近季度与下一季', 'Latest quarter and the next'),
  runAll: both('全部历史季度', 'Every quarter with history'),
  runWhat: both('预测范围', 'What to forecast'),
  series: both('指标范围', 'Indicators'),
  point: both('预测', 'Forecast'),
  interval80: both('80% 区间', '80% interval'),
  interval95: both('95% 区间', '95% interval'),
  actual: both('实际', 'Actual'),
  curve: both('曲线', 'Curve'),
  history: both('已有季度', 'Quarters used'),
  flags: both('提示', 'Notes'),
  shortHistory: both('历史不足 4 季', 'Fewer than 4 quarters of history'),
  noHistory: both('没有自身历史，借用上级', 'No history of its own, taken from above'),
  overlapping: both('得分为滚动年，相邻季度重叠', 'Scores cover a rolling year, so quarters overlap'),
  breakNote: both('问卷有变更', 'The questionnaire changed'),
  baseUnknown: both('下季样本量未知，按以往估计', 'Next base size unknown, taken from the past'),
  none: both(
    '该季度还没有预测。请先运行预测。',
    'There is no forecast of that quarter yet. Run the forecast first.',
  ),
  choose: both('选择一行查看走势。', 'Choose a row to see its trend.'),
  done: both('预测完成', 'The forecast is done'),
  outcome: both(
    (quarter: string, channel: string, series: string, refused: string, alerts: string) =>
      `${quarter} ${channel}：${series} 个序列，${refused} 个因数据不足未预测，${alerts} 条预警`,
    (quarter: string, channel: string, series: string, refused: string, alerts: string) =>
      `${quarter} ${channel}: ${series} series, ${refused} without enough data, ${alerts} alerts`,
  ),
  outside: both('超出 95% 区间', 'Outside the 95% interval'),
  oneIndicator: both('单个指标', 'One indicator'),
  allIndicators: both('全部指标', 'All indicators'),
};
