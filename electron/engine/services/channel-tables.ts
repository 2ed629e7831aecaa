// Channels side by side as tables in a file.
import type { ChannelPair, Crosswalk, PlaceChannels } from '../../../shared/calls/channels.ts';
import type { WrittenFile } from '../../../shared/calls/figure.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import type { Context } from '../context.ts';
import { type FileTable, writeTables } from '../documents/table-file.ts';
import { getChannelPair } from './channel-pair.ts';
import {
  changeCells,
  changeColumns,
  type Say,
  sayIn,
  scoreCells,
  scoreColumns,
} from './comparison-tables.ts';
import { getCrosswalk } from './crosswalk.ts';
import { getPlaceChannels } from './place-channels.ts';

export async function exportChannels(
  context: Context,
  { path, language, what }: CallArguments<'channels.export'>,
): Promise<WrittenFile> {
  const say = sayIn(language);
  const tables =
    what.kind === 'crosswalk'
      ? crosswalkTables(getCrosswalk(context), say)
      : what.kind === 'pair'
        ? pairTables(getChannelPair(context, what.input), say)
        : placeTables(getPlaceChannels(context, what.input), say);
  return writeTables(path, tables);
}

const said = (name: Bilingual, say: Say) => say(name.zh, name.en);

function crosswalkTables(view: Crosswalk, say: Say): FileTable[] {
  return [
    {
      name: say('题目对照', 'Crosswalk'),
      columns: [
        say('指标', 'Indicator'),
        say('指标代码', 'Indicator code'),
        say('渠道', 'Channel'),
        say('研究', 'Study'),
        say('问卷', 'Questionnaire'),
        say('题目', 'Question'),
        say('量表下限', 'Scale from'),
        say('量表上限', 'Scale to'),
        say('反向', 'Reversed'),
        say('首季', 'First quarter'),
        say('末季', 'Last quarter'),
      ].map((title) => ({ title })),
      rows: view.rows.flatMap((row) =>
        row.questions.map((one) => [
          said(row.name, say),
          row.indicator,
          said(CHANNEL_NAMES[one.channel], say),
          said(one.study, say),
          one.version,
          said(one.label, say),
          one.scale.min,
          one.scale.max,
          one.reversed ? say('是', 'yes') : say('否', 'no'),
          formatQuarter(one.firstQuarter),
          formatQuarter(one.lastQuarter),
        ]),
      ),
    },
  ];
}

function pairTables(view: ChannelPair, say: Say): FileTable[] {
  const [first, second] = [said(view.first.name, say), said(view.second.name, say)];
  const scores = [
    ...scoreColumns(first, say),
    ...scoreColumns(second, say),
    ...changeColumns(say('差', 'Difference'), say),
  ];
  return [
    {
      name: say('按指标', 'By indicator'),
      columns: [{ title: say('指标', 'Indicator') }, ...scores],
      rows: view.byIndicator.map((row) => [
        said(row.name, say),
        ...scoreCells(row.first),
        ...scoreCells(row.second),
        ...changeCells(row.difference),
      ]),
    },
    {
      name: say('按单位', 'By unit'),
      columns: [{ title: say('区域', 'Place') }, { title: say('代码', 'Code') }, ...scores],
      rows: view.units.map((row) => [
        said(row.name, say),
        row.scope,
        ...scoreCells(row.first),
        ...scoreCells(row.second),
        ...changeCells(row.difference),
      ]),
    },
    {
      name: say('按季度', 'By quarter'),
      columns: [{ title: say('季度', 'Quarter') }, ...scoreColumns(first, say), ...scoreColumns(second, say)],
      rows: view.overTime.points.map((row) => [
        formatQuarter(row.quarter),
        ...scoreCells(row.first),
        ...scoreCells(row.second),
      ]),
    },
  ];
}

function placeTables(view: PlaceChannels, say: Say): FileTable[] {
  const names = view.channels.map(({ name }) => said(name, say));
  const native = say('原量表', 'own scale');
  return [
    {
      name: said(view.scope.name, say),
      columns: [
        { title: say('指标', 'Indicator') },
        ...names.flatMap((name) => [...scoreColumns(name, say), { title: `${name} ${native}`, decimals: 2 }]),
        { title: say('显著不一致', 'Significantly apart') },
      ],
      rows: view.rows.map((row) => [
        said(row.name, say),
        ...row.scores.flatMap((score) => [...scoreCells(score), score?.native ?? null]),
        row.pairs
          .filter(({ difference }) => difference.significance !== 'none')
          .map(({ first, second, difference }) => {
            const sign = difference.points100 > 0 ? '>' : '<';
            return `${names[first]} ${sign} ${names[second]} (${Math.abs(difference.points100).toFixed(1)})`;
          })
          .join('; '),
      ]),
    },
  ];
}
