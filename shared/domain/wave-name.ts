const WAVE =
  /(\d{4}) ?(?:年 ?)?(?:[-/. ]?q([1-4])|第?([1-4一二三四]) ?季度?)|q([1-4])[-/. ]?(\d{4})|(\d{4}) ?[-/.年] ?(0?[1-9]|1[0-2]) ?月?(?!\d)|(\d{4}) ?年?/i;

/** The wave that a header names and what is left of the header: the measure, '' where the header is the wave alone. */
export interface WaveName {
  /** `2016Q2`, `2016-03` or `2016`. */
  wave: string;
  measure: string;
}

/**
 * The wave that a header names, `undefined` for none; years from 1990 to 2099 with four digits. Full-width forms count
 * as plain ones. Example: `waveOf('满意度 2016年第二季度')` is `{ wave: '2016Q2', measure: '满意度' }`, `16Q2` names none.
 */
export function waveOf(header: string): WaveName | undefined {
  const text = header.normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
  const match = WAVE.exec(text);
  if (!match) return undefined;
  const year = match[1] ?? match[5] ?? match[6] ?? match[8]!;
  if (Number(year) < 1990 || Number(year) > 2099) return undefined;
  const quarter = match[2] ?? match[4] ?? (match[3] && ('一二三四'.indexOf(match[3]) + 1 || match[3]));
  const wave = quarter ? `${year}Q${quarter}` : match[7] ? `${year}-${match[7].padStart(2, '0')}` : year;
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  return { wave, measure: rest.replaceAll(/\s+/g, ' ').replaceAll(/^[\s/_·:：()-]+|[\s/_·:：()-]+$/g, '') };
}
