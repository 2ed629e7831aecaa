// The planner's year from the command line: suggest, keep, approve, export, follow and assess a plan.
import { readFileSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CallInput, CallName, CallOutput, PlanRequest } from '../shared/contract.ts';
import { formatQuarter } from '../shared/domain/quarter.ts';
import { CHANNELS, type Channel } from '../shared/domain/study-mapping.ts';
import { priceSentence } from '../shared/report/plan-words.ts';
import type { AssessmentRow, AssessmentView, PlanProgress, PlanView } from '../shared/views.ts';
import type { Output } from './cli-output.ts';

/** What a command is given: calls, a place to print, the chosen scheme. */
export interface PlanSession {
  output: Output;
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  scheme(): Promise<number>;
}

type Run = (work: (session: PlanSession) => Promise<void>) => Promise<void>;

const MOST_CELLS = 10;
const points = (value: number) => value.toFixed(1);
const signed = (value: number) => `${value >= 0 ? '+' : ''}${value.toFixed(2)}`;
const percent = (share: number) => `${(share * 100).toFixed(Math.abs(share) >= 0.01 ? 1 : 2)}%`;

export function printPlan(output: Output, plan: PlanView): void {
  const { input } = plan;
  output.say({
    zh: `\n${input.year} 年计划：总体满意度 ${points(plan.baseline)} → ${points(plan.target)}`,
    en: `\nPlan ${input.year}: overall satisfaction ${points(plan.baseline)} → ${points(plan.target)}`,
  });
  if (plan.outcome === 'infeasible') {
    printObstacles(output, plan);
    return;
  }
  output.say({
    zh: `需追加资源：现有资源的 ${percent(plan.totalCost)}；再提高 1 分需 ${percent(plan.shadowPrice ?? 0)}。`,
    en: `Additional resource: ${percent(plan.totalCost)} of the present one; one more point costs ${percent(plan.shadowPrice ?? 0)}.`,
  });
  for (const price of plan.prices.filter(({ kind }) => kind !== 'overall-target').slice(0, 5))
    output.say({ zh: priceSentence(price, 'zh-CN'), en: priceSentence(price, 'en') });
  const milestones = plan.milestones.map(
    ({ quarter, score }) => `${formatQuarter(quarter)} ${points(score)}`,
  );
  output.say({ zh: `里程碑：${milestones.join('，')}`, en: `Milestones: ${milestones.join(', ')}` });
  const nameOf = new Map(plan.items.map((item) => [item.code, item.name]));
  const funded = plan.cells.filter((cell) => cell.cost > 0).sort((a, b) => b.cost - a.cost);
  output.table(
    [
      { zh: '地区', en: 'Area' },
      { zh: '工作项', en: 'Work item' },
      { zh: '现状', en: 'Now' },
      { zh: '自然走势', en: 'Drift' },
      { zh: '目标', en: 'Target' },
      { zh: '追加(占本项)', en: 'Extra (of cell)' },
      { zh: '追加(占总追加)', en: 'Extra (of total)' },
    ],
    funded
      .slice(0, MOST_CELLS)
      .map((cell) => [
        output.pick(cell.areaName),
        output.pick(nameOf.get(cell.indicator) ?? { zh: cell.indicator, en: cell.indicator }),
        points(cell.baseline),
        cell.drift === null ? '—' : points(cell.drift),
        points(cell.target),
        percent(cell.extraOfCell),
        percent(cell.extraOfTotal),
      ]),
  );
  if (funded.length > MOST_CELLS)
    output.say({ zh: `  …… 共 ${funded.length} 项`, en: `  … ${funded.length} cells in all` });
}

function printObstacles(output: Output, plan: PlanView): void {
  const most = points(plan.largestReachable ?? plan.reached);
  output.say({ zh: `目标无法达到：最高可达 ${most}。`, en: `The target is out of reach: at most ${most}.` });
  for (const limit of plan.inTheWay.filter(({ kind }) => kind !== 'overall-target')) {
    const name = limit.name ?? { zh: '', en: '' };
    output.say({ zh: `  受限于 ${limit.kind} ${name.zh}`, en: `  held back by ${limit.kind} ${name.en}` });
  }
  for (const { limit, count } of plan.binding)
    output.say({ zh: `  ${count} 项已到 ${limit}`, en: `  ${count} cells at ${limit}` });
}

function printProgress(output: Output, progress: PlanProgress): void {
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '里程碑', en: 'Milestone' },
      { zh: '实际/预测', en: 'Actual/forecast' },
      { zh: '95%区间', en: '95% interval' },
      { zh: '已测', en: 'Measured' },
    ],
    progress.quarters.map((one) => [
      formatQuarter(one.quarter),
      points(one.milestone),
      one.score === null ? '—' : points(one.score),
      one.low95 === null || one.high95 === null ? '—' : `${points(one.low95)} – ${points(one.high95)}`,
      one.measured ? '✓' : '',
    ]),
  );
  if (progress.probability === null) return;
  const odds = percent(progress.probability);
  const target = points(progress.plan.target);
  output.say({
    zh: `达到全年目标 ${target} 分的概率：${odds}。`,
    en: `Probability of reaching the year's target of ${target}: ${odds}.`,
  });
}

function printAssessment(output: Output, view: AssessmentView): void {
  const verdicts = {
    met: { zh: '达成', en: 'met' },
    'not-met': { zh: '未达成', en: 'not met' },
    indistinguishable: { zh: '无法区分', en: 'cannot be told' },
  };
  const line = (name: string, row: AssessmentRow) => [
    name,
    points(row.planned),
    points(row.actual),
    signed(row.gap),
    `${signed(row.low)} … ${signed(row.high)}`,
    output.pick(verdicts[row.verdict]),
    signed(row.split.drift),
    signed(row.split.execution),
    signed(row.split.effectiveness),
    signed(row.split.noise),
  ];
  const head = (first: { zh: string; en: string }) => [
    first,
    { zh: '计划', en: 'Planned' },
    { zh: '实际', en: 'Actual' },
    { zh: '差距', en: 'Gap' },
    { zh: '95%区间', en: '95% interval' },
    { zh: '结论', en: 'Verdict' },
    { zh: '走势', en: 'Drift' },
    { zh: '执行', en: 'Execution' },
    { zh: '成效', en: 'Effectiveness' },
    { zh: '波动', en: 'Noise' },
  ];
  output.table(head({ zh: '地区', en: 'Area' }), [
    line(output.pick({ zh: '总体', en: 'Overall' }), view.overall),
    ...view.areas.map((area) => line(output.pick(area.name), area)),
  ]);
  output.table(
    head({ zh: '工作项', en: 'Work item' }),
    view.items.map((item) => line(output.pick(item.name), item)),
  );
  for (const one of view.learnt)
    output.say({
      zh: `${one.name.zh}：效果为假设的 ×${one.value.toFixed(2)}（${one.low.toFixed(2)} – ${one.high.toFixed(2)}），建议采用 ×${one.offered.toFixed(2)}`,
      en: `${one.name.en}: effect ×${one.value.toFixed(2)} of the assumed (${one.low.toFixed(2)} – ${one.high.toFixed(2)}), plan with ×${one.offered.toFixed(2)}`,
    });
}

function numberArgument(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number)) throw new InvalidArgumentError('1.5');
  return number;
}

/** Choices beyond the common options, as the screen sends them. */
function readChoices(path: string): Partial<PlanRequest> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Partial<PlanRequest>;
  } catch (error) {
    throw new InvalidArgumentError(`${path}: ${(error as Error).message}`);
  }
}

interface SuggestOptions {
  year: number;
  uplift: number;
  channel?: Channel;
  method: 'diminishing' | 'proportional';
  level: 'region' | 'province' | 'city' | 'dealer';
  within: string;
  ceiling: number;
  largestStep?: number;
  spread?: number;
  budget?: number;
  volumes?: string;
  assumptions?: string;
  choices?: string;
  save?: string;
  approve: boolean;
}

async function suggest({ call, output, scheme }: PlanSession, options: SuggestOptions): Promise<void> {
  const { channels } = await call('catalog.get', {});
  const base: PlanRequest = {
    year: options.year,
    uplift: options.uplift,
    method: options.method,
    ceiling: options.ceiling,
    areaLevel: options.level,
    within: options.within,
    largestStep: options.largestStep ?? null,
    largestSpread: options.spread ?? null,
    budgets: options.budget === undefined ? [] : [{ area: '', most: options.budget / 100 }],
    scheme: await scheme(),
    channel: options.channel ?? channels[0]?.channel ?? 'third-party',
    ...(options.choices === undefined ? {} : readChoices(options.choices)),
  };
  const read = (kind: 'volumes' | 'assumptions', file: string) =>
    call('plan.readTable', {
      scheme: base.scheme,
      areaLevel: base.areaLevel,
      within: base.within,
      kind,
      path: resolve(file),
    });
  if (options.volumes !== undefined) {
    base.volumes = (await read('volumes', options.volumes)).volumes;
    base.volumesFrom = basename(options.volumes);
  }
  if (options.assumptions !== undefined)
    base.rules = [...(base.rules ?? []), ...(await read('assumptions', options.assumptions)).rules];
  let plan = await (options.save === undefined
    ? call('plan.suggest', base)
    : call('plan.save', { ...base, name: options.save }));
  if (options.approve && plan.id !== null) plan = await call('plan.approve', { plan: plan.id });
  output.value(plan);
  printPlan(output, plan);
}

async function list({ call, output }: PlanSession): Promise<void> {
  const plans = await call('plan.list', {});
  output.value(plans);
  output.table(
    [
      { zh: '编号', en: 'Number' },
      { zh: '名称', en: 'Name' },
      { zh: '年度', en: 'Year' },
      { zh: '状态', en: 'State' },
      { zh: '现状', en: 'Now' },
      { zh: '目标', en: 'Target' },
      { zh: '追加', en: 'Extra' },
    ],
    plans.map((one) => [
      one.id,
      one.name,
      one.year,
      one.state,
      points(one.baseline),
      points(one.target),
      percent(one.totalCost),
    ]),
  );
}

async function assess(
  { call, output }: PlanSession,
  plan: number,
  options: { spent?: string; keep: boolean },
): Promise<void> {
  let spent: CallInput<'plan.assess'>['spent'];
  if (options.spent !== undefined) {
    const { input } = await call('plan.get', { plan });
    const { scheme, areaLevel, within } = input;
    const path = resolve(options.spent);
    spent = (await call('plan.readTable', { scheme, areaLevel, within, kind: 'spent', path })).spent;
  }
  const progress = await call('plan.progress', { plan });
  const assessment = await call('plan.assess', { plan, spent, keep: options.keep });
  output.value({ progress, assessment });
  printProgress(output, progress);
  printAssessment(output, assessment);
}

function addSuggest(csi: Command, run: Run): void {
  csi
    .command('plan')
    .description('the annual plan that reaches an uplift with the least additional resource')
    .requiredOption('--year <year>', 'year of the plan', numberArgument)
    .requiredOption('--uplift <points>', 'points of overall satisfaction on 0-100', numberArgument)
    .addOption(new Option('--channel <channel>').choices(CHANNELS as unknown as string[]))
    .addOption(
      new Option('--method <method>').choices(['diminishing', 'proportional']).default('diminishing'),
    )
    .addOption(
      new Option('--level <level>').choices(['region', 'province', 'city', 'dealer']).default('province'),
    )
    .option('--within <scope>', 'only areas below this scope', 'overall')
    .option('--ceiling <score>', 'highest attainable score', numberArgument, 100)
    .option('--largest-step <points>', 'largest rise of a cell', numberArgument)
    .option('--spread <points>', 'largest spread between areas', numberArgument)
    .option('--budget <percent>', 'most additional resource, in percent of the present one', numberArgument)
    .option('--volumes <file>', 'table of area volumes (CSV or Excel)')
    .option('--assumptions <file>', 'table of ceilings, effects, costs, floors … (CSV or Excel)')
    .option('--choices <file>', 'further choices as JSON: rules, targets, budgets, indicators')
    .option('--save <name>', 'keep the plan as a draft')
    .option('--approve', 'approve what was saved', false)
    .action((options: SuggestOptions) => run((session) => suggest(session, options)));
}

/** Adds the commands of plans to the program. */
export function addPlanCommands(csi: Command, run: Run): void {
  addSuggest(csi, run);
  csi
    .command('plans')
    .description('list the plans')
    .action(() => run(list));
  csi
    .command('plan-export')
    .description('a plan as a workbook or as pages')
    .argument('<plan>', 'number of the plan', numberArgument)
    .requiredOption('--out <file>', 'plan.xlsx or plan.pdf')
    .action((plan: number, { out }: { out: string }) =>
      run(async ({ call, output }) => {
        const format = extname(out).toLowerCase() === '.pdf' ? 'pdf' : 'xlsx';
        const { language } = output;
        const written = await call('plan.export', { plan, path: resolve(out), format, language });
        output.value(written);
        output.say({ zh: `已写入 ${written.file}`, en: `Written: ${written.file}` });
      }),
    );
  csi
    .command('assess')
    .description('an approved plan against the year: milestones, verdicts, where the gap comes from')
    .argument('<plan>', 'number of the plan', numberArgument)
    .option('--spent <file>', 'table of what was really spent (CSV or Excel)')
    .option('--keep', 'close the assessment', false)
    .action((plan: number, options: { spent?: string; keep: boolean }) =>
      run((session) => assess(session, plan, options)),
    );
}
