/** Invented facts for report tests and benchmarks: seeded by the dealer's number, three channels that disagree. */
import type { Language } from '../../../shared/domain/language.ts';
import { DEFAULT_TIERS } from '../../../shared/domain/precision.ts';
import { quarterOf } from '../../../shared/domain/quarter.ts';
import type { ScoreDisplay } from '../../../shared/domain/score/display.ts';
import type {
  AlertFact,
  Cell,
  ChannelFacts,
  DealerReportFacts,
  Difference,
  IndicatorFacts,
  TrendFacts,
} from '../../../shared/report/dealer-facts.ts';

const QUARTER = quarterOf(2026, 3);

const FACTORS = [
  ['销售启动', 'Sales initiation', ['预约便捷性', '接待及时性', '展厅环境']],
  ['销售顾问', 'Sales consultant', ['专业知识', '态度友善', '需求了解']],
  ['交车过程', 'Delivery process', ['交车准时性', '车辆整洁度', '功能讲解']],
  ['服务启动', 'Service initiation', ['等待时间', '接待礼仪']],
  ['服务质量', 'Service quality', ['一次修复率', '费用说明', '交付准时性']],
  ['服务设施', 'Service facility', ['停车便利性', '休息区舒适度']],
] as const;

const CHANNELS = [
  { code: 'third', zh: '第三方调研', en: 'Third-party study', min: 0, max: 1000, decimals: 0, base: 34 },
  { code: 'own', zh: '售后满意度自查', en: 'In-house study', min: 1, max: 10, decimals: 2, base: 86 },
  { code: 'lost', zh: '流失客户调研', en: 'Lapsed customers', min: 1, max: 5, decimals: 2, base: 21 },
];

/** A small seeded generator of numbers in [0, 1). */
function seeded(seed: number): () => number {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

interface Options {
  language?: Language;
  display?: ScoreDisplay;
  name?: string;
  channels?: number;
  factors?: number;
}

function scoreCell(score100: number, nEff: number, channel: (typeof CHANNELS)[number]): Cell {
  const n = Math.round(nEff * 1.15);
  if (n === 0) return { kind: 'absent', reason: 'no-data' };
  return {
    kind: 'score',
    native: channel.min + (score100 / 100) * (channel.max - channel.min),
    score100,
    n,
    nEff,
    margin100: nEff < 2 ? null : (2 * 17) / Math.sqrt(nEff),
  };
}

function difference(points100: number, nEff: number): Difference {
  const limit = (2 * 17) / Math.sqrt(nEff) + 0.6;
  const significance = points100 > limit ? 'higher' : points100 < -limit ? 'lower' : 'none';
  return { kind: 'difference', points100, significance };
}

function indicatorsOf(
  channel: (typeof CHANNELS)[number],
  random: () => number,
  o: Options,
): IndicatorFacts[] {
  const english = o.language === 'en';
  const rows: IndicatorFacts[] = [];
  const add = (code: string, name: string, parent: string | null, depth: number, share: number) => {
    const nEff = Math.round(channel.base * share * (0.7 + random() * 0.6));
    const region = 74 + random() * 8;
    const dealerScore = Math.min(99, region + (random() - 0.5) * 24);
    rows.push({
      code,
      name,
      parent,
      depth,
      dealer: scoreCell(dealerScore, nEff, channel),
      region: scoreCell(region, nEff * 41, channel),
      nation: scoreCell(region + 1.3 - random() * 2, nEff * 290, channel),
      gapToRegion: difference(dealerScore - region, Math.max(1, nEff)),
      rank: { position: 1 + Math.floor(random() * 41), of: 41 },
      sincePrevious: difference((random() - 0.5) * 20, Math.max(1, nEff / 2)),
      sinceLastYear:
        channel.code === 'lost'
          ? { kind: 'absent', reason: 'break' }
          : difference((random() - 0.5) * 22, Math.max(1, nEff / 2)),
    });
  };
  add('csi', english ? 'Overall satisfaction' : '总体满意度', null, 0, 1);
  for (let f = 0; f < (o.factors ?? FACTORS.length); f++) {
    const [zh, en, items] = FACTORS[f % FACTORS.length]!;
    add(`f${f}`, english ? en : zh, 'csi', 1, 0.98);
    items.forEach((item, i) => {
      add(`f${f}i${i}`, english ? `${en} item ${i + 1}` : item, `f${f}`, 2, 0.85);
    });
  }
  return rows;
}

function trendOf(
  channel: (typeof CHANNELS)[number],
  index: IndicatorFacts,
  random: () => number,
): TrendFacts {
  const level = index.dealer.kind === 'score' ? index.dealer.score100 : 75;
  const points = Array.from({ length: 12 }, (_, i) => {
    const quarter = QUARTER - 11 + i;
    const season = Math.sin((quarter % 4) * 1.6) * 1.8;
    const last = i === 11;
    const score = last ? level : level + season + (i - 11) * 0.25 + (random() - 0.5) * 5;
    return {
      quarter,
      dealer: last ? index.dealer : scoreCell(score, channel.base * 0.9, channel),
      region: scoreCell(76.5 + season + (random() - 0.5), channel.base * 41, channel),
      fitted: i < 4 ? null : level + season + (i - 11) * 0.2,
    };
  });
  const forecast = (quarter: number, point: number) => {
    const sd = 20 / Math.sqrt(channel.base);
    return {
      kind: 'forecast' as const,
      quarter,
      point,
      lo80: point - 1.28 * sd,
      hi80: point + 1.28 * sd,
      lo95: point - 1.96 * sd,
      hi95: point + 1.96 * sd,
    };
  };
  return {
    indicatorName: index.name,
    points,
    expected: forecast(QUARTER, level + (random() - 0.5) * 12),
    next: forecast(QUARTER + 1, level + 1.4),
    breaks: channel.code === 'lost' ? [{ quarter: QUARTER - 3, label: '2025 版问卷' }] : [],
  };
}

function alertsOf(channels: readonly ChannelFacts[], dealer: DealerReportFacts['dealer']): AlertFact[] {
  const [first, second] = channels;
  if (!first) return [];
  const base = {
    channel: first.code,
    indicator: '',
    channelName: first.name,
    n: 300,
    margin100: 2.1,
    expected: 78.4,
    lo95: 75.9,
    hi95: 80.9,
    shiftMargin100: 1.8,
  };
  const name = first.indicators[0]!.name;
  return [
    {
      ...base,
      level: 'region',
      scopeName: dealer.region,
      indicatorName: name,
      actual: 74.6,
      shift: -3.9,
      direction: 'below',
    },
    {
      ...base,
      level: 'overall',
      scopeName: '',
      indicatorName: name,
      actual: 75.2,
      shift: -3.2,
      direction: 'below',
    },
    {
      ...base,
      channel: (second ?? first).code,
      indicator: first.indicators[4]!.code,
      channelName: (second ?? first).name,
      level: 'dealer',
      scopeName: dealer.name,
      indicatorName: first.indicators[4]!.name,
      n: 41,
      margin100: 5.3,
      shiftMargin100: 4.6,
      actual: 86.1,
      lo95: 71.2,
      hi95: 85.6,
      shift: 7.4,
      direction: 'above',
    },
  ];
}

/** The facts of dealer number `i`: the same number gives the same facts. */
export function sampleFacts(i: number, options: Options = {}): DealerReportFacts {
  const random = seeded(i + 1);
  const english = options.language === 'en';
  const channels = CHANNELS.slice(0, options.channels ?? 3).map((channel): ChannelFacts => {
    const indicators = indicatorsOf(channel, random, options);
    const { code, min, max, decimals } = channel;
    return {
      code,
      name: english ? channel.en : channel.zh,
      scale: { min, max, decimals },
      indicators,
      trend: trendOf(channel, indicators[0]!, random),
    };
  });
  const code = `D${String(i + 1).padStart(4, '0')}`;
  const dealer = {
    code,
    name:
      options.name ??
      (english ? `Huadong Star Motors ${i + 1}` : `苏州星越华东汽车销售服务有限公司${i + 1}店`),
    city: english ? 'Suzhou' : '苏州市',
    province: english ? 'Jiangsu' : '江苏省',
    region: english ? 'East' : '华东大区',
  };
  return {
    dealer,
    quarter: QUARTER,
    language: options.language ?? 'zh-CN',
    display: options.display ?? 'harmonised',
    generatedOn: '2026-10-15',
    provenance: {
      snapshotId: '7f3a91c2',
      schemeName: english ? 'Sales organisation 2026' : '销售组织 2026',
      weightSetName: english ? '2026 v2' : '2026 版 v2',
      methodVersion: 'F1.0',
    },
    tiers: DEFAULT_TIERS,
    channels,
    alerts: alertsOf(channels, dealer),
    plan: {
      year: 2027,
      targets: channels.slice(0, 2).map((channel) => ({
        channelName: channel.name,
        indicatorName: channel.indicators[0]!.name,
        baseline: { score100: 77.4, n: 182, margin100: 2.4, tier: 'full' },
        target100: 80.2,
        natural100: 78.1,
      })),
    },
  };
}
