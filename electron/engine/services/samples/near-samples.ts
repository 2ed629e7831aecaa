// Kept samples that hold almost the same respondents as another: their figures, one less the other, are of the few who
// are in only one of them. Each sample by itself is guarded against everybody; against each other only people can.
import type { NearSample } from '../../../../shared/calls/samples.ts';
import { type SampleFilter, sampleFilter } from '../../../../shared/domain/sample-filter.ts';
import { CHANNEL_NAMES, type Channel } from '../../../../shared/domain/study-mapping.ts';
import { listSamples } from '../../store/samples.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** `except`: the sample that is being changed. */
export function nearSamples(
  workspace: Workspace,
  { scheme, filter, except }: { scheme: number; filter: SampleFilter; except: number | undefined },
): NearSample[] {
  const { greyFrom } = workspace.rules();
  const others = listSamples(workspace.reader).filter(({ id }) => id !== except);
  return workspace.channels().flatMap((channel) => {
    const own = countsOf(workspace, scheme, channel, filter);
    return others.flatMap(({ id, name, filter: text }): NearSample[] => {
      const other = countsOf(workspace, scheme, channel, sampleFilter.parse(JSON.parse(text)));
      const respondents = own.reduce((sum, n, i) => sum + Math.abs(n - other[i]!), 0);
      const both = own.some((n) => n > 0) && other.some((n) => n > 0);
      return both && respondents > 0 && respondents < greyFrom
        ? [{ id, name, channel, channelName: CHANNEL_NAMES[channel], respondents }]
        : [];
    });
  });
}

/** Respondents by city and quarter: exact where one sample is part of the other, which is where it matters. */
function countsOf(workspace: Workspace, scheme: number, channel: Channel, filter: SampleFilter): number[] {
  const key = `sample counts ${scheme} ${channel} ${JSON.stringify(filter)}`;
  return workspace.derived(key, () => {
    const { cube, tree } = workspace.cubeOn(scheme, channel, { filter, weightSet: null, weighting: null });
    return tree.nodes.flatMap(({ level }, node) =>
      level === 'city' ? cube.quarters.map((quarter) => cube.base(node, quarter).n) : [],
    );
  });
}
