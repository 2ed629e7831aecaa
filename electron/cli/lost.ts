// Customers who left, from the command line: service visits in, who stopped coming out, and why sales were lost.
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { WrittenFile } from '../../shared/calls/figure.ts';
import type { LossUnit, LostSales, VisitLoss } from '../../shared/calls/lost.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { DEFAULT_LAPSE_RULES, formatMonth } from '../../shared/domain/visits/lapse.ts';
import type { Output } from './output.ts';
import { numberArgument, type Session } from './session.ts';

type Run = (work: (session: Session) => Promise<void>) => Promise<void>;

interface LostOptions {
  import?: string;
  acceptGoodRows: boolean;
  scope: string;
  month?: number;
  marginal: number;
  lost: number;
  permanent: number;
  sales: boolean;
  out?: string;
  tables?: string;
  limit: number;
}

function monthArgument(text: string): number {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text);
  if (!match) throw new InvalidArgumentError('2026-08');
  return Number(match[1]) * 12 + Number(match[2]) - 1;
}

/** Adds `lost` to the program. */
export function addLostCommands(csi: Command, run: Run): void {
  const usual = DEFAULT_LAPSE_RULES;
  csi
    .command('lost')
    .description('customers who left: who stopped coming to service, and why sales were lost')
    .option('--import <file>', 'bring a file of service visits in first (CSV or Excel)')
    .option('--accept-good-rows', 'load the good rows of a file with faults', false)
    .option('--scope <scope>', 'overall, region:…, province:…, city:…, dealer:…', 'overall')
    .option('--month <month>', '2026-08; the last one with visits without it', monthArgument)
    .option('--marginal <months>', 'marginal after so many months', numberArgument, usual.marginalAfter)
    .option('--lost <months>', 'lost after so many months', numberArgument, usual.lostAfter)
    .option(
      '--permanent <months>',
      'permanently lost after so many months',
      numberArgument,
      usual.permanentAfter,
    )
    .option('--sales', 'sales lost to other brands instead of service customers', false)
    .option('--out <file>', 'write the customers at the margin to a file, .xlsx or .csv')
    .option('--tables <file>', 'write what is printed as tables, .xlsx or .csv')
    .option('--limit <rows>', 'print at most so many dealers and advisers', numberArgument, 15)
    .action((options: LostOptions) => run((session) => lost(session, options)));
}

async function lost(session: Session, options: LostOptions): Promise<void> {
  const { call, output, scheme } = session;
  const { language } = output;
  const tables = options.tables === undefined ? null : resolve(options.tables);
  if (options.import !== undefined) {
    const batch = await call('visits.import', {
      path: resolve(options.import),
      acceptGoodRows: options.acceptGoodRows,
    });
    output.say({
      zh: `第 ${batch.id} 批：${batch.rowsLoaded} 次进店`,
      en: `Batch ${batch.id}: ${batch.rowsLoaded} visits`,
    });
  }
  const place = { scheme: await scheme(), scope: options.scope };
  if (options.sales) {
    const sales = await call('lost.sales', place);
    output.value(sales);
    printSales(output, sales);
    const { display } = session;
    if (tables !== null)
      sayWritten(output, await call('lost.exportSales', { ...place, path: tables, language, display }));
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
  if (tables !== null)
    sayWritten(output, await call('lost.exportLoss', { ...asked, path: tables, language }));
  if (options.out !== undefined)
    sayWritten(output, await call('lost.exportMargin', { ...asked, path: resolve(options.out), language }));
}

function sayWritten(output: Output, { file }: WrittenFile): void {
  output.say({ zh: `已写入 ${file}`, en: `Written: ${file}` });
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

function printSales(output: Output, sales: LostSales): void {
  for (const part of sales.parts) {
    if (!part.label) continue;
    output.say({
      zh: `\n${formatQuarter(sales.quarter)} ${part.label.zh}（${part.n} 人）`,
      en: `\n${formatQuarter(sales.quarter)} ${part.label.en} (${part.n})`,
    });
    output.table(
      [
        part.label,
        { zh: '占比', en: 'Share' },
        { zh: '95%区间', en: '95% interval' },
        { zh: '上季', en: 'Before' },
      ],
      part.shares.map((one) => [
        output.pick(one.label),
        percent(one.share),
        `${percent(one.low)} – ${percent(one.high)}`,
        percent(one.before),
      ]),
    );
  }
}
