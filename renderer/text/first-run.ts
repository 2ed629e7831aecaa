import { both } from './both.ts';

export const firstRunText = {
  title: both('打开数据库', 'Open a database'),
  lead: both(
    '各渠道的满意度研究都存放在一个数据库文件里，可随时备份与恢复。',
    'The studies of all channels live in one database file that can be backed up and restored at any time.',
  ),
  sampleTitle: both('查看示例数据', 'Explore the sample data'),
  sampleBody: both(
    '虚构车企：7 个大区、31 个省份、300 家经销商、12 个季度、4 个渠道。首次准备约需一两分钟。',
    'A fictitious car maker: 7 regions, 31 provinces, 300 dealers, 12 quarters, 4 channels. Preparing it takes a minute or two the first time.',
  ),
  sampleRun: both('打开示例', 'Open the sample'),
  createTitle: both('新建数据库', 'Create a database'),
  createBody: both(
    '选择保存位置，然后导入第一份研究数据。',
    'Choose where to keep it, then import the first study.',
  ),
  createRun: both('新建…', 'Create…'),
  openTitle: both('打开已有数据库', 'Open an existing database'),
  openBody: both('选择扩展名为 .csi 的文件。', 'Choose a file that ends in .csi.'),
  openRun: both('打开…', 'Open…'),
  recent: both('最近使用', 'Recently used'),
  noRecent: both('还没有打开过数据库。', 'No database has been opened yet.'),
  gone: both('文件已不在原处', 'The file is no longer there'),
  kind: both('CSI 数据库', 'CSI database'),
  newName: both('满意度.csi', 'satisfaction.csi'),
};
