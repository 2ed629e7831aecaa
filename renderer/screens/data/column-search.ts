/** Finding a column of a wide file by what it is called. */
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';

/** More columns than are found at a glance. */
export const MANY_COLUMNS = 20;

const folded = (text: string) => text.normalize('NFKC').toLowerCase();

/** Whether a column is one that somebody looks for: every word stands in its header, question or code. */
export function matchesColumn(sought: string, header: string, label: string, mapping: StudyMapping): boolean {
  const codes = [
    ...mapping.items.filter((item) => item.column === header).map((item) => item.indicator),
    ...mapping.attributes.filter((one) => one.column === header).map((one) => one.code),
  ];
  const said = folded([header, label, ...codes].join('\n'));
  return folded(sought)
    .split(/\s+/)
    .every((word) => said.includes(word));
}
