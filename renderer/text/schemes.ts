import { counted } from '../../shared/domain/counted.ts';
import { both } from './both.ts';

export const schemesText = {
  newScheme: both('新建方案', 'New scheme'),
  versions: both('方案与版本', 'Schemes and versions'),
  validFrom: both('生效日期', 'In force from'),
  always: both('任何时间', 'at any time'),
  span: both(
    (from: string, to: string) => `${from} 至 ${to} 前`,
    (from: string, to: string) => `${from} until ${to}`,
  ),
  since: both(
    (from: string) => `${from} 起`,
    (from: string) => `from ${from}`,
  ),
  eachInTime: both('每个季度按当时的版本和所在城市', 'each quarter under the version and city of its time'),
  regions: both('大区', 'Regions'),
  regionCount: both(
    (n: string) => `${n} 个大区`,
    (n: string) => counted(n, 'region'),
  ),
  cities: both('城市', 'Cities'),
  dealers: both('经销商', 'Dealers'),
  coverage: both(
    (cities: string, of: string, dealers: string, all: string) =>
      `覆盖 ${cities} / ${of} 个有店城市，${dealers} / ${all} 家经销商`,
    (cities: string, of: string, dealers: string, all: string) =>
      `places ${cities} of ${counted(of, 'city', 'cities')} with dealers, ${dealers} of ${counted(all, 'dealer')}`,
  ),
  leavesOut: both(
    (n: string) => `其余 ${n} 家不属于任何大区：全国合计含它们，各大区不含。`,
    (n: string) =>
      `${counted(n, 'other dealer belongs', 'other dealers belong')} to no region: counted in the whole and in none of the regions.`,
  ),
  newVersionUntil: both(
    (scheme: string, from: string, until: string) =>
      `将保存为“${scheme}”的另一个版本：${from} 起生效，${until} 起由已有的版本接续。现行版本不变。`,
    (scheme: string, from: string, until: string) =>
      `Saved as another version of "${scheme}": in force from ${from} until the version of ${until} takes over. The present version stays.`,
  ),
  newVersionAfter: both(
    (scheme: string, from: string, before: string) =>
      `将保存为“${scheme}”的新版本：${from} 起取代 ${before} 起的版本。`,
    (scheme: string, from: string, before: string) =>
      `Saved as a new version of "${scheme}": from ${from} it takes the place of the version of ${before}.`,
  ),
  versionTaken: both(
    (scheme: string, from: string) => `“${scheme}”已有 ${from} 起生效的版本，请换一个生效日期。`,
    (scheme: string, from: string) => `"${scheme}" has a version from ${from} already: choose another day.`,
  ),
  usedBy: both(
    (forecasts: string, plans: string, reports: string) =>
      `已用于 ${forecasts} 次预测、${plans} 个计划、${reports} 批报告，不能改动；修改时请另设生效日期，另存为新版本。`,
    (forecasts: string, plans: string, reports: string) =>
      `Used by ${counted(forecasts, 'forecast')}, ${counted(plans, 'plan')} and ${counted(reports, 'report batch', 'report batches')}, so it does not change: give another start day to save a new version.`,
  ),
  copyFrom: both('内容来自', 'Start from'),
  empty: both('空白', 'Nothing'),
  provinces: both('每个省份一个大区', 'One region for each province'),
  fromTable: both('读入城市表', 'Read a table of cities'),
  tableHelp: both(
    '两列：城市、大区（CSV 或 Excel）；只有城市列时作为一个范围。',
    'Two columns, city and region (CSV or Excel); a table with cities alone is one group.',
  ),
  code: both('方案代码', 'Code of the scheme'),
  nameZh: both('中文名称', 'Chinese name'),
  nameEn: both('英文名称', 'English name'),
  addRegion: both('添加大区', 'Add a region'),
  regionName: both('大区名称', 'Name of the region'),
  assign: both('划入', 'Put into'),
  assignHint: both('先选择城市或省份', 'Choose cities or provinces first'),
  assignTo: both(
    (n: string, region: string) => `把选中的 ${n} 个城市划入“${region}”`,
    (n: string, region: string) => `Put the ${counted(n, 'chosen city', 'chosen cities')} into "${region}"`,
  ),
  takeOut: both('移出', 'Take out'),
  unplaced: both('未划入', 'In no region'),
  chosen: both(
    (n: string) => `已选 ${n} 个城市`,
    (n: string) => `${counted(n, 'city', 'cities')} chosen`,
  ),
  tileHint: both(
    '点省份可整省选中；颜色为该省所属大区，斜纹表示分属多个大区。',
    'Click a province to choose all its cities; the colour is its region, stripes mean more than one.',
  ),
  saveVersion: both('保存为新版本', 'Save as a new version'),
  saveChange: both('保存修改', 'Save the change'),
  saveNew: both('保存新方案', 'Save the scheme'),
  saved: both('已保存', 'Saved'),
  discard: both('放弃修改', 'Discard'),
  deleteAsk: both('删除这个版本？', 'Delete this version?'),
  export: both('导出', 'Export'),
  problems: both(
    (n: string) => `${n} 处读不懂，请在文件中改正后重新读入：`,
    (n: string) => `${counted(n, 'row is', 'rows are')} not understood. Correct the file and read it again:`,
  ),
  problemRow: both(
    (row: string, value: string, problem: string) => `第 ${row} 行“${value}”：${problem}`,
    (row: string, value: string, problem: string) => `row ${row}, "${value}": ${problem}`,
  ),
  takeRest: both(
    (n: string) => `不等改正，先采用读懂的 ${n} 个城市`,
    (n: string) => `Use what is understood (cities: ${n})`,
  ),
  readRows: both(
    (rows: string, cities: string, regions: string) =>
      `已读入 ${rows} 行：${cities} 个城市，${regions} 个大区。保存后生效。`,
    (rows: string, cities: string, regions: string) =>
      `${counted(rows, 'row')} read: ${counted(cities, 'city', 'cities')} in ${counted(regions, 'region')}. Save to put them in force.`,
  ),
  notRead: both(
    (file: string) => `“${file}”没有采用，方案没有改变`,
    (file: string) => `"${file}" was not used and the scheme did not change`,
  ),
  unsaved: both('尚未保存', 'Not saved yet'),
  filterCities: both('按城市或省份筛选', 'Filter by city or province'),
  withDealers: both('只看有店城市', 'Cities with dealers only'),
  choose: both('请选择左侧的方案，或新建一个。', 'Choose a scheme on the left, or make a new one.'),
  // comparisons
  inside: both('范围内 / 范围外', 'Inside / outside'),
  like: both('同口径对比', 'Like for like'),
  regroup: both('调整前后', 'Before / after'),
  kind: both('对比方式', 'Comparison'),
  insideLead: both(
    '方案划入的城市与其余城市相比，例如 J.D. Power 调查城市与非调查城市。',
    'Cities that the scheme places against all others, such as the cities of a J.D. Power study against the rest.',
  ),
  likeLead: both(
    '只比较两期都有答卷的店（或城市），避免把网点增减当成满意度变化。',
    'Only units with answers in both periods, so that dealers coming and going are not taken for a change of satisfaction.',
  ),
  regroupLead: both(
    '同一批答卷按两个方案（或同一方案的两个版本）汇总，差异只来自归属调整。',
    'The same answers grouped by two schemes or two versions: the difference comes from the regrouping alone.',
  ),
  insideRegions: both('视为范围内的大区', 'Regions that count as inside'),
  allPlaced: both('方案划入的全部城市', 'All that the scheme places'),
  insideSide: both('范围内', 'Inside'),
  outsideSide: both('范围外', 'Outside'),
  nothingOutside: both(
    '该方案覆盖了这一渠道的全部城市，没有“范围外”可比。可在“视为范围内的大区”中只选一部分大区，或选择另一个方案。',
    'The scheme places every city of this channel, so nothing is outside. Choose some of its regions as the inside, or another scheme.',
  ),
  nothingInside: both(
    '这一渠道在该方案划入的城市没有答卷，没有“范围内”可比。请选择另一个方案或渠道。',
    'Nobody of this channel answered in the cities that the scheme places, so nothing is inside. Choose another scheme or channel.',
  ),
  difference: both('差', 'Difference'),
  sides: both(
    (cities: string, dealers: string, n: string) => `${cities} 个城市，${dealers} 家店，${n} 份答卷`,
    (cities: string, dealers: string, n: string) =>
      `${counted(cities, 'city', 'cities')}, ${counted(dealers, 'dealer')}, ${counted(n, 'respondent')}`,
  ),
  trend: both('趋势', 'Trend'),
  period: both('时期', 'Period'),
  first: both('前期', 'First period'),
  second: both('后期', 'Second period'),
  byYear: both('按年', 'By year'),
  byQuarter: both('按季', 'By quarter'),
  year: both(
    (year: string) => `${year} 年`,
    (year: string) => year,
  ),
  unit: both('比较单位', 'Unit'),
  scopes: both('限定城市范围', 'City scope'),
  noScope: both('不限定', 'None'),
  firstScope: both('前期范围', 'First scope'),
  secondScope: both('后期范围', 'Second scope'),
  allUnits: both('全部', 'All'),
  commonUnits: both('同口径', 'Like for like'),
  covers: both(
    (units: string, all: string, share: string, n: string, nShare: string) =>
      `两期共有的占 ${units} / ${all} 个单位（${share}%），覆盖 ${n} 份答卷中的 ${nShare}%`,
    (units: string, all: string, share: string, n: string, nShare: string) =>
      `${units} of ${counted(all, 'unit')} in both periods (${share}%), with ${nShare}% of ${counted(n, 'respondent')}`,
  ),
  inPeriod: both(
    (period: string, coverage: string) => `${period}：${coverage}`,
    (period: string, coverage: string) => `${period}: ${coverage}`,
  ),
  onlyFirst: both('仅前期有', 'In the first period only'),
  onlySecond: both('仅后期有', 'In the second period only'),
  allShared: both('没有', 'None'),
  before: both('原方案', 'First scheme'),
  after: both('新方案', 'Second scheme'),
  unchanged: both('两边是同一批答卷', 'The same respondents on both sides'),
  joined: both('划入答卷', 'Joined'),
  left: both('划出答卷', 'Left'),
  movedTitle: both('变动的城市和店', 'What moved'),
  nothingMoved: both('两个方案的归属相同。', 'Both place everything alike.'),
  toRegion: both('新大区', 'To'),
  fromRegion: both('原大区', 'From'),
  sameScheme: both(
    '请选择两个不同的方案或版本。如果只有一个，请先在“区域方案”中新增一个版本。',
    'Choose two different schemes or versions. Where there is only one, add a version under Region schemes first.',
  ),
  smallMoved: both(
    '变动的样本太少时，为避免反推，只显示原方案的得分。',
    'Where only a few respondents moved, the second score is left out so that theirs cannot be worked out.',
  ),
};
