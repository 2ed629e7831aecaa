// How often a choice was made, at every place and in every quarter, with the bases that may be shown.
import type { Basis } from '../../../../shared/calls/call.ts';
import type { LostSaleRole } from '../../../../shared/calls/lost.ts';
import { hiddenFigures } from '../../../../shared/domain/hidden-figures.ts';
import { DEFAULT_TIERS } from '../../../../shared/domain/precision.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { nodeAt } from '../../../../shared/domain/scope-tree.ts';
import { countChoices } from '../../store/answer-counts.ts';
import { listStudyFiles } from '../../store/evidence.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';

/** Sums of weights of one choice (or of everybody who answered) at every node and quarter. */
export class ChoiceCube {
  readonly #sums = new Map<string, Float64Array>();
  readonly #nodes: number;
  readonly #whole: ChoiceCube | undefined;
  readonly #reweighted: boolean;

  /** `whole`: everybody, where the source is of a sample, so that nobody follows by subtraction. */
  constructor(workspace: Workspace, source: ChannelCube, attribute: string, whole?: ChoiceCube) {
    const { tree, channel } = source;
    this.#nodes = tree.nodes.length;
    this.#whole = whole;
    this.#reweighted = source.basis.weighting !== null;
    const rows = workspace.basisRows(channel, source.basis);
    const files = listStudyFiles(workspace.reader, channel).filter(({ kind }) => kind === 'responses');
    const batches = files.map(({ batchId }) => batchId);
    for (const { dealer, quarter, choice, n, sumW, sumW2 } of countChoices(
      workspace.reader,
      batches,
      attribute,
      (batch) => rows.conditions(files.find(({ batchId }) => batchId === batch)!),
    )) {
      const sums = this.#of(quarter, choice);
      for (let node = nodeAt(tree, dealer, quarter) ?? -1; node >= 0; node = tree.nodes[node]!.parent) {
        sums[node * 3]! += n;
        sums[node * 3 + 1]! += sumW;
        sums[node * 3 + 2]! += sumW2;
      }
    }
  }

  #of(quarter: Quarter, choice: string | null): Float64Array {
    const key = `${quarter} ${choice === null ? '' : `=${choice}`}`;
    let sums = this.#sums.get(key);
    if (!sums) {
      sums = new Float64Array(this.#nodes * 3);
      this.#sums.set(key, sums);
    }
    return sums;
  }

  at(node: number, quarter: Quarter, choice: string | null): { n: number; sumW: number; nEff: number } {
    const [n, sumW, sumW2] = this.#sumsAt(node, quarter, choice);
    return { n, sumW, nEff: sumW2 > 0 ? sumW ** 2 / sumW2 : 0 };
  }

  #sumsAt(node: number, quarter: Quarter, choice: string | null): [n: number, sumW: number, sumW2: number] {
    const sums = this.#sums.get(`${quarter} ${choice === null ? '' : `=${choice}`}`);
    return sums ? [sums[node * 3]!, sums[node * 3 + 1]!, sums[node * 3 + 2]!] : [0, 0, 0];
  }

  /** Effective base of everybody who is not in the sample; null where there is nobody else. */
  #restAt(node: number, quarter: Quarter): number | null {
    if (!this.#whole) return null;
    const all = this.#whole.#sumsAt(node, quarter, null);
    const own = this.#sumsAt(node, quarter, null);
    const [n, sumW, sumW2] = all.map((sum, i) => sum - own[i]!) as typeof all;
    if (n <= 0) return null;
    // Under a weighting of their own the two sums are of different weights.
    return this.#reweighted || sumW2 <= 0 ? n : sumW ** 2 / sumW2;
  }

  /** One flag a node: 1 where a small base would show, or would follow from its neighbours. */
  hidden(parents: readonly number[], quarter: Quarter): Uint8Array {
    const hiddenInWhole = this.#whole?.hidden(parents, quarter);
    const bases = Float64Array.from(parents, (_, node) => {
      const { nEff } = this.at(node, quarter, null);
      const least = Math.min(nEff, this.#restAt(node, quarter) ?? nEff);
      return hiddenInWhole?.[node] === 1 ? Math.min(least, DEFAULT_TIERS.greyFrom / 2) : least;
    });
    return hiddenFigures(parents, [bases], [], DEFAULT_TIERS.greyFrom)[0]!;
  }
}

/** A place and quarter looked at; a cube by role that an attribute tells. */
export interface SalesScene {
  workspace: Workspace;
  source: ChannelCube;
  basis: Basis;
  node: number;
  quarter: Quarter;
  cubes: Map<LostSaleRole, ChoiceCube>;
}
