// Channels side by side as tables in a file.
import type { ChannelPair, Crosswalk, PlaceChannels } from '../../../../shared/calls/channels.ts';
import type { WrittenFile } from '../../../../shared/calls/figure.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import { commonDisplay } from '../../../../shared/domain/score/score-format.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import type { Context } from '../../context.ts';
import { type FileTable, writeTables } from '../../documents/table-file.ts';
import { type Say, ScoreColumns, sayIn } from '../figures/score-columns.ts';
import { getChannelPair } from './channel-pair.ts';
import { getCrosswalk } from './crosswalk.ts';
import { getPlaceChannels } from './place-channels.ts';

export async function exportChannels(
  context: Context,
  { path, language, display, what }: CallArguments<'channels.export'>,
): Promise<WrittenFile> {
  const say = sayIn(language);
  const as = new ScoreColumns(commonDisplay(display), language);
  const tables =
    what.kind === 'crosswalk'
      ? crosswalkTables(getCrosswalk(context), say)
      : what.kind === 'pair'
        ? pairTables(getChannelPair(context, what.input), say, as)
        : placeTables(getPlaceChannels(context, what.input), say, as);
  return writeTables(path, tables);
}

/** Compared channels are never printed on a scale of their own. */
const HUNDRED = { min: 0, max: 100 };

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

function pairTables(view: ChannelPair, say: Say, as: ScoreColumns): FileTable[] {
  const [first, second] = [said(view.first.name, say), said(view.second.name, say)];
  const scores = [...as.score(first), ...as.score(second), ...as.change(say('差', 'Difference'))];
  return [
    {
      name: say('按指标', 'By indicator'),
      columns: [{ title: say('指标', 'Indicator') }, ...scores],
      rows: view.byIndicator.map((row) => [
        said(row.name, say),
        ...as.scoreCells(row.first, HUNDRED),
        ...as.scoreCells(row.second, HUNDRED),
        ...as.changeCells(row.difference, HUNDRED),
      ]),
    },
    {
      name: say('按单位', 'By unit'),
      columns: [{ title: say('区域', 'Place') }, { title: say('代码', 'Code') }, ...scores],
      rows: view.units.map((row) => [
        said(row.name, say),
        row.scope,
        ...as.scoreCells(row.first, HUNDRED),
        ...as.scoreCells(row.second, HUNDRED),
        ...as.changeCells(row.difference, HUNDRED),
      ]),
    },
    {
      name: say('按季度', 'By quarter'),
      columns: [{ title: say('季度', 'Quarter') }, ...as.score(first), ...as.score(second)],
      rows: view.overTime.points.map((row) => [
        formatQuarter(row.quarter),
        ...as.scoreCells(row.first, HUNDRED),
        ...as.scoreCells(row.second, HUNDRED),
      ]),
    },
  ];
}

function placeTables(view: PlaceChannels, say: Say, as: ScoreColumns): FileTable[] {
  const names = view.channels.map(({ name }) => said(name, say));
  const native = say('原量表', 'own scale');
  return [
    {
      name: said(view.scope.name, say),
      columns: [
        { title: say('指标', 'Indicator') },
        ...names.flatMap((name) => [...as.score(name), { title: `${name} ${native}`, decimals: 2 }]),
        { title: say('显著不一致', 'Significantly apart') },
      ],
      rows: view.rows.map((row) => [
        said(row.name, say),
        ...row.scores.flatMap((score) => [...as.scoreCells(score, HUNDRED), score?.native ?? null]),
        row.pairs
          .filter(({ difference }) => difference.significance !== 'none')
          .map(({ first, second, difference }) => {
            const sign = difference.points100 > 0 ? '>' : '<';
            const size = (points: number) => Math.abs(as.point(points, HUNDRED)!).toFixed(as.decimals);
            const margin = difference.margin100 === undefined ? '' : ` ±${size(difference.margin100)}`;
            return `${names[first]} ${sign} ${names[second]} (${size(difference.points100)}${margin})`;
          })
          .join('; '),
      ]),
    },
  ];
}
