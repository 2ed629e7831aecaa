import { counted } from '../../shared/domain/counted.ts';
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
  noHistory: both(
    '没有自身历史，借用上级，不参与预警',
    'No history of its own: taken from above, and not tested for alerts',
  ),
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
      `${quarter} ${channel}: ${series} series, ${refused} without enough data, ${counted(alerts, 'alert')}`,
  ),
  outside: both('超出 95% 区间', 'Outside the 95% interval'),
  oneIndicator: both('单个指标', 'One indicator'),
  allIndicators: both('全部指标', 'All indicators'),
  fitted: both('拟合曲线', 'Fitted curve'),
  method: both('预测值与方法', 'Forecast and method'),
  noForecast: both(
    '该季度还没有运行过预测。可先运行预测；下方仍可比较各条曲线。',
    'No forecast of this quarter has been run yet. Run it first; curves can still be compared below.',
  ),
  refusedBecause: both(
    (why: string) => `没有预测：${why}`,
    (why: string) => `No forecast: ${why}`,
  ),
  refused: both('没有预测的序列', 'Series without a forecast'),
  refusedWhy: both('原因与办法', 'Why, and what would help'),
  force: both('按此预测', 'Use this'),
  release: both('恢复系统预测', 'Back to the forecast'),
  forcedTitle: both(
    (curve: string) => `试算：按“${curve}”预测`,
    (curve: string) => `Trial: forecast by "${curve}"`,
  ),
  systemForecast: both('系统预测', 'The forecast'),
  forcedAgainst: both(
    (difference: string) => `与系统预测相差 ${difference} 分；已存的预测不变。`,
    (difference: string) => `${difference} points from the forecast, which stays as it is.`,
  ),
  forcedBand: both(
    (errors: string) => `区间由这条曲线在本序列及同级地区过去 ${errors} 次预测的误差得出。`,
    (errors: string) =>
      `The interval comes from the ${counted(errors, 'error')} that this curve made here and in areas beside it.`,
  ),
  forcedNoBand: both(
    '这条曲线过去的预测不足 4 次，给不出可靠的区间。',
    'This curve made fewer than 4 past forecasts, too few for an honest interval.',
  ),
  repeat: both('复算核对', 'Repeat and compare'),
  repeatHint: both(
    '用留存的数据重新预测已存的各次运行，逐个数字核对，不改动任何结果',
    'Forecasts the stored runs again from their data and compares every number; nothing is changed',
  ),
  repeated: both(
    (same: string, series: string) => `${same} 次运行复算结果完全一致，共 ${series} 个序列。`,
    (same: string, series: string) =>
      `${counted(same, 'run')} came again to the last digit, ${series} series in all.`,
  ),
  repeatedChanged: both(
    (runs: string) => `${runs} 次运行之后数据或方法已变，未复算。`,
    (runs: string) =>
      `${counted(runs, 'run was', 'runs were')} not repeated: the data or the method changed since.`,
  ),
  repeatedDifferent: both(
    (quarter: string, channel: string, series: string) =>
      `${quarter} ${channel}：${series} 个序列与留存的不同。`,
    (quarter: string, channel: string, series: string) =>
      `${quarter} ${channel}: ${counted(series, 'series differs', 'series differ')} from what was kept.`,
  ),
  actualCame: both(
    (actual: string, miss: string, where: string) => `实际 ${actual} 分，与预测相差 ${miss}，${where}。`,
    (actual: string, miss: string, where: string) =>
      `It came in at ${actual}, ${miss} from the forecast, ${where}.`,
  ),
  insideBand: both('在 95% 区间内', 'inside the 95% interval'),
  outsideBand: both('超出 95% 区间', 'outside the 95% interval'),
  why: both(
    (quarters: string, curve: string, strength: string, reasons: string) =>
      `依据 ${quarters} 个季度的得分，最能解释走势的曲线是“${curve}”（${strength}）：${reasons}。`,
    (quarters: string, curve: string, strength: string, reasons: string) =>
      `From ${counted(quarters, 'quarter')} of scores, the curve that explains the series best is "${curve}" (${strength}): ${reasons}.`,
  ),
  comma: both('；', '; '),
  whyClear: both('明显优于其他曲线', 'clearly better than the others'),
  whyLeading: both('略优于其他曲线，预测综合了多条曲线', 'ahead of the others; the forecast weighs several'),
  whyMixed: both(
    '多条曲线难分高下，预测是它们的加权综合',
    'several do about as well; the forecast weighs them all',
  ),
  reasonSteady: both('各季围绕同一水平波动', 'quarters move around one level'),
  reasonLatest: both('上一季的水平最能说明下一季', 'the last level says most about the next'),
  reasonSmoothed: both(
    '水平缓慢移动，近几季权重更大',
    'the level moves slowly, and recent quarters count more',
  ),
  reasonLine: both('有稳定的升降趋势', 'it rises or falls steadily'),
  reasonBend: both('升降趋势随时间变化', 'its trend changes over time'),
  reasonSeason: both('每年同一季度有相似的高低', 'the same quarter of each year is alike'),
  bandWords: both(
    '区间包含下一季抽样本身的误差：100 次预测中约有 95 次实际值应落在 95% 区间内。',
    'The interval includes the sampling error of the coming wave: about 95 actuals in 100 should fall inside the 95% interval.',
  ),
  madeAt: both(
    (at: string) => `预测于 ${at}。`,
    (at: string) => `Made on ${at}.`,
  ),
  staleForecast: both(
    '预测之后数据有变化，请重新运行预测。',
    'The data have changed since; run the forecast again.',
  ),
  leaveOut: both('试着去掉某季：', 'Try without a quarter:'),
  oneOff: both('已确认的一次性事件', 'confirmed one-off'),
  without: both('去掉所选季度', 'Without those quarters'),
  whatIf: both(
    (point: string, band: string, without: string, withoutBand: string, difference: string) =>
      `预测由 ${point}（95% 区间 ${band}）变为 ${without}（${withoutBand}），相差 ${difference} 分。这只是试算，不改变已存的预测。`,
    (point: string, band: string, without: string, withoutBand: string, difference: string) =>
      `The forecast goes from ${point} (95% interval ${band}) to ${without} (${withoutBand}), ${difference} points. This is a trial; the stored forecast stays.`,
  ),
  compareCurves: both('换一条曲线会怎样', 'What other curves would give'),
  compareNote: both(
    '勾选后画在图上；用上年与本年的季度拟合',
    'Tick to draw; fitted to last year and this year',
  ),
  wouldGive: both('预测值', 'Would give'),
  tooFew: both('点数不足', 'too few points'),
  notPositive: both('含零或负值', 'zero or below'),
  pastError: both('以往平均误差', 'Mean past error'),
  pastQuarters: both('检验季数', 'Quarters'),
  backtest: both('以往的预测与实际', 'Past forecasts and actuals'),
  backtestNote: both('每季只用当时已有的数据', 'Each from what was known then'),
  backtestNone: both('历史太短，无法回看。', 'Too little history to look back.'),
  backtestSummary: both(
    (quarters: string, error: string, naive: string | null, in80: string, in95: string) =>
      `${quarters} 季中有 ${in80} 季落在 80% 区间内，${in95} 季落在 95% 区间内；平均误差 ${error} 分${naive === null ? '' : `（沿用上季得分为 ${naive} 分）`}。`,
    (quarters: string, error: string, naive: string | null, in80: string, in95: string) =>
      `Of ${counted(quarters, 'quarter')}, ${in80} fell inside the 80% interval and ${in95} inside the 95% one; mean error ${error} points${naive === null ? '' : ` (${naive} by repeating the last quarter)`}.`,
  ),
  miss: both('相差', 'Miss'),
  hit: both('命中', 'Hit'),
  in80: both('80% 区间内', 'inside 80%'),
  in95: both('95% 区间内', 'inside 95%'),
  driftTitle: both('缓慢漂移', 'Slow drift'),
  driftNote: both(
    '历次实际与预测之差的滑动平均；越出虚线说明在持续偏离，单季看不出来',
    'Moving average of past misses; beyond the dashed lines results drift away from forecasts in a way no single quarter shows',
  ),
  driftFew: both(
    '至少要有 3 个已预测又有结果的季度。可在上方运行“全部历史季度”。',
    'Needs at least 3 quarters with forecast and result. Run "Every quarter with history" above.',
  ),
  driftUnit: both('标准差', 'standard deviations'),
  driftSingle: both('本季偏离', 'This quarter'),
  driftSmoothed: both('滑动平均', 'Moving average'),
  driftLimit: both('界限', 'Limit'),
};
