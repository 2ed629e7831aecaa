#!/usr/bin/env node
// The engine from the command line: every step of the main job is a command, and `csi demo` does them all.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { parseQuarter } from '../shared/domain/quarter.ts';
import { SCORE_DISPLAYS } from '../shared/domain/score/display.ts';
import { CHANNELS, type Channel } from '../shared/domain/study-mapping.ts';
import { addAlertsCommand, printAlerts } from './cli/alerts.ts';
import { addChannelsCommand } from './cli/channels.ts';
import { addExploreCommands } from './cli/explore.ts';
import { printAccuracy, printBacktest, printRefusals, printRepeats, repeatAll } from './cli/forecasts.ts';
import { addImportCommands } from './cli/import.ts';
import { addLostCommands } from './cli/lost.ts';
import { addPlacesCommands } from './cli/places.ts';
import { addPlanCommands } from './cli/plan.ts';
import { printPlan } from './cli/plan-print.ts';
import { addProbeCommands } from './cli/probes.ts';
import { type GlobalOptions, numberArgument, PROJECT, type Session, withSession } from './cli/session.ts';
import { printForecasts, printReports, printStanding } from './cli/standing.ts';
import { addStudyCommands } from './cli/studies.ts';
import { addUpkeepCommands } from './cli/upkeep.ts';

function quarterArgument(text: string): number {
  const quarter = parseQuarter(text);
  if (quarter === undefined) throw new InvalidArgumentError('2026Q3');
  return quarter;
}

interface OverviewOptions {
  scope: string;
  quarter?: number;
  indicator: string;
  channel?: Channel;
}

function program(): Command {
  const csi = new Command('csi')
    .description('客户满意度工作站 · Customer satisfaction workstation')
    .option('--db <file>', 'database file (default: workstation.csi in the data folder)')
    .option('--data <folder>', 'data folder')
    .option(
      '--scheme <code>',
      'region scheme; code@2026-01-01 for a version, code@as-was for each in its time',
    )
    .option('--json', 'print JSON', false)
    .option('--csv', 'print tables as CSV', false)
    .addOption(
      new Option('--display <scale>', 'the scale that scores, differences and margins are printed on')
        .choices(SCORE_DISPLAYS)
        .default('harmonised'),
    )
    .addOption(
      new Option('--language <language>', 'zh-CN or en')
        .choices(['zh-CN', 'en'])
        .default(/^zh/i.test(process.env.LC_ALL ?? process.env.LANG ?? '') ? 'zh-CN' : 'en'),
    );
  const globals = () => csi.opts<GlobalOptions>();
  const channelOption = () => new Option('--channel <channel>').choices(CHANNELS as unknown as string[]);

  csi
    .command('demo')
    .description('the whole main job on the sample studies in a fresh folder')
    .option('--folder <folder>', 'where to work', 'csi-demo')
    .option('--limit <dealers>', 'at most so many reports', numberArgument)
    .action(async (options: { folder: string; limit?: number }) => {
      const folder = resolve(options.folder);
      await withSession({ ...globals(), data: folder }, 'none', (session) =>
        runDemo(session, folder, options.limit),
      );
    });

  addImportCommands(csi, (open, work) => withSession(globals(), open, work));

  csi
    .command('overview')
    .description('where satisfaction stands')
    .option('--scope <scope>', 'overall, region:…, province:…, city:…, dealer:…', 'overall')
    .option('--quarter <quarter>', '2026Q3', quarterArgument)
    .option('--indicator <code>', 'an indicator; the index without it', '')
    .addOption(channelOption())
    .action((options: OverviewOptions) =>
      withSession(globals(), 'open', async ({ call, output, scheme, scores }) => {
        const overview = await call('overview.get', { scheme: await scheme(), ...options });
        output.value(overview);
        printStanding(output, await scores(), overview);
      }),
    );

  csi
    .command('forecast')
    .description('forecast every scope and indicator, raise the alerts of measured quarters')
    .option('--quarter <quarter...>', 'quarters to forecast; the last measured and the next without it')
    .option('--all', 'every quarter that has history', false)
    .option('--repeat', 'forecast the stored runs again and compare every number, storing nothing', false)
    .option('--level <level>', 'level to print', 'region')
    .option('--indicator <code>', 'indicator to print; the index without it', '')
    .addOption(channelOption())
    .action(
      async (options: {
        quarter?: string[];
        all: boolean;
        repeat: boolean;
        level: 'region';
        indicator: string;
        channel?: Channel;
      }) => {
        const quarters = options.all ? ('all' as const) : (options.quarter ?? []).map(quarterArgument);
        await withSession(globals(), 'open', async ({ call, output, scheme, scores }) => {
          const id = await scheme();
          if (options.repeat) {
            const repeats = await repeatAll(call, id, options.channel, quarters);
            output.value(repeats);
            printRepeats(output, repeats);
            return;
          }
          const runs = await call('forecast.run', {
            scheme: id,
            quarters,
            channels: options.channel ? [options.channel] : [],
          });
          const shown = { scheme: id, channel: options.channel, indicator: options.indicator };
          const rows = [
            ...(await call('forecast.table', { ...shown, level: 'overall' })),
            ...(await call('forecast.table', { ...shown, level: options.level })),
          ];
          const refusals = await call('forecast.refusals', { ...shown, level: options.level });
          output.value({ runs, rows, refusals });
          printForecasts(output, await scores(), rows);
          printRefusals(output, refusals);
        });
      },
    );

  addAlertsCommand(csi, (work) => withSession(globals(), 'open', work), quarterArgument, channelOption);

  csi
    .command('backtest')
    .description('past forecasts against what came: all that are stored, or one series made anew')
    .option('--scope <scope>', 'overall, region:…, province:…, city:…, dealer:…')
    .option('--indicator <code>', 'an indicator; the index without it', '')
    .option('--quarters <count>', 'quarters to look back', numberArgument, 8)
    .addOption(channelOption())
    .action((options: { scope?: string; indicator: string; quarters: number; channel?: Channel }) =>
      withSession(globals(), 'open', async ({ call, output, scheme, scores }) => {
        const { scope, indicator, quarters } = options;
        const id = await scheme();
        if (scope === undefined) {
          const rows = await call('forecast.accuracy', { scheme: id, channel: options.channel });
          output.value(rows);
          printAccuracy(output, await scores(), rows);
          return;
        }
        const { channels } = await call('catalog.get', {});
        const channel = options.channel ?? channels[0]?.channel ?? 'third-party';
        const place = { scheme: id, channel, scope, indicator };
        const backtest = await call('forecast.backtest', { ...place, origins: quarters });
        output.value(backtest);
        printBacktest(output, (await scores()).of(channel, indicator), backtest);
      }),
    );

  addExploreCommands(csi, (work) => withSession(globals(), 'open', work));
  addPlanCommands(csi, (work) => withSession(globals(), 'open', work));
  addPlacesCommands(csi, (work) => withSession(globals(), 'open', work));
  addChannelsCommand(csi, (work) => withSession(globals(), 'open', work));
  addLostCommands(csi, (work) => withSession(globals(), 'open', work));
  addProbeCommands(csi, (work) => withSession(globals(), 'open', work));
  addStudyCommands(csi, (work) => withSession(globals(), 'open', work));

  csi
    .command('report')
    .description('make a batch of dealer reports')
    .option('--quarter <quarter>', '2026Q3', quarterArgument)
    .option('--scope <scope>', 'area', 'overall')
    .option('--format <format...>', 'pdf, xlsx', ['pdf', 'xlsx'])
    .option('--out <folder>', 'where to write')
    .option('--limit <dealers>', 'at most so many', numberArgument)
    .option('--resume <batch>', 'continue a batch', numberArgument)
    .action(
      (options: {
        quarter?: number;
        scope: string;
        format: ('pdf' | 'xlsx')[];
        out?: string;
        limit?: number;
        resume?: number;
      }) =>
        withSession(globals(), 'open', async ({ call, output, scheme, display }) => {
          const { out, format, ...chosen } = options;
          const files = await call('reports.run', {
            ...chosen,
            scheme: await scheme(),
            formats: format,
            folder: out ? resolve(out) : undefined,
            language: output.language,
            display,
          });
          output.value(files);
          printReports(output, files);
        }),
    );

  addUpkeepCommands(csi, (work) => withSession(globals(), 'open', work));
  return csi;
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

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write('csi needs Node 24: run it with npx csi or npm run csi from the project folder.\n');
  process.exit(1);
}
await program().parseAsync();
