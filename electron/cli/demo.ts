// `csi demo` and `csi create`: how a database begins.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { counted } from '../../shared/domain/counted.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { printAlerts } from './alerts.ts';
import { wholeArgument } from './arguments.ts';
import { printForecasts } from './forecast.ts';
import { printPlan } from './plan-print.ts';
import { examples, type Program } from './program.ts';
import { printReports } from './report.ts';
import { PROJECT, type Session } from './session.ts';
import { printStanding } from './standing.ts';

/** Adds `demo`, `create` and `status`. */
export function addDemoCommand(program: Program): void {
  const { csi, t, alone, run } = program;
  const demo = csi
    .command('demo')
    .description(
      t('在新文件夹中用示例研究走完全流程', 'the whole main job on the sample studies in a fresh folder'),
    )
    .option('--folder <folder>', t('工作文件夹', 'where to work'), 'csi-demo')
    .option('--limit <dealers>', t('最多生成多少家报告', 'at most so many reports'), wholeArgument)
    .action((options: { folder: string; limit?: number }) => {
      const folder = resolve(options.folder);
      return alone((session) => runDemo(session, folder, options.limit), folder);
    });
  examples(demo, program, 'demo', 'demo --folder trial --limit 10');
  const create = csi
    .command('create')
    .description(t('新建一个空数据库', 'make a new, empty database'))
    .argument('<file>', t('数据库文件，如 satisfaction.csi', 'such as satisfaction.csi'))
    .action((file: string) =>
      alone(async ({ call, output }) => {
        const status = await call('app.create', { path: resolve(file) });
        output.value(status.database);
        const path = status.database!.path;
        output.say({ zh: `已新建 ${path}`, en: `Made: ${path}` });
      }),
    );
  examples(
    create,
    program,
    'create satisfaction.csi',
    '--db satisfaction.csi import 2026Q3.xlsx --mapping third-party.json',
  );
  const status = csi
    .command('status')
    .description(t('数据库里有什么', 'what the database holds'))
    .action(() => run(printStatus));
  examples(status, program, '--db satisfaction.csi status');
}

async function printStatus({ call, output }: Session): Promise<void> {
  const { database } = await call('app.status', {});
  const { channels, schemes, quarters, weightSet } = await call('catalog.get', {});
  output.value({ database, channels, schemes, quarters, weightSet });
  const { path, bytes, counts, readonly } = database!;
  const size = (bytes / 1e6).toFixed(1);
  output.say({
    zh: `${path}：${size} MB，${counts.studies} 项研究，${counts.batches} 批，${counts.responses} 份答卷，${counts.dealers} 家经销商${readonly ? '；只能读取' : ''}`,
    en: `${path}: ${size} MB, ${counted(counts.studies, 'study', 'studies')}, ${counted(counts.batches, 'batch', 'batches')}, ${counted(counts.responses, 'respondent')}, ${counted(counts.dealers, 'dealer')}${readonly ? '; read-only' : ''}`,
  });
  output.table(
    [
      { zh: '渠道', en: 'Channel' },
      { zh: '研究', en: 'Studies' },
      { zh: '季度', en: 'Quarters' },
      { zh: '题项', en: 'Items' },
      { zh: '原量表', en: 'Own scale' },
    ],
    channels.map((one) => [
      `${output.pick(one.name)} [${one.channel}]`,
      one.studies.map(({ name }) => output.pick(name)).join(', '),
      one.quarters.length === 0
        ? '—'
        : `${formatQuarter(one.quarters[0]!)} … ${formatQuarter(one.quarters.at(-1)!)} (${one.quarters.length})`,
      one.items.length,
      `${one.scale.min}–${one.scale.max}`,
    ]),
  );
}

/** In a checkout the sample studies are made when they are first wanted; an installed program carries them. */
function makeSample(): void {
  const script = join(PROJECT, 'test/support/build.ts');
  if (existsSync(script))
    spawnSync(process.execPath, [script, '--if-stale', 'sample'], { stdio: ['ignore', 2, 2] });
}

/** The whole main job, without a window: import, standing, forecast and alerts, plan, reports, list of what was made. */
async function runDemo(
  { call, output, scores, display }: Session,
  folder: string,
  limit: number | undefined,
): Promise<void> {
  makeSample();
  const { database } = await call('app.sample', { fresh: true });
  const { schemes, channels } = await call('catalog.get', {});
  const batches = await call('import.batches', {});
  output.table(
    [
      { zh: '渠道', en: 'Channel' },
      { zh: '文件', en: 'Files' },
      { zh: '行数', en: 'Rows' },
    ],
    channels.map(({ channel, name }) => {
      const own = batches.filter((batch) => batch.channel === channel);
      return [output.pick(name), own.length, own.reduce((sum, batch) => sum + batch.rowsLoaded, 0)];
    }),
  );
  const scheme = schemes.find((one) => one.regions > 0)!.id;
  const overview = await call('overview.get', { scheme, scope: 'overall' });
  const texts = await scores();
  printStanding(output, texts, overview);
  const forecasts = await call('forecast.table', { scheme, level: 'overall', indicator: '' });
  printForecasts(output, texts, forecasts);
  const alerts = await call('alerts.list', { scheme, quarter: overview.quarter });
  printAlerts(output, texts, alerts);
  const year = Math.floor(overview.quarter / 4) + 1;
  const plan = await call('plan.save', {
    year,
    channel: channels[0]!.channel,
    scheme,
    uplift: 2,
    name: `${year}`,
  });
  printPlan(output, plan);
  const reports = await call('reports.run', {
    scheme,
    language: output.language,
    display,
    folder: join(folder, 'reports'),
    limit,
  });
  printReports(output, reports);
  const made = [
    database!.path,
    join(folder, 'reports', 'manifest.csv'),
    ...reports.files.slice(0, 4).map((file) => join(folder, 'reports', file.file)),
  ];
  output.say({ zh: `\n已生成：\n  ${made.join('\n  ')}\n  ……`, en: `\nMade:\n  ${made.join('\n  ')}\n  …` });
  output.value({ database, overview, forecasts, alerts, plan, reports });
}
