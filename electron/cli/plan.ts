// The planner's year from the command line: suggest, keep, approve, export, follow and assess a plan.
import { basename, extname, resolve } from 'node:path';
import { Option } from 'commander';
import type { PlanRequest } from '../../shared/calls/plan.ts';
import type { CallInput } from '../../shared/contract.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import { numberArgument, planFile, readJsonFile, wholeArgument } from './arguments.ts';
import { printAssessment, printPlan, printPlans, printProgress } from './plan-print.ts';
import { channelOption, examples, type Program } from './program.ts';
import type { Session } from './session.ts';
import { sayWritten } from './written.ts';

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
  volumeBasis?: 'population' | 'sample';
  assumptions?: string;
  choices?: string;
  save?: string;
  approve: boolean;
}

async function suggest({ call, output, scheme }: Session, options: SuggestOptions): Promise<void> {
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
    ...(options.volumeBasis === undefined ? {} : { volumeBasis: options.volumeBasis }),
    ...(options.choices === undefined ? {} : (readJsonFile(options.choices) as Partial<PlanRequest>)),
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

async function list({ call, output }: Session): Promise<void> {
  const plans = await call('plan.list', {});
  output.value(plans);
  printPlans(output, plans);
}

async function assess(
  { call, output }: Session,
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

function addSuggest(program: Program): void {
  const { csi, t, run } = program;
  const plan = csi
    .command('plan')
    .description(
      t(
        '以最少追加资源达到提升目标的年度计划',
        'the annual plan that reaches an uplift with the least additional resource',
      ),
    )
    .requiredOption('--year <year>', t('计划年度', 'year of the plan'), wholeArgument)
    .requiredOption(
      '--uplift <points>',
      t('总体满意度提升多少分（百分制）', 'points of overall satisfaction on 0-100'),
      numberArgument,
    )
    .addOption(channelOption(program))
    .addOption(
      new Option('--method <method>', t('收益递减或按比例', 'diminishing returns, or proportional'))
        .choices(['diminishing', 'proportional'])
        .default('diminishing'),
    )
    .addOption(
      new Option('--level <level>', t('分解到哪一级', 'areas of the plan'))
        .choices(['region', 'province', 'city', 'dealer'])
        .default('province'),
    )
    .option('--within <scope>', t('只含此范围内的地区', 'only areas below this scope'), 'overall')
    .option('--ceiling <score>', t('可达到的最高分', 'highest attainable score'), numberArgument, 100)
    .option('--largest-step <points>', t('一个单元最多提升多少分', 'largest rise of a cell'), numberArgument)
    .option('--spread <points>', t('地区间最大差距', 'largest spread between areas'), numberArgument)
    .option(
      '--budget <percent>',
      t('追加资源上限，占现有资源的百分比', 'most additional resource, in percent of the present one'),
      numberArgument,
    )
    .addOption(
      new Option(
        '--volume-basis <basis>',
        t('没有体量表时地区按什么计', 'what areas count by without a table'),
      ).choices(['population', 'sample']),
    )
    .option('--volumes <file>', t('地区体量表（CSV 或 Excel）', 'table of area volumes (CSV or Excel)'))
    .option(
      '--assumptions <file>',
      t(
        '上限、效果、成本、下限等假设表（CSV 或 Excel）',
        'table of ceilings, effects, costs, floors … (CSV or Excel)',
      ),
    )
    .option(
      '--choices <file>',
      t(
        '其他选择的 JSON：规则、目标、预算、指标',
        'further choices as JSON: rules, targets, budgets, indicators',
      ),
    )
    .option('--save <name>', t('保存为草案', 'keep the plan as a draft'))
    .option('--approve', t('批准所保存的计划', 'approve what was saved'), false)
    .action((options: SuggestOptions) => run((session) => suggest(session, options)));
  examples(
    plan,
    program,
    'plan --year 2027 --uplift 2',
    'plan --year 2027 --uplift 2 --level region --budget 5 --save "2027 A" --approve',
  );
}

/** Adds the commands of plans. */
export function addPlanCommands(program: Program): void {
  const { csi, t, run } = program;
  addSuggest(program);
  const number = t('计划编号（csi plans）', 'number of the plan, as csi plans lists it');
  const plans = csi
    .command('plans')
    .description(t('列出计划', 'list the plans'))
    .action(() => run(list));
  examples(plans, program, 'plans');
  const write = csi
    .command('plan-export')
    .description(t('把计划写成工作簿或页面', 'a plan as a workbook or as pages'))
    .argument('<plan>', number, wholeArgument)
    .requiredOption('--out <file>', t('plan.xlsx 或 plan.pdf', 'plan.xlsx or plan.pdf'), planFile)
    .action((plan: number, { out }: { out: string }) => run((session) => exportPlan(session, plan, out)));
  examples(write, program, 'plan-export 1 --out plan.xlsx');
  const year = csi
    .command('assess')
    .description(
      t(
        '已批准计划的年度评估：里程碑、结论、差距来源',
        'an approved plan against the year: milestones, verdicts, where the gap comes from',
      ),
    )
    .argument('<plan>', number, wholeArgument)
    .option(
      '--spent <file>',
      t('实际投入表（CSV 或 Excel）', 'table of what was really spent (CSV or Excel)'),
    )
    .option('--keep', t('结束评估', 'close the assessment'), false)
    .action((plan: number, options: { spent?: string; keep: boolean }) =>
      run((session) => assess(session, plan, options)),
    );
  examples(year, program, 'assess 1', 'assess 1 --spent spent.xlsx --keep');
}

async function exportPlan({ call, output }: Session, plan: number, out: string): Promise<void> {
  const format = extname(out).toLowerCase() === '.pdf' ? 'pdf' : 'xlsx';
  const { language } = output;
  const written = await call('plan.export', { plan, path: resolve(out), format, language });
  output.value(written);
  sayWritten(output, written);
}
