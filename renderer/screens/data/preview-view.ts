import type { IssueView } from '../../../shared/calls/import.ts';
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { ABSENT } from '../../format.ts';

/** Answers beside their indicators: `SI1 8 · SI2 –`. */
export function answersText(answers: readonly (number | null)[], mapping: StudyMapping | null): string {
  return answers
    .map((answer, i) => `${mapping?.items[i]?.indicator ?? i + 1} ${answer === null ? ABSENT : answer}`)
    .join(' · ');
}

/** Sheet, row and column of an issue, as far as it has them. */
export function issuePlace(issue: IssueView, words: { row: string }): string {
  const parts: string[] = [];
  if (issue.sheet) parts.push(issue.sheet);
  if (issue.row !== undefined) parts.push(`${words.row} ${issue.row}`);
  if (issue.column) parts.push(issue.column);
  return parts.join(' · ');
}
