/* The dealers of M Motors, a maker that does not exist: about 120 cities, seven sales regions. */
import { CITIES, type City, provinceByCode } from '../../shared/domain/geography.ts';
import { type Quarter, quarterNumber, yearOf } from '../../shared/domain/quarter.ts';
import { stream } from './streams.ts';

export interface SampleDealer {
  code: string;
  name: string;
  city: City;
  provinceName: string;
  region: string;
  /** First and last quarter with customers; `undefined` where that lies outside the period. */
  opened: Quarter | undefined;
  closed: Quarter | undefined;
  /** Business volume against the average dealer. */
  size: number;
}

const SALES_REGIONS: Readonly<Record<string, readonly string[]>> = {
  东北: ['21', '22', '23'],
  华北: ['11', '12', '13', '14', '15'],
  华东: ['31', '32', '33', '34', '37'],
  华中: ['36', '41', '42', '43'],
  华南: ['35', '44', '45', '46'],
  西南: ['50', '51', '52', '53', '54'],
  西北: ['61', '62', '63', '64', '65'],
};

// City by short name, with its share of the network.
const MARKETS = `北京 8 天津 5 石家庄 4 保定 3 唐山 3 邯郸 2 沧州 2 廊坊 2 太原 3 大同 1 临汾 1 运城 1
呼和浩特 2 包头 2 赤峰 1 鄂尔多斯 1 沈阳 4 大连 4 鞍山 1 锦州 1 长春 4 吉林 2 延边 1 哈尔滨 4 大庆 2 齐齐哈尔 1
上海 9 南京 6 苏州 7 无锡 5 常州 3 南通 3 徐州 3 扬州 2 盐城 2 杭州 8 宁波 5 温州 4 台州 2 嘉兴 2 金华 3 绍兴 2
合肥 5 芜湖 2 阜阳 1 六安 1 福州 4 厦门 4 泉州 3 漳州 1 南昌 4 赣州 2 九江 1 济南 5 青岛 6 潍坊 3 烟台 3 临沂 3 淄博 2
济宁 2 菏泽 1 郑州 7 洛阳 3 南阳 2 新乡 2 商丘 1 武汉 7 宜昌 2 襄阳 2 荆州 1 长沙 6 株洲 2 衡阳 2 岳阳 1 广州 9 深圳 9
东莞 6 佛山 5 惠州 3 中山 2 珠海 2 汕头 2 江门 1 湛江 1 南宁 4 柳州 2 桂林 2 玉林 1 海口 2 三亚 1 重庆 7 成都 9 绵阳 2
宜宾 1 南充 1 泸州 1 德阳 1 贵阳 4 遵义 2 毕节 1 昆明 5 曲靖 1 大理 1 红河 1 拉萨 1 西安 7 宝鸡 1 咸阳 1 榆林 1
兰州 3 天水 1 西宁 1 银川 2 乌鲁木齐 3 昌吉 1 喀什 1 伊犁 1 许昌 1 常德 1 威海 1 上饶 1`;

const HOUSES = [
  '恒通',
  '瑞丰',
  '华晟',
  '鑫源',
  '万顺',
  '启航',
  '金桥',
  '卓越',
  '嘉禾',
  '远大',
  '宏图',
  '天和',
];
const KINDS = ['销售服务有限公司', '4S店', '服务中心', '贸易有限公司'];

// Names that are hard on file names, CSV and search: full width, ampersand, slash, quotes, comma, length.
const HARD_NAMES: Record<number, (city: string) => string> = {
  3: (city) => `Ｍ汽车（${city}）旗舰店`,
  17: (city) => `${city}A&B联合M汽车4S店`,
  42: (city) => `${city}“老城/新城”M汽车<城市展厅>`,
  77: (city) => `${city}恒通, 瑞丰 "双店" M汽车服务中心`,
  105: (city) =>
    `${city}经济技术开发区国际汽车博览城第二期南区启航远大联合投资M汽车销售服务有限责任公司旗舰体验中心`,
};

/** True where a dealer stands in a scope (`overall`, `region:华南`, `province:44`, `city:4401`, `dealer:M0001`). */
export function isWithin(dealer: SampleDealer, scope: string): boolean {
  return (
    scope === 'overall' ||
    scope === `region:${dealer.region}` ||
    scope === `province:${dealer.city.provinceCode}` ||
    scope === `city:${dealer.city.code}` ||
    scope === `dealer:${dealer.code}`
  );
}

/** True where a dealer has customers in a quarter. */
export function isTrading(dealer: SampleDealer, quarter: Quarter): boolean {
  return quarter >= (dealer.opened ?? quarter) && quarter <= (dealer.closed ?? quarter);
}

/** The network: about one dealer in twenty opens and one in forty closes within the period. */
export function makeNetwork(seed: number, count: number, first: Quarter, last: Quarter): SampleDealer[] {
  return allot(count).map((city, i) => {
    const code = `M${String(i + 1).padStart(4, '0')}`;
    const random = stream(seed, 'dealer', code);
    const fate = random.uniform();
    const moment = first + 1 + random.whole(Math.max(1, last - first - 1));
    return {
      code,
      name: dealerName(i, city.shortName),
      city,
      provinceName: provinceByCode(city.provinceCode)!.shortName,
      region: regionOf(city.provinceCode),
      opened: fate < 0.05 ? moment : undefined,
      closed: fate > 0.975 ? moment : undefined,
      size: Math.exp(0.45 * random.normal() - 0.1),
    };
  });
}

/** The dealer list as the sales department keeps it: header, then one row a dealer. */
export function dealerTable(network: SampleDealer[]): string[][] {
  const header = ['经销商代码', '经销商名称', '城市', '省份', '大区', '开业日期', '退网日期'];
  const rows = network.map((d) => [
    d.code,
    d.name,
    d.city.name,
    d.provinceName,
    d.region,
    d.opened === undefined ? '2015-01-01' : firstDay(d.opened),
    d.closed === undefined ? '' : firstDay(d.closed + 1),
  ]);
  return [header, ...rows];
}

function firstDay(quarter: Quarter): string {
  return `${yearOf(quarter)}-${String(quarterNumber(quarter) * 3 - 2).padStart(2, '0')}-01`;
}

function regionOf(provinceCode: string): string {
  return Object.entries(SALES_REGIONS).find(([, provinces]) => provinces.includes(provinceCode))![0];
}

function dealerName(i: number, city: string): string {
  const hard = HARD_NAMES[i];
  if (hard) return hard(city);
  const house = HOUSES[(i * 7) % HOUSES.length]!;
  return `${city}${house}M汽车${KINDS[Math.floor(i / HOUSES.length) % KINDS.length]!}`;
}

/** Cities of `count` dealers, by share (largest remainder), every city at least once while there are enough. */
function allot(count: number): City[] {
  const words = MARKETS.split(/\s+/);
  const markets = words.flatMap((name, i) =>
    i % 2 === 0 ? [{ city: cityNamed(name), share: Number(words[i + 1]) }] : [],
  );
  const total = markets.reduce((sum, m) => sum + m.share, 0);
  const quotas = markets.map((m) => ({ ...m, quota: (m.share / total) * count }));
  const left = [...quotas].sort((a, b) => rank(b.quota) - rank(a.quota));
  const seats = new Map(quotas.map((m) => [m.city, Math.floor(m.quota)]));
  let free = count - [...seats.values()].reduce((sum, n) => sum + n, 0);
  for (let i = 0; free > 0; i = (i + 1) % left.length, free -= 1)
    seats.set(left[i]!.city, seats.get(left[i]!.city)! + 1);
  return quotas.flatMap((m) => Array.from({ length: seats.get(m.city)! }, () => m.city));
}

/** Cities still without a dealer first, then by the fraction left over. */
function rank(quota: number): number {
  return quota < 1 ? 1 + quota : quota % 1;
}

function cityNamed(shortName: string): City {
  const city = CITIES.find((c) => c.shortName === shortName);
  if (!city) throw new Error(`${shortName} is no city of the national list`);
  return city;
}
