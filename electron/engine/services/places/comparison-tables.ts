// Comparisons of places as tables in a file, with every figure's base and margin beside it.
import type { WrittenFile } from '../../../../shared/calls/figure.ts';
import type { InsideOutside, LikeForLike, Reorganisation } from '../../../../shared/calls/places.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { formatQuarter, type Quarter } from '../../../../shared/domain/quarter.ts';
import { nativeScale } from '../../../../shared/domain/score/score-format.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import type { Context } from '../../context.ts';
import { type FileTable, writeTables } from '../../documents/table-file.ts';
import { getCatalog } from '../figures/catalog.ts';
import { type Say, ScoreColumns, sayIn } from '../figures/score-columns.ts';
import { insideOutside, likeForLike } from './place-comparisons.ts';
import { reorganise } from './reorganise.ts';

/** The scale of a channel's indicator. */
type ScaleOf = (indicator: string) => { min: number; max: number };

export async function exportComparison(
  context: Context,
  { path, language, display, comparison }: CallArguments<'schemes.exportComparison'>,
): Promise<WrittenFile> {
  const say = sayIn(language);
  const as = new ScoreColumns(display, language);
  const catalog = getCatalog(context);
  const { channels } = catalog;
  const { channel } = comparison.input;
  const scaleOf: ScaleOf = (indicator) => nativeScale(channels, channel, indicator);
  const written = (tables: FileTable[], notes: readonly Bilingual[]) =>
    writeTables(path, [...tables, aboutTable(catalog, comparison, notes, say)]);
  if (comparison.kind === 'inside') {
    const view = insideOutside(context, comparison.input);
    return written(insideTables(view, say, as, scaleOf), view.notes);
  }
  if (comparison.kind === 'like') {
    const view = likeForLike(context, comparison.input);
    return written(likeTables(view, say, as, scaleOf), view.notes);
  }
  const view = reorganise(context, comparison.input);
  return written(regroupTables(view, say, as, scaleOf(comparison.input.indicator)), view.notes);
}

type Catalog = ReturnType<typeof getCatalog>;
type Comparison = CallArguments<'schemes.exportComparison'>['comparison'];

/** What was compared, so that the tables can be made again. */
function aboutTable(
  { schemes }: Catalog,
  { kind, input }: Comparison,
  notes: readonly Bilingual[],
  say: Say,
): FileTable {
  const scheme = (id: number) => {
    const found = schemes.find((one) => one.id === id);
    return found ? [named(found.name, say), found.validFrom].filter(Boolean).join(' ') : String(id);
  };
  const channel = CHANNEL_NAMES[input.channel];
  const rows: [string, string][] = [[say('渠道', 'Channel'), named(channel, say)]];
  if (kind === 'like') {
    rows.push([say('前期', 'First period'), spanOf(input.first)]);
    rows.push([say('后期', 'Second period'), spanOf(input.second)]);
    rows.push([say('比较单位', 'Unit'), input.unit === 'city' ? say('城市', 'City') : say('单店', 'Dealer')]);
    for (const id of input.schemes ?? []) rows.push([say('限定城市范围', 'City scope'), scheme(id)]);
  } else rows.push([say('时期', 'Period'), spanOf(input.period)]);
  if (kind === 'inside') {
    const all = say('方案划入的全部城市', 'all that the scheme places');
    rows.push([say('区域方案', 'Region scheme'), scheme(input.scheme)]);
    rows.push([say('视为范围内的大区', 'Regions that count as inside'), input.regions?.join(' ') ?? all]);
  }
  if (kind === 'regroup') {
    rows.push([say('原方案', 'First scheme'), scheme(input.first)]);
    rows.push([say('新方案', 'Second scheme'), scheme(input.second)]);
  }
  return {
    name: say('说明', 'About'),
    columns: [{ title: say('项目', 'What') }, { title: say('内容', 'Value') }],
    rows: [...rows, ...notes.map((note) => [say('提示', 'Note'), named(note, say)])],
  };
}

function spanOf({ first, last }: { first: Quarter; last: Quarter }): string {
  return first === last ? formatQuarter(first) : `${formatQuarter(first)} – ${formatQuarter(last)}`;
}

const named = (name: Bilingual, say: Say) => say(name.zh, name.en);

function insideTables(view: InsideOutside, say: Say, as: ScoreColumns, scaleOf: ScaleOf): FileTable[] {
  const [inside, outside] = [say('范围内', 'Inside'), say('范围外', 'Outside')];
  return [
    {
      name: say('内外对比', 'Inside and outside'),
      columns: [
        { title: say('指标', 'Indicator') },
        ...as.score(inside),
        ...as.score(outside),
        ...as.change(say('差', 'Difference')),
      ],
      rows: view.rows.map((row) => [
        named(row.name, say),
        ...as.scoreCells(row.first, scaleOf(row.indicator)),
        ...as.scoreCells(row.second, scaleOf(row.indicator)),
        ...as.changeCells(row.difference, scaleOf(row.indicator)),
      ]),
    },
    {
      name: say('趋势', 'Trend'),
      columns: [{ title: say('季度', 'Quarter') }, ...as.score(inside), ...as.score(outside)],
      rows: view.trend.map((row) => [
        formatQuarter(row.quarter),
        ...as.scoreCells(row.inside, scaleOf('')),
        ...as.scoreCells(row.outside, scaleOf('')),
      ]),
    },
  ];
}

function likeTables(view: LikeForLike, say: Say, as: ScoreColumns, scaleOf: ScaleOf): FileTable[] {
  const [all, common] = [say('全部', 'All'), say('同口径', 'Like for like')];
  const span = ({ quarters }: LikeForLike['first']) =>
    spanOf({ first: quarters[0]!, last: quarters.at(-1)! });
  const [before, after] = [
    `${say('前期', 'first period')} ${span(view.first)}`,
    `${say('后期', 'second period')} ${span(view.second)}`,
  ];
  const change = say('变化', 'change');
  return [
    {
      name: say('同口径对比', 'Like for like'),
      columns: [
        { title: say('指标', 'Indicator') },
        ...[all, common].flatMap((side) => [
          ...as.score(`${side} ${before}`),
          ...as.score(`${side} ${after}`),
          ...as.change(`${side} ${change}`),
        ]),
      ],
      rows: view.rows.map((row) => [
        named(row.name, say),
        ...[row.all, row.common].flatMap((side) => [
          ...as.scoreCells(side.first, scaleOf(row.indicator)),
          ...as.scoreCells(side.second, scaleOf(row.indicator)),
          ...as.changeCells(side.change, scaleOf(row.indicator)),
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
        span(one),
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
        one.only.map((unit) => [
          i === 0 ? before : after,
          unit.code,
          named(unit.name, say),
          unit.respondents,
        ]),
      ),
    },
  ];
}

function regroupTables(
  view: Reorganisation,
  say: Say,
  as: ScoreColumns,
  scale: ReturnType<ScaleOf>,
): FileTable[] {
  return [
    {
      name: say('前后归属', 'Before and after'),
      columns: [
        { title: say('大区', 'Region') },
        ...as.score(say('原方案', 'First scheme')),
        ...as.score(say('新方案', 'Second scheme')),
        ...as.change(say('差', 'Difference')),
        { title: say('划入答卷', 'Respondents joined'), decimals: 0 },
        { title: say('划出答卷', 'Respondents left'), decimals: 0 },
      ],
      rows: view.regions.map((row) => [
        named(row.name, say),
        ...as.scoreCells(row.first, scale),
        ...as.scoreCells(row.second, scale),
        ...as.changeCells(row.difference, scale),
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
