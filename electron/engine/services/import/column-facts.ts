import type { ColumnFacts } from '../../../../shared/calls/import.ts';
import type { Table } from '../../importers/table.ts';
import { amountBands } from './amount-columns.ts';
import { profileColumns } from './profile-columns.ts';

/** What the file says about its columns, for people and for code lists, and the bands that amounts would fall into. */
export async function columnFacts(table: Table): Promise<Record<string, ColumnFacts>> {
  const facts: Record<string, ColumnFacts> = {};
  for (const profile of await profileColumns(table)) {
    const { header, meaning } = profile;
    const weight = table.weightColumn === header;
    const bands = amountBands(profile);
    if (!weight && !bands && !meaning.label && !meaning.valueLabels && !meaning.missing) continue;
    facts[header] = {
      label: meaning.label ?? '',
      values: (meaning.valueLabels ?? []).map(({ value, label }) => ({ value: String(value), label })),
      missing: (meaning.missing ?? []).map((one) =>
        typeof one === 'object' ? `${shown(one.from)} – ${shown(one.to)}` : String(one),
      ),
      weight,
      choicesBy: meaning.choicesBy ?? null,
      bands: bands ? { limits: [...bands.limits], unit: bands.unit } : null,
    };
  }
  return facts;
}

/** SPSS writes an open end of a range as the largest number there is. */
function shown(n: number): string {
  return Math.abs(n) >= 1e300 ? (n < 0 ? '…' : '…') : String(n);
}
