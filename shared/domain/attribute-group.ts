import type { Bilingual } from './language.ts';

/** The kinds of respondent attributes that a questionnaire asks beside its scores. */
export const ATTRIBUTE_GROUPS = [
  'demographics',
  'lifestyle',
  'purchase-behaviour',
  'psychographics',
  'customer-traits',
  'other',
] as const;

/** One kind of respondent attribute. */
export type AttributeGroup = (typeof ATTRIBUTE_GROUPS)[number];

/** What each kind is called. */
export const ATTRIBUTE_GROUP_NAMES: Record<AttributeGroup, Bilingual> = {
  demographics: { zh: '人口特征', en: 'Demographics' },
  lifestyle: { zh: '生活方式', en: 'Lifestyle' },
  'purchase-behaviour': { zh: '购买行为', en: 'Purchase behaviour' },
  psychographics: { zh: '心理特征', en: 'Psychographics' },
  'customer-traits': { zh: '客户特征', en: 'Customer traits' },
  other: { zh: '其他', en: 'Other' },
};

/** First match wins, so the narrower words stand first. */
const WORDS: readonly [AttributeGroup, RegExp][] = [
  [
    'psychographics',
    /value|attitude|personality|motiv|opinion|belief|价值观|态度|性格|动机|观念|偏好|意愿|intention/i,
  ],
  [
    'lifestyle',
    /lifestyle|hobb|leisure|interest|media|sport|travel|holiday|生活|爱好|兴趣|休闲|媒体|运动|旅[游行]|出行目的/i,
  ],
  [
    'purchase-behaviour',
    /purchas|buy|bought|price|budget|brand|dealtype|loan|financ|trade.?in|reason|stage|compet|channel|visits?|frequency|购|买|价格|预算|品牌|贷款|金融|置换|原因|阶段|竞品|到店|次数|频次|渠道/i,
  ],
  [
    'customer-traits',
    /model|vehicle|car|mileage|ownership|warranty|vip|member|loyal|tenure|first.?time|repeat|customer|service.?type|保有|车型|车系|车龄|里程|质保|会员|忠诚|首次|老客户|客户|服务类型/i,
  ],
  [
    'demographics',
    /gender|\bsex\b|^sex$|age|birth|income|educat|occupation|profession|job|marital|married|famil|household|child|nationality|race|ethnic|language|city.?tier|性别|年龄|出生|收入|学历|教育|职业|婚|家庭|孩子|子女|民族|国籍|居住/i,
  ],
];

/**
 * The kind of an attribute, guessed from its code and labels; `other` where the words say nothing. A guess only: the
 * mapping and the studies screen overrule it. Example: `guessAttributeGroup('age_band', '年龄段')` is `demographics`.
 */
export function guessAttributeGroup(...words: readonly string[]): AttributeGroup {
  const text = words.join(' ');
  return WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other';
}
