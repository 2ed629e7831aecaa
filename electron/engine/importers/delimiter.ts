// What separates the fields: whatever cuts the first records into the same number of pieces.

/** The longer ones before the characters they are made of. */
const DELIMITERS = ['||', ';;', '~|~', '|~|', '::', '@@', ',', ';', '\t', '|', '^', '~', '\u0001'] as const;

/** Excel's own first line `sep=;`, which is no row of data. */
export function declaredDelimiter(head: string): string | undefined {
  return /^sep=([,;\t|])(\r\n|\n|\r|$)/i.exec(head)?.[1];
}

/** Example: `guessDelimiter('a;b\n1,5;2\n')` is `';'`. A file of one column gives a comma. */
export function guessDelimiter(head: string): string {
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const counts = countPerRecord(head, delimiter);
    const first = counts[0] ?? 0;
    if (first === 0) continue;
    const agreeing = counts.filter((count) => count === first).length / counts.length;
    const score = agreeing * 1000 + Math.min(first, 999) / 10;
    // A longer delimiter also counts for the characters it is made of, and twice as often.
    if (best.delimiter.includes(delimiter) && best.score >= 999) continue;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** How often the delimiter stands outside quotation marks in each of the first 20 whole records. */
function countPerRecord(head: string, delimiter: string): number[] {
  const counts: number[] = [];
  let count = 0;
  let quoted = false;
  let fieldStart = true;
  let empty = true;
  for (let i = 0; i < head.length; i++) {
    const ch = head[i]!;
    const cuts = !quoted && ch === delimiter[0] && head.startsWith(delimiter, i);
    if (ch === '"' && (fieldStart || quoted)) quoted = !quoted;
    else if (!quoted && (ch === '\n' || ch === '\r')) {
      if (!empty) counts.push(count);
      if (counts.length === 20) return counts;
      count = 0;
      empty = true;
      fieldStart = true;
      continue;
    } else if (cuts) count++;
    if (cuts) i += delimiter.length - 1;
    fieldStart = cuts;
    empty = false;
  }
  if (!empty && counts.length === 0) counts.push(count);
  return counts;
}
