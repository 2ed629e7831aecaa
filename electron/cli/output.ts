// What the command line prints: one progress bar, aligned tables, CSV or JSON; results to stdout, the rest to stderr.
import { SingleBar } from 'cli-progress';
import stringWidth from 'string-width';
import type { EngineEvent } from '../../shared/calls/app.ts';
import type { Bilingual, Language } from '../../shared/domain/language.ts';
import { csvCell } from '../engine/documents/csv.ts';

export interface Output {
  readonly json: boolean;
  readonly csv: boolean;
  readonly language: Language;
  say(text: Bilingual): void;
  /** A table for people, numbers right-aligned; under `--csv` for spreadsheets, under `--json` nothing. */
  table(head: readonly Bilingual[], rows: readonly (readonly (string | number)[])[]): void;
  /** The value of a command under `--json`; otherwise nothing. */
  value(value: unknown): void;
  fault(error: { code: string; message: Bilingual }): void;
  follow(event: EngineEvent): void;
  /** The text in the chosen language. */
  pick(text: Bilingual): string;
}

export function createOutput(options: { json: boolean; csv?: boolean; language: Language }): Output {
  const pick = (text: Bilingual) => (options.language === 'en' ? text.en : text.zh);
  const { json, csv = false, language } = options;
  const follow = json ? () => undefined : progressBar(pick);
  let tables = 0;
  return {
    json,
    csv,
    language,
    pick,
    follow,
    say(text) {
      if (!json) (csv ? process.stderr : process.stdout).write(`${pick(text)}\n`);
    },
    table(head, rows) {
      if (json) return;
      const titles = head.map(pick);
      const ends = pick({ zh: '下限 上限', en: 'low high' }).split(' ') as [string, string];
      if (csv) process.stdout.write(`${tables++ > 0 ? '\n' : ''}${csvTable(titles, rows, ends)}\n`);
      else {
        process.stdout.write(`${alignTable([titles, ...rows])}\n`);
        if (rows.length === 0) process.stdout.write(`  ${pick({ zh: '（无）', en: '(none)' })}\n`);
      }
    },
    value(value) {
      if (options.json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    fault(error) {
      if (options.json) process.stdout.write(`${JSON.stringify({ error }, null, 2)}\n`);
      else
        process.stderr.write(`${pick(error.message)}${error.code === 'usage' ? '' : ` [${error.code}]`}\n`);
    },
  };
}

/** One bar at a time; a new step of a job replaces it. Without a terminal each step is one line. */
function progressBar(pick: (text: Bilingual) => string): (event: EngineEvent) => void {
  const terminal = process.stderr.isTTY === true;
  let bar: SingleBar | undefined;
  let step = '';
  const stop = () => {
    bar?.stop();
    bar = undefined;
    step = '';
  };
  return (event) => {
    if (event.name === 'job.ended') stop();
    if (event.name !== 'job.progress') return;
    const { step: text, done, total, secondsLeft } = event.payload;
    const name = pick(text);
    if (!terminal) {
      if (name !== step) process.stderr.write(`${name} …\n`);
      step = name;
      return;
    }
    if (name !== step) {
      stop();
      step = name;
      bar = new SingleBar({
        format: '{step} {bar} {value}/{total} {left}',
        stream: process.stderr,
        hideCursor: true,
      });
      bar.start(total ?? done, done, { step: name, left: '' });
    }
    bar?.setTotal(total ?? done);
    bar?.update(done, { left: secondsLeft === null ? '' : `${Math.ceil(secondsLeft)} s` });
  };
}

const NUMBER = /^-?[\d.,]+( ?%)?$/;
const RANGE = /^(\S+) – (\S+)$/;

/** For spreadsheets: an interval becomes two columns, a dash an empty cell, a leading plus goes. */
function csvTable(
  head: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  ends: readonly [string, string],
): string {
  const isRange = head.map((_, i) => rows.some((row) => RANGE.test(String(row[i]))));
  const lines = [
    head.flatMap((title, i) => (isRange[i] ? ends.map((end) => `${title} ${end}`) : [title])),
    ...rows.map((row) =>
      row.flatMap((cell, i) => (isRange[i] ? (RANGE.exec(String(cell))?.slice(1) ?? ['', '']) : [cell])),
    ),
  ];
  const quoted = (cell: string | number) => {
    const text = cell === '—' ? '' : String(cell).replace(/^\+(?=[\d.])/, '');
    return NUMBER.test(text) ? text : csvCell(text);
  };
  return lines.map((line) => line.map(quoted).join(',')).join('\n');
}

function alignTable(rows: readonly (readonly (string | number)[])[]): string {
  const widths: number[] = [];
  for (const row of rows)
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, stringWidth(String(cell)));
    });
  return rows
    .map((row) => {
      const cells = row.map((cell, i) => {
        const gap = ' '.repeat(widths[i]! - stringWidth(String(cell)));
        return typeof cell === 'number' || /^[-+]?[\d.,]+( ?%)?$/.test(cell) ? gap + cell : cell + gap;
      });
      return `  ${cells.join('  ').trimEnd()}`;
    })
    .join('\n');
}
