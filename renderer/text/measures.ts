import type { ExploreMeasure } from '../../shared/calls/explore.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { both } from './both.ts';

/** What a table can count, as it is offered. */
export const measureText: Record<ExploreMeasure, Bilingual> = {
  score: both('得分', 'Score'),
  satisfied: both('满意率', 'Satisfied, %'),
  n: both('样本量', 'Base'),
  'n-eff': both('有效样本量', 'Effective base'),
  margin: both('误差（±）', 'Margin (±)'),
  share: both('人数占比', 'Share of respondents'),
  'change-previous': both('较上期', 'vs previous'),
  'change-year': both('较去年同期', 'vs last year'),
  'against-rest': both('与其余相比', 'vs the rest'),
  'against-channel': both('与另一渠道相比', 'vs another channel'),
  surprise: both('超出预测（标准差）', 'Surprise (SD)'),
};
