// What every command is declared with: both languages of its texts, what it runs in, examples under its help.
import { type Command, Option } from 'commander';
import { CHANNEL_NAMES, CHANNELS } from '../../shared/domain/study-mapping.ts';
import { wholeArgument } from './arguments.ts';
import type { Session } from './session.ts';

type Work = (session: Session) => Promise<void>;

/** The program while its commands are added. */
export interface Program {
  csi: Command;
  /** The text of a help page in its language. */
  t(zh: string, en: string): string;
  /** Runs on the database, which must be there. */
  run(work: Work): Promise<void>;
  /** Runs on the database, made where there is none. */
  create(work: Work): Promise<void>;
  /** Runs with no database opened; `folder` in the place of the data folder. */
  alone(work: Work, folder?: string): Promise<void>;
}

/** Lines under a command's help. */
export function examples(command: Command, { t }: Program, ...lines: string[]): Command {
  const text = lines.map((line) => `  csi ${line}`).join('\n');
  return command.addHelpText('after', `\n${t('示例：', 'Examples:')}\n${text}`);
}

export function channelOption({ t }: Program, flags = '--channel <channel>'): Option {
  const names = CHANNELS.map((one) => `${one} ${CHANNEL_NAMES[one].zh}`).join('、');
  return new Option(flags, t(`渠道：${names}`, 'channel')).choices(CHANNELS);
}

/** Which figures are made: on a sample, under other indicator weights, with other weights of respondents. */
export function basisOptions(command: Command, { t }: Program): Command {
  return command
    .option('--sample <name>', t('只看一个已命名的样本（csi samples）', 'on a named sample (csi samples)'))
    .option(
      '--weights <version>',
      t(
        '按另一版指标权重计分（csi weights）',
        'under another version of the indicator weights (csi weights)',
      ),
      wholeArgument,
    )
    .option(
      '--weighting <name>',
      t('用一套已保存的样本加权（csi rake）', 'with a kept weighting of respondents (csi rake)'),
    );
}

/** What a scope may be. */
export function scopeText({ t }: Program): string {
  return t(
    '范围：overall 总体、region:… 大区、province:… 省份、city:… 城市、dealer:… 单店',
    'overall, region:…, province:…, city:…, dealer:…',
  );
}
