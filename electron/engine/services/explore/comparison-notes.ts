// What the reader of differences to another channel has to know: how alike the figures are, and where a series breaks.

import { counted } from '../../../../shared/domain/counted.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { breaksOf } from '../figures/breaks.ts';
import { indicatorName } from '../figures/catalog.ts';
import { findMeasure } from '../figures/figures.ts';
import type { ChannelCube } from '../workspace/workspace.ts';
import { channelAnswers } from './channel-answers.ts';
import type { ChannelComparison } from './channel-comparison.ts';
import type { TableScene } from './explore-scene.ts';

export function comparisonNotes(scene: TableScene): Bilingual[] {
  const { query, against } = scene;
  if (!query.measures.includes('against-channel')) return [];
  if (!against)
    return [
      {
        zh: '库中只有一个渠道有数据，没有可以相比的渠道。',
        en: 'Only one channel has data, so there is no other channel to compare with.',
      },
    ];
  const name = CHANNEL_NAMES[against.cube.channel];
  const own = scene.cubes.filter((cube) => cube !== against.cube);
  return [
    {
      zh: `与${name.zh}相比：本渠道减去${name.zh}，按百分制相减；跨多个季度的单元格只比较两个渠道都有数据的季度，中间若有季度只有一方有数据则不比较。`,
      en: `vs ${name.en}: this channel minus ${name.en}, both on 0-100; a cell of several quarters compares the quarters that both have, and is empty where only one has data in between.`,
    },
    ...own.flatMap((cube) => itemNotes(scene, against, cube)),
    ...breakNotes(scene, [...own, against.cube]),
    ...unaskedNotes(scene, against),
  ];
}

/** Indicators that share nothing, and those that are not made of the same items in both. */
function itemNotes(scene: TableScene, against: ChannelComparison, { channel }: ChannelCube): Bilingual[] {
  const { workspace } = scene;
  const other = CHANNEL_NAMES[against.cube.channel];
  const own = CHANNEL_NAMES[channel];
  const found = indicatorsOf(scene).map((code) => ({
    name: indicatorName(workspace, code),
    ...against.items(channel, code),
  }));
  const apart = found.filter(({ shared, onlyFirst }) => shared === 0 && onlyFirst > 0);
  const mixed = found.filter(({ shared, onlyFirst, onlySecond }) => shared > 0 && onlyFirst + onlySecond > 0);
  return [
    ...(apart.length > 0
      ? [
          {
            zh: `${own.zh}与${other.zh}没有共同题目、因而不比较的指标：${apart.map((one) => one.name.zh).join('、')}。`,
            en: `${own.en} and ${other.en} share no item of these, which are not compared: ${apart.map((one) => one.name.en).join(', ')}.`,
          },
        ]
      : []),
    ...mixed.map(({ name, shared, onlyFirst, onlySecond }) => ({
      zh: `“${name.zh}”：${own.zh}与${other.zh}有 ${shared} 道共同题目，另有 ${onlyFirst} 道只在${own.zh}、${onlySecond} 道只在${other.zh}询问，差值也含题目构成的不同。`,
      en: `"${name.en}": ${own.en} and ${other.en} share ${counted(shared, 'item')}; ${counted(onlyFirst, 'is', 'are')} asked in ${own.en} only and ${counted(onlySecond, 'is', 'are')} in ${other.en} only, so the difference is one of make-up too.`,
    })),
  ];
}

function indicatorsOf({ rows, columns, indicator }: TableScene): string[] {
  const listed = [...rows.dimensions, ...columns.dimensions].find(({ kind }) => kind === 'indicator');
  return listed ? listed.members.flatMap((member) => member.indicator ?? []) : [indicator];
}

/** Breaks of the index of either channel within the span. */
function breakNotes({ workspace, first, last, indicator }: TableScene, cubes: readonly ChannelCube[]) {
  return cubes.flatMap((cube): Bilingual[] => {
    const measure = findMeasure(workspace, cube, indicator);
    const breaks = measure
      ? breaksOf(workspace, cube, measure).filter(({ quarter }) => quarter >= first && quarter <= last)
      : [];
    if (breaks.length === 0) return [];
    const name = CHANNEL_NAMES[cube.channel];
    return [
      {
        zh: `${name.zh}的断点，差值在其前后不可直接相比：${breaks.map(({ quarter, label }) => `${formatQuarter(quarter)} ${label.zh}`).join('；')}。`,
        en: `Breaks of ${name.en}, across which the differences are not alike: ${breaks.map(({ quarter, label }) => `${formatQuarter(quarter)} ${label.en}`).join('; ')}.`,
      },
    ];
  });
}

/** Attributes that the other channel never asked leave nothing to compare. */
function unaskedNotes({ workspace, query, asked, attributes }: TableScene, { cube }: ChannelComparison) {
  const known = channelAnswers(workspace, cube.channel).attributes;
  const codes = new Set([...asked, ...query.filters.attributes].map((one) => one.code));
  const name = CHANNEL_NAMES[cube.channel];
  return [...codes]
    .filter((code) => !known.has(code))
    .map((code): Bilingual => {
      const { label } = attributes.get(code)!;
      return {
        zh: `${name.zh}没有询问“${label.zh}”，因此没有可比的数字。`,
        en: `${name.en} did not ask "${label.en}", so there is nothing to compare with.`,
      };
    });
}
