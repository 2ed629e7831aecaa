// The dealer network as people keep it: stays in former cities, takeovers, lists that were loaded, scheme versions.
import type { FormerStay } from '../../../shared/domain/dealer-history.ts';
import type { ReadableConnection, WritableConnection } from './connection.ts';

/** Former cities by dealer, oldest first. */
export function listStays(db: ReadableConnection): Map<number, FormerStay[]> {
  const rows = db
    .prepare<[], FormerStay & { dealer: number }>(
      'SELECT dealer_id AS dealer, until, city_id AS cityId FROM dealer_stays ORDER BY dealer_id, until',
    )
    .all();
  const stays = new Map<number, FormerStay[]>();
  for (const { dealer, until, cityId } of rows) {
    const own = stays.get(dealer);
    if (own) own.push({ until, cityId });
    else stays.set(dealer, [{ until, cityId }]);
  }
  return stays;
}

/** Everything that a person can set of a dealer. */
export interface DealerState {
  code: string;
  name: string;
  cityId: number;
  opened: string | null;
  closed: string | null;
  successorId: number | null;
  mergedFrom: string | null;
  recordedCityId: number | null;
  stays: readonly FormerStay[];
}

/** A dealer that a person made or changed belongs to no import: undoing one does not take it away. */
export function writeDealer(db: WritableConnection, id: number | null, state: DealerState): number {
  const { stays, ...row } = state;
  let dealer = id;
  if (dealer === null) {
    const made = db
      .prepare(
        `INSERT INTO dealers (batch_id, code, name, city_id, opened, closed, successor_id, merged_from, recorded_city_id)
         VALUES (NULL, @code, @name, @cityId, @opened, @closed, @successorId, @mergedFrom, @recordedCityId)`,
      )
      .run(row);
    dealer = Number(made.lastInsertRowid);
  } else
    db.prepare(
      `UPDATE dealers SET batch_id = NULL, code = @code, name = @name, city_id = @cityId, opened = @opened,
         closed = @closed, successor_id = @successorId, merged_from = @mergedFrom, recorded_city_id = @recordedCityId
       WHERE id = @id`,
    ).run({ ...row, id: dealer });
  db.prepare('DELETE FROM dealer_stays WHERE dealer_id = ?').run(dealer);
  const add = db.prepare('INSERT INTO dealer_stays (dealer_id, until, city_id) VALUES (?, ?, ?)');
  for (const { until, cityId } of stays) add.run(dealer, until, cityId);
  return dealer;
}

/** False, and nothing is removed, where answers or another dealer rest on it. */
export function removeDealer(db: WritableConnection, id: number): boolean {
  const removed = db
    .prepare(
      `DELETE FROM dealers WHERE id = ? AND id NOT IN (SELECT dealer_id FROM cells)
         AND id NOT IN (SELECT successor_id FROM dealers WHERE successor_id IS NOT NULL)`,
    )
    .run(id);
  return removed.changes > 0;
}

/** Batch that a dealer came with, so that taking a list back restores it. */
export function batchOfDealer(db: ReadableConnection, id: number): number | null {
  return (
    db
      .prepare<[number], { batch: number | null }>('SELECT batch_id AS batch FROM dealers WHERE id = ?')
      .get(id)?.batch ?? null
  );
}

export function setBatchOfDealer(db: WritableConnection, id: number, batch: number | null): void {
  db.prepare('UPDATE dealers SET batch_id = ? WHERE id = ?').run(batch, id);
}

export interface DealerBase {
  dealer: number;
  firstQuarter: number;
  lastQuarter: number;
  respondents: number;
}

/** From when to when a dealer has answers, and how many. */
export function listDealerBases(db: ReadableConnection): DealerBase[] {
  return db
    .prepare<[], DealerBase>(
      `SELECT c.dealer_id AS dealer, min(c.quarter) AS firstQuarter, max(c.quarter) AS lastQuarter,
         sum(c.n) AS respondents
       FROM cells c JOIN import_batches b ON b.id = c.batch_id AND b.state = 'committed'
       WHERE c.indicator_id = 0 GROUP BY c.dealer_id`,
    )
    .all();
}

export interface NetworkImportRow {
  id: number;
  fileName: string;
  sha256: string;
  at: string;
  changes: string;
  undoneAt: string | null;
}

const NETWORK_IMPORT = 'id, file_name AS fileName, sha256, at, changes, undone_at AS undoneAt';

export function listNetworkImports(db: ReadableConnection): NetworkImportRow[] {
  return db
    .prepare<[], NetworkImportRow>(`SELECT ${NETWORK_IMPORT} FROM network_imports ORDER BY id DESC`)
    .all();
}

export function findNetworkImport(db: ReadableConnection, id: number): NetworkImportRow | undefined {
  return db
    .prepare<[number], NetworkImportRow>(`SELECT ${NETWORK_IMPORT} FROM network_imports WHERE id = ?`)
    .get(id);
}

export function addNetworkImport(
  db: WritableConnection,
  row: Omit<NetworkImportRow, 'id' | 'undoneAt'>,
): number {
  const made = db
    .prepare(
      'INSERT INTO network_imports (file_name, sha256, at, changes) VALUES (@fileName, @sha256, @at, @changes)',
    )
    .run(row);
  return Number(made.lastInsertRowid);
}

export function markNetworkImportUndone(db: WritableConnection, id: number, at: string): void {
  db.prepare('UPDATE network_imports SET undone_at = ? WHERE id = ?').run(at, id);
}

export interface SchemeUse {
  scheme: number;
  forecasts: number;
  plans: number;
  reports: number;
}

/** How many stored results name each scheme version. */
export function listSchemeUses(db: ReadableConnection): Map<number, SchemeUse> {
  const rows = db
    .prepare<[], SchemeUse>(
      `SELECT s.id AS scheme,
         (SELECT count(*) FROM forecast_runs r WHERE r.scheme_id = s.id) AS forecasts,
         (SELECT count(*) FROM plans p WHERE p.scheme_id = s.id) AS plans,
         (SELECT count(*) FROM report_batches b WHERE b.scheme_id = s.id) AS reports
       FROM region_schemes s`,
    )
    .all();
  return new Map(rows.map((row) => [row.scheme, row]));
}

export interface SchemeContent {
  code: string;
  nameZh: string;
  nameEn: string;
  validFrom: string;
  regions: readonly { code: string; name: string; cities: readonly number[] }[];
}

/** Writes a version whole; one that is there is replaced. It then belongs to no import. */
export function writeScheme(db: WritableConnection, id: number | null, content: SchemeContent): number {
  const { code, nameZh, nameEn, validFrom } = content;
  let scheme = id;
  if (scheme === null) {
    const made = db
      .prepare('INSERT INTO region_schemes (code, name_zh, name_en, valid_from) VALUES (?, ?, ?, ?)')
      .run(code, nameZh, nameEn, validFrom);
    scheme = Number(made.lastInsertRowid);
  } else
    db.prepare(
      'UPDATE region_schemes SET batch_id = NULL, code = ?, name_zh = ?, name_en = ?, valid_from = ? WHERE id = ?',
    ).run(code, nameZh, nameEn, validFrom, scheme);
  clearScheme(db, scheme);
  const addRegion = db.prepare('INSERT INTO regions (scheme_id, code, name) VALUES (?, ?, ?)');
  const addMember = db.prepare('INSERT INTO region_members (scheme_id, city_id, region_id) VALUES (?, ?, ?)');
  for (const region of content.regions) {
    const made = addRegion.run(scheme, region.code, region.name);
    for (const city of region.cities) addMember.run(scheme, city, Number(made.lastInsertRowid));
  }
  return scheme;
}

function clearScheme(db: WritableConnection, scheme: number): void {
  db.prepare('DELETE FROM region_members WHERE scheme_id = ?').run(scheme);
  db.prepare('DELETE FROM regions WHERE scheme_id = ?').run(scheme);
}

export function removeScheme(db: WritableConnection, scheme: number): void {
  clearScheme(db, scheme);
  db.prepare('DELETE FROM region_schemes WHERE id = ?').run(scheme);
}

/** A dealer with answers that does not stand where it was first recorded: code, city, successor, former stays. */
export type PlacedByHand = [code: string, city: string, successor: string | null, stays: string];

export function listPlacedByHand(db: ReadableConnection): PlacedByHand[] {
  return db
    .prepare<[], PlacedByHand>(
      `SELECT d.code, c.code, s.code,
         (SELECT coalesce(group_concat(t.until || ' ' || t.city_id, ','), '') FROM dealer_stays t
          WHERE t.dealer_id = d.id) AS stays
       FROM dealers d JOIN cities c ON c.id = d.city_id LEFT JOIN dealers s ON s.id = d.successor_id
       WHERE EXISTS (SELECT 1 FROM cells x WHERE x.dealer_id = d.id)
         AND (d.city_id <> d.recorded_city_id OR d.successor_id IS NOT NULL
           OR EXISTS (SELECT 1 FROM dealer_stays t WHERE t.dealer_id = d.id))
       ORDER BY d.code`,
    )
    .raw()
    .all();
}
