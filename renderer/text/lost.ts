import { counted } from '../../shared/domain/counted.ts';
import { both } from './both.ts';

export const lostText = {
  service: both('售后流失', 'Service customers'),
  sales: both('战败', 'Lost sales'),
  month: both('截至月份', 'Up to month'),
  rules: both('判定规则', 'Rules'),
  rulesNote: both(
    '按自然月计距上次进店的月数；改动立即重算，只影响本页，不改数据',
    'whole calendar months since the last visit; a change recalculates this page and alters no data',
  ),
  marginalAfter: both('边缘：超过几个月', 'Marginal after, months'),
  lostAfter: both('流失：超过几个月', 'Lost after, months'),
  permanentAfter: both('永久流失：超过几个月', 'Permanent after, months'),
  classA: both('A 类：每年至少几次', 'Class A from, a year'),
  classB: both('B 类：每年至少几次', 'Class B from, a year'),
  usual: both('恢复常用规则', 'Usual rules'),
  badRules: both(
    '月数须依次增大，A 类次数须多于 B 类；下面仍按常用规则计算。',
    'Months must rise, and class A needs more visits than class B; the usual rules hold below.',
  ),
  customers: both('客户', 'Customers'),
  customersNote: both('活跃＋边缘客户', 'Active and marginal customers'),
  classes: both('客户等级', 'Classes'),
  classesNote: both(
    '近 12 个月进店次数，不含永久流失',
    'by visits in 12 months, without the permanently lost',
  ),
  byMonth: both('逐月状态', 'States by month'),
  byMonthNote: both(
    '边缘即当月流失数：客户回店后不再计入',
    'Marginal is the monthly loss figure; a customer who returns is no longer counted',
  ),
  entered: both('新进入边缘', 'Entered'),
  returned: both('回店', 'Returned'),
  chart: both('逐月活跃、边缘、流失客户数', 'Active, marginal and lost customers by month'),
  byDealer: both('按经销商', 'By dealer'),
  byAdviser: both('按服务顾问', 'By adviser'),
  unitNote: both(
    '按最后一次进店归属，客户＝活跃＋边缘；流失率后为 95% 区间',
    'by the last visit, active and marginal customers, rates with their 95% interval',
  ),
  dealer: both('经销商', 'Dealer'),
  adviser: both('服务顾问', 'Adviser'),
  interval: both('95% 区间', '95% interval'),
  position: both('与总体', 'vs whole'),
  farAbove: both('明显偏高', 'far above'),
  above: both('偏高', 'above'),
  inside: both('正常范围', 'inside'),
  below: both('偏低', 'below'),
  farBelow: both('明显偏低', 'far below'),
  few: both('客户太少，不显示', 'Too few customers to show'),
  unranked: both('客户偏少，不作比较', 'Too few customers to compare'),
  margin: both('边缘客户名单', 'Customers at the margin'),
  marginNote: both(
    (shown: string, total: string) => `刚进入边缘的排在前面，显示 ${shown} / ${total} 名；只有假名`,
    (shown: string, total: string) =>
      `Those who just became marginal first, ${shown} of ${total}; pseudonyms only`,
  ),
  pseudonym: both('客户（假名）', 'Customer (pseudonym)'),
  since: both('距上次进店（月）', 'Months since'),
  visits: both('近 12 个月进店', 'Visits in 12 months'),
  class: both('等级', 'Class'),
  noMargin: both('没有边缘客户。', 'Nobody is at the margin.'),
  noVisits: both(
    '还没有进店记录。导入一份文件：每行一次进店，含客户（车架号、手机号或客户编号）、经销商、日期，可选服务顾问。',
    'There are no service visits yet. Import a file with one visit a row: customer (VIN, phone or number), dealer, date, and adviser if known.',
  ),
  elsewhere: both(
    (n: string) => `另有 ${n} 名客户的经销商不在网络中，计入总体。`,
    (n: string) =>
      `${counted(n, 'customer of dealers outside the network is', 'customers of dealers outside the network are')} counted in the whole.`,
  ),
  importVisits: both('导入进店记录', 'Import service visits'),
  visitFile: both('进店记录', 'Service visits'),
  read: both(
    (n: string, customers: string, dealers: string) =>
      `${n} 次进店，${customers} 名客户，${dealers} 家经销商`,
    (n: string, customers: string, dealers: string) =>
      `${counted(n, 'visit')}, ${counted(customers, 'customer')}, ${counted(dealers, 'dealer')}`,
  ),
  rejected: both(
    (n: string) => `${n} 行有问题`,
    (n: string) => `${counted(n, 'row')} with faults`,
  ),
  customerColumn: both('客户列', 'Customer'),
  customerKind: both('客户列内容', 'What it holds'),
  vin: both('车架号', 'VIN'),
  phone: both('手机号', 'Phone'),
  number: both('客户编号', 'Customer number'),
  dealerColumn: both('经销商编码列', 'Dealer code'),
  dealerNameColumn: both('经销商名称列', 'Dealer name'),
  adviserColumn: both('服务顾问列', 'Adviser'),
  dateColumn: both('日期列', 'Date'),
  none: both('无', 'None'),
  import: both('导入', 'Import'),
  importGood: both(
    (n: string) => `只导入其余 ${n} 行`,
    (n: string) => `Import the other ${counted(n, 'row')}`,
  ),
  leaveFile: both('取消', 'Cancel'),
  readAgain: both('按以上选择重新读取', 'Read again with these choices'),
  sheet: both('工作表', 'Sheet'),
  imported: both(
    '进店记录已导入，可在“数据 › 导入批次”中撤销',
    'The visits are imported; undo them under Data › Batches',
  ),
  importedOpen: both(
    (rows: string) =>
      `进店记录已导入，另有 ${rows} 行未导入：可在“数据 › 导入批次”中查看原因、导出更正，再在“流失与战败”中导入`,
    (rows: string) =>
      `The visits are imported; ${counted(rows, 'row was', 'rows were')} kept out. See why and export under Data › Batches, correct the file and import it under Losses`,
  ),
  corrects: both(
    (file: string, batch: string, open: string) =>
      `这是“${file}”（第 ${batch} 批）的更正文件，还有 ${open} 行待更正；已更正过的行不会重复导入。客户以匿名编号（pseudonym:…）表示，请勿改动。`,
    (file: string, batch: string, open: string) =>
      `This corrects "${file}" (batch ${batch}); ${counted(open, 'row is', 'rows are')} still open. Rows that were corrected before are not loaded twice. Customers stand as pseudonyms (pseudonym:…); leave those as they are.`,
  ),
  duplicate: both(
    (batch: string) => `该文件已作为第 ${batch} 批导入`,
    (batch: string) => `This file was imported as batch ${batch}`,
  ),
  reason: both('战败原因', 'Reason'),
  brand: both('购买品牌', 'Brand bought'),
  stage: both('战败阶段', 'Stage when lost'),
  toldBy: both(
    (role: string) => `${role}取自哪个属性`,
    (role: string) => `Attribute that tells: ${role}`,
  ),
  noRole: both('未指定', 'None'),
  share: both('占比', 'Share'),
  change: both('较上季（百分点）', 'vs last quarter, pp'),
  lostPeople: both('战败客户', 'Lost'),
  visitsOfAll: both(
    '流失按进店记录计算，进店客户不是受访者，不按样本筛选。要按样本看，请用“战败”页。',
    'Service loss is told from visits; their customers are no respondents, so samples do not apply here. Lost sales can be seen on a sample.',
  ),
  noSales: both(
    '还没有战败研究的数据。请先在“数据”中导入战败客户研究。',
    'There are no data of a study of lost sales. Import one under Data first.',
  ),
  tooFew: both('本季样本太少，不显示', 'Base too small to show this quarter'),
  unset: both('尚未指定对应的属性', 'No attribute is given to this'),
  byTime: both('逐季占比', 'By quarter'),
  byArea: both('分地区占比', 'Shares by area'),
  shareNote: both(
    '占比后为 95% 区间；每行最大的一项加粗',
    'each share with its 95% interval; the largest of a row is bold',
  ),
  scoreByArea: both('满意度：战败与已购客户', 'Satisfaction: lost and buyers'),
  scoreNote: both(
    '▲▼ 为显著差异；各研究题目不同，是否可比请看“渠道对照”',
    '▲▼ mark differences beyond chance; the studies ask different questions: see Channels for how comparable they are',
  ),
  lostScore: both('战败客户', 'Lost'),
  aboveLost: both('高于战败', 'Above the lost'),
  boughtScore: both(
    (channel: string) => `已购客户：${channel}`,
    (channel: string) => `Buyers: ${channel}`,
  ),
};
