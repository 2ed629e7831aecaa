// The help pages in both languages, and a sentence for every way in which a command can be written wrongly.
import type { Command, CommanderError, Help, Option } from 'commander';
import type { Bilingual, Language } from '../../shared/domain/language.ts';

const TITLES: Record<string, string> = {
  'Usage:': '用法：',
  'Arguments:': '参数：',
  'Options:': '选项：',
  'Global Options:': '通用选项：',
  'Commands:': '命令：',
};

/** Titles, defaults and choices of help pages in Chinese; English ones are Commander's own. */
export function translateHelp(csi: Command, language: Language): void {
  csi.configureHelp({ showGlobalOptions: true, sortSubcommands: false });
  csi.helpOption('-h, --help', language === 'en' ? 'show this help' : '显示帮助');
  csi.helpCommand('help [command]', language === 'en' ? 'show the help of a command' : '显示某个命令的帮助');
  if (language === 'en') return;
  csi.configureHelp({
    showGlobalOptions: true,
    styleTitle: (title: string) => TITLES[title] ?? title,
    optionDescription(this: Help, option: Option) {
      const { argChoices, defaultValue, description, required } = option;
      const more = [
        ...(argChoices ? [`可选：${argChoices.join('、')}`] : []),
        ...(required && defaultValue !== undefined && defaultValue !== '' ? [`默认：${defaultValue}`] : []),
      ];
      return more.length > 0 ? `${description}（${more.join('；')}）` : description;
    },
  });
}

/** What was wrong with the words of a command, from Commander's own English. */
export function usageSentence({ code, message }: Pick<CommanderError, 'code' | 'message'>): Bilingual {
  const [first = '', second = ''] = [...message.matchAll(/'([^']*)'/g)].map((match) => match[1]!);
  const close = /Did you mean (?:one of )?(.*)\?\)/.exec(message)?.[1];
  const hint = {
    zh: close ? `是否要写 ${close}？` : '用 csi --help 查看全部命令和选项。',
    en: close ? `Did you mean ${close}?` : 'csi --help lists all commands and options.',
  };
  switch (code) {
    case 'commander.unknownCommand':
      return { zh: `没有命令“${first}”。${hint.zh}`, en: `There is no command "${first}". ${hint.en}` };
    case 'commander.unknownOption':
      return {
        zh: `这个命令没有选项 ${first}。${close ? hint.zh : '加 --help 查看它的选项。'}`,
        en: `This command has no option ${first}. ${close ? hint.en : 'Add --help to see its options.'}`,
      };
    case 'commander.missingArgument':
      return {
        zh: `缺少参数 <${first}>。加 --help 查看写法和示例。`,
        en: `The argument <${first}> is missing. Add --help to see how it is written.`,
      };
    case 'commander.missingMandatoryOptionValue':
      return { zh: `请加上选项 ${first}。`, en: `Add the option ${first}.` };
    case 'commander.optionMissingArgument':
      return { zh: `选项 ${first} 后面缺少取值。`, en: `A value must follow the option ${first}.` };
    case 'commander.excessArguments':
      return {
        zh: '多了参数。文件名或名称里有空格时，请加引号。',
        en: 'There are too many arguments. Put names that hold blanks in quotes.',
      };
    case 'commander.invalidArgument':
      return invalidValue(message, first, second);
    default:
      return { zh: message, en: message };
  }
}

function invalidValue(message: string, first: string, second: string): Bilingual {
  const isOption = message.startsWith('error: option');
  // Of an option the name comes first, of an argument the value does.
  const [where, value] = isOption
    ? [first, second]
    : [`<${message.match(/for argument '([^']*)'/)?.[1]}>`, first];
  const choices = /Allowed choices are (.*)\.$/.exec(message)?.[1];
  if (choices)
    return {
      zh: `${where} 的取值“${value}”不正确，可选：${choices}。`,
      en: `"${value}" is not valid for ${where}; choose one of: ${choices}.`,
    };
  const expected = expectedIn(message);
  return {
    zh: `${where} 的取值“${value}”不正确：请写${expected.zh}。`,
    en: `"${value}" is not valid for ${where}: write ${expected.en}.`,
  };
}

function expectedIn(message: string): Bilingual {
  const from = message.indexOf('{"zh"');
  return JSON.parse(message.slice(from)) as Bilingual;
}
