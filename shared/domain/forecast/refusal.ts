import type { Bilingual } from '../language.ts';
import type { RefusalReason } from './panel.ts';

/** Why a series has no forecast, and what would give it one, as a sentence. */
export const REFUSAL_WORDS: Record<RefusalReason, Bilingual> = {
  'no-scores': {
    zh: '这里从未有过该指标的得分，没有可依据的历史；导入含该指标的数据后即可预测。',
    en: 'This indicator was never scored here, so there is nothing to go by; import data that contain it and it will be forecast.',
  },
  'no-recent-scores': {
    zh: '最近四个季度没有得分（停测、停业或未再调查），旧得分不足以说明下一季；恢复调查后即可预测。',
    en: 'There were no scores in the last four quarters (no longer asked, closed or not surveyed), and older ones say too little about the next; it will be forecast once it is measured again.',
  },
  'no-parent': {
    zh: '上级范围该指标没有预测，小范围的预测要借助上级，因此也不预测。',
    en: 'The area above has no forecast of this indicator; a small area leans on the one above, so it has none either.',
  },
};
