import { counted } from '../../shared/domain/counted.ts';
import { both } from './both.ts';

export const channelsText = {
  pair: both('两个渠道', 'Two channels'),
  place: both('一家店的各渠道', 'One place, every channel'),
  crosswalk: both('题目对照', 'Crosswalk'),
  link: both('序列衔接', 'Linked series'),
  first: both('渠道一', 'First channel'),
  second: both('渠道二', 'Second channel'),
  onlyOne: both(
    '目前只有一个渠道有数据。导入第二个渠道的研究后即可对照。',
    'Only one channel has data so far. Import a study of a second channel to compare.',
  ),
  period: both('时期', 'Period'),
  allCommon: both('全部共有季度', 'All common quarters'),
  overlap: both('重叠', 'Overlap'),
  indicatorsShared: both('共有指标', 'Indicators in common'),
  quartersShared: both('共有季度', 'Quarters in common'),
  placesShared: both('共有单位', 'Places in common'),
  ofEach: both(
    (common: string, first: string, second: string) => `${common}（各有 ${first}、${second}）`,
    (common: string, first: string, second: string) => `${common} (of ${first} and ${second})`,
  ),
  respondents: both('其间答卷', 'Respondents in those quarters'),
  compared: both(
    (shown: string, all: string) => `${all} 个共有单位中，${shown} 个在两个渠道都有足够样本，参与对照。`,
    (shown: string, all: string) =>
      `Of ${counted(all, 'place')} in common, ${shown} with a base large enough in both ${shown === '1' ? 'is' : 'are'} compared.`,
  ),
  noOverlap: both('两个渠道在所选时期和区域没有共有季度。', 'The channels have no quarter in common here.'),
  nothingShared: both(
    '两个渠道在这个指标上没有共同的题目，得分说的不是同一件事，不作比较。可在“题目对照”中核对，或换一个指标。',
    'The channels share no question in this indicator: the scores speak of different things and are not compared. See the crosswalk, or choose another indicator.',
  ),
  madeOf: both(
    (shared: string, first: string, second: string) =>
      `由 ${shared} 个共有评分项构成；另有只在渠道一的 ${first} 项、只在渠道二的 ${second} 项，也计入各自的得分。`,
    (shared: string, first: string, second: string) =>
      `Made of ${counted(shared, 'item')} in common; ${first} more in the first channel alone and ${second} in the second count in their own scores.`,
  ),
  windowed: both(
    '其中一个研究的各季样本重叠（滚动窗口），只取最后一季。',
    'The windows of one study overlap from quarter to quarter, so its last quarter stands for the period.',
  ),
  difference: both('差异', 'Difference'),
  pooled: both('整体（全部答卷）', 'The whole, all respondents'),
  paired: both('按共有单位', 'Over common places'),
  interval: both('95% 区间', '95% interval'),
  between: both('单位之间的真实差异（标准差）', 'How unequal places truly are (sd)'),
  range: both(
    (low: string, high: string) => `${low} 至 ${high}`,
    (low: string, high: string) => `${low} to ${high}`,
  ),
  tooFew: both(
    (n: string) => `只有 ${n} 个，太少，不计算`,
    (n: string) => `only ${n}: too few to say`,
  ),
  noSpread: both('没有变化，无从相关', 'one side does not vary'),
  smallSample: both(
    (n: string) => `仅 ${n} 对，区间很宽，只作参考`,
    (n: string) => `only ${counted(n, 'pair')}: the interval is wide, take it as a hint`,
  ),
  agreement: both('单位间的一致程度', 'Agreement over places'),
  correlation: both('相关系数', 'Correlation'),
  corrected: both('扣除抽样误差后', 'Without sampling error'),
  correctedNone: both('抽样误差占了大部分，无法扣除', 'sampling error is most of it; nothing to correct'),
  reliability: both('信度（非抽样误差的份额）', 'Reliability (share that is not sampling error)'),
  limits: both('95% 的单位差异在', '95% of places differ by'),
  ofWhichSampling: both(
    (sd: string, sampling: string) => `差异的标准差 ${sd}，仅抽样就会有 ${sampling}`,
    (sd: string, sampling: string) => `sd of the differences ${sd}; sampling alone makes ${sampling}`,
  ),
  scatter: both('散点', 'Scatter'),
  blandAltman: both('差异对均值', 'Difference by mean'),
  scatterHint: both(
    '每点一个单位；虚线为两个渠道得分相等。点越靠近虚线越一致。',
    'A point is a place; on the dashed line both channels agree.',
  ),
  blandHint: both(
    '横轴为两渠道均值，纵轴为差；实线为平均差，虚线之间含 95% 的单位。',
    'Mean of both against their difference; the line is the mean difference, 95% of places lie between the dashed ones.',
  ),
  meanOfBoth: both('两渠道均值', 'Mean of both'),
  overTime: both('随时间', 'Over time'),
  changesTogether: both('季度变化的相关', 'Correlation of quarterly changes'),
  changesHint: both(
    '比较逐季的升降是否同步，不受两渠道水平高低影响。',
    'Whether both rise and fall together from quarter to quarter, whatever their levels.',
  ),
  breaksAre: both(
    (all: string) => `断点：${all}`,
    (all: string) => `Breaks: ${all}`,
  ),
  noBreaks: both('没有问卷、执行方或加权的变化。', 'No change of questionnaire, provider or weighting.'),
  byIndicator: both('按指标', 'By indicator'),
  byPlace: both('按单位', 'By place'),
  comparability: both('可比性', 'Comparability'),
  grade: both('等级', 'Grade'),
  gradeA: both('A · 可比水平', 'A · compare levels'),
  gradeB: both('B · 谨慎比水平', 'B · compare levels with care'),
  gradeC: both('C · 只比方向和排序', 'C · compare direction and rank only'),
  gradeD: both('D · 不可比', 'D · not comparable'),
  ruleA: both('三个方面都相同，水平可以直接比较。', 'Alike in all three respects: levels can be compared.'),
  ruleB: both(
    '三个方面中有一个不同，换算后水平可以比较，须留意这一差别。',
    'Unlike in one of three respects: levels can be compared after conversion, with that in mind.',
  ),
  ruleC: both(
    '三个方面中有两个以上不同，水平差里混有量表和问法的影响，只看升降方向和排序。',
    'Unlike in two or more respects: the gap mixes in scale and method; read directions and ranks only.',
  ),
  ruleOthers: both(
    '调查对象不同，得分水平本来就会不同，只看升降方向和排序。',
    'Other people are asked, whose level differs anyway: read directions and ranks only.',
  ),
  ruleD: both('题目不同，测的不是同一件事。', 'Other questions: they measure different things.'),
  foundScale: both(
    (same: string, all: string, first: string, second: string) =>
      `${all} 道共有题目中 ${same} 道量表相同；${first} 对 ${second}`,
    (same: string, all: string, first: string, second: string) =>
      `${same} of ${counted(all, 'common question')} on one scale; ${first} against ${second}`,
  ),
  foundCustomers: both(
    '都问在用客户，抽样和访问方式不同',
    'present customers both, sampled and asked in other ways',
  ),
  foundLost: both(
    '一方问在用客户，另一方问流失或战败客户',
    'present customers on one side, lost ones on the other',
  ),
  foundBothLost: both(
    '流失客户与战败客户不是同一群人',
    'lost service customers and lost sales are other people',
  ),
  foundQuestion: both(
    (same: string, all: string) => `${all} 道共有题目中 ${same} 道题面一致`,
    (same: string, all: string) => `${same} of ${counted(all, 'common question')} worded alike`,
  ),
  foundNone: both('没有共有题目', 'no question in common'),
  suggested: both('按数据判断', 'From the data'),
  declared: both('已认定', 'Declared'),
  declare: both('认定', 'Declare'),
  takeBack: both('撤销认定', 'Take back'),
  aspectScale: both('量表', 'Scale'),
  aspectPopulation: both('调查对象', 'Who is asked'),
  aspectQuestion: both('题目', 'Question'),
  same: both('相同', 'same'),
  similar: both('相近', 'similar'),
  different: both('不同', 'different'),
  note: both('说明', 'Note'),
  noteHint: both('认定的理由，会记入操作记录', 'Why; kept in the activity log'),
  native: both('原量表', 'Own scale'),
  tier: both('可信度', 'Firmness'),
  effective: both('有效', 'effective'),
  tierFull: both('充分', 'full'),
  tierGrey: both('样本偏少', 'small base'),
  tierHidden: both('样本太少，不显示', 'too small to show'),
  notAsked: both('无数据', 'no data'),
  latest: both('最近一季', 'Latest quarter'),
  lastFour: both('最近四季合计', 'Last four quarters'),
  sinceLastYear: both('较上年同期', 'Since last year'),
  disagree: both('显著不一致', 'Significantly apart'),
  disagreeHint: both(
    (unit: string) =>
      `得分与差值：${unit}。数字为渠道序号：①−② 即①减②；只列超出抽样误差的差异（全表统一控制误报）`,
    (unit: string) =>
      `Scores and differences: ${unit}. Numbers stand for channels: ①−② is ① less ②. Only differences beyond chance, tested as one family over the table`,
  ),
  low95: both('95% 区间', '95% interval'),
  agreeAll: both('没有显著不一致的指标。', 'No indicator where channels differ beyond chance.'),
  nothingTested: both(
    '各渠道没有可以相比的得分：没有共同的题目，或不在同一季度。',
    'The channels have no figures to compare: no question in common, or none of the same quarter.',
  ),
  onlyApart: both('只看不一致的指标', 'Only disagreements'),
  scale: both('量表', 'Scale'),
  reversed: both('反向', 'reversed'),
  question: both('题目', 'Question'),
  waves: both('季度', 'Quarters'),
  notIn: both('未问', 'not asked'),
  older: both('旧序列', 'Older series'),
  newer: both('新序列', 'Newer series'),
  linked: both('衔接后', 'Linked'),
  linkLead: both(
    '在两段都有调查的季度求出水平差，把旧序列平移到新序列的水平；平移量的误差计入每个旧点的区间。',
    'The difference in the quarters that both measured moves the older series to the level of the newer one; the error of that shift is part of every moved point.',
  ),
  shift: both(
    (points: string, error: string, quarters: string) =>
      `平移 ${points} 分（标准误 ${error}），依据 ${quarters}`,
    (points: string, error: string, quarters: string) =>
      `moved by ${points} (standard error ${error}), from ${quarters}`,
  ),
  noCommon: both(
    '这两段没有共同的季度，无法衔接。请选择在同一季度都有调查的两段。',
    'These two have no quarter in common, so they cannot be linked. Choose two that were in the field in the same quarter.',
  ),
  oneSegment: both(
    '需要两段序列（不同问卷或不同渠道）才能衔接。',
    'Linking needs two series: two questionnaires or two channels.',
  ),
  neverTogether: both(
    '没有任何两段序列（不同问卷或不同渠道）在同一季度都有调查，无法衔接。换问卷时让新旧问卷在一个季度里同时调查，就能衔接。',
    'No two series (questionnaires or channels) were in the field in the same quarter, so none can be linked. When a questionnaire changes, run the old and the new one side by side for a quarter.',
  ),
  standardError: both('标准误', 'Standard error'),
  moved: both('平移', 'moved'),
};
