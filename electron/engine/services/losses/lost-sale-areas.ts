// Lost sales of a place and of those below it: why, to whom, when, beside the satisfaction of those who bought there.
import type { AreaShare, LostSaleArea, LostSalePart, LostSaleRole } from '../../../../shared/calls/lost.ts';
import { tierOf } from '../../../../shared/domain/precision.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { wilsonInterval } from '../../../../shared/math/proportion.ts';
import { markTogether } from '../figures/family.ts';
import { changeBetween, findMeasure, type Measure, shownAt } from '../figures/figures.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { SalesScene } from './choice-cube.ts';

const BUYERS: readonly Channel[] = ['in-house', 'third-party'];

/** Channels that ask those who bought. */
export function buyersOf(workspace: Workspace): Channel[] {
  const known = new Set(workspace.channels());
  return BUYERS.filter((channel) => known.has(channel));
}

/** The place itself, then those below it. The differences to those who bought are marked together. */
export function areasOf(scene: SalesScene, parts: readonly LostSalePart[]): LostSaleArea[] {
  const { workspace, source, node, quarter } = scene;
  const { tree, cube } = source;
  const buyers = buyersOf(workspace).map((channel) => ({
    channel,
    measure: findMeasure(workspace, workspace.cube(source.scheme, channel, scene.basis), '')!,
  }));
  const lost = findMeasure(workspace, source, '')!;
  const sharesAt = areaShares(scene, parts);
  const areas = [node, ...tree.children[node]!]
    .filter((at) => cube.base(at, quarter).n > 0)
    .map((at): LostSaleArea => {
      const { id, level, name } = tree.nodes[at]!;
      const base = cube.base(at, quarter);
      const bought = buyers.map(({ channel, measure }) => ({
        channel,
        score: shownAt(measure, at, quarter),
        difference: differenceAt(measure, lost, at, quarter),
      }));
      return {
        scope: id,
        level,
        name,
        n: base.n,
        tier: tierOf(base.sumW2 > 0 ? base.sumW ** 2 / base.sumW2 : 0),
        shares: {
          reason: sharesAt('reason', at),
          brand: sharesAt('brand', at),
          stage: sharesAt('stage', at),
        },
        lost: shownAt(lost, at, quarter),
        bought,
      };
    });
  markTogether(
    areas.flatMap(({ bought }) => bought.map(({ difference }) => difference)),
    workspace.rules().q,
  );
  return areas;
}

function differenceAt(bought: Measure, lost: Measure, node: number, quarter: number) {
  if (bought.hidden(node, quarter) || lost.hidden(node, quarter)) return null;
  return changeBetween(bought.at(node, quarter), lost.at(node, quarter), lost.tiers);
}

/** A role's shares at a place, in the order of the part's; null where the base is too small to show. */
function areaShares(
  { source, quarter, cubes }: SalesScene,
  parts: readonly LostSalePart[],
): (role: LostSaleRole, node: number) => AreaShare[] {
  const hidden = new Map([...cubes].map(([role, one]) => [role, one.hidden(source.cube.parents, quarter)]));
  return (role, node) => {
    const own = cubes.get(role);
    const total = own?.at(node, quarter, null);
    const part = parts.find((one) => one.role === role)!;
    const shown = own && total && total.sumW > 0 && hidden.get(role)?.[node] !== 1;
    return part.shares.map(({ value }) => {
      if (!shown) return null;
      const share = Math.min(1, own.at(node, quarter, value).sumW / total.sumW);
      return wilsonInterval(share, total.nEff);
    });
  };
}
