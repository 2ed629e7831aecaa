// What an analysis on a basis leaves out, told rather than ignored.
import type { Basis } from '../../../../shared/calls/call.ts';
import { ASSUMED_SD100 } from '../../../../shared/domain/cell.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { listAssumedSpreads } from '../../store/evidence.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';

/** True where the figures are those of everybody under the current weights. */
export function isEverybody({ sample, weightSet, weighting }: Basis): boolean {
  return sample === undefined && weightSet === undefined && weighting === undefined;
}

/** Studies that cannot be narrowed by single answers, channels that the sample is not about; empty for everybody. */
export function basisNotes(cubes: readonly ChannelCube[]): Bilingual[] {
  return cubes.flatMap(({ channel, cube, reach }): Bilingual[] => {
    const { zh, en } = CHANNEL_NAMES[channel];
    if (reach === 'none')
      return [
        {
          zh: `${zh}只提供得分，没有逐个受访者的回答，无法按该样本筛选，因此没有数字。`,
          en: `${en}: delivered as scores without single answers, so this sample cannot be drawn from it and there is no figure.`,
        },
      ];
    if (reach === 'part')
      return [
        {
          zh: `${zh}中只提供得分的研究无法按该样本筛选，未计入。`,
          en: `${en}: studies delivered as scores cannot be narrowed by this sample and are left out.`,
        },
      ];
    if (!cube.quarters.some((quarter) => cube.hasData(0, quarter)))
      return [{ zh: `该样本在${zh}中没有受访者。`, en: `${en}: this sample holds no respondents.` }];
    return [];
  });
}

/** Studies whose quarters share respondents. */
export function rollingNotes(cubes: readonly ChannelCube[]): Bilingual[] {
  return cubes.flatMap(({ channel, cube: { window } }) => {
    if (window === 1) return [];
    const { zh, en } = CHANNEL_NAMES[channel];
    return [
      {
        zh: `${zh}每个季度的得分覆盖截至该季度的连续 ${window} 个季度：跨季度合计只取互不重叠的季度；相邻季度含相同的受访者，其变化的检验偏保守。`,
        en: `${en}: the score of a quarter covers the ${window} quarters up to it. Totals over time are made of quarters that share nobody; neighbouring quarters share respondents, so that tests of changes between them are cautious.`,
      },
    ];
  });
}

/** A cube is made anew with the data. */
const SPREADS = new WeakMap<ChannelCube, Bilingual[]>();

/** Studies that gave scores without the spread of their answers: what their margins rest on. */
export function spreadNotes(workspace: Workspace, cubes: readonly ChannelCube[]): Bilingual[] {
  return cubes.flatMap((cube) => {
    const known =
      SPREADS.get(cube) ??
      listAssumedSpreads(workspace.reader, cube.channel).map(({ zh, en, sd100 }) => ({
        zh: `“${zh}”没有给出答案的标准差：误差按每份答案的标准差 ${sd100 ?? ASSUMED_SD100}（百分制）估算。`,
        en: `"${en}" gives no standard deviations: margins take ${sd100 ?? ASSUMED_SD100} points of 0-100 for a single answer.`,
      }));
    SPREADS.set(cube, known);
    return known;
  });
}

export const FORECASTS_ARE_OF_EVERYBODY: Bilingual = {
  zh: '已保存的预测和预警基于全部受访者和当前权重，选用样本或其他权重时不显示。',
  en: 'Stored forecasts and alerts are of all respondents under the current weights; they are not shown on a sample or under other weights.',
};
