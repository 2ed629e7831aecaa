// The planner's year from the command line: suggest, keep, approve, export, follow and assess a plan.
import { readFileSync } from 'node:fs';
import { basename, extname, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { PlanRequest } from '../../shared/calls/plan.ts';
import type { CallInput } from '../../shared/contract.ts';
import { CHANNELS, type Channel } from '../../shared/domain/study-mapping.ts';
import { printAssessment, printPlan, printPlans, printProgress } from './plan-print.ts';
import { numberArgument, type Session } from './session.ts';

type Run = (work: (session: Session) => Promise<void>) => Promise<void>;

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
    .addOption(
      new Option('--volume-basis <basis>', 'what areas count by without a table').choices([
        'population',
        'sample',
      ]),
    )
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
