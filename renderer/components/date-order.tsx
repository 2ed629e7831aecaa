import { Select } from 'antd';
import type { DateOrder } from '../../shared/domain/study-mapping.ts';
import { importText } from '../text/import.ts';
import { useText } from '../text/use-text.ts';

/** Whether 03/04/2026 is the 4th of March or the 3rd of April; left open, the column has to prove it. */
export function DateOrderSelect(props: {
  id: string;
  disabled?: boolean;
  value: DateOrder | undefined;
  onChange: (order: DateOrder | undefined) => void;
}) {
  const text = useText(importText);
  return (
    <Select<DateOrder | 'told'>
      id={props.id}
      disabled={props.disabled}
      value={props.value ?? 'told'}
      onChange={(order) => props.onChange(order === 'told' ? undefined : order)}
      options={[
        { value: 'told', label: text.orderTold },
        { value: 'month-first', label: text.monthFirst },
        { value: 'day-first', label: text.dayFirst },
      ]}
    />
  );
}
