// Items that a file brings and the current indicator tree lacks: told before the import, and in its line of the log.
import type { NewItems } from '../../../../shared/calls/import.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** `quarters`: those that the file has rows of. */
export function newItemsOf(
  workspace: Workspace,
  mapping: StudyMapping,
  quarters: Iterable<Quarter>,
): NewItems | null {
  const { byCode, weights, weightSet } = workspace.indicators();
  if (weightSet.id === 0) return null;
  const weightOf = (code: string) => weights.get(byCode.get(code)?.id ?? -1);
  const rated = mapping.indicators.filter(({ role }) => role === 'item');
  const asked = new Set(mapping.items.map(({ indicator }) => indicator));
  const counted = rated.filter(({ code }) => asked.has(code));
  const total = counted.reduce((sum, { code, weight }) => sum + (weightOf(code) ?? weight), 0);
  const items = rated
    .filter(({ code }) => weightOf(code) === undefined)
    .map(({ code, name, weight }) => ({ code, name, share: total > 0 ? weight / total : 0 }));
  if (items.length === 0) return null;
  const waves = workspace.waves().filter(({ channel }) => channel === mapping.study.channel);
  const known = new Set(waves.map(({ quarter }) => quarter));
  const measured = [...quarters].filter((quarter) => known.has(quarter)).sort((a, b) => a - b);
  return { version: weightSet.version, measured, items };
}
