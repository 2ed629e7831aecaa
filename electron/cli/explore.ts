// The free analysis from the command line: a table of any dimensions and measures, and the trace of a figure.
import { resolve } from 'node:path';
import { Option } from 'commander';
import {
  EXPLORE_MEASURES,
  type ExploreCell,
  type ExploreDimension,
  type ExploreMeasure,
  type ExploreTable,
} from '../../shared/calls/explore.ts';
import type { ScoreFormat } from '../../shared/domain/score/score-format.ts';
import { CHANNEL_NAMES, CHANNELS, type Channel } from '../../shared/domain/study-mapping.ts';
import { BadValue, numberArgument, offsetArgument, tableFile, wholeArgument } from './arguments.ts';
import type { Output } from './output.ts';
import { channelOption, examples, type Program } from './program.ts';
import { NOTHING, type ScoreTexts } from './score.ts';
import type { Session } from './session.ts';
import { type PlaceOptions, placeOptions } from './trace.ts';
import { sayWritten } from './written.ts';

const DIMENSIONS: Record<string, ExploreDimension> = {
  region: { kind: 'scope', level: 'region' },
  province: { kind: 'scope', level: 'province' },
  city: { kind: 'scope', level: 'city' },
  dealer: { kind: 'scope', level: 'dealer' },
  quarter: { kind: 'time', grain: 'quarter' },
  year: { kind: 'time', grain: 'year' },
  factor: { kind: 'indicator', show: 'factors' },
  item: { kind: 'indicator', show: 'items' },
  tree: { kind: 'indicator', show: 'all' },
  channel: { kind: 'channel' },
};

/** `region`, `quarter`, … or an attribute: `@age`, `@purchase-year:2018,2021`. */
function dimension(text: string, before: ExploreDimension[] = []): ExploreDimension[] {
  if (text.startsWith('@')) {
    const [code, bands] = text.slice(1).split(':');
    const limits = bands?.split(',').map(numberArgument);
    return [...before, { kind: 'attribute', code: code!, ...(limits && { bands: limits }) }];
  }
  const known = DIMENSIONS[text];
  if (!known) {
    const names = Object.keys(DIMENSIONS).join(', ');
    throw new BadValue({ zh: ` ${names} 或 @属性`, en: `one of ${names} or @attribute` });
  }
  return [...before, known];
}

interface TableOptions extends PlaceOptions {
  rows?: ExploreDimension[];
  columns?: ExploreDimension[];
  measure?: ExploreMeasure[];
  against?: Channel;
  sort?: number;
  ascending: boolean;
  limit: number;
  bases: boolean;
  uncorrected: boolean;
  out?: string;
}

/** Adds `explore` and `attributes`. */
export function addExploreCommands(program: Program): void {
  const { csi, t, run } = program;
  const dimensions = Object.keys(DIMENSIONS).join(', ');
  const table = placeOptions(csi.command('explore'), program)
    .description(
      t(
        '任意地区、时间、指标、渠道和回答的表格',
        'a table of any areas, times, indicators, channels and answers',
      ),
    )
    .option(
      '--rows <dimension>',
      t(`${dimensions} 或 @属性；写两次为嵌套`, `${dimensions} or @attribute; twice to nest`),
      dimension,
    )
    .option('--columns <dimension>', t('同 --rows', 'as --rows'), dimension)
    .addOption(new Option('--measure <measure...>', t('一个或两个', 'one or two')).choices(EXPLORE_MEASURES))
    .addOption(
      new Option(
        '--against <channel>',
        t('数值 against-channel 与哪个渠道相比', 'the other channel of the measure against-channel'),
      ).choices(CHANNELS),
    )
    .option(
      '--sort <column>',
      t('按第几列排序，首列为 0', 'number of the column to sort by, the first is 0'),
      offsetArgument,
    )
    .option('--ascending', t('从小到大', 'the smallest first'), false)
    .option('--limit <rows>', t('最多多少行', 'at most so many rows'), wholeArgument, 500)
    .option(
      '--bases',
      t(
        '每个数字旁列出误差、样本量和有效样本量',
        'print margin, base and effective base of every figure beside it',
      ),
      false,
    )
    .option(
      '--uncorrected',
      t('标记显著时不校正检验次数', 'mark differences without allowing for the number of tests'),
      false,
    )
    .option('--out <file>', t('写入 .xlsx 或 .csv', 'write an .xlsx or .csv file instead'), tableFile)
    .action((options: TableOptions) => run((session) => explore(session, options)));
  examples(
    table,
    program,
    'explore --rows region --columns quarter --measure score against-rest',
    'explore --rows @age --columns @gender --channel in-house --bases',
    'explore --rows factor --channel in-house --measure score against-channel --against third-party',
    'explore --rows province --rows city --filter gender=女 --channel in-house --out table.xlsx',
  );
  const attributes = csi
    .command('attributes')
    .description(
      t(
        '可用于 explore、--filter 和样本的属性及其取值',
        'the attributes for explore, --filter and samples, with their values',
      ),
    )
    .addOption(channelOption(program))
    .action((options: { channel?: Channel }) => run((session) => listAttributes(session, options.channel)));
  examples(attributes, program, 'attributes --channel in-house');
}

async function listAttributes({ call, output, scheme }: Session, channel?: Channel): Promise<void> {
  const { attributes } = await call('explore.options', { scheme: await scheme() });
  const asked = attributes.filter((one) => channel === undefined || one.channel === channel);
  output.value(asked);
  output.table(
    [
      { zh: '渠道', en: 'Channel' },
      { zh: '代码', en: 'Code' },
      { zh: '属性', en: 'Attribute' },
      { zh: '取值', en: 'Values' },
    ],
    asked.map((one) => [
      output.pick(CHANNEL_NAMES[one.channel]),
      one.code,
      output.pick(one.label),
      one.values
        .map(({ value, label }) => (output.pick(label) === value ? value : `${value} ${output.pick(label)}`))
        .join(output.pick({ zh: '、', en: ', ' })),
    ]),
  );
}

async function explore(
  { call, output, scheme, scores, display, basis }: Session,
  options: TableOptions,
): Promise<void> {
  const { rows = [], columns = [], measure = ['score'], against, sort, limit } = options;
  const { scope, from, to, indicator, channel, filter: attributes = [] } = options;
  const order = options.ascending ? ('ascending' as const) : ('descending' as const);
  const query = {
    scheme: await scheme(),
    rows,
    columns,
    measures: measure,
    ...(against && { against }),
    limit,
    falseDiscovery: !options.uncorrected,
    basis: await basis(options),
    filters: {
      scope,
      indicator,
      attributes,
      ...(from && { from }),
      ...(to && { to }),
      ...(channel && { channel }),
    },
    ...(sort !== undefined && { sort: { column: sort, measure: 0, order } }),
  };
  if (options.out !== undefined) {
    const format = options.out.toLowerCase().endsWith('.csv') ? ('csv' as const) : ('xlsx' as const);
    const written = await call('explore.export', {
      query,
      path: resolve(options.out),
      format,
      language: output.language,
      display,
    });
    output.value(written);
    sayWritten(output, written);
    return;
  }
  const table = await call('explore.table', query);
  output.value(table);
  const place = { channel, indicator };
  printTable(output, await scores(), { table, place, bases: options.bases });
}

const MARKS = { higher: '▲', lower: '▼', none: '' } as const;
interface PrintedTable {
  table: ExploreTable;
  /** Of the whole table, where neither its rows nor its columns say. */
  place: { channel?: Channel; indicator: string };
  bases: boolean;
}

function printTable(output: Output, texts: ScoreTexts, { table, place, bases }: PrintedTable): void {
  const heads = table.rowHeads.length > 0 ? table.rowHeads : [{ zh: '', en: '' }];
  const words = (labels: { zh: string; en: string }[]) => ({
    zh: labels.map((label) => label.zh).join(' · '),
    en: labels.map((label) => label.en).join(' · '),
  });
  const named = table.columns.flatMap((column) => [
    ...table.measures.map((measure) => {
      const name = SCALED.has(measure.unit) ? texts.titled(measure.name) : measure.name;
      return table.columnHeads.length === 0
        ? name
        : words([...column.labels, ...(table.measures.length > 1 ? [name] : [])]);
    }),
    ...(bases ? BASE_HEADS : []),
  ]);
  output.table(
    [...heads, ...named],
    table.rows.map((row, r) => [
      ...row.labels.map((label) => output.pick(label)),
      ...table.columns.flatMap((column, c) => {
        const cell = table.cells[r]![c] ?? null;
        const as = texts.of(
          column.place.channel ?? row.place.channel ?? place.channel ?? table.channels[0],
          column.place.indicator ?? row.place.indicator ?? place.indicator,
        );
        const figures = table.measures.map((__, m) => figure(table, cell, m, as));
        if (!bases) return cell?.score?.tier === 'grey' && !output.csv ? figures.map(starred) : figures;
        return [...figures, ...baseCells(cell, as)];
      }),
    ]),
  );
  for (const note of table.notes) output.say(note);
  texts.legend();
}

const SCALED: ReadonlySet<string> = new Set(['score', 'points']);

const BASE_HEADS = [
  { zh: '±误差', en: '± margin' },
  { zh: '样本量', en: 'Base' },
  { zh: '有效样本量', en: 'Effective base' },
];

const starred = (text: string) => `${text} *`;

function baseCells(cell: ExploreCell | null, as: ScoreFormat): string[] {
  const score = cell?.score;
  return score ? [as.length(score.margin100), `${score.n}`, score.nEff.toFixed(1)] : ['', '', ''];
}

function figure(table: ExploreTable, cell: ExploreCell | null, m: number, as: ScoreFormat): string {
  const value = cell?.score ? cell.values[m] : null;
  if (value === null || value === undefined) return cell === null ? '' : NOTHING;
  const { unit, code } = table.measures[m]!;
  const mark = MARKS[cell!.marks[m] ?? 'none'];
  if (unit === 'score') return `${mark}${as.figure(value)}`;
  if (unit === 'points') return `${mark}${code === 'margin' ? as.length(value) : as.points(value)}`;
  const text = unit === 'count' && code === 'n' ? String(value) : value.toFixed(1);
  return `${mark}${unit === 'deviations' && value >= 0 ? '+' : ''}${text}`;
}
