import { counted } from '../domain/counted.ts';
import { type Bilingual, inLanguage, type Language } from '../domain/language.ts';
import type { PlanLimitView, PlanMoveView, PlanView } from '../domain/plan/plan-facts.ts';
import { CHANNEL_NAMES } from '../domain/study-mapping.ts';

/** The sheets of a plan's workbook; the cell sheet is read back under either language's name. */
export const PLAN_SHEETS = {
  'zh-CN': { plan: '方案', cells: '区域×指标', curve: '曲线与里程碑' },
  en: { plan: 'Plan', cells: 'Area x item', curve: 'Curve and milestones' },
} as const satisfies Record<Language, Record<'plan' | 'cells' | 'curve', string>>;

const percent = (share: number) => `${(share * 100).toFixed(Math.abs(share) >= 0.1 ? 1 : 2)}%`;
const points = (score: number) => score.toFixed(1);

/** The unit of every score of a plan, however scores are shown elsewhere: its formulas hold on 0-100 alone. */
export const PLAN_UNIT: Bilingual = { zh: '得分为百分制（0–100 分）', en: 'scores in points of 0–100' };

const LEVELS = {
  region: { zh: '大区', en: 'region' },
  province: { zh: '省份', en: 'province' },
  city: { zh: '城市', en: 'city' },
  dealer: { zh: '单店', en: 'dealer' },
} as const satisfies Record<string, Bilingual>;

const METHODS = {
  diminishing: { zh: '边际递减', en: 'diminishing returns' },
  proportional: { zh: '按比例', en: 'proportional' },
} as const satisfies Record<string, Bilingual>;

/**
 * The consequence of the method `proportional` in words: it is the literal reading of "score is proportional to
 * resource", whose cheapest points are those of the cells that are best already.
 */
export const PROPORTIONAL_CONSEQUENCE: Bilingual = {
  zh: '注意：按“得分与投入成正比”计算时，一分的代价与现有得分成反比，最省的方案会把投入全部给已经最好的项目，直到它们到顶；短板得不到改善。',
  en: 'Note: if score is proportional to resource, a point costs the less the higher the score already is, so the cheapest plan pours everything into what is best until it is at its ceiling, and leaves the weak points as they are.',
};

/** The words of a plan on paper and in a workbook, in one language. */
export function planWords(language: Language) {
  const say = (zh: string, en: string) => inLanguage({ zh, en }, language);
  return {
    percent,
    points,
    title: (year: number) => say(`${year} 年度满意度提升计划`, `Annual satisfaction plan ${year}`),
    subtitle: ({ input, dataVersion }: PlanView) =>
      [
        `${input.year}`,
        inLanguage(CHANNEL_NAMES[input.channel], language),
        inLanguage(LEVELS[input.areaLevel], language),
        inLanguage(METHODS[input.method], language),
        inLanguage(PLAN_UNIT, language),
        say(`数据快照 ${dataVersion}`, `data snapshot ${dataVersion}`),
      ].join(' · '),
    now: say('现状', 'Now'),
    asked: say('目标', 'Target'),
    reached: say('方案可达', 'Reached by the plan'),
    natural: say('自然走势', 'Natural drift'),
    total: say('增加投入（占现有）', 'Extra resource (of present)'),
    perPoint: say('再提高 1 分所需', 'One more point takes'),
    editHint: say(
      '黄色列可以修改，得分与合计随公式更新；保存后可导入工作站比较差异。',
      'The yellow columns may be changed; scores and totals follow by formula. Import the saved file to see the differences.',
    ),
    costByArea: say('各区域增加投入（占现有总投入）', 'Extra resource by area (of all present resource)'),
    costByItem: say('各指标增加投入（占现有总投入）', 'Extra resource by item (of all present resource)'),
    curve: say('目标与增加投入', 'Target against extra resource'),
    milestones: say('季度里程碑', 'Quarterly milestones'),
    milestone: say('里程碑得分', 'Milestone'),
    quarter: say('季度', 'Quarter'),
    moves: say('最先要做的十项', 'The first ten moves'),
    byArea: say('按区域', 'By area'),
    byItem: say('按指标', 'By item'),
    funded: say('增加投入的项目', 'Cells that get resource'),
    extraShort: say('增加投入', 'Extra resource'),
    gain: say('提升总体', 'Raises the whole'),
    why: say('原因（与一般项目相比）', 'Why (against the usual cell)'),
    prices: say('各项限制的代价', 'What the limits cost'),
    summary: say('方案摘要', 'Summary'),
    notes: say('备注', 'Notes'),
    page: say('第 {page} / {pages} 页', 'Page {page} of {pages}'),
    columns: {
      area: say('区域', 'Area'),
      areaName: say('区域名称', 'Area name'),
      indicator: say('指标', 'Indicator'),
      indicatorName: say('指标名称', 'Indicator name'),
      share: say('占总体比重', 'Share of the whole'),
      now: say('现状', 'Now'),
      drift: say('自然走势', 'Drift'),
      ceiling: say('上限', 'Ceiling'),
      effect: say('效果', 'Effect'),
      costFactor: say('成本系数', 'Cost factor'),
      extra: say('增加投入（占本项 %）', 'Extra (% of the cell)'),
      target: say('目标', 'Target'),
      cost: say('增加投入（占现有总投入）', 'Extra (of all present)'),
      ofTotal: say('占全部增加', 'Of all extra'),
      note: say('备注', 'Note'),
      base: say('基期样本量', 'Base of now'),
      margin: say('现状误差 ±', 'Margin of now'),
    },
    sentences: (plan: PlanView) => planSentences(plan, language),
  };
}

const REASONS = {
  room: (times: string) => ({ zh: `提升空间 ${times} 倍`, en: `${times} times the room` }),
  effect: (times: string) => ({ zh: `见效 ${times} 倍`, en: `${times} times the effect` }),
  cost: (times: string) => ({ zh: `成本 1/${times}`, en: `1/${times} of the cost` }),
  weight: (times: string) => ({
    zh: `占总体比重 ${times} 倍`,
    en: `${times} times the share of the whole`,
  }),
} as const satisfies Record<PlanMoveView['reasons'][number]['factor'], (times: string) => Bilingual>;

/** A reason below this many times the usual cell is none. */
const LEAST_REASON = 1.1;

/**
 * What speaks for a move against the plan's median cell, the strongest first; never empty: a move without a reason is
 * like the usual cell. Example: `['2.0 times the room']`.
 */
export function moveReasons({ reasons }: Pick<PlanMoveView, 'reasons'>, language: Language): string[] {
  const strong = reasons.filter(({ ratio }) => ratio >= LEAST_REASON);
  if (strong.length === 0) return [inLanguage({ zh: '与一般项目相当', en: 'like the usual cell' }, language)];
  return strong.map(({ factor, ratio }) => inLanguage(REASONS[factor](ratio.toFixed(1)), language));
}

const BOUNDS = {
  ceiling: { zh: '已到单项上限', en: 'at the ceiling' },
  'most-units': { zh: '已到最多投入', en: 'at the most resource' },
  'largest-step': { zh: '已到单项最大提升', en: 'at the largest step' },
  cap: { zh: '已到区域或指标的上限', en: 'at the cap of an area or indicator' },
  locked: { zh: '已锁定', en: 'locked' },
} as const satisfies Record<PlanView['binding'][number]['limit'], Bilingual>;

/** How many cells stand at a bound of their own. Example: "3 cells at the ceiling". */
export function boundSentence({ limit, count }: PlanView['binding'][number], language: Language): string {
  const words = inLanguage(BOUNDS[limit], language);
  return inLanguage({ zh: `${count} 项${words}`, en: `${counted(count, 'cell')} ${words}` }, language);
}

/** A limit beyond a single cell by its name, as what stands in the way. Example: "the budget of Guangdong". */
export function limitName({ kind, name }: Pick<PlanLimitView, 'kind' | 'name'>, language: Language): string {
  const place = name ? inLanguage(name, language) : '';
  switch (kind) {
    case 'overall-target':
      return inLanguage({ zh: '总体目标', en: 'the overall target' }, language);
    case 'total-budget':
      return inLanguage({ zh: '总预算', en: 'the total budget' }, language);
    case 'spread':
      return inLanguage({ zh: '区域间差距', en: 'the spread between areas' }, language);
    case 'area-budget':
    case 'group-budget':
      return inLanguage({ zh: `“${place}”的预算`, en: `the budget of ${place}` }, language);
    default:
      return inLanguage({ zh: `“${place}”的目标`, en: `the target of ${place}` }, language);
  }
}

/** What a limit costs, in words. Example: "One more point for Guangdong takes 0.42% of the present resource." */
export function priceSentence(limit: PlanLimitView & { price: number }, language: Language): string {
  const say = (zh: string, en: string) => inLanguage({ zh, en }, language);
  const price = percent(limit.price);
  const name = limit.name ? inLanguage(limit.name, language) : '';
  switch (limit.kind) {
    case 'overall-target':
      return say(
        `全国再提高 1 分，需再增加现有投入的 ${price}。`,
        `One more point nationwide takes ${price} of the present resource.`,
      );
    case 'area-target':
    case 'item-target':
    case 'group-target':
      return say(
        `“${name}”的目标再提高 1 分，需再增加现有投入的 ${price}。`,
        `One more point in the target of ${name} takes ${price} of the present resource.`,
      );
    case 'area-budget':
    case 'group-budget':
    case 'total-budget':
      return say(
        `“${name || '合计'}”的预算每放宽 1 份，总投入可少 ${limit.price.toFixed(2)} 份。`,
        `Every unit more in the budget of ${name || 'the whole'} saves ${limit.price.toFixed(2)} units in all.`,
      );
    case 'spread':
      return say(
        `区域差距每放宽 1 分，可少投入 ${price}。`,
        `Every point more of spread between areas saves ${price}.`,
      );
  }
}

function planSentences(plan: PlanView, language: Language): string[] {
  const say = (zh: string, en: string) => inLanguage({ zh, en }, language);
  const sentences: string[] = [];
  if (plan.outcome === 'infeasible')
    sentences.push(
      say(
        `在现有条件下达不到 ${points(plan.target)} 分，最高可到 ${points(plan.largestReachable ?? plan.reached)} 分。`,
        `Under the present limits ${points(plan.target)} cannot be reached; ${points(plan.largestReachable ?? plan.reached)} is the most.`,
      ),
    );
  else
    sentences.push(
      say(
        `总体从 ${points(plan.baseline)} 分提高到 ${points(plan.reached)} 分，最少需增加现有投入的 ${percent(plan.totalCost)}。`,
        `Raising the whole from ${points(plan.baseline)} to ${points(plan.reached)} takes at least ${percent(plan.totalCost)} on top of the present resource.`,
      ),
    );
  if (typeof plan.margin100 === 'number')
    sentences.push(
      say(
        `现状 ${points(plan.baseline)} 分的误差为 ±${points(plan.margin100)} 分，样本 ${plan.n ?? '–'}。`,
        `The present ${points(plan.baseline)} points have a margin of ±${points(plan.margin100)}, base ${plan.n ?? '–'}.`,
      ),
    );
  if (plan.drift !== null) {
    sentences.push(
      say(
        `若不采取行动，按自然走势预计为 ${points(plan.drift)} 分。`,
        `Without any action ${points(plan.drift)} is expected.`,
      ),
    );
    if (plan.drift >= plan.target)
      sentences.push(
        say(
          '目标不高于自然走势：不增加投入也可望达到。',
          'The target asks for no more than drift already gives.',
        ),
      );
  }
  for (const price of plan.prices.slice(0, 8)) sentences.push(priceSentence(price, language));
  if (plan.input.method === 'proportional') sentences.push(inLanguage(PROPORTIONAL_CONSEQUENCE, language));
  return sentences;
}
