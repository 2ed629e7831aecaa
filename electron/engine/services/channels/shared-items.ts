// Which items a figure is made of in two channels: one that shares none with its namesake measures another thing.
import type { SharedItems } from '../../../../shared/calls/channels.ts';
import { partsOf } from '../figures/figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';

export function sharedItems(
  workspace: Workspace,
  first: ChannelCube,
  second: ChannelCube,
  indicator: string,
): SharedItems {
  const [one, other] = [first, second].map((source) => {
    const { items } = partsOf(workspace, source, indicator);
    return new Set(items.map((item) => source.cube.items[item]!.code));
  }) as [Set<string>, Set<string>];
  const shared = [...one].filter((code) => other.has(code)).length;
  return { shared, onlyFirst: one.size - shared, onlySecond: other.size - shared };
}
