/** A quarter or a year of a channel, and the schemes to compare with. */
import { Select } from 'antd';
import type { Catalog } from '../../../shared/calls/catalog.ts';
import { formatQuarter, type Quarter, yearOf } from '../../../shared/domain/quarter.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import { Field } from '../../components/slice.tsx';
import { schemeOptions } from '../../components/slice-view.ts';
import { schemesText } from '../../text/schemes.ts';
import { useName, useText } from '../../text/use-text.ts';

export interface Period {
  first: Quarter;
  last: Quarter;
}

export function quartersOf(catalog: Catalog, channel: Channel): Quarter[] {
  return catalog.channels.find((one) => one.channel === channel)?.quarters ?? [];
}

const keyOf = ({ first, last }: Period) => `${first}-${last}`;

export function PeriodPicker(props: {
  label: string;
  quarters: readonly Quarter[];
  value: Period;
  onChange: (period: Period) => void;
}) {
  const { label, quarters, value, onChange } = props;
  const text = useText(schemesText);
  const years = [...new Set(quarters.map(yearOf))].reverse();
  const option = (period: Period, words: string) => ({ value: keyOf(period), label: words });
  const yearly = years.map((year) =>
    option({ first: year * 4, last: year * 4 + 3 }, text.year(String(year))),
  );
  const quarterly = [...quarters].reverse().map((q) => option({ first: q, last: q }, formatQuarter(q)));
  return (
    <Field label={label} width={116}>
      {(id) => (
        <Select
          id={id}
          value={keyOf(value)}
          onChange={(key) => {
            const [first, last] = key.split('-').map(Number);
            onChange({ first: first!, last: last! });
          }}
          options={[
            { label: text.byQuarter, options: quarterly },
            { label: text.byYear, options: yearly },
          ]}
        />
      )}
    </Field>
  );
}

export function SchemeChoice(props: {
  label: string;
  catalog: Catalog;
  value: number | null;
  /** Words for no scheme at all; without them one has to be chosen. */
  none?: string;
  groupedOnly?: boolean;
  onChange: (scheme: number | null) => void;
}) {
  const { label, catalog, value, none, groupedOnly, onChange } = props;
  const name = useName();
  const schemes = catalog.schemes.filter((one) => !groupedOnly || one.regions > 0 || one.timing === 'as-was');
  const options = schemeOptions({ schemes }, name).map((one) => ({ ...one, value: String(one.value) }));
  return (
    <Field label={label} width={210}>
      {(id) => (
        <Select
          id={id}
          popupMatchSelectWidth={false}
          value={value === null ? '' : String(value)}
          onChange={(key) => onChange(key === '' ? null : Number(key))}
          options={none === undefined ? options : [{ value: '', label: none }, ...options]}
        />
      )}
    </Field>
  );
}
