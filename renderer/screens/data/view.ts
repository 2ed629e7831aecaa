import type { BatchView, UndoPreview } from '../../../shared/calls/import.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { ABSENT, count } from '../../format.ts';
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

/** What becomes outdated when a batch is undone, a line each; nothing where nothing does. */
export function restingOn(preview: UndoPreview, text: Text): string[] {
  const lines: string[] = [];
  if (preview.forecastRuns > 0) lines.push(text.undoForecasts(count(preview.forecastRuns)));
  if (preview.alerts > 0) lines.push(text.undoAlerts(count(preview.alerts)));
  for (const plan of preview.plans) lines.push(text.undoPlan(plan.name));
  for (const batch of preview.reportBatches)
    lines.push(text.undoReports(formatQuarter(batch.quarter), count(batch.made)));
  return lines;
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
