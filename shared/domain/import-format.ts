/** The formats of tables that can be read, each with the endings that its files usually have, the first the commonest. */
export const FORMAT_ENDINGS = {
  csv: ['csv', 'txt', 'tsv'],
  xlsx: ['xlsx', 'xlsm'],
  sav: ['sav', 'zsav'],
} as const;

/** One of the formats. Example: `'sav'`. */
export type TableFormat = keyof typeof FORMAT_ENDINGS;

/** The endings of every file that may hold a study, for a dialog that chooses one. */
export const STUDY_ENDINGS: string[] = Object.values(FORMAT_ENDINGS).flat();

/** The endings of files that hold a plain table: a list of dealers, weights, assumptions. */
export const LIST_ENDINGS: string[] = [...FORMAT_ENDINGS.xlsx, ...FORMAT_ENDINGS.csv];
