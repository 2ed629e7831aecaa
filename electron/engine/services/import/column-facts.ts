import type { ColumnFacts } from '../../../../shared/calls/import.ts';
import type { Table } from '../../importers/table.ts';
import { cellText, plainText } from '../../importers/values.ts';
import { amountBands } from './amount-columns.ts';
import type { ColumnProfile } from './profile-columns.ts';

/** What the file says about its columns, for people and for code lists, and the bands that amounts would fall into. */
export function columnFacts(
  columns: readonly ColumnProfile[],
  { weightColumn }: Pick<Table, 'weightColumn'>,
): Record<string, ColumnFacts> {
  const facts: Record<string, ColumnFacts> = {};
  for (const profile of columns) {
    const { header, meaning } = profile;
    const weight = weightColumn === header;
    const bands = amountBands(profile);
    const seen = [...new Set(profile.values.map((cell) => plainText(cellText(cell))))];
    facts[header] = {
      label: meaning.label ?? '',
      values: (meaning.valueLabels ?? []).map(({ value, label }) => ({ value: String(value), label })),
      missing: (meaning.missing ?? []).map((one) =>
        typeof one === 'object' ? `${shown(one.from)} – ${shown(one.to)}` : String(one),
      ),
      weight,
      seen: seen.length > MOST_SEEN ? [] : seen.filter((one) => one.length <= LONGEST_SEEN),
      choicesBy: meaning.choicesBy ?? null,
      bands: bands ? { limits: [...bands.limits], unit: bands.unit } : null,
    };
  }
  return facts;
}

/** More different cells than this are no list of answers. */
const MOST_SEEN = 200;
const LONGEST_SEEN = 120;

/** SPSS writes an open end of a range as the largest number there is. */
function shown(n: number): string {
  return Math.abs(n) >= 1e300 ? (n < 0 ? '…' : '…') : String(n);
}
