// The help of every command, in both languages, and the sentence for every way to write one wrongly.
import type { Command, CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../../electron/cli/commands.ts';
import { chosenLanguage } from '../../../electron/cli/language.ts';
import { usageSentence } from '../../../electron/cli/usage.ts';

const HAN = /\p{Script=Han}/u;

function everyCommand(root: Command, path: string[] = []): { path: string[]; command: Command }[] {
  return root.commands.flatMap((command) => {
    const own = [...path, command.name()];
    return [{ path: own, command }, ...everyCommand(command, own)];
  });
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (more) => {
      text += more;
    },
  });
  command.outputHelp();
  return text;
}

const english = everyCommand(createProgram('en'));
const chinese = everyCommand(createProgram('zh-CN'));

test.each(english.map(({ path, command }) => [path.join(' '), command] as const))(
  'csi %s --help says what it does and shows an example that can be run',
  (path, command) => {
    const help = helpOf(command);
    expect(command.description()).not.toBe('');
    if (command.commands.length > 0 && !help.includes('Examples:')) return;
    const lines = help.slice(help.indexOf('Examples:')).split('\n').slice(1).filter(Boolean);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.some((line) => line.includes(path.replace(/ list$/, '')))).toBe(true);
    for (const line of lines)
      for (const flag of line.match(/(?<= )--[a-z-]+/g) ?? [])
        expect(help, line).toMatch(new RegExp(`(^|[ ,])${flag}[ ,\n]`, 'm'));
  },
);

test.each(chinese.map(({ path, command }) => [path.join(' '), command] as const))(
  'the Chinese help of csi %s is in Chinese',
  (_, command) => {
    expect(command.description()).toMatch(HAN);
    for (const argument of command.registeredArguments)
      if (argument.name() !== 'file') expect(argument.description, argument.name()).toMatch(HAN);
    for (const { flags, description } of command.options)
      if (!['--from', '--to', '--encoding'].some((name) => flags.startsWith(name)))
        expect(description, flags).toMatch(HAN);
    expect(helpOf(command)).not.toMatch(
      /^(Usage|Options|Arguments|Commands|Examples):|\(default:|\(choices:/m,
    );
  },
);

describe('a command that is written wrongly', () => {
  async function sentence(...words: string[]) {
    try {
      await createProgram('en').parseAsync(words, { from: 'user' });
    } catch (error) {
      return usageSentence(error as CommanderError);
    }
    throw new Error('it was taken');
  }

  test.each([
    [['overvew'], 'There is no command "overvew". Did you mean overview?', '没有命令“overvew”'],
    [['overview', '--qarter', '1'], 'Did you mean --quarter?', '没有选项 --qarter'],
    [['overview', '--quarter', 'x'], 'write a quarter such as 2026Q3', '请写一个季度，如 2026Q3'],
    [['overview', '--channel', 'x'], 'choose one of: third-party,', '可选：third-party,'],
    [['overview', '--scope'], 'A value must follow the option --scope', '后面缺少取值'],
    [['undo'], 'The argument <batch> is missing', '缺少参数 <batch>'],
    [['undo', 'x'], '"x" is not valid for <batch>: write a whole number', '<batch> 的取值“x”不正确'],
    [['undo', '1', '2'], 'There are too many arguments', '多了参数'],
    [['plan', '--uplift', '2'], 'Add the option --year', '请加上选项 --year'],
    [['explore', '--filter', 'x'], 'attribute=values', '属性=取值'],
    [['explore', '--out', 'x.txt'], 'a file name that ends in .xlsx or .csv', '以 .xlsx 或 .csv 结尾'],
    [['channels', '--period', '2026Q3-2026Q1'], 'a period such as 2025', '一个期间'],
    [['audit', '--from', '2026-02-30'], 'a day such as 2026-01-31', '一个日期'],
    [['samples', 'save', 'x', '--score', 'A=80-20'], 'indicator=from-to', '指标=下限-上限'],
    [['--language', 'fr', 'status'], 'zh-CN or en', 'zh-CN 或 en'],
  ])('%j says what to write instead', async (words, en, zh) => {
    const text = await sentence(...words);
    expect(text.en).toContain(en);
    expect(text.zh).toContain(zh);
  });
});

test('the language is that of the option, then of the environment, then of the system', () => {
  expect(chosenLanguage(['--lang', 'en', 'status'], { LANG: 'zh_CN.UTF-8' }, 'zh-CN')).toBe('en');
  expect(chosenLanguage(['status', '--language=zh'], { LANG: 'en_GB' }, 'en')).toBe('zh-CN');
  expect(chosenLanguage([], { LC_ALL: '', LANG: 'zh_CN.UTF-8' }, 'en')).toBe('zh-CN');
  expect(chosenLanguage([], {}, 'zh-Hans-CN')).toBe('zh-CN');
});
