// One scope x indicator x channel, found in the cube it is read from.
import type { CallArguments } from '../../../../shared/contract.ts';
import { AppError } from '../../../../shared/errors.ts';
import { findMeasure, type Measure } from '../figures/figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';

/** A series with where it stands. */
export interface SeriesPlace {
  workspace: Workspace;
  source: ChannelCube;
  measure: Measure;
  node: number;
  scope: string;
  indicator: string;
}

/** Throws `scope-unknown`, `indicator-unknown`, or `channel-without-data` where the channel never asked it. */
export function seriesPlace(
  workspace: Workspace,
  input: Pick<CallArguments<'forecast.series'>, 'scheme' | 'channel' | 'scope' | 'indicator' | 'basis'>,
): SeriesPlace {
  const { scheme, channel, scope } = input;
  const source = workspace.cube(scheme, channel, input.basis);
  const node = source.tree.byId.get(scope);
  if (node === undefined) throw new AppError('scope-unknown', { scope });
  const measure = findMeasure(workspace, source, input.indicator);
  if (!measure) throw new AppError('channel-without-data', { channel });
  return { workspace, source, measure, node, scope, indicator: measure.code };
}
