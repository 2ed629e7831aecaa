/** One line of a code list. */
export interface CodeLine {
  value: string;
  label: string;
}

/**
 * A code list as people write it: one answer a line, its code before a tab, `=`, `:`, `：`, `-`, `.`, `、`, `)` or a blank. Lines
 * without a code are left out; a code that comes again keeps its last label. At most 2,000 lines.
 * Example: `readCodeList('1 = 男\n2\t女')` is `[{ value: '1', label: '男' }, { value: '2', label: '女' }]`.
 */
export function readCodeList(text: string): CodeLine[] {
  const found = new Map<string, string>();
  for (const line of text.split(/\r\n|\n|\r/).slice(0, 2000)) {
    const match = /^\s*([^\s=:：、)）]{1,80}?)\s*(?:\t|=|：|:|、|\)|）|\.\s|\s-\s|\s)\s*(\S.*?)\s*$/u.exec(
      line.slice(0, 400),
    );
    if (match) found.set(match[1]!, match[2]!.slice(0, 200));
  }
  return [...found].map(([value, label]) => ({ value, label }));
}
