// What an import writes: study and questionnaire, places, facts, cells, and what later imports know of it.
import type { PlaceChoice } from '../../../../shared/calls/import.ts';
import type { StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import type { ShapedTable } from '../../importers/shape.ts';
import { appendChunk } from '../../store/answers.ts';
import { addBatch, addCells, addReportedScores, BASE_INDICATOR } from '../../store/batches.ts';
import type { WritableConnection } from '../../store/database.ts';
import { addQuarantined, markCorrected, rememberFile, saveAlias } from '../../store/import-memory.ts';
import {
  addIndicators,
  addWeightSet,
  currentWeightSet,
  indicatorIds,
  listWeights,
} from '../../store/indicators.ts';
import { saveMapping } from '../../store/ledger.ts';
import { addPeople, listErased } from '../../store/people.ts';
import { ensureQuestions } from '../../store/questions.ts';
import {
  addStudy,
  ensureQuestionnaire,
  findStudy,
  recordWave,
  redescribeStudy,
  studyHasData,
} from '../../store/studies.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { FactCollector } from './collect-facts.ts';
import type { Correction } from './correction-file.ts';
import { mappedColumns } from './mapped-columns.ts';
import { aliasOf } from './place-aliases.ts';
import type { PlaceDirectory } from './place-directory.ts';
import { pseudonymOf, pseudonymsOf } from './pseudonym.ts';
import { quarantineRows } from './quarantine.ts';
import type { Pass } from './read-rows.ts';
import { sortedMarks } from './row-marks.ts';

/** What the figures of a batch follow from. */
export interface WrittenFigures {
  workspace: Workspace;
  mapping: StudyMapping;
  directory: PlaceDirectory;
  facts: FactCollector;
  pass: Pass;
  table: ShapedTable;
  file: string;
  /** Whether items that the tree lacks count in the index. */
  newItems: 'weighted' | 'unweighted';
}

/** Everything that an import writes. */
export interface Written extends WrittenFigures {
  correction: Correction | undefined;
  places: readonly PlaceChoice[];
  saveMappingAs?: string | undefined;
  secret: string;
}

/** Writes a batch inside a transaction. */
export function writeBatch(db: WritableConnection, written: Written): number {
  const { mapping, saveMappingAs, workspace } = written;
  const { batch, ids } = writeFigures(db, written);
  writeFacts(db, batch, written, ids);
  remember(db, batch, written, workspace.now());
  if (saveMappingAs)
    saveMapping(db, {
      name: saveMappingAs,
      mapping: JSON.stringify(mapping),
      headers: JSON.stringify(mappedColumns(mapping)),
      savedAt: workspace.now(),
    });
  return batch;
}

/** Writes what the figures of a batch follow from: study, places and cells, no answers. */
export function writeFigures(db: WritableConnection, written: WrittenFigures): { batch: number; ids: Ids } {
  const { workspace, mapping, facts, pass, table, file } = written;
  const { halo } = facts.finish();
  const quarters = [...facts.quarters.keys()];
  const at = workspace.now();
  const study = studyOf(db, mapping);
  const questionnaire = ensureQuestionnaire(db, study, mapping.questionnaire);
  const batch = addBatch(db, {
    study,
    questionnaire,
    fileName: file,
    sha256: table.sha256,
    mapping: JSON.stringify(mapping),
    rowsRead: pass.read,
    rowsLoaded: facts.loaded,
    rowsRejected: pass.rejected,
    firstQuarter: Math.min(...quarters),
    lastQuarter: Math.max(...quarters),
    halo,
    at,
  });
  addIndicators(db, batch, mapping.indicators);
  const idOf = indicatorIds(db);
  extendWeights(db, batch, written, idOf, at);
  const questionIds = ensureQuestions(db, batch, questionnaire, mapping, idOf);
  const dealerIds = written.directory.write(db, batch);
  for (const quarter of quarters) recordWave(db, batch, study, questionnaire, quarter);
  const ids = { dealerIds, questionIds, indicatorIds: idOf };
  writeCells(db, batch, written, ids);
  return { batch, ids };
}

/** What later imports know of this one: its header, its rows, those kept out, those corrected, the places chosen. */
function remember(
  db: WritableConnection,
  batch: number,
  { table, pass, mapping, correction, places }: Written,
  at: string,
): void {
  rememberFile(db, batch, { headers: table.headers, marks: sortedMarks(pass.marks) });
  addQuarantined(db, batch, quarantineRows(table.headers, mapping, pass));
  if (correction) markCorrected(db, correction.batch.id, pass.corrected, batch);
  for (const choice of places) saveAlias(db, aliasOf(choice, at));
}

/** The study of a mapping; one without data is described anew, so that a mistaken first import can be corrected. */
function studyOf(db: WritableConnection, mapping: StudyMapping): number {
  const known = findStudy(db, mapping.study.code);
  if (!known) return addStudy(db, mapping);
  if (!studyHasData(db, known.id)) redescribeStudy(db, known.id, mapping);
  return known.id;
}

type Ids = Record<'questionIds' | 'indicatorIds', ReadonlyMap<string, number>> & {
  dealerIds: ReadonlyMap<number, number>;
};

function writeFacts(
  db: WritableConnection,
  batch: number,
  { facts, mapping, secret }: Written,
  ids: Ids,
): void {
  for (const chunk of facts.chunks) appendChunk(db, batch, withRealDealers(chunk, ids.dealerIds));
  addReportedScores(
    db,
    batch,
    facts.reported.flatMap((fact) =>
      mapping.items.flatMap((item, i) => {
        const scoreNative = fact.answers[i];
        if (scoreNative === null || scoreNative === undefined) return [];
        return [
          {
            quarter: fact.quarter,
            dealer: ids.dealerIds.get(fact.dealer)!,
            question: ids.questionIds.get(item.indicator)!,
            scoreNative,
            n: fact.bases[i] ?? 0,
            sdNative: fact.spreads[i] ?? null,
            sourceRow: fact.row,
          },
        ];
      }),
    ),
  );
  const erased = listErased(db);
  addPeople(
    db,
    batch,
    facts.identities.flatMap(({ row, identity }) => {
      if (pseudonymsOf(secret, identity).some((one) => erased.has(one))) return [];
      const pseudonym = pseudonymOf(secret, identity, `${batch}:${row}`);
      return [{ sourceRow: row, pseudonym, fields: JSON.stringify(identity) }];
    }),
  );
}

/** The additive cells that every figure is rolled up from. */
function writeCells(
  db: WritableConnection,
  batch: number,
  { facts, mapping }: WrittenFigures,
  ids: Ids,
): void {
  addCells(
    db,
    batch,
    [...facts.cells.values()].map(({ dealer, quarter, item, cell }) => ({
      ...cell,
      quarter,
      dealer: ids.dealerIds.get(dealer)!,
      indicator: item < 0 ? BASE_INDICATOR : ids.indicatorIds.get(mapping.items[item]!.indicator)!,
    })),
  );
}

/** Chunks were filled with the directory's ids; new dealers may have got others. */
function withRealDealers(
  chunk: FactCollector['chunks'][number],
  dealerIds: ReadonlyMap<number, number>,
): FactCollector['chunks'][number] {
  const vector = chunk.vectors.get('dealer');
  if (vector?.kind !== 'numbers') return chunk;
  const values = vector.values.map((id) => dealerIds.get(id) ?? id);
  return { ...chunk, vectors: new Map(chunk.vectors).set('dealer', { ...vector, values }) };
}

/** Indicators that the current tree lacks make a new version of it; weights that are there stay. */
function extendWeights(
  db: WritableConnection,
  batch: number,
  { mapping, newItems }: WrittenFigures,
  indicatorIds: ReadonlyMap<string, number>,
  at: string,
): void {
  const current = currentWeightSet(db).id;
  const weights = listWeights(db, current);
  const before = weights.size;
  const counts = newItems === 'weighted' || current === 0;
  for (const one of mapping.indicators) {
    const id = indicatorIds.get(one.code)!;
    if (!weights.has(id)) weights.set(id, one.role === 'item' && counts ? one.weight : 0);
  }
  if (weights.size > before) addWeightSet(db, batch, weights, mapping.study.name.zh, at);
}
