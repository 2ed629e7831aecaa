// How often a choice was made, at every place and in every quarter, with the bases that may be shown.
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

  constructor(workspace: Workspace, { tree, channel }: ChannelCube, attribute: string) {
    this.#nodes = tree.nodes.length;
    const files = listStudyFiles(workspace.reader, channel).filter(({ kind }) => kind === 'responses');
    const batches = files.map(({ batchId }) => batchId);
    for (const { dealer, quarter, choice, n, sumW, sumW2 } of countChoices(
      workspace.reader,
      batches,
      attribute,
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
    const sums = this.#sums.get(`${quarter} ${choice === null ? '' : `=${choice}`}`);
    const [n, sumW, sumW2] = sums ? sums.subarray(node * 3, node * 3 + 3) : [0, 0, 0];
    return { n: n!, sumW: sumW!, nEff: sumW2! > 0 ? sumW! ** 2 / sumW2! : 0 };
  }

  /** One flag a node: 1 where a small base would show, or would follow from its neighbours. */
  hidden(parents: readonly number[], quarter: Quarter): Uint8Array {
    const bases = Float64Array.from(parents, (_, node) => this.at(node, quarter, null).nEff);
    return hiddenFigures(parents, [bases], [], DEFAULT_TIERS.greyFrom)[0]!;
  }
}

/** A place and quarter looked at; a cube by role that an attribute tells. */
export interface SalesScene {
  workspace: Workspace;
  source: ChannelCube;
  node: number;
  quarter: Quarter;
  cubes: Map<LostSaleRole, ChoiceCube>;
}
