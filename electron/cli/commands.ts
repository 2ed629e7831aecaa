// The whole program: the options of every command, then the commands, area by area.
import { Command, Option } from 'commander';
import type { Language } from '../../shared/domain/language.ts';
import { SCORE_DISPLAYS } from '../../shared/domain/score/display.ts';
import { addAlertsCommand } from './alerts.ts';
import { BadValue } from './arguments.ts';
import { addChannelsCommand } from './channels.ts';
import { addDemoCommand } from './demo.ts';
import { addExploreCommands } from './explore.ts';
import { addForecastCommands } from './forecast.ts';
import { addImportCommands } from './import.ts';
import { addLostCommands } from './lost.ts';
import { addMappingCommands } from './mappings.ts';
import { addPlacesCommands } from './places.ts';
import { addPlanCommands } from './plan.ts';
import { addProbeCommands } from './probes.ts';
import type { Program } from './program.ts';
import { addRakeCommand } from './rake.ts';
import { addReportCommand } from './report.ts';
import { addSampleCommands } from './samples.ts';
import { addSchemeCommands } from './schemes.ts';
import { type GlobalOptions, withSession } from './session.ts';
import { addOverviewCommand } from './standing.ts';
import { addStudyCommands } from './studies.ts';
import { addTraceCommand } from './trace.ts';
import { addUpkeepCommands } from './upkeep.ts';
import { translateHelp } from './usage.ts';
import { addWeightCommands } from './weights.ts';

/** Every command, with help in one language; it throws what Commander throws and ends no process. */
export function createProgram(language: Language): Command {
  const csi = new Command('csi').exitOverride().configureOutput({ outputError: () => undefined });
  translateHelp(csi, language);
  const t: Program['t'] = (zh, en) => (language === 'en' ? en : zh);
  addGlobalOptions(csi, t, language);
  const globals = () => csi.opts<GlobalOptions>();
  const program: Program = {
    csi,
    t,
    run: (work) => withSession(globals(), 'open', work),
    create: (work) => withSession(globals(), 'create', work),
    alone: (work, data = globals().data) => withSession({ ...globals(), data }, 'none', work),
  };
  addGroups(program);
  return csi;
}

function addGroups(program: Program): void {
  const { csi, t } = program;
  csi.commandsGroup(t('开始：', 'Start:'));
  addDemoCommand(program);
  csi.commandsGroup(t('导入：', 'Bring in:'));
  addImportCommands(program);
  addMappingCommands(program);
  csi.commandsGroup(t('研究与地区：', 'Studies and places:'));
  addStudyCommands(program);
  addWeightCommands(program);
  addRakeCommand(program);
  addPlacesCommands(program);
  addSchemeCommands(program);
  csi.commandsGroup(t('分析：', 'Analyse:'));
  addOverviewCommand(program);
  addExploreCommands(program);
  addTraceCommand(program);
  addChannelsCommand(program);
  addProbeCommands(program);
  addSampleCommands(program);
  addLostCommands(program);
  csi.commandsGroup(t('预测与计划：', 'Expect and plan:'));
  addForecastCommands(program);
  addAlertsCommand(program);
  addPlanCommands(program);
  addReportCommand(program);
  csi.commandsGroup(t('维护：', 'Upkeep:'));
  addUpkeepCommands(program);
}

function languageArgument(text: string): Language {
  if (/^zh/i.test(text)) return 'zh-CN';
  if (/^en/i.test(text)) return 'en';
  throw new BadValue({ zh: ' zh-CN 或 en', en: 'zh-CN or en' });
}

function addGlobalOptions(csi: Command, t: Program['t'], language: Language): void {
  csi
    .description(t('客户满意度工作站', 'Customer satisfaction workstation'))
    .option(
      '--db <file>',
      t(
        '数据库文件（默认：CSI_DB，或数据文件夹中的 workstation.csi）',
        'database (default: CSI_DB, or workstation.csi in the data folder)',
      ),
    )
    .option('--data <folder>', t('数据文件夹（默认：CSI_DATA）', 'data folder (default: CSI_DATA)'))
    .option(
      '--scheme <code>',
      t(
        '区域方案；代码@2026-01-01 为某一版，代码@as-was 为各期当时的版本',
        'region scheme; code@2026-01-01 for a version, code@as-was for each in its time',
      ),
    )
    .option('--json', t('输出 JSON', 'print JSON'), false)
    .option('--csv', t('以 CSV 输出表格', 'print tables as CSV'), false)
    .addOption(
      new Option(
        '--display <scale>',
        t(
          '得分、差值和误差的显示量表：百分制、原量表、千分制、七级',
          'the scale that scores, differences and margins are printed on',
        ),
      )
        .choices(SCORE_DISPLAYS)
        .default('harmonised'),
    )
    .addOption(
      new Option('--lang, --language <language>', t('语言：zh-CN 或 en', 'zh-CN or en'))
        .argParser(languageArgument)
        .default(language),
    );
  csi.addHelpText(
    'after',
    `\n${t(
      '退出码：0 完成，1 未能完成，2 命令写法有误。每个命令的示例：csi help <命令>',
      'Exit codes: 0 done, 1 it could not be done, 2 the command is written wrongly. Examples: csi help <command>',
    )}`,
  );
}
