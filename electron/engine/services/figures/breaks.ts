// Where a series may not be compared across: another questionnaire, another provider, other weights, an indicator not asked.
import type { TrendView } from '../../../../shared/calls/figure.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { listWeighting } from '../../store/channels.ts';
import { listProviders } from '../../store/study-records.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import type { Measure } from './figures.ts';

type Break = TrendView['breaks'][number];

/** The breaks of a series in the order of their quarters, one a quarter with all that changed in it. */
export function breaksOf(workspace: Workspace, cube: ChannelCube, measure: Measure): Break[] {
  const { channel } = cube;
  const breaks = [
    ...changesOf(
      workspace.waves().filter((wave) => wave.channel === channel),
      (wave) => wave.version,
      (version) => ({ zh: `问卷改为 ${version} 版`, en: `Questionnaire ${version}` }),
    ),
    ...changesOf(
      providersOf(workspace, channel),
      (wave) => wave.provider,
      (provider) => ({ zh: `执行方改为${provider}`, en: `Provider: ${provider}` }),
    ),
    ...changesOf(
      workspace.derived(`weighting ${channel}`, () => listWeighting(workspace.reader, channel)),
      (wave) => (wave.weighted === 1 ? 'weighted' : 'unweighted'),
      (side) =>
        side === 'weighted'
          ? { zh: '答卷开始加权', en: 'Respondents weighted from here' }
          : { zh: '答卷不再加权', en: 'Respondents no longer weighted' },
    ),
    ...gapsOf(cube, measure),
  ];
  return [...Map.groupBy(breaks, (one) => one.quarter)]
    .map(([quarter, own]) => ({
      quarter,
      label: {
        zh: own.map(({ label }) => label.zh).join('；'),
        en: own.map(({ label }) => label.en).join('; '),
      },
    }))
    .sort((a, b) => a.quarter - b.quarter);
}

function providersOf(workspace: Workspace, channel: Channel) {
  return workspace
    .derived(`providers ${channel}`, () => listProviders(workspace.reader, channel))
    .filter(({ provider }) => provider !== '');
}

/** Quarters from which a study's waves have another value than before. */
function changesOf<W extends { studyId: number; quarter: number }>(
  waves: readonly W[],
  sideOf: (wave: W) => string,
  say: (value: string) => Break['label'],
): Break[] {
  const current = new Map<number, string>();
  return waves.flatMap((wave) => {
    const before = current.get(wave.studyId);
    const now = sideOf(wave);
    current.set(wave.studyId, now);
    return before === undefined || before === now ? [] : [{ quarter: wave.quarter, label: say(now) }];
  });
}

/** Where a series that had begun was not asked any more, and where it was asked again. */
function gapsOf({ cube }: ChannelCube, measure: Measure): Break[] {
  const breaks: Break[] = [];
  let asked: boolean | undefined;
  for (const quarter of cube.quarters.filter((one) => cube.hasData(0, one))) {
    const now = measure.at(0, quarter).sumW > 0;
    if (asked === true && !now) breaks.push({ quarter, label: { zh: '本波次未问', en: 'Not asked' } });
    if (asked === false && now) breaks.push({ quarter, label: { zh: '重新开始提问', en: 'Asked again' } });
    if (asked !== undefined || now) asked = now;
  }
  return breaks;
}
