// What every pass over a study's file begins with: the file open, a mapping for it, and nothing wrong with that mapping.
import type { StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Table } from '../../importers/table.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { guessMapping } from './guess-mapping.ts';
import {
  bothTexts,
  fileNameOf,
  namedMapping,
  type Reading,
  readingOf,
  type Source,
  withTable,
} from './import-source.ts';
import { mappingProblems } from './mapping-problems.ts';

/** Opens a file with the mapping that is given, saved under the name given, or guessed, in this order. */
export async function withMappedTable<T>(
  workspace: Workspace,
  source: Source,
  work: (raw: Table, chosen: StudyMapping) => Promise<T>,
): Promise<T> {
  const given = namedMapping(workspace, source).mapping;
  return withTable(source, given, async (raw) => {
    const chosen = given ?? (await guessMapping(workspace, raw, fileNameOf(source), source.table)).mapping;
    if (chosen) return work(raw, chosen);
    const none = { zh: '没有适合该文件的对应关系', en: 'no mapping fits this file' };
    throw new AppError('import-mapping', bothTexts(none));
  });
}

/** The file under a mapping; throws with the first thing that is wrong with the mapping. */
export async function soundReading(
  workspace: Workspace,
  raw: Table,
  chosen: StudyMapping,
  source: Source,
): Promise<Reading> {
  const reading = await readingOf(workspace, raw, chosen, source);
  const [problem] = mappingProblems(workspace, reading);
  if (problem) throw new AppError('import-mapping', bothTexts(problem));
  return reading;
}
