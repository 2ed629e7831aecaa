import type { Language } from '../../shared/domain/language.ts';

/** The language of texts before the options are read: that of `--language`, of the environment, of the system. */
export function chosenLanguage(words: readonly string[], env: NodeJS.ProcessEnv, system: string): Language {
  const named = words.flatMap((word, i) => {
    const found = /^--lang(?:uage)?(?:=(.*))?$/.exec(word);
    return found ? [found[1] ?? words[i + 1] ?? ''] : [];
  });
  const set = named.at(-1) || env.LC_ALL || env.LC_MESSAGES || env.LANG || system;
  return /^zh/i.test(set) ? 'zh-CN' : 'en';
}
