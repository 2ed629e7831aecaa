/** Neighbouring columns that look like one question with several answers: told from their headers and first cells. */
import type { JoinedColumns } from './study-mapping.ts';

/** A column as far as it was looked at. */
export interface JoinCandidate {
  header: string;
  /** What the file says the column is; '' where it says nothing. */
  label: string;
  /** The different filled cells of the first rows. */
  values: readonly string[];
  /** How many cells of the first rows are filled. */
  filled: number;
  /** False where the column already has a use that a multiple answer cannot have. */
  free: boolean;
}

/** Words for a chosen and for a free box; compared in lower case. */
const CHOSEN = new Set('1 是 y yes true t √ ✓ ✔ x ● 选中 已选 选择 有 checked selected'.split(' '));
const NOT_CHOSEN = new Set('0 否 n no false f 未选 未选中 不选 没有 无 unchecked'.split(' '));
/** What survey tools write for a question that was skipped. */
const SKIPPED = new Set(['-3', '-2', '-1', '(跳过)', '(空)', '跳过', '空', '#null!']);
const LEAST_MARKED = 3;
const MOST_COLUMNS = 200;
const MOST_ANSWERS = 40;
const LONGEST_ANSWER = 40;
const SEPARATORS = String.raw`\s_\-.:：、/|（(\[【?？`;
const EDGE = new RegExp(`^[${SEPARATORS}）)\\]】]+|[${SEPARATORS}）)\\]】]+$`, 'g');
const UP_TO_SEPARATOR = new RegExp(`^.*[${SEPARATORS}]`, 's');

/**
 * Runs of neighbouring free columns with the same beginning whose cells hold marks (at least three columns), each its own
 * answer, or answers of one list (numbered columns). Empty for none; a proposal only: nothing tells two yes-no questions
 * from two boxes of one. Example: `Q5_1 Reason: price`, `Q5_2 Reason: brand` … with cells 0 and 1 are `Q5 Reason`.
 */
export function proposeJoined(columns: readonly JoinCandidate[]): JoinedColumns[] {
  const found: JoinedColumns[] = [];
  const taken = new Set(columns.map(({ header }) => header));
  for (let from = 0; from < columns.length; ) {
    const run = runFrom(columns, from);
    const joined = run.length > 1 ? joinedOf(run) : undefined;
    if (joined) {
      const name = uniqueName(joined.name, taken);
      taken.add(name);
      found.push({ ...joined, name });
    }
    from += joined ? run.length : 1;
  }
  return found;
}

/** The columns from here on that begin like the first two. */
function runFrom(columns: readonly JoinCandidate[], from: number): JoinCandidate[] {
  const run: JoinCandidate[] = [];
  let stem: string | undefined;
  for (const column of columns.slice(from, from + MOST_COLUMNS)) {
    if (!column.free) break;
    if (run.length > 0) {
      const longer = stemOf([...run, column].map(wordsOf));
      if (longer === '' || (stem !== undefined && longer !== stem)) break;
      stem = longer;
    }
    run.push(column);
  }
  return run;
}

function wordsOf({ header, label }: JoinCandidate): string {
  return label || header;
}

/** What all names begin with, cut back to where a number or a word begins; '' for too little to be a question. */
function stemOf(names: readonly string[]): string {
  let stem = commonStart(names);
  const tails = () => names.map((name) => name.slice(stem.length));
  if (tails().some((tail) => tail === '' || /^\d/.test(tail))) stem = stem.replace(/\d+$/, '');
  if (!tails().every((tail) => /^\d/.test(tail))) stem = UP_TO_SEPARATOR.exec(stem)?.[0] ?? '';
  const said = stem.replace(EDGE, '');
  return tails().includes('') || !(said.length > 1 || /\p{Script=Han}/u.test(said)) ? '' : stem;
}

function commonStart(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const name of others) {
    let same = 0;
    while (same < length && name[same] === first[same]) same++;
    length = same;
  }
  return first.slice(0, length);
}

function joinedOf(run: readonly JoinCandidate[]): JoinedColumns | undefined {
  const names = run.map(wordsOf);
  const { question, choices } = wording(names, stemOf(names));
  const skipped = new Set(
    run.flatMap(({ values }) => values.filter((one) => SKIPPED.has(one.toLowerCase()))),
  );
  const values = run.map((column) => column.values.filter((one) => !skipped.has(one)));
  const empty = [...skipped];
  const unmarked = run.map(({ header }) => ({ column: header, choice: '' }));
  const own = values.map((list) => list.filter((one) => one !== '0'));
  if (isOwnAnswer(own)) {
    const zero = values.some((list) => list.includes('0'));
    return { name: question, columns: unmarked, empty: zero ? [...empty, '0'] : empty };
  }
  const marks = marksOf(values);
  if (marks && run.length >= LEAST_MARKED) {
    const columns = run.map(({ header }, i) => ({ column: header, choice: choices[i]!.slice(0, 200) }));
    return { name: question, columns, chosen: marks, empty };
  }
  const numbered = names.every((name) => /\d$/.test(name));
  // Ratings share a list of numbers too, but a second answer is given less often than a first.
  const rating = values.flat().every((one) => /^\d+$/.test(one)) && run.at(-1)!.filled >= run[0]!.filled;
  return numbered && !rating && isOneList(values) ? { name: question, columns: unmarked, empty } : undefined;
}

/** Each column holds one answer of its own, or nothing. */
function isOwnAnswer(values: readonly (readonly string[])[]): boolean {
  const filled = values.filter((list) => list.length > 0);
  return (
    filled.length > 1 &&
    filled.every((list) => list.length === 1) &&
    new Set(filled.flat()).size === filled.length
  );
}

/** The words for a chosen box where the cells hold nothing but boxes; 2 is "no" where there is no 0. */
function marksOf(values: readonly (readonly string[])[]): string[] | undefined {
  const all = [...new Set(values.flat())];
  const chosen = all.filter((one) => CHOSEN.has(one.toLowerCase()));
  const others = all.filter((one) => !chosen.includes(one) && !NOT_CHOSEN.has(one.toLowerCase()));
  const onlyTwo = others.length === 1 && others[0] === '2' && !all.includes('0') && chosen.includes('1');
  return chosen.length > 0 && (others.length === 0 || onlyTwo) ? chosen : undefined;
}

/** First, second and third answer draw on the same list. */
function isOneList(values: readonly (readonly string[])[]): boolean {
  const [first = [], ...later] = values;
  const known = new Set(first);
  const usual = values.every(
    (list) => list.length <= MOST_ANSWERS && list.every((one) => one.length <= LONGEST_ANSWER),
  );
  const shared = later.flat().filter((one) => known.has(one)).length;
  return usual && first.length > 1 && later.flat().length > 0 && shared * 2 >= later.flat().length;
}

/** What the question and its choices are called: `Q5_1 Reason: price` is `price` of `Q5 Reason`. */
function wording(names: readonly string[], stem: string): { question: string; choices: string[] } {
  const tails = names.map((name) => name.slice(stem.length));
  const numbers = tails.map((tail) => /^\d+/.exec(tail)?.[0] ?? '');
  const rests = tails.map((tail, i) => tail.slice(numbers[i]!.length));
  const trimmed = (text: string) => text.replace(EDGE, '');
  const again = UP_TO_SEPARATOR.exec(commonStart(rests))?.[0] ?? '';
  const choices = rests.map((rest) => trimmed(rest.slice(again.length)));
  const told = choices.every((choice) => choice !== '') && new Set(choices).size === choices.length;
  const question = [trimmed(stem), told ? trimmed(again) : ''].filter(Boolean).join(' ').slice(0, 200);
  return { question, choices: told ? choices : numbers.map((number, i) => number || trimmed(tails[i]!)) };
}

function uniqueName(name: string, taken: ReadonlySet<string>): string {
  let unique = name;
  for (let n = 2; taken.has(unique); n++) unique = `${name} (${n})`;
  return unique;
}
