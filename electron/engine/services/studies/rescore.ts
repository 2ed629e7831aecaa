// Years and quarters scored under two versions of the weights, side by side: the same answers, so the difference is exact.
import type { Rescoring } from '../../../../shared/calls/weights.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { findMeasure, type Measure, shownOver } from '../figures/figures.ts';
import type { ChannelCube } from '../workspace/workspace.ts';

export function rescore(context: Context, input: CallArguments<'weights.rescore'>): Rescoring[] {
  const workspace = context.workspace();
  const node = workspace.tree(input.scheme).byId.get(input.scope);
  if (node === undefined) throw new AppError('scope-unknown', { scope: input.scope });
  return workspace
    .channels()
    .filter((channel) => input.channel === undefined || channel === input.channel)
    .flatMap((channel): Rescoring[] => {
      const cubes = [input.before, input.after].map((weightSet) =>
        workspace.cube(input.scheme, channel, { weightSet }),
      );
      const measures = cubes.map((cube) => measureIn(cube));
      if (measures.every((measure) => measure === undefined)) return [];
      return [
        {
          channel,
          channelName: CHANNEL_NAMES[channel],
          indicator: input.indicator,
          periods: periodsOf(cubes[0]!, input.by).map(({ first, last }) => {
            const [before, after] = measures.map((measure) =>
              measure ? shownOver(measure, node, first, last) : null,
            );
            const difference = before && after ? after.score100 - before.score100 : null;
            return { first, last, scores: [before ?? null, after ?? null], difference };
          }),
        },
      ];
    });

  /** A group or item that one of the versions does not hold has no score there. */
  function measureIn(cube: ChannelCube): Measure | undefined {
    const known = workspace.indicators(cube.basis.weightSet).byCode.has(input.indicator);
    return input.indicator === '' || known ? findMeasure(workspace, cube, input.indicator) : undefined;
  }
}

/** The years (or quarters) of a channel with their first and last quarter that holds data. */
function periodsOf({ cube }: ChannelCube, by: 'year' | 'quarter'): { first: Quarter; last: Quarter }[] {
  const quarters = cube.quarters.filter((quarter) => cube.hasData(0, quarter));
  if (by === 'quarter') return quarters.map((quarter) => ({ first: quarter, last: quarter }));
  const years = Map.groupBy(quarters, (quarter) => Math.floor(quarter / 4));
  return [...years.values()].map((own) => ({ first: own[0]!, last: own.at(-1)! }));
}
