import type { Bilingual } from './language.ts';

/** What the index, the weighted whole of all items, is called wherever no study names it otherwise. */
export const INDEX_NAME: Bilingual = { zh: '总体满意度', en: 'Overall satisfaction' };
