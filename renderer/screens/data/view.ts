import type { BatchView } from '../../../shared/calls/import.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { ABSENT } from '../../format.ts';
import type { Said } from '../../text/both.ts';
import type { dataText } from '../../text/data.ts';

type Text = Said<typeof dataText>;

/** `2026Q3`, or `2025Q1 – 2026Q3` where a file covers several. */
export function quarterSpan(batch: Pick<BatchView, 'firstQuarter' | 'lastQuarter'>): string {
  const { firstQuarter, lastQuarter } = batch;
  if (firstQuarter === null || lastQuarter === null) return ABSENT;
  if (firstQuarter === lastQuarter) return formatQuarter(firstQuarter);
  return `${formatQuarter(firstQuarter)} – ${formatQuarter(lastQuarter)}`;
}

/** Why a backup was made. */
export function reasonName(reason: string, text: Text): string {
  const names: Record<string, string> = {
    manual: text.manual,
    daily: text.daily,
    'before-import': text.beforeImport,
    'before-migration': text.beforeMigration,
    'before-restore': text.beforeRestore,
  };
  return names[reason] ?? reason;
}
