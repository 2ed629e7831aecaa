// What options and arguments may hold, and the faults of a command that was written wrongly.
import { readFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import type { Bilingual } from '../../shared/domain/language.ts';
import { parseQuarter, type Quarter } from '../../shared/domain/quarter.ts';

/** A value that an option cannot take; `expected` completes "write …". */
export class BadValue extends InvalidArgumentError {
  constructor(expected: Bilingual) {
    // Commander carries nothing but the message to where the sentence is made.
    super(JSON.stringify(expected));
  }
}

/** What was asked for cannot be, as far as the command line itself can tell. */
export class CommandFault extends Error {
  readonly text: Bilingual;
  readonly exitCode: 1 | 2;

  /** `exitCode` 2: the command was written wrongly; 1: it was understood and cannot be done. */
  constructor(text: Bilingual, exitCode: 1 | 2 = 2) {
    super(text.en);
    this.text = text;
    this.exitCode = exitCode;
  }
}

/** Names a choice as the user wrote it among what there is. */
export function unknownName(what: Bilingual, name: string, known: readonly string[]): CommandFault {
  const [zh, en] =
    known.length === 0 ? ['目前还没有。', 'There is none yet.'] : [known.join('、'), known.join(', ')];
  return new CommandFault(
    {
      zh: `没有名为“${name}”的${what.zh}。${known.length === 0 ? zh : `可选：${zh}。`}`,
      en: `There is no ${what.en} "${name}". ${known.length === 0 ? en : `Choose one of: ${en}.`}`,
    },
    1,
  );
}

/** A number as an option gives it. */
export function numberArgument(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number))
    throw new BadValue({ zh: '一个数字，如 1.5', en: 'a number such as 1.5' });
  return number;
}

/** A count or the number of something: 1, 2, 3 … */
export function wholeArgument(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new BadValue({ zh: '一个正整数，如 3', en: 'a whole number such as 3' });
  return Number(text);
}

/** 0, 1, 2 … */
export function offsetArgument(text: string): number {
  return text === '0' ? 0 : wholeArgument(text);
}

export function quarterArgument(text: string): Quarter {
  const quarter = parseQuarter(text);
  if (quarter === undefined)
    throw new BadValue({ zh: '一个季度，如 2026Q3', en: 'a quarter such as 2026Q3' });
  return quarter;
}

/** `2025`, `2025Q3` or `2025Q1-2025Q4`. */
export function periodArgument(text: string): { first: Quarter; last: Quarter } {
  if (/^\d{4}$/.test(text)) return { first: Number(text) * 4, last: Number(text) * 4 + 3 };
  const [first, last = first] = text.split(/[-–~]/).map((part) => parseQuarter(part));
  if (first === undefined || last === undefined || last < first)
    throw new BadValue({
      zh: '一个期间，如 2025、2025Q3 或 2025Q1-2025Q4',
      en: 'a period such as 2025, 2025Q3 or 2025Q1-2025Q4',
    });
  return { first, last };
}

/** A day of the calendar, ISO. */
export function dayArgument(text: string): string {
  const day = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text))
    throw new BadValue({ zh: '一个日期，如 2026-01-31', en: 'a day such as 2026-01-31' });
  return text;
}

function fileArgument(endings: readonly string[]): (text: string) => string {
  const pattern = new RegExp(`\\.(${endings.join('|')})$`, 'i');
  const [zh, en] = [
    endings.map((one) => `.${one}`).join(' 或 '),
    endings.map((one) => `.${one}`).join(' or '),
  ];
  return (text) => {
    if (!pattern.test(text))
      throw new BadValue({ zh: `以 ${zh} 结尾的文件名`, en: `a file name that ends in ${en}` });
    return text;
  };
}

/** A table that is written: its ending says the format. */
export const tableFile = fileArgument(['xlsx', 'csv']);
/** A plan that is written. */
export const planFile = fileArgument(['xlsx', 'pdf']);

export type Filter = { code: string; values: string[] };

/** `gender=女,男`; nothing after the sign for those without an answer. */
export function filterArgument(text: string, before: Filter[] = []): Filter[] {
  const cut = text.indexOf('=');
  if (cut < 1)
    throw new BadValue({ zh: '属性=取值，如 gender=女,男', en: 'attribute=values, such as gender=女,男' });
  return [...before, { code: text.slice(0, cut), values: text.slice(cut + 1).split(',') }];
}

/** A JSON file that an option names; `-` reads what is piped in. */
export function readJsonFile(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch {
    throw new CommandFault(
      {
        zh: `找不到文件 ${path}，或没有读取权限。请检查位置。`,
        en: `There is no file ${path} that can be read. Check the place.`,
      },
      1,
    );
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const problem = (error as Error).message;
    throw new CommandFault(
      {
        zh: `文件 ${path} 不是有效的 JSON（${problem}）。请改正后重试。`,
        en: `The file ${path} is not valid JSON (${problem}). Correct it and try again.`,
      },
      1,
    );
  }
}
