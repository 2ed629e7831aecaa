// Customers who left, from the command line: service visits in, who stopped coming out, and why sales were lost.

import { resolve } from 'node:path';
import type { Change } from '../../shared/calls/figure.ts';
import type { LossUnit, LostSales, VisitLoss, VisitPreview } from '../../shared/calls/lost.ts';
import { counted } from '../../shared/domain/counted.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { DEFAULT_LAPSE_RULES, formatMonth } from '../../shared/domain/visits/lapse.ts';
import { BadValue, quarterArgument, tableFile, wholeArgument } from './arguments.ts';
import type { Output } from './output.ts';
import { basisOptions, examples, type Program, scopeText } from './program.ts';
import { MARKS, NOTHING, type ScoreTexts } from './score.ts';
import type { BasisOptions, Session } from './session.ts';
import { sayWritten } from './written.ts';

interface LostOptions extends BasisOptions {
  import?: string;
  preview: boolean;
  acceptGoodRows: boolean;
  scope: string;
  month?: number;
  marginal: number;
  lost: number;
  permanent: number;
  sales: boolean;
  quarter?: number;
  out?: string;
  tables?: string;
  limit: number;
}

function monthArgument(text: string): number {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (!match) throw new BadValue({ zh: '一个月份，如 2026-08', en: 'a month such as 2026-08' });
  return Number(match[1]) * 12 + Number(match[2]) - 1;
}

/** Adds `lost`. */
export function addLostCommands(program: Program): void {
  const { csi, t, run } = program;
  const usual = DEFAULT_LAPSE_RULES;
  const after = (zh: string, en: string) => t(`多少个月未进店算${zh}`, `${en} after so many months`);
  const command = csi
    .command('lost')
    .description(
      t(
        '离开的客户：谁不再进店，以及战败的原因',
        'customers who left: who stopped coming to service, and why sales were lost',
      ),
    )
    .option(
      '--import <file>',
      t('先导入进店记录（CSV 或 Excel）', 'bring a file of service visits in first (CSV or Excel)'),
    )
    .option(
      '--preview',
      t('与 --import 合用：只看会导入什么', 'with --import: show what would be loaded, write nothing'),
      false,
    )
    .option(
      '--accept-good-rows',
      t('有错误时只导入无误的行', 'load the good rows of a file with faults'),
      false,
    )
    .option('--scope <scope>', scopeText(program), 'overall')
    .option(
      '--month <month>',
      t('月份，如 2026-08；默认最近有记录的月份', '2026-08; the last one with visits without it'),
      monthArgument,
    )
    .option('--marginal <months>', after('边缘', 'marginal'), wholeArgument, usual.marginalAfter)
    .option('--lost <months>', after('流失', 'lost'), wholeArgument, usual.lostAfter)
    .option(
      '--permanent <months>',
      after('永久流失', 'permanently lost'),
      wholeArgument,
      usual.permanentAfter,
    )
    .option(
      '--sales',
      t('改看战败：原因、竞品品牌、阶段', 'sales lost to other brands: reasons, brands, stages'),
      false,
    )
    .option('--quarter <quarter>', t('与 --sales 合用：季度', 'with --sales: the quarter'), quarterArgument)
    .option(
      '--out <file>',
      t('把边缘客户名单写入 .xlsx 或 .csv', 'write the customers at the margin to a file, .xlsx or .csv'),
      tableFile,
    )
    .option(
      '--tables <file>',
      t('把打印的内容写成 .xlsx 或 .csv 表格', 'write what is printed as tables, .xlsx or .csv'),
      tableFile,
    )
    .option(
      '--limit <rows>',
      t('最多列出多少家经销商和顾问', 'print at most so many dealers and advisers'),
      wholeArgument,
      15,
    )
    .action((options: LostOptions) => run((session) => lost(session, options)));
  basisOptions(command, program);
  examples(
    command,
    program,
    'lost --import service-visits.csv',
    'lost --scope region:S --month 2026-08 --out margin.xlsx',
    'lost --sales --quarter 2026Q3 --tables lost-sales.xlsx',
  );
}

async function lost(
  { call, output, scheme, scores, display, basis }: Session,
  options: LostOptions,
): Promise<void> {
  if (options.import !== undefined && options.preview) {
    const preview = await call('visits.preview', { path: resolve(options.import) });
    output.value(preview);
    printPreview(output, preview);
    return;
  }
  if (options.import !== undefined) {
    const batch = await call('visits.import', {
      path: resolve(options.import),
      acceptGoodRows: options.acceptGoodRows,
    });
    output.say({
      zh: `第 ${batch.id} 批：${batch.rowsLoaded} 次进店`,
      en: `Batch ${batch.id}: ${counted(batch.rowsLoaded, 'visit')}`,
    });
  }
  const place = { scheme: await scheme(), scope: options.scope };
  if (options.sales) {
    const sold = { ...place, quarter: options.quarter, basis: await basis(options) };
    const sales = await call('lost.sales', sold);
    output.value(sales);
    printSales(output, sales);
    printAreas(output, await scores(), sales);
    if (options.tables !== undefined) {
      const path = resolve(options.tables);
      sayWritten(
        output,
        await call('lost.exportSales', { ...sold, path, language: output.language, display }),
      );
    }
    return;
  }
  const { marginal, lost: lostAfter, permanent } = options;
  const rules = {
    ...DEFAULT_LAPSE_RULES,
    marginalAfter: marginal,
    lostAfter,
    permanentAfter: Math.max(permanent, lostAfter),
  };
  const asked = { ...place, month: options.month, rules };
  const loss = await call('lost.visits', asked);
  output.value(loss);
  printLoss(output, loss, options.limit);
  const { language } = output;
  if (options.tables !== undefined) {
    const path = resolve(options.tables);
    sayWritten(output, await call('lost.exportLoss', { ...asked, path, language }));
  }
  if (options.out !== undefined) {
    const path = resolve(options.out);
    sayWritten(output, await call('lost.exportMargin', { ...asked, path, language }));
  }
}

const percent = (share: number | null) => (share === null ? '—' : `${(100 * share).toFixed(1)} %`);

function printLoss(output: Output, loss: VisitLoss, limit: number): void {
  if (loss.lastMonth === null) {
    output.say({ zh: '还没有导入进店记录。', en: 'No service visits have been imported.' });
    return;
  }
  const { active, marginal, lost: gone, permanent } = loss.total.states;
  const { A, B, C, D } = loss.total.classes;
  output.say({
    zh: `\n${formatMonth(loss.month)}：活跃 ${active}，边缘 ${marginal}，流失 ${gone}，永久流失 ${permanent}；流失率 ${percent(loss.rate)}；A ${A} B ${B} C ${C} D ${D}`,
    en: `\n${formatMonth(loss.month)}: ${active} active, ${marginal} marginal, ${gone} lost, ${permanent} permanently; loss rate ${percent(loss.rate)}; A ${A} B ${B} C ${C} D ${D}`,
  });
  output.table(
    [
      { zh: '月份', en: 'Month' },
      { zh: '活跃', en: 'Active' },
      { zh: '当月流失', en: 'Loss figure' },
      { zh: '新进入', en: 'Entered' },
      { zh: '回店', en: 'Returned' },
    ],
    loss.months
      .slice(-12)
      .map((one) => [formatMonth(one.month), one.active, one.marginal, one.entered, one.returned]),
  );
  printUnits(output, { zh: '经销商', en: 'Dealer' }, loss.dealers.slice(0, limit));
  printUnits(output, { zh: '服务顾问', en: 'Adviser' }, loss.advisers.slice(0, limit));
}

function printUnits(output: Output, head: Bilingual, units: readonly LossUnit[]): void {
  output.table(
    [head, { zh: '客户', en: 'Customers' }, { zh: '流失率', en: 'Loss rate' }, { zh: '位置', en: 'Funnel' }],
    units.map((unit) => [
      unit.within ? `${output.pick(unit.within)} · ${output.pick(unit.name)}` : output.pick(unit.name),
      unit.n,
      percent(unit.rate),
      unit.funnel ?? '—',
    ]),
  );
}

function printPreview(output: Output, { counts, problems, issues, unmatched }: VisitPreview): void {
  output.say({
    zh: `读取 ${counts.read} 行，可导入 ${counts.accepted}，拒绝 ${counts.rejected}；${counts.customers} 位客户，${counts.dealers} 家经销商`,
    en: `${counted(counts.read, 'row')} read, ${counts.accepted} can be loaded, ${counts.rejected} rejected; ${counted(counts.customers, 'customer')}, ${counted(counts.dealers, 'dealer')}`,
  });
  for (const problem of problems) output.say(problem);
  for (const issue of issues.slice(0, 20)) output.say(issue.message);
  for (const { name, nearest } of unmatched) {
    const near = nearest.map((one) => `${one.name} [${one.code}]`).join(' · ');
    output.say({ zh: `  未识别：${name} → ${near}`, en: `  unknown: ${name} → ${near}` });
  }
}

const points = ({ points100, margin100, significance }: Change) =>
  `${points100 >= 0 ? '+' : ''}${points100.toFixed(1)}${margin100 === undefined ? '' : ` ±${margin100.toFixed(1)}`}${MARKS[significance]}`;

function printSales(output: Output, sales: LostSales): void {
  for (const note of sales.notes) output.say(note);
  const told = sales.parts.filter(({ label }) => label !== null);
  if (told.length === 0)
    output.say({ zh: '还没有导入战败客户研究。', en: 'No study of lost sales has been imported.' });
  for (const part of told) {
    output.say({
      zh: `\n${formatQuarter(sales.quarter)} ${part.label!.zh}（${part.n} 人）`,
      en: `\n${formatQuarter(sales.quarter)} ${part.label!.en} (${part.n})`,
    });
    if (part.shares.length === 0)
      output.say({ zh: '样本太少，不显示。', en: 'The base is too small to show.' });
    else
      output.table(
        [
          part.label!,
          { zh: '占比', en: 'Share' },
          { zh: '95%区间', en: '95% interval' },
          { zh: '上季', en: 'Before' },
          { zh: '变化（百分点）', en: 'Change, percentage points' },
        ],
        part.shares.map((one) => [
          output.pick(one.label),
          `${percent(one.share)}${part.tier === 'grey' ? ' *' : ''}`,
          `${percent(one.low)} – ${percent(one.high)}`,
          percent(one.before),
          one.change ? points(one.change) : NOTHING,
        ]),
      );
  }
}

/** The places below, each with its first reason and what those who bought say there. */
function printAreas(output: Output, texts: ScoreTexts, sales: LostSales): void {
  const reasons = sales.parts.find(({ role, label }) => role === 'reason' && label !== null);
  if (!reasons) return;
  const bought = sales.boughtChannels;
  output.table(
    [
      { zh: '地区', en: 'Area' },
      { zh: '战败人数', en: 'Lost' },
      { zh: '首要原因', en: 'First reason' },
      { zh: '占比', en: 'Share' },
      { zh: '95%区间', en: '95% interval' },
      ...texts.scoreHeads({ zh: '战败客户', en: 'Of those lost' }),
      ...bought.flatMap(({ name }) => [
        ...texts.scoreHeads(name),
        ...texts.changeHeads({ zh: '购买者减战败者', en: 'Buyers less lost' }),
      ]),
    ],
    sales.areas.map((area) => {
      const shares = area.shares.reason;
      const most = shares.reduce<number>(
        (best, one, k) => ((one?.share ?? -1) > (shares[best]?.share ?? -1) ? k : best),
        0,
      );
      const first = shares[most] ?? null;
      return [
        output.pick(area.name),
        area.n,
        first ? output.pick(reasons.shares[most]!.label) : NOTHING,
        percent(first?.share ?? null),
        first ? `${percent(first.low)} – ${percent(first.high)}` : NOTHING,
        ...texts.scoreCells(area.lost, texts.of('lost-sale')),
        ...area.bought.flatMap(({ channel, score, difference }) => [
          ...texts.scoreCells(score, texts.of(channel)),
          ...texts.changeCells(difference, texts.of(channel)),
        ]),
      ];
    }),
  );
  texts.legend();
}
