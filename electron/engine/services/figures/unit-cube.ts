// A channel with its dealers side by side and no places above them, to be grouped in whatever way a question needs.

import type { Basis } from '../../../../shared/calls/call.ts';
import { ScoreCube } from '../../../../shared/domain/cube.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { type Grouping, regroup } from '../../../../shared/domain/regroup.ts';
import type { ScopeTree } from '../../../../shared/domain/scope-tree.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { listDealers } from '../../store/places.ts';
import { basisCells, placedCells } from '../workspace/basis.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { defaultScheme } from './catalog.ts';

/** `dealers[unit]` is the dealer's id of unit 1 and on; unit 0 is the whole. */
export interface Units {
  source: ChannelCube;
  whole: ChannelCube;
  dealers: number[];
}

export function unitsOf(workspace: Workspace, channel: Channel, basis: Basis): Units {
  const whole = flatCube(workspace, channel, {});
  const own = flatCube(workspace, channel, basis);
  return { source: own.source, whole: whole.source, dealers: own.dealers };
}

function flatCube(
  workspace: Workspace,
  channel: Channel,
  basis: Basis,
): { source: ChannelCube; dealers: number[] } {
  const source = workspace.cube(defaultScheme(workspace), channel, basis);
  const make = () => {
    const dealers = [-1, ...listDealers(workspace.reader).map(({ id }) => id)];
    const tree = flatTree(dealers);
    const { rows, weights } = workspace.indicators(source.basis.weightSet);
    const treeOf = (scheme: number) => workspace.tree(scheme);
    const { cells } = basisCells({
      db: workspace.reader,
      channel,
      basis: source.basis,
      rows,
      weights,
      treeOf,
    });
    const { items, quarters, halo, window } = source.cube;
    const cube = new ScoreCube({
      parents: dealers.map((_, i) => (i === 0 ? -1 : 0)),
      items,
      cells: placedCells(cells, tree, source.itemOf),
      firstQuarter: quarters[0]!,
      lastQuarter: quarters.at(-1)!,
      halo,
      window,
    });
    return { source: { ...source, tree, cube }, dealers };
  };
  // On another basis cubes come and go; only everybody's is worth keeping.
  return Object.keys(basis).length === 0 ? workspace.derived(`units ${channel}`, make) : make();
}

function flatTree(dealers: readonly number[]): ScopeTree {
  const name = { zh: '', en: '' };
  return {
    nodes: dealers.map((_, i) => ({
      id: `${i}`,
      level: i === 0 ? 'overall' : 'dealer',
      name,
      parent: i === 0 ? -1 : 0,
    })),
    byId: new Map(),
    nodeOfDealer: new Map(dealers.map((id, i) => [id, i])),
    formerNodes: new Map(),
    children: [],
  };
}

/** Groups as a cube of one quarter, the last of those given, with the rules of small bases of an ordinary cube. */
export function groupUnits(
  units: Units,
  names: readonly Bilingual[],
  grouping: Grouping,
  quarters: readonly Quarter[],
): ChannelCube {
  const nodes = names.map((name, i) => ({
    id: `group:${i}`,
    level: 'region' as const,
    name,
    parent: grouping.parents[i]!,
  }));
  const tree = { ...flatTree([-1]), nodes };
  const grouped = (source: ChannelCube): ChannelCube => ({
    ...source,
    tree,
    cube: regroup(source.cube, grouping, quarters),
  });
  const own = grouped(units.source);
  return units.source.basis === units.whole.basis ? own : { ...own, whole: grouped(units.whole) };
}

/** The quarters of a period that hold data and that the channel's windows keep apart. */
export function quartersOf({ cube }: ChannelCube, period: { first: Quarter; last: Quarter }): Quarter[] {
  return cube.apart(period.first, period.last).filter((quarter) => cube.hasData(0, quarter));
}
