import { Alert, Radio } from 'antd';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import { formatQuarter, type Quarter } from '../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import { count, decimal } from '../../format.ts';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';
import { useImportDraft } from './import-draft.ts';

const NAMED = 6;

/** Items that the current indicator tree lacks: said before they change it, and whether they count is asked. */
export function NewItems({ preview }: { preview: ImportPreview }) {
  const text = useText(importText);
  const name = useName();
  const { newItems, change } = useImportDraft();
  const found = preview.newItems;
  if (!found) return null;
  const { items, version, measured } = found;
  const channel = preview.mapping?.study.channel;
  const shifts = channel !== undefined && measured.length > 0 && newItems === 'weighted';
  const named = items
    .slice(0, NAMED)
    .map((one) => text.newItem(name(one.name), `${decimal(one.share * 100)}%`));
  const more = items.length > NAMED ? text.newItemsMore(count(items.length - NAMED)) : '';
  return (
    <Alert
      type={shifts ? 'warning' : 'info'}
      showIcon
      title={text.newItems(
        count(items.length),
        [...named, more].filter(Boolean).join(text.listComma),
        version,
      )}
      description={shifts && text.newItemsShift(name(CHANNEL_NAMES[channel]), quarterList(measured))}
      action={
        <Radio.Group
          value={newItems}
          onChange={(event) => change({ newItems: event.target.value as typeof newItems })}
          options={[
            { value: 'weighted', label: text.newItemsCount },
            { value: 'unweighted', label: text.newItemsWait },
          ]}
        />
      }
    />
  );
}

function quarterList(quarters: readonly Quarter[]): string {
  const [first, last] = [quarters[0]!, quarters.at(-1)!];
  return first === last ? formatQuarter(first) : `${formatQuarter(first)} – ${formatQuarter(last)}`;
}
