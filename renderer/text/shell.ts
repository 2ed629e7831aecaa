import { both } from './both.ts';

export const shellText = {
  product: both('CSI 工作站', 'CSI workstation'),
  skip: both('跳到内容', 'Skip to content'),
  navigation: both('主导航', 'Main navigation'),
  watch: both('现状', 'Standing'),
  analyse: both('分析', 'Analysis'),
  act: both('行动', 'Action'),
  sources: both('基础', 'Foundation'),
  overview: both('总览', 'Overview'),
  close: both('季度小结', 'Quarter close'),
  alerts: both('预警', 'Alerts'),
  forecast: both('预测', 'Forecast'),
  data: both('数据', 'Data'),
  plan: both('计划', 'Plan'),
  reports: both('报告', 'Reports'),
  language: both('语言', 'Language'),
  toDark: both('切换到深色外观', 'Switch to dark appearance'),
  toLight: both('切换到浅色外观', 'Switch to light appearance'),
  working: both('正在处理…', 'Working…'),
  stop: both('停止', 'Stop'),
  closeDatabase: both('关闭数据库', 'Close the database'),
  sample: both('示例', 'Sample'),
  readonly: both('只读', 'Read-only'),
  responses: both(
    (n: string) => `${n} 份答卷`,
    (n: string) => `${n} responses`,
  ),
  reported: both(
    (n: string) => `${n} 条报告分`,
    (n: string) => `${n} reported scores`,
  ),
  dealers: both(
    (n: string) => `${n} 家经销商`,
    (n: string) => `${n} dealers`,
  ),
  connecting: both('正在连接工作站…', 'Connecting to the workstation…'),
  refusedTitle: both('此链接已失效', 'This link is no longer valid'),
  refused: both(
    '链接只能使用一次，刷新页面后需要新链接。请回到启动工作站的窗口，按回车键取得新链接。',
    'A link works once, and a reloaded page needs a new one. Go to the window the workstation was started from and press Enter for a new link.',
  ),
  stoppedTitle: both('工作站已停止', 'The workstation has stopped'),
  stopped: both(
    '已确认的数据都已保存。请重新启动工作站，再用新链接打开。',
    'All confirmed data are saved. Start the workstation again and open its new link.',
  ),
  crashedTitle: both('此页面无法显示', 'This screen cannot be shown'),
  crashed: both(
    '数据没有改变。请重试；若再次出现，请把下面的文字发给维护人员。',
    'No data changed. Try again; if it happens twice, send the text below to whoever maintains this installation.',
  ),
};
