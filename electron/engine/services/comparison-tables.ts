// Comparisons of places as tables in a file, with every figure's base and margin beside it.
import type { Change, Score, WrittenFile } from '../../../shared/calls/figure.ts';
import type { InsideOutside, LikeForLike, Reorganisation } from '../../../shared/calls/places.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import { type Bilingual, inLanguage, type Language } from '../../../shared/domain/language.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import type { Context } from '../context.ts';
import { type FileTable, type TableCell, writeTables } from '../documents/table-file.ts';
import { insideOutside, likeForLike } from './place-comparisons.ts';
import { reorganise } from './reorganise.ts';

/** Picks one of two texts. */
export type Say = (zh: string, en: string) => string;

/** Score, base, margin. */
export function scoreCells(score: Score | null): TableCell[] {
  return score ? [score.score100, score.n, score.margin100] : [null, null, null];
}

/** Points, half the interval, p after false-discovery control. */
export function changeCells(change: Change | null): TableCell[] {
  return change
    ? [change.points100, change.margin100 ?? null, change.adjustedP ?? change.p]
    : [null, null, null];
}

export function scoreColumns(title: string, say: Say): FileTable['columns'] {
  return [
    { title, decimals: 2 },
    { title: `${title} ${say('样本量', 'base')}`, decimals: 0 },
    { title: `${title} ${say('误差', 'margin')}`, decimals: 2 },
  ];
}

export function changeColumns(title: string, say: Say): FileTable['columns'] {
  return [
    { title, decimals: 2 },
    { title: `${title} ${say('误差', 'margin')}`, decimals: 2 },
    { title: 'p', decimals: 4 },
  ];
}

export function sayIn(language: Language): Say {
  return (zh, en) => inLanguage({ zh, en }, language);
}

export async function exportComparison(
  context: Context,
  { path, language, comparison }: CallArguments<'schemes.exportComparison'>,
): Promise<WrittenFile> {
  const say = sayIn(language);
  const tables =
    comparison.kind === 'inside'
      ? insideTables(insideOutside(context, comparison.input), say)
      : comparison.kind === 'like'
        ? likeTables(likeForLike(context, comparison.input), say)
        : regroupTables(reorganise(context, comparison.input), say);
  return writeTables(path, tables);
}

const named = (name: Bilingual, say: Say) => say(name.zh, name.en);

function insideTables(view: InsideOutside, say: Say): FileTable[] {
  const [inside, outside] = [say('范围内', 'Inside'), say('范围外', 'Outside')];
  return [
    {
      name: say('内外对比', 'Inside and outside'),
      columns: [
        { title: say('指标', 'Indicator') },
        ...scoreColumns(inside, say),
        ...scoreColumns(outside, say),
        ...changeColumns(say('差', 'Difference'), say),
      ],
      rows: view.rows.map((row) => [
        named(row.name, say),
        ...scoreCells(row.first),
        ...scoreCells(row.second),
        ...changeCells(row.difference),
      ]),
    },
    {
      name: say('趋势', 'Trend'),
      columns: [
        { title: say('季度', 'Quarter') },
        ...scoreColumns(inside, say),
        ...scoreColumns(outside, say),
      ],
      rows: view.trend.map((row) => [
        formatQuarter(row.quarter),
        ...scoreCells(row.inside),
        ...scoreCells(row.outside),
      ]),
    },
  ];
}

function likeTables(view: LikeForLike, say: Say): FileTable[] {
  const [all, common] = [say('全部', 'All'), say('同口径', 'Like for like')];
  const [before, after] = [say('前期', 'first'), say('后期', 'second')];
  const change = say('变化', 'change');
  return [
    {
      name: say('同口径对比', 'Like for like'),
      columns: [
        { title: say('指标', 'Indicator') },
        ...[all, common].flatMap((side) => [
          ...scoreColumns(`${side} ${before}`, say),
          ...scoreColumns(`${side} ${after}`, say),
          ...changeColumns(`${side} ${change}`, say),
        ]),
      ],
      rows: view.rows.map((row) => [
        named(row.name, say),
        ...[row.all, row.common].flatMap((side) => [
          ...scoreCells(side.first),
          ...scoreCells(side.second),
          ...changeCells(side.change),
        ]),
      ]),
    },
    {
      name: say('覆盖', 'Coverage'),
      columns: [
        { title: say('时期', 'Period') },
        { title: say('单位数', 'Units'), decimals: 0 },
        { title: say('共有单位', 'In common'), decimals: 0 },
        { title: say('单位覆盖 %', 'Units covered, %'), decimals: 1 },
        { title: say('答卷数', 'Respondents'), decimals: 0 },
        { title: say('答卷覆盖 %', 'Respondents covered, %'), decimals: 1 },
      ],
      rows: [view.first, view.second].map((one) => [
        `${formatQuarter(one.quarters[0]!)} – ${formatQuarter(one.quarters.at(-1)!)}`,
        one.units,
        view.common,
        one.unitShare * 100,
        one.respondents,
        one.respondentShare * 100,
      ]),
    },
    {
      name: say('不共有的单位', 'Units of one period'),
      columns: [
        { title: say('时期', 'Period') },
        { title: say('代码', 'Code') },
        { title: say('名称', 'Name') },
        { title: say('答卷数', 'Respondents'), decimals: 0 },
      ],
      rows: [view.first, view.second].flatMap((one, i) =>
        one.only.map((unit) => [i === 0 ? before : after, unit.code, unit.name, unit.respondents]),
      ),
    },
  ];
}

function regroupTables(view: Reorganisation, say: Say): FileTable[] {
  return [
    {
      name: say('前后归属', 'Before and after'),
      columns: [
        { title: say('大区', 'Region') },
        ...scoreColumns(say('原方案', 'First scheme'), say),
        ...scoreColumns(say('新方案', 'Second scheme'), say),
        ...changeColumns(say('差', 'Difference'), say),
        { title: say('划入答卷', 'Respondents joined'), decimals: 0 },
        { title: say('划出答卷', 'Respondents left'), decimals: 0 },
      ],
      rows: view.regions.map((row) => [
        named(row.name, say),
        ...scoreCells(row.first),
        ...scoreCells(row.second),
        ...changeCells(row.difference),
        row.joined,
        row.left,
      ]),
    },
    {
      name: say('变动的城市和店', 'What moved'),
      columns: [
        { title: say('类别', 'Kind') },
        { title: say('代码', 'Code') },
        { title: say('名称', 'Name') },
        { title: say('原大区', 'From') },
        { title: say('新大区', 'To') },
        { title: say('经销商数', 'Dealers'), decimals: 0 },
        { title: say('答卷数', 'Respondents'), decimals: 0 },
      ],
      rows: view.moved.map((row) => [
        row.kind === 'city' ? say('城市', 'City') : say('经销商', 'Dealer'),
        row.code,
        named(row.name, say),
        row.from ? named(row.from, say) : '',
        row.to ? named(row.to, say) : '',
        row.dealers,
        row.respondents,
      ]),
    },
  ];
}
