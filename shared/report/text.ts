import type { Bilingual, Language } from '../domain/language.ts';
import { inLanguage } from '../domain/language.ts';

const TEXT = {
  title: { zh: '经销商满意度季度报告', en: 'Dealer satisfaction report' },
  location: { zh: '所在地', en: 'Location' },
  region: { zh: '所属大区', en: 'Region' },
  dealerCode: { zh: '经销商代码', en: 'Dealer code' },
  generated: { zh: '生成日期', en: 'Produced on' },
  page: { zh: '第 {page} 页 / 共 {pages} 页', en: 'Page {page} of {pages}' },
  provenance: {
    zh: '数据快照 {snapshot} · 区域方案 {scheme} · 权重 {weights} · 方法 {method}',
    en: 'Data snapshot {snapshot} · region scheme {scheme} · weights {weights} · method {method}',
  },

  sheetSummary: { zh: '概要', en: 'Summary' },
  sheetScores: { zh: '得分', en: 'Scores' },
  sheetTrend: { zh: '趋势', en: 'Trend' },
  sheetAlerts: { zh: '预警', en: 'Alerts' },

  keyFigures: { zh: '关键指标', en: 'Key figures' },
  findings: { zh: '本季要点', en: 'In short' },
  scores: { zh: '各渠道得分：与大区、全国对比', en: 'Scores by channel against region and nation' },
  allScores: { zh: '全部指标得分', en: 'All scores' },
  trend: { zh: '趋势与预测', en: 'Trend and forecast' },
  weak: { zh: '短板：显著低于大区', en: 'Weak: significantly below region' },
  strong: { zh: '强项：显著高于大区', en: 'Strong: significantly above region' },
  alerts: { zh: '预警：超出预期的变化', en: 'Alerts: changes beyond expectation' },
  plan: { zh: '{year} 年度目标（{unit}）', en: 'Targets for {year} ({unit})' },
  howToRead: { zh: '阅读说明', en: 'How to read this report' },

  channel: { zh: '渠道', en: 'Channel' },
  indicator: { zh: '指标', en: 'Indicator' },
  dealer: { zh: '本店', en: 'Dealer' },
  regionShort: { zh: '大区', en: 'Region' },
  nation: { zh: '全国', en: 'Nation' },
  groupChange: { zh: '本店变化', en: 'Change' },
  native: { zh: '原始分', en: 'Native' },
  headHarmonised: { zh: '百分制', en: '0–100' },
  headThousand: { zh: '千分制', en: '1,000' },
  headLevels: { zh: '七级', en: 'Levels' },
  unitHarmonised: { zh: '百分制 0–100 分', en: '0–100 points' },
  unitThousand: { zh: '千分制 0–1000 分', en: '0–1,000 points' },
  unitLevels: { zh: '七级 −60 至 60', en: 'seven levels, −60 to 60' },
  effectiveBase: { zh: '有效样本量', en: 'Effective base' },
  absentTest: { zh: '未作检验', en: 'not tested' },
  precision: { zh: '量表与精度', en: 'Scale and precision' },
  margin: { zh: '误差 ±', en: 'Margin' },
  base: { zh: '样本量', en: 'Base' },
  gap: { zh: '差距', en: 'Gap' },
  rank: { zh: '排名', en: 'Rank' },
  previous: { zh: '环比', en: 'Quarter' },
  lastYear: { zh: '同比', en: 'Year' },
  vsRegion: { zh: '较大区', en: 'vs region' },
  vsPrevious: { zh: '较上季', en: 'vs last quarter' },
  vsLastYear: { zh: '较去年同期', en: 'vs last year' },
  rankInRegion: { zh: '大区排名', en: 'Rank in region' },
  points: { zh: '分', en: 'points' },
  outOf: { zh: '/ {max}', en: '/ {max}' },
  scaleFrom: { zh: '量表 {min}–{max}', en: 'Scale {min}–{max}' },
  caption: {
    zh: '{unit} {score} ±{margin}　样本 {n}',
    en: '{unit} {score} ±{margin} · n = {n}',
  },
  captionNoMargin: { zh: '{unit} {score}　样本 {n}', en: '{unit} {score} · n = {n}' },

  quarter: { zh: '季度', en: 'Quarter' },
  fitted: { zh: '预测曲线', en: 'Forecast curve' },
  forecastPoint: { zh: '预测值', en: 'Forecast' },
  low80: { zh: '80% 下限', en: '80% low' },
  high80: { zh: '80% 上限', en: '80% high' },
  low95: { zh: '95% 下限', en: '95% low' },
  high95: { zh: '95% 上限', en: '95% high' },
  band80: { zh: '80% 区间', en: '80% interval' },
  band95: { zh: '95% 区间', en: '95% interval' },
  actual: { zh: '{quarter} 实际', en: '{quarter} actual' },
  expected: { zh: '事前预测', en: 'Predicted before' },
  interval95: { zh: '95% 区间', en: '95% interval' },
  interval80: { zh: '80% 区间', en: '80% interval' },
  verdict: { zh: '判断', en: 'Verdict' },
  next: { zh: '{quarter} 预测', en: '{quarter} forecast' },
  inside: { zh: '区间内', en: 'within interval' },
  above: { zh: '高于区间', en: 'above interval' },
  below: { zh: '低于区间', en: 'below interval' },

  scope: { zh: '范围', en: 'Scope' },
  levelOverall: { zh: '全国', en: 'Nation' },
  levelRegion: { zh: '大区', en: 'Region' },
  levelProvince: { zh: '省份', en: 'Province' },
  levelCity: { zh: '城市', en: 'City' },
  levelDealer: { zh: '本店', en: 'Dealer' },
  actualShort: { zh: '实际', en: 'Actual' },
  expectedShort: { zh: '预测', en: 'Expected' },
  deviation: { zh: '估计变动', en: 'Est. shift' },
  baseline: { zh: '基期得分', en: 'Baseline' },
  natural: { zh: '自然走势', en: 'No action' },
  target: { zh: '目标', en: 'Target' },
  uplift: { zh: '提升', en: 'Uplift' },

  none: { zh: '无', en: 'None' },
  noChannels: { zh: '本季没有任何渠道覆盖本店。', en: 'No channel covered this dealer in this quarter.' },
  moreRows: {
    zh: '另有 {count} 项指标未在本页列出，完整数据见配套工作簿。',
    en: 'Further indicators in the accompanying workbook: {count}.',
  },
  moreLines: {
    zh: '另有 {count} 条，见配套工作簿。',
    en: 'Further lines in the accompanying workbook: {count}.',
  },

  absentNotAsked: { zh: '本期未设该题', en: 'not asked in this wave' },
  absentNoData: { zh: '无有效样本', en: 'no answers' },
  absentSmallBase: { zh: '有效样本不足，不予显示', en: 'base too small to show' },
  absentComplementary: { zh: '为保护小样本一并隐藏', en: 'hidden to protect a small base' },
  absentNoEarlierWave: { zh: '无可比期次', en: 'no earlier wave' },
  absentBreak: { zh: '问卷或口径变更，不可比', en: 'not comparable: questionnaire changed' },
  absentTooFewPoints: { zh: '历史期数不足，无法预测', en: 'too few quarters to forecast' },
  absentRank: { zh: '有效样本不足，不参与排名', en: 'base too small to rank' },
  absentMargin: { zh: '误差未知', en: 'margin not known' },
  absentBase: { zh: '未保存样本量与误差', en: 'base and margin were not kept' },
  absentNatural: { zh: '暂无预测', en: 'no forecast' },

  sayHidden: {
    zh: '{channel}：{reason}，本季不作判断。',
    en: '{channel}: {reason}; no judgement this quarter.',
  },
  sayScore: { zh: '{channel}：{index} {score} 分', en: '{channel}: {index} {score}' },
  sayLevel: { zh: '{channel}：{index} {score}（{level}）', en: '{channel}: {index} {score} ({level})' },
  sayGrey: { zh: '，有效样本较少（{n}），仅供参考', en: ', small base ({n}), indicative only' },
  sayGapHigher: { zh: '，显著高于大区 {gap} 分', en: ', significantly above region by {gap}' },
  sayGapLower: { zh: '，显著低于大区 {gap} 分', en: ', significantly below region by {gap}' },
  sayGapNone: { zh: '，与大区无显著差异', en: ', no significant gap to region' },
  sayRoseQuarter: { zh: '，较上季显著上升 {change} 分', en: ', up {change} on last quarter (significant)' },
  sayFellQuarter: { zh: '，较上季显著下降 {change} 分', en: ', down {change} on last quarter (significant)' },
  sayAbove: { zh: '，高于预测区间', en: ', above its prediction interval' },
  sayBelow: { zh: '，低于预测区间', en: ', below its prediction interval' },
  sayEnd: { zh: '。', en: '.' },

  noteScores: {
    zh: '原始分为各研究自身量表的均值；其余得分、误差、差距与变化为{unit}，由（得分−下限）÷（上限−下限）换算，越高越好，用于跨渠道比较。',
    en: "Native scores are means on each study's own scale. All other scores, margins, gaps and changes are on {unit}, from (score − minimum) ÷ (maximum − minimum); more is better, and channels can be compared.",
  },
  noteSignificance: {
    zh: '误差为 95% 置信区间的半宽。▲▼ 表示差异在 95% 水平上显著（按有效样本量检验；与大区比较时扣除本店）；无标记的差异可能只是抽样波动。',
    en: 'The margin is the half width of the 95% interval. ▲▼ mark differences that are more than chance at 95% (tested on effective bases; against the region without this dealer); unmarked differences may be chance.',
  },
  noteTiers: {
    zh: '有效样本低于 {hidden} 不显示（—），{hidden}–{grey} 以灰色括号显示样本量，且不排名、不作显著性判断；必要时一并隐藏相邻单元，以防反推。',
    en: 'Effective bases below {hidden} are not shown (—); from {hidden} to {grey} figures are grey with the base in brackets, unranked and untested. A neighbouring cell may be hidden too, so that nothing follows by subtraction.',
  },
  noteForecast: {
    zh: '预测由近几个季度的曲线外推，区间已包含下一期调查的抽样误差。预警落在最能解释变化的地区与指标上；“估计变动”已扣除其他预警的影响，因此可能与实际减预测不同。',
    en: "Forecasts extend the curve of recent quarters; intervals include the coming wave's sampling error. An alert names the area and item that best explain a change; its estimated shift has the other alerts' effects taken out and may differ from actual less forecast.",
  },
} satisfies Record<string, Bilingual>;

/** The name of a report text. */
export type ReportText = keyof typeof TEXT;

/**
 * A report text in one language with its `{name}` places filled in; an unknown place stays as it is.
 * Example: `say('en', 'scaleFrom', { min: '1', max: '10' })` is `'Scale 1–10'`.
 */
export function say(language: Language, key: ReportText, fill: Record<string, string | number> = {}): string {
  return inLanguage(TEXT[key], language).replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in fill ? String(fill[name]) : whole,
  );
}
