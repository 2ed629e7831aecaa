import { both } from './both.ts';

export const traceText = {
  title: both('如何计算', 'How was this computed'),
  short: both('如何计算', 'How computed'),
  formula: both('计算步骤', 'Step by step'),
  parts: both('题目与权重', 'Items and weights'),
  weightR: both('权重 R', 'Weight R'),
  share: both('占比 w', 'Share w'),
  contribution: both('贡献', 'Contribution'),
  sumW: both('Σ权重', 'Σ weight'),
  sumWX: both('Σ权重×得分', 'Σ weight × score'),
  files: both('来源文件', 'Source files'),
  study: both('研究', 'Study'),
  questionnaire: both('问卷', 'Questionnaire'),
  rowsIn: both('行', 'rows'),
  respondents: both('背后的答卷', 'Responses behind it'),
  respondentsNote: both(
    '不含姓名、电话等个人信息',
    'Without names, phones or anything that identifies a person',
  ),
  lines: both('背后的得分行', 'Lines of scores behind it'),
  file: both('文件', 'File'),
  line: both('行', 'Row'),
  day: both('日期', 'Day'),
  weight: both('权重', 'Weight'),
  base: both('样本量', 'Base'),
  hidden: both(
    '有效样本量不足 10，或显示它会泄露这样的数字，因此这个数字及其明细都不显示。请放宽筛选或选择更大的区域、更长的时间。',
    'The effective base is below 10, or showing this figure would give such a one away, so neither it nor its details are shown. Widen the filters or take a larger area or a longer time.',
  ),
  nobody: both('没有人回答，因此没有数字。', 'Nobody answered, so there is no figure.'),
};
