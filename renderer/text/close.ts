import { counted } from '../../shared/domain/counted.ts';
import { both } from './both.ts';

export const closeText = {
  title: both('季度小结', 'Quarter close'),
  onScale: both(
    (score: string, scale: string) => `${scale} ${score}`,
    (score: string, scale: string) => `${score} ${scale}`,
  ),
  needsLook: both('需要关注', 'Needs a look'),
  wentWell: both('表现好的地方', 'Went well'),
  nothingToLook: both('没有低于预期的区域或指标。', 'No area or indicator fell short of what was expected.'),
  nothingWell: both('没有高于预期的区域或指标。', 'No area or indicator rose above what was expected.'),
  sincePrevious: both('较上季', 'since last quarter'),
  expected: both(
    (point: string, low: string, high: string) => `预期 ${point} 分（95% 区间 ${low} – ${high}）：`,
    (point: string, low: string, high: string) => `Expected ${point} points (95% interval ${low} – ${high}):`,
  ),
  inside: both('如预期', 'as expected'),
  above: both('高于预期区间', 'above the interval'),
  below: both('低于预期区间', 'below the interval'),
  notExpected: both(
    '本季没有预测可供比较。请在“预测”中运行“全部历史季度”。',
    'No forecast of this quarter to compare with. Run "Every quarter with history" under Forecast.',
  ),
  insideOf: both(
    (tested: string, in80: string, in95: string) =>
      `${tested} 项（大区、省份的总体与全国各指标）中，${in80} 项在 80% 区间内，${in95} 项在 95% 区间内。`,
    (tested: string, in80: string, in95: string) =>
      `Of ${counted(tested, 'figure')} (regions and provinces overall, indicators nationwide), ${in80} came inside their 80% interval and ${in95} inside the 95% one.`,
  ),
  tests: both(
    (tested: string, series: string) =>
      `有得分的 ${series} 个序列（范围 × 指标）中，${tested} 个参加了预警检验。`,
    (tested: string, series: string) =>
      `Of ${series} series with a score (scope × indicator), ${tested} took part in the alert tests.`,
  ),
  alerts: both(
    (below: string, above: string, open: string) =>
      `预警：偏低 ${below} 条，偏高 ${above} 条，其中待处理 ${open} 条。`,
    (below: string, above: string, open: string) =>
      `Alerts: ${below} below, ${above} above; ${open} still open.`,
  ),
  next: both(
    (quarter: string, point: string, low: string, high: string) =>
      `${quarter} 预测 ${point} 分（95% 区间 ${low} – ${high}）。`,
    (quarter: string, point: string, low: string, high: string) =>
      `Forecast for ${quarter}: ${point} points (95% interval ${low} – ${high}).`,
  ),
  where: both('区域 · 指标', 'Area · indicator'),
  actual: both('实际', 'Actual'),
  interval80: both('80% 区间', '80% interval'),
  size: both('偏离', 'Distance'),
  sizeHint: both(
    '实际减预期（分）；预警为扣除其他影响后的自身变动',
    'Actual minus expected, points; of an alert its own shift, other effects taken out',
  ),
  alert: both('预警', 'Alert'),
};
