import type { Bilingual } from '../language.ts';

/** Causes that an alert can be explained by, in the order in which they are offered. */
export const ALERT_CAUSES = [
  'process',
  'people',
  'product',
  'parts',
  'facility',
  'price',
  'competition',
  'external-event',
  'good-practice',
  'survey-method',
  'data-error',
  'other',
] as const;

/** One cause. */
export type AlertCause = (typeof ALERT_CAUSES)[number];

/** What each cause is called. Example: `ALERT_CAUSE_NAMES.parts.en` is `Parts supply`. */
export const ALERT_CAUSE_NAMES: Record<AlertCause, Bilingual> = {
  process: { zh: '服务流程', en: 'Service process' },
  people: { zh: '人员变动或技能', en: 'People and skills' },
  product: { zh: '产品质量', en: 'Product quality' },
  parts: { zh: '配件供应', en: 'Parts supply' },
  facility: { zh: '场地与设施', en: 'Facilities' },
  price: { zh: '价格与促销', en: 'Price and promotion' },
  competition: { zh: '竞争对手', en: 'Competitors' },
  'external-event': { zh: '外部事件', en: 'Outside event' },
  'good-practice': { zh: '好的做法', en: 'Good practice' },
  'survey-method': { zh: '调查方式变化', en: 'Survey method' },
  'data-error': { zh: '数据错误', en: 'Data error' },
  other: { zh: '其他', en: 'Other' },
};
