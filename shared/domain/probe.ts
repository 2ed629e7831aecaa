import { z } from 'zod';
import type { Bilingual } from './language.ts';
import { OVERALL } from './scope.ts';
import { CHANNELS } from './study-mapping.ts';

const points = z.number().min(-100).max(100);
const quarter = z
  .number()
  .int()
  .min(1900 * 4)
  .max(2200 * 4);

const condition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('score'), from: points.optional(), to: points.optional() }),
  z.strictObject({ kind: z.literal('rank'), worst: z.number().int().min(1).max(100_000) }),
  z.strictObject({ kind: z.literal('percentile'), atMost: z.number().min(0).max(1) }),
  z.strictObject({
    kind: z.literal('change'),
    lag: z.number().int().min(1).max(40),
    from: points.optional(),
    to: points.optional(),
  }),
  z.strictObject({ kind: z.literal('target-gap'), from: points.optional(), to: points.optional() }),
  z.strictObject({
    kind: z.literal('channel-gap'),
    channel: z.enum(CHANNELS),
    from: points.optional(),
    to: points.optional(),
  }),
  z.strictObject({ kind: z.literal('base'), atLeast: z.number().min(0).max(1e6) }),
]);

/** What a probe can look through: places of a level, or the named samples. */
export const PROBE_LEVELS = ['region', 'province', 'city', 'dealer', 'sample'] as const;

/** One of them. */
export type ProbeLevel = (typeof PROBE_LEVELS)[number];

/**
 * A weak-point probe as it is saved: which units, indicators and quarters it looks at, the conditions that all must
 * hold (see `ProbeCondition` of weak-point.ts), and how persistent a hit must be: found in at least `atLeast` of the
 * last `of` waves. `indicators`: '' is the index; an empty list stands for every item. `within` narrows the list of
 * units, never their peers.
 */
export const probeDefinition = z
  .strictObject({
    scheme: z.number().int().positive(),
    channel: z.enum(CHANNELS),
    level: z.enum(PROBE_LEVELS),
    /** Among the respondents of this sample only; not with the level `sample`, which looks through all of them. */
    sample: z.number().int().positive().optional(),
    within: z.string().min(1).max(200).default(OVERALL),
    indicators: z.array(z.string().max(80)).max(500).default(['']),
    quarters: z.strictObject({ from: quarter, to: quarter }).optional(),
    conditions: z.array(condition).min(1).max(12),
    of: z.number().int().min(1).max(40).default(4),
    atLeast: z.number().int().min(1).max(40).default(1),
  })
  .refine((probe) => probe.atLeast <= probe.of, { path: ['atLeast'], message: 'more than `of`' });

/** A saved probe's definition. */
export type ProbeDefinition = z.output<typeof probeDefinition>;

/** A probe to start from: everything but where it runs. */
export interface ProbePreset {
  code: string;
  name: Bilingual;
  note: Bilingual;
  probe: Pick<ProbeDefinition, 'level' | 'indicators' | 'conditions' | 'of' | 'atLeast'>;
  /** Wants a second channel to compare with. */
  twoChannels?: boolean;
}

const full = { kind: 'base', atLeast: 30 } as const;

/**
 * Probes to start from. The one that compares channels names `in-house` as the other one; who runs it on another
 * pair changes it. Example: `PROBE_PRESETS[0].code` is `bottom-tenth`.
 */
export const PROBE_PRESETS: readonly ProbePreset[] = [
  {
    code: 'bottom-tenth',
    name: { zh: '末位 10% 的单店', en: 'Bottom tenth of dealers' },
    note: {
      zh: '总体满意度排在同级最后 10%，样本充足',
      en: 'Overall satisfaction in the last 10 % of peers, on a full base',
    },
    probe: {
      level: 'dealer',
      indicators: [''],
      conditions: [{ kind: 'percentile', atMost: 0.1 }],
      of: 4,
      atLeast: 1,
    },
  },
  {
    code: 'persistent-tail',
    name: { zh: '长期垫底的单店', en: 'Dealers that stay at the bottom' },
    note: {
      zh: '最近 4 个季度中至少 3 个季度排在最后 20%',
      en: 'In the last 20 % in at least 3 of the last 4 quarters',
    },
    probe: {
      level: 'dealer',
      indicators: [''],
      conditions: [{ kind: 'percentile', atMost: 0.2 }],
      of: 4,
      atLeast: 3,
    },
  },
  {
    code: 'sudden-fall',
    name: { zh: '环比明显下滑', en: 'Fall against the last quarter' },
    note: {
      zh: '比上一季度低 5 分以上，样本充足',
      en: 'At least 5 points below the last quarter, on a full base',
    },
    probe: {
      level: 'dealer',
      indicators: [''],
      conditions: [{ kind: 'change', lag: 1, to: -5 }, full],
      of: 4,
      atLeast: 1,
    },
  },
  {
    code: 'yearly-fall',
    name: { zh: '同比下滑的省份', en: 'Provinces below last year' },
    note: { zh: '比去年同季低 2 分以上', en: 'At least 2 points below the same quarter of last year' },
    probe: {
      level: 'province',
      indicators: [''],
      conditions: [{ kind: 'change', lag: 4, to: -2 }, full],
      of: 4,
      atLeast: 1,
    },
  },
  {
    code: 'weak-items',
    name: { zh: '各省的短板指标', en: 'Weak items of provinces' },
    note: {
      zh: '任一指标排在各省最后 3 名，且最近 4 季中至少 2 季如此',
      en: 'Any item among the last 3 provinces, in at least 2 of the last 4 quarters',
    },
    probe: { level: 'province', indicators: [], conditions: [{ kind: 'rank', worst: 3 }], of: 4, atLeast: 2 },
  },
  {
    code: 'below-target',
    name: { zh: '未达计划目标的区域', en: 'Areas below their target' },
    note: {
      zh: '低于已批准计划目标 1 分以上',
      en: 'More than 1 point below the target of the approved plan',
    },
    probe: {
      level: 'region',
      indicators: [''],
      conditions: [{ kind: 'target-gap', to: -1 }],
      of: 4,
      atLeast: 1,
    },
  },
  {
    code: 'channels-disagree',
    name: { zh: '第三方明显低于自有调研', en: 'Far below another channel' },
    note: { zh: '比自有调研低 5 分以上，两边样本都够', en: 'At least 5 points below the in-house study' },
    probe: {
      level: 'dealer',
      indicators: [''],
      conditions: [{ kind: 'channel-gap', channel: 'in-house', to: -5 }, full],
      of: 4,
      atLeast: 1,
    },
    twoChannels: true,
  },
  {
    code: 'low-score',
    name: { zh: '低分单店', en: 'Low scores' },
    note: {
      zh: '总体满意度不高于 70 分，最近 4 季中至少 2 季',
      en: 'Overall satisfaction of 70 or less in at least 2 of the last 4 quarters',
    },
    probe: {
      level: 'dealer',
      indicators: [''],
      conditions: [{ kind: 'score', to: 70 }, full],
      of: 4,
      atLeast: 2,
    },
  },
];
