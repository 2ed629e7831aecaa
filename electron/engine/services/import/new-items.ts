// Items that a file brings and the current indicator tree lacks: told before the import, and in its line of the log.
import type { NewItems } from '../../../../shared/calls/import.ts';
import type { StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import type { Workspace } from '../workspace/workspace.ts';

export function newItemsOf(workspace: Workspace, mapping: StudyMapping): NewItems | null {
  const { byCode, weights, weightSet } = workspace.indicators();
  if (weightSet.id === 0) return null;
  const known = (code: string) => weights.get(byCode.get(code)?.id ?? -1);
  const rated = mapping.indicators.filter(({ role }) => role === 'item');
  const asked = new Set(mapping.items.map(({ indicator }) => indicator));
  const counted = rated.filter(({ code }) => asked.has(code));
  const total = counted.reduce((sum, { code, weight }) => sum + (known(code) ?? weight), 0);
  const items = rated
    .filter(({ code }) => known(code) === undefined)
    .map(({ code, name, weight }) => ({ code, name, share: total > 0 ? weight / total : 0 }));
  return items.length > 0 ? { version: weightSet.version, items } : null;
}
