/** The made-up studies of `survey-files.ts` in a session's database, a file at a time. */
import type { BatchView } from '../../shared/calls/import.ts';
import type { Session } from './engine-session.ts';
import {
  type Respondent,
  responsesMapping,
  scoresMapping,
  writeResponses,
  writeScores,
} from './survey-files.ts';

/** Respondents of the in-house study. */
export function importResponses(
  session: Session,
  rows: readonly Respondent[],
  file = 'a.csv',
): Promise<BatchView> {
  const path = writeResponses(session.folder, file, rows);
  return session.call('import.commit', { path, mapping: responsesMapping() });
}

/** Lines of the third-party study, which comes as scores. */
export function importScores(session: Session, lines: readonly string[], file = 's.csv'): Promise<BatchView> {
  const path = writeScores(session.folder, file, [...lines]);
  return session.call('import.commit', { path, mapping: scoresMapping() });
}
