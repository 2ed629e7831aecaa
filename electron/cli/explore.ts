// The free analysis from the command line: a table of any dimensions and measures, and the trace of a figure.
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  EXPLORE_MEASURES,
  type ExploreCell,
  type ExploreDimension,
  type ExploreMeasure,
  type ExploreTable,
} from '../../shared/calls/explore.ts';
import { explainDisplay } from '../../shared/domain/explain-figure.ts';
import { formatQuarter, parseQuarter } from '../../shared/domain/quarter.ts';
import type { ScoreFormat } from '../../shared/domain/score/score-format.ts';
import { CHANNELS, type Channel } from '../../shared/domain/study-mapping.ts';
import type { Output } from './output.ts';
import { NOTHING, type ScoreTexts } from './score.ts';
import { numberArgument, type Session } from './session.ts';

type Run = (work: (session: Session) => Promise<void>) => Promise<void>;

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
  if (!known) throw new InvalidArgumentError(`${Object.keys(DIMENSIONS).join(', ')}, @attribute`);
  return [...before, known];
}

type Filter = { code: string; values: string[] };

/** `gender=女,男`; nothing after the sign for those without an answer. */
function filter(text: string, before: Filter[] = []): Filter[] {
  const cut = text.indexOf('=');
  if (cut < 1) throw new InvalidArgumentError('attribute=value,value');
  return [...before, { code: text.slice(0, cut), values: text.slice(cut + 1).split(',') }];
}

function quarter(text: string): number {
  const found = parseQuarter(text);
  if (found === undefined) throw new InvalidArgumentError('2026Q3');
  return found;
}

interface PlaceOptions {
  scope: string;
  from?: number;
  to?: number;
  indicator: string;
  channel?: Channel;
  filter?: Filter[];
}

interface TableOptions extends PlaceOptions {
  rows?: ExploreDimension[];
  columns?: ExploreDimension[];
  measure?: ExploreMeasure[];
  sort?: number;
  ascending: boolean;
  limit: number;
  bases: boolean;
  out?: string;
}

function placeOptions(command: Command): Command {
  return command
    .option('--scope <scope>', 'overall, region:…, province:…, city:…, dealer:…', 'overall')
    .option('--from <quarter>', '2025Q4; the latest without it', quarter)
    .option('--to <quarter>', '2026Q3', quarter)
    .option('--indicator <code>', 'an indicator; the index without it', '')
    .option('--filter <attribute=values>', 'gender=女; again for another attribute', filter)
    .addOption(new Option('--channel <channel>', 'channel').choices(CHANNELS));
}

export function addExploreCommands(csi: Command, run: Run): void {
  placeOptions(csi.command('explore'))
    .description('a table of any areas, times, indicators, channels and answers')
    .option(
      '--rows <dimension>',
      `${Object.keys(DIMENSIONS).join(', ')} or @attribute; twice to nest`,
      dimension,
    )
    .option('--columns <dimension>', 'as --rows', dimension)
    .addOption(new Option('--measure <measure...>', 'one or two').choices(EXPLORE_MEASURES))
    .option('--sort <column>', 'number of the column to sort by, the first is 0', numberArgument)
    .option('--ascending', 'the smallest first', false)
    .option('--limit <rows>', 'at most so many rows', numberArgument, 500)
    .option('--bases', 'print margin, base and effective base of every figure beside it', false)
    .option('--out <file>', 'write an .xlsx or .csv file instead')
    .action((options: TableOptions) => run((session) => explore(session, options)));

  placeOptions(csi.command('trace'))
    .description('how a figure was computed, and the rows behind it')
    .option('--rows <count>', 'rows to print', numberArgument, 20)
    .option('--offset <count>', 'rows to pass over', numberArgument, 0)
    .action((options: PlaceOptions & { rows: number; offset: number }) =>
      run((session) => trace(session, options)),
    );
}

async function explore(
  { call, output, scheme, scores, display }: Session,
  options: TableOptions,
): Promise<void> {
  const { rows = [], columns = [], measure = ['score'], sort, limit } = options;
  const { scope, from, to, indicator, channel, filter: attributes = [] } = options;
  const order = options.ascending ? ('ascending' as const) : ('descending' as const);
  const query = {
    scheme: await scheme(),
    rows,
    columns,
    measures: measure,
    limit,
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
    output.say({ zh: `已写入 ${written.file}`, en: `Written: ${written.file}` });
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

async function trace(
  { call, output, scheme, display }: Session,
  options: PlaceOptions & { rows: number; offset: number },
): Promise<void> {
  const { channels } = await call('catalog.get', {});
  const channel = options.channel ?? channels[0]?.channel ?? 'third-party';
  const last = channels.find((one) => one.channel === channel)?.quarters.at(-1) ?? 0;
  const { scope, indicator, filter: attributes = [], to = last, from = to } = options;
  const asked = { scheme: await scheme(), channel, scope, indicator, attributes, from, to };
  const found = await call('trace.get', asked);
  const behind = await call('trace.rows', { ...asked, offset: options.offset, limit: options.rows });
  output.value({ ...found, rows: behind });
  output.say(found.title);
  if (found.hidden) output.say({ zh: '样本太少，不显示。', en: 'The base is too small to show.' });
  const shown = found.score && explainDisplay(found.score, display, found.scale);
  for (const { title, text } of shown ? [...found.steps, shown] : found.steps)
    output.say({ zh: `${title.zh}：${text.zh}`, en: `${title.en}: ${text.en}` });
  output.table(
    [
      { zh: '文件', en: 'File' },
      { zh: '行', en: 'Row' },
      { zh: '季度', en: 'Quarter' },
      { zh: '单店', en: 'Dealer' },
      { zh: '权重', en: 'Weight' },
      ...behind.items.map((item) => item.name),
    ],
    behind.rows.map((row) => [
      row.fileName,
      row.sourceRow,
      formatQuarter(row.quarter),
      output.pick(row.dealer),
      row.weight,
      ...row.answers.map((answer) => (answer ? answer.native : NOTHING)),
    ]),
  );
}
