import type { WrittenFile } from '../../shared/calls/figure.ts';
import type { Output } from './output.ts';

/** Names the file that a call wrote, and what a CSV file could not hold of it. */
export function sayWritten(output: Output, { file, leftOut = [] }: WrittenFile): void {
  output.say({ zh: `已写入 ${file}`, en: `Written: ${file}` });
  if (leftOut.length > 0)
    output.say({
      zh: `  CSV 只存第一张表，未含：${leftOut.join('、')}。需要全部时请写入 .xlsx。`,
      en: `  A CSV file holds the first table only, without: ${leftOut.join(', ')}. Write to .xlsx for all of them.`,
    });
}
