import { counted } from '../../shared/domain/counted.ts';
import { both } from './both.ts';

export const weightingText = {
  tab: both('样本加权', 'Weighting'),
  tabRules: both('显示规则', 'Display rules'),
  intro: both(
    '按已知的总体构成调整受访者权重（逐边际迭代加权），每个季度分别加权。保存后可在各分析页面选用；不选用时所有数字保持不变。',
    'Adjusts the weights of respondents to a known make-up of the population by raking, quarter by quarter. Once kept, every analysis can be made on it; figures stay as they are until it is chosen.',
  ),
  kept: both('已保存的加权方案', 'Kept weightings'),
  none: both('还没有加权方案。', 'No weighting has been kept yet.'),
  name: both('名称', 'Name'),
  quarters: both('季度', 'Quarters'),
  from: both('从', 'From'),
  to: both('到', 'To'),
  margins: both('加权依据', 'Margins'),
  marginsHint: both('可选多个属性或地区', 'Attributes or places, several if wanted'),
  noMargins: both(
    '选择至少一个加权依据，填写目标占比。',
    'Choose at least one margin and fill in its target shares.',
  ),
  category: both('类别', 'Category'),
  n: both('样本量', 'Base'),
  present: both('现占比', 'Now'),
  target: both('目标占比', 'Target'),
  afterwards: both('加权后', 'Weighted'),
  usePresent: both('用现占比', 'Use present shares'),
  paste: both('粘贴', 'Paste'),
  pasteTitle: both('粘贴目标占比', 'Paste target shares'),
  pasteHint: both(
    '每行一个类别与占比，用制表符或逗号分隔，可直接从 Excel 复制两列。',
    'A line for each category and its share, separated by a tab or a comma; two columns copied from Excel will do.',
  ),
  fromTable: both('从表格导入', 'Import from a table'),
  matched: both(
    (n: string, all: string) => `${all} 行中匹配了 ${n} 个类别`,
    (n: string, all: string) => `${counted(n, 'category', 'categories')} found in ${counted(all, 'row')}`,
  ),
  sum: both(
    (sum: string) => `合计 ${sum}（按比例折算为 100%）`,
    (sum: string) => `${sum} in all (brought to 100% in proportion)`,
  ),
  unknown: both(
    (n: string) => `${n} 人未回答，在该依据上保持原权重`,
    (n: string) => `${n} did not say and keep their weight in this margin`,
  ),
  cap: both('权重上限（均值的倍数）', 'Cap (times the mean)'),
  noCap: both('不限', 'none'),
  tryOut: both('试算', 'Try'),
  save: both('保存方案', 'Keep it'),
  saved: both(
    '加权方案已保存，可在各分析页面的“样本权重”中选用',
    'Kept; choose it as "Respondent weights" on the analysis screens',
  ),
  nameHint: both('例如：2026 年按性别与大区', 'for example: 2026 by sex and region'),
  card: both('诊断', 'Diagnostics'),
  converged: both('收敛', 'Converged'),
  yes: both('是', 'yes'),
  no: both('否', 'no'),
  iterations: both('迭代', 'Rounds'),
  gap: both('最大偏差', 'Largest gap'),
  points: both('个百分点', 'points'),
  deff: both('设计效应', 'Design effect'),
  deffBefore: both('原设计效应', 'Before'),
  nEff: both('有效样本', 'Effective base'),
  largest: both('最大权重', 'Largest weight'),
  smallest: both('最小权重', 'Smallest weight'),
  empty: both(
    (what: string) => `没有受访者的类别：${what}。目标无法达到，请合并或删除这些类别。`,
    (what: string) =>
      `Nobody is in ${what}: these targets cannot be met. Join or leave out these categories.`,
  ),
  people: both(
    (what: string, n: string) => `${what}（${n} 人）`,
    (what: string, n: string) => `${what} (${n})`,
  ),
  dropped: both(
    (what: string) => `目标为 0、因而不再计入的类别：${what}。`,
    (what: string) => `These have the target 0 and no longer count: ${what}.`,
  ),
  untargeted: both(
    (what: string) => `没有填写目标、在该依据上保持原权重的类别：${what}。占比只在填写了目标的类别之间计算。`,
    (what: string) =>
      `No target was given for ${what}; they keep their weight in this margin, and shares are among the categories with a target.`,
  ),
  notConverged: both(
    '部分季度没有收敛：目标之间可能矛盾，或权重上限过低。',
    'Some quarters did not converge: targets may contradict each other, or the cap is too low.',
  ),
  outdated: both('有新数据未加权', 'new data not weighted'),
  deleteAsk: both('删除此加权方案？数据不受影响。', 'Delete this weighting? The data stay as they are.'),
  noResponses: both(
    '没有逐份答卷的渠道，无法加权。',
    'No channel holds single responses, so nothing can be weighted.',
  ),

  rulesIntro: both(
    '有效样本量决定得分如何显示：太少则隐藏（并一并隐藏可反推的数字），较少则灰显、不排名、不做显著性标记。报告与导出同样遵守。',
    'The effective base decides how a score is shown: hidden when too small (with what would give it away), grey without rank or mark when small. Reports and exports obey as well.',
  ),
  greyFrom: both('低于此有效样本量则隐藏', 'Hidden below an effective base of'),
  fullFrom: both('低于此有效样本量则灰显', 'Grey below an effective base of'),
  q: both('显著性标记的错误发现率 q', 'False-discovery rate q of the marks'),
  qHint: both(
    '同一张表里的标记一起做多重比较校正（BH 法），平均误标比例不超过 q。',
    'Marks of one table are adjusted together (Benjamini-Hochberg); the expected share of false ones is at most q.',
  ),
  rulesSaved: both('显示规则已保存', 'The display rules are saved'),
  rulesAsk: both(
    '所有页面和报告立即按新规则显示，已生成的计划草案会标为过期。继续吗？',
    'Every screen and report follows the new rules at once, and drafted plans are marked out of date. Go on?',
  ),
  defaults: both('恢复默认', 'Defaults'),
};
