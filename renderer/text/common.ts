import { counted } from '../../shared/domain/counted.ts';
import { both } from './both.ts';

export const commonText = {
  loading: both('正在读取…', 'Loading…'),
  print: both('打印', 'Print'),
  printHint: both(
    '打印本页，或在打印窗口选择存为 PDF（Ctrl+P）',
    'Print this page, or keep it as a PDF from the print window (Ctrl+P)',
  ),
  printedAt: both(
    (at: string) => `打印于 ${at}`,
    (at: string) => `printed ${at}`,
  ),
  dataVersion: both(
    (version: string) => `数据版本 ${version}`,
    (version: string) => `data version ${version}`,
  ),
  retry: both('重试', 'Try again'),
  cancel: both('取消', 'Cancel'),
  cancelling: both('正在取消…', 'Cancelling…'),
  close: both('关闭', 'Close'),
  save: both('保存', 'Save'),
  delete: both('删除', 'Delete'),
  export: both('导出', 'Export'),
  written: both(
    (file: string) => `已写入 ${file}`,
    (file: string) => `Written: ${file}`,
  ),
  writtenFirst: both(
    (file: string, leftOut: string) =>
      `已写入 ${file}。CSV 只存第一张表，未含：${leftOut}。需要全部时请选择 Excel。`,
    (file: string, leftOut: string) =>
      `Written: ${file}. A CSV file holds the first table only, without: ${leftOut}. Choose Excel for all of them.`,
  ),
  listed: both('、', ', '),
  csvTable: both('CSV（一张表）', 'CSV (one table)'),
  name: both('名称', 'Name'),
  all: both('全部', 'All'),
  none: both('无', 'None'),
  yes: both('是', 'Yes'),
  no: both('否', 'No'),
  quarter: both('季度', 'Quarter'),
  channel: both('渠道', 'Channel'),
  indicator: both('指标', 'Indicator'),
  scheme: both('区域方案', 'Region scheme'),
  area: both('区域', 'Area'),
  level: both('层级', 'Level'),
  index: both('总体满意度', 'Overall satisfaction'),
  sample: both('样本', 'Sample'),
  weights: both('权重版本', 'Weights'),
  weighting: both('样本权重', 'Respondent weights'),
  ownWeights: both('研究自带权重', "The study's own"),
  currentWeights: both('当前权重', 'Current weights'),
  weightVersion: both(
    (version: string, note: string) => `第 ${version} 版${note ? ` · ${note}` : ''}`,
    (version: string, note: string) => `v${version}${note ? ` · ${note}` : ''}`,
  ),
  everybody: both('全部受访者', 'All respondents'),
  alwaysEverybody: both(
    '此处不按样本计算，显示的是全部受访者。',
    'Not made on samples: this shows all respondents.',
  ),
  editSamples: both('新建或管理样本…', 'Make or manage samples…'),
  overall: both('总体', 'Overall'),
  region: both('大区', 'Region'),
  province: both('省份', 'Province'),
  city: both('城市', 'City'),
  dealer: both('单店', 'Dealer'),
  points: both('分', 'pts'),
  score: both('得分', 'Score'),
  scale: both(
    (max: number) => (max === 1000 ? '千分制' : max === 100 ? '百分制' : `${max} 分制`),
    (max: number) => `of ${max}`,
  ),
  base: both('样本量', 'Base'),
  effectiveBase: both('有效样本', 'effective base'),
  baseAndEffective: both('样本量（有效）', 'Base (effective)'),
  margin: both('误差', 'Margin'),
  noMargin: both('误差未知', 'margin unknown'),
  adjustedP: both(
    (p: string) => `多重比较校正后 p ${p}`,
    (p: string) => `adjusted for many comparisons p ${p}`,
  ),
  smallBase: both('样本偏少，仅供参考', 'Small base, for reference only'),
  hiddenBase: both('样本太少，不显示', 'Base too small to show'),
  noData: both('本季没有数据', 'No data this quarter'),
  notAsked: both('本季未问', 'Not asked this quarter'),
  secondsLeft: both(
    (time: string) => `约剩 ${time}`,
    (time: string) => `about ${time} left`,
  ),
  doneOf: both(
    (done: string, total: string) => `${done} / ${total}`,
    (done: string, total: string) => `${done} of ${total}`,
  ),
  higher: both('显著高于', 'significantly higher'),
  lower: both('显著低于', 'significantly lower'),
  notSignificant: both('差异不显著', 'not significant'),
  notTested: both('样本不足，未检验', 'base too small to test'),
  between: both('；', '; '),
  printedRows: both(
    (shown: string, all: string) =>
      `打印了前 ${shown} 行，共 ${all} 行。需要全部时，请先筛选后打印，或用命令行 csi 导出。`,
    (shown: string, all: string) =>
      `The first ${shown} of ${counted(all, 'row')} are printed. For the others filter before printing, or export them with the csi command.`,
  ),
  latest: both('最新季度', 'Latest quarter'),
};
