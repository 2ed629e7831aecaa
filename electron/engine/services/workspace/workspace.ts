// An open database with what is derived from it: scope trees and score cubes, rebuilt when the data change.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { DatabaseStatus } from '../../../../shared/calls/app.ts';
import type { Basis } from '../../../../shared/calls/call.ts';
import type { AuditAction, AuditChange } from '../../../../shared/domain/audit-action.ts';
import { ScoreCube } from '../../../../shared/domain/cube.ts';
import { DEFAULT_RULES, type DisplayRules } from '../../../../shared/domain/display-rules.ts';
import type { TierRules } from '../../../../shared/domain/precision.ts';
import type { ScopeTree } from '../../../../shared/domain/scope-tree.ts';
import { CHANNELS, type Channel } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { EngineOptions } from '../../options.ts';

import { acknowledgedBatch, batchHash, countFacts, meanHalo } from '../../store/batches.ts';
import {
  type Database,
  openDatabase,
  type ReadableConnection,
  type WritableConnection,
} from '../../store/database.ts';
import {
  currentWeightSet,
  findWeightSet,
  type IndicatorRow,
  listIndicators,
  listWeights,
} from '../../store/indicators.ts';
import { addAudit, bumpDataVersion, dataVersion, readSetting, writeSetting } from '../../store/ledger.ts';
import { MIGRATIONS } from '../../store/migrations/registry.ts';
import { addScheme, listSchemes } from '../../store/places.ts';
import { listItemScales } from '../../store/questions.ts';
import { markInterruptedReports } from '../../store/results.ts';
import { listWaves, type WaveRow, windowOf } from '../../store/studies.ts';
import {
  type BasisReach,
  type BasisRows,
  basisCells,
  basisKey,
  basisRows,
  isWhole,
  placedCells,
  type ResolvedBasis,
  resolveBasis,
} from './basis.ts';
import { buildNetworkTree } from './network-tree.ts';

export const APP_VERSION = '0.1.0';

/** What an entry of the audit log says: what was done to what; `detail` holds `before` and `after` of a change. */
interface AuditNote {
  action: AuditAction;
  subject: string;
  detail?: Record<string, unknown> | AuditChange;
}

/** The items of a channel's cube and where they stand in the indicator tree. */
export interface ChannelCube {
  scheme: number;
  channel: Channel;
  tree: ScopeTree;
  cube: ScoreCube;
  /** Indicator id to item position. */
  itemOf: Map<number, number>;
  /** Native scale of each item, and of the index. */
  scales: { min: number; max: number }[];
  indexScale: { min: number; max: number };
  /** The limits of what may be shown. */
  tiers: TierRules;
  basis: ResolvedBasis;
  reach: BasisReach;
  /** The same places with everybody in them, where that is not the channel's own cube under the scheme. */
  whole?: ChannelCube;
}

/** The indicator tree under the current weights, or another version of them. */
export interface IndicatorTree {
  rows: IndicatorRow[];
  byCode: Map<string, IndicatorRow>;
  weights: Map<number, number>;
  weightSet: { id: number; version: number; note: string };
}

/** Ends a rehearsal: its transaction is rolled back and its outcome carried out of it. */
class TakenBack extends Error {
  readonly value: unknown;

  constructor(value: unknown) {
    super('taken back');
    this.value = value;
  }
}

export class Workspace {
  readonly database: Database;
  readonly #options: EngineOptions;
  readonly #derived = new Map<string, unknown>();
  #version: number;

  constructor(database: Database, options: EngineOptions) {
    this.database = database;
    this.#options = options;
    this.#version = dataVersion(this.reader);
  }

  /** The connection that reads; on a read-write database it is the writer, so reads see what was just written. */
  get reader(): ReadableConnection {
    if (!this.database.readonly) return this.database.connection;
    this.#reader ??= this.database.openReader();
    return this.#reader;
  }
  #reader: ReadableConnection | undefined;

  get writer(): WritableConnection {
    return this.database.connection;
  }

  get dataVersion(): number {
    return this.#version;
  }

  now(): string {
    return this.#options.clock().toISOString();
  }

  /** One transaction that changes data: bumps the data version, writes the audit line, forgets what was derived. */
  change<T>(audit: AuditNote, work: (db: WritableConnection) => T): T {
    const { value, version } = this.database.transaction(() => {
      const value = work(this.writer);
      this.#audit(audit);
      return { value, version: bumpDataVersion(this.writer) };
    });
    this.#version = version;
    this.#derived.clear();
    return value;
  }

  /** One transaction that changes names, dates or groupings: figures that were made stay, and so does the data version. */
  describe<T>(audit: AuditNote, work: (db: WritableConnection) => T): T {
    const value = this.record(audit, work);
    this.#derived.clear();
    return value;
  }

  /** What would be after a change: it is made, looked at and taken back in one transaction; nothing stays written. */
  rehearse<T>(work: (db: WritableConnection) => void, look: () => T): T {
    const kept = [...this.#derived];
    try {
      this.database.transaction(() => {
        work(this.writer);
        this.#derived.clear();
        throw new TakenBack(look());
      });
    } catch (error) {
      if (error instanceof TakenBack) return error.value as T;
      throw error;
    } finally {
      this.#derived.clear();
      for (const [key, value] of kept) this.#derived.set(key, value);
    }
    throw new Error('rehearse: the transaction ended by itself');
  }

  /** One transaction that records a result or a person's work; the data stay the same. */
  record<T>(audit: AuditNote, work: (db: WritableConnection) => T): T {
    return this.database.transaction(() => {
      const value = work(this.writer);
      this.#audit(audit);
      return value;
    });
  }

  #audit(entry: AuditNote): void {
    addAudit(this.writer, {
      at: this.now(),
      actor: this.#options.actor ?? '',
      action: entry.action,
      subject: entry.subject,
      detail: JSON.stringify(entry.detail ?? {}),
    });
  }

  /** Something that follows from the data alone: made once, forgotten when the data change. */
  derived<T>(key: string, make: () => T): T {
    if (!this.#derived.has(key)) this.#derived.set(key, make());
    return this.#derived.get(key) as T;
  }

  indicators(version: number | null = null): IndicatorTree {
    return this.derived(`indicators ${version ?? ''}`, () => {
      const weightSet =
        (version === null ? undefined : findWeightSet(this.reader, version)) ?? currentWeightSet(this.reader);
      const rows = listIndicators(this.reader, weightSet.id);
      const byCode = new Map(rows.map((row) => [row.code, row]));
      return { rows, byCode, weights: listWeights(this.reader, weightSet.id), weightSet };
    });
  }

  /** From which base figures are shown and marked, and how many marks may be false. */
  rules(): DisplayRules {
    return this.derived('rules', () => {
      const saved = readSetting(this.reader, 'display-rules');
      return saved === undefined ? DEFAULT_RULES : (JSON.parse(saved) as DisplayRules);
    });
  }

  waves(): WaveRow[] {
    return this.derived('waves', () => listWaves(this.reader));
  }

  tree(scheme: number): ScopeTree {
    return this.derived(`tree ${scheme}`, () => buildNetworkTree(this.reader, scheme));
  }

  /**
   * The cube of a channel under a scheme; throws `channel-without-data`, and where the basis names what is not there.
   * On another basis the cube has the same places, items and quarters, and may be empty.
   */
  cube(scheme: number, channel: Channel, basis: Basis = {}): ChannelCube {
    return this.cubeOn(scheme, channel, resolveBasis(this.reader, basis, channel));
  }

  cubeOn(scheme: number, channel: Channel, basis: ResolvedBasis): ChannelCube {
    const key = `cube ${scheme} ${channel} ${basisKey(basis)}`;
    const cube = this.derived(key, () => this.#buildCube(scheme, channel, basis));
    if (!cube) throw new AppError('channel-without-data', { channel });
    if (!isWhole(basis)) this.#keepLatest(key);
    return cube;
  }

  /** Samples are tried out one after the other: only the cubes used last stay in memory. */
  #keepLatest(key: string): void {
    this.#latest = [key, ...this.#latest.filter((one) => one !== key)];
    for (const old of this.#latest.splice(KEPT_CUBES)) this.#derived.delete(old);
  }
  #latest: string[] = [];

  /** The channels with data, in their fixed order. */
  channels(): Channel[] {
    const present = new Set(this.waves().map((wave) => wave.channel));
    return CHANNELS.filter((channel) => present.has(channel));
  }

  /** Who of a channel's rows is in a basis. */
  basisRows(channel: Channel, basis: ResolvedBasis): BasisRows {
    const { rows, weights } = this.indicators(basis.weightSet);
    return basisRows({ db: this.reader, channel, basis, rows, weights, treeOf: (one) => this.tree(one) });
  }

  #buildCube(scheme: number, channel: Channel, basis: ResolvedBasis): ChannelCube | null {
    const tree = this.tree(scheme);
    const quarters = this.waves()
      .filter((wave) => wave.channel === channel)
      .map((wave) => wave.quarter);
    if (quarters.length === 0) return null;
    const { rows, weights } = this.indicators(basis.weightSet);
    const scaleOf = new Map<number, { min: number; max: number }>();
    for (const scale of listItemScales(this.reader))
      if (scale.channel === channel) scaleOf.set(scale.indicatorId, { min: scale.min, max: scale.max });
    const asked = rows.filter((row) => scaleOf.has(row.id));
    const itemOf = new Map(asked.map((row, position) => [row.id, position]));
    const treeOf = (one: number) => this.tree(one);
    const { cells, reach } = basisCells({ db: this.reader, channel, basis, rows, weights, treeOf });
    const cube = new ScoreCube({
      parents: tree.nodes.map((node) => node.parent),
      items: asked.map((row) => ({
        code: row.code,
        weight: row.role === 'item' ? (weights.get(row.id) ?? 0) : 0,
      })),
      cells: placedCells(cells, tree, itemOf),
      firstQuarter: Math.min(...quarters),
      lastQuarter: Math.max(...quarters),
      halo: meanHalo(this.reader, channel),
      window: windowOf(this.reader, channel),
    });
    const scales = asked.map((row) => scaleOf.get(row.id)!);
    // In the order of their coming, so that a tree ordered anew does not decide between scales used equally often.
    const byAge = [...asked].sort((a, b) => a.id - b.id);
    const indexScale = mostCommon(byAge.map((row) => scaleOf.get(row.id)!));
    const tiers = this.rules();
    return { scheme, channel, tree, cube, itemOf, scales, indexScale, tiers, basis, reach };
  }

  status(): DatabaseStatus {
    return {
      path: this.database.path,
      name: basename(this.database.path),
      readonly: this.database.readonly,
      sample: readSetting(this.reader, 'sample') === '1',
      bytes: statSync(this.database.path).size,
      dataVersion: this.#version,
      counts: countFacts(this.reader),
    };
  }

  close(): void {
    this.#reader?.close();
    this.database.close();
  }
}

const KEPT_CUBES = 12;

function mostCommon(scales: readonly { min: number; max: number }[]): { min: number; max: number } {
  const counts = new Map<string, { scale: { min: number; max: number }; count: number }>();
  for (const scale of scales) {
    const key = `${scale.min} ${scale.max}`;
    counts.set(key, { scale, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.scale ?? { min: 0, max: 100 };
}

/** Opens or creates a database and clears away what a dead process had left unfinished. */
export function openWorkspace(path: string, options: EngineOptions): Workspace {
  const database = openDatabase(path, {
    migrations: MIGRATIONS,
    clock: options.clock,
    appVersion: APP_VERSION,
    readLastBatch: acknowledgedBatch,
    readBatchHash: batchHash,
    onWarning: (warning) => options.log(`database: ${warning}`),
  });
  if (!database.readonly)
    database.transaction(() => {
      markInterruptedReports(database.connection);
      if (listSchemes(database.connection).length === 0)
        addScheme(database.connection, null, {
          code: 'none',
          nameZh: '不分大区',
          nameEn: 'No regions',
          validFrom: '0001-01-01',
        });
    });
  return new Workspace(database, options);
}

/** Marks a database as made from the sample studies. */
export function markSample(workspace: Workspace): void {
  writeSetting(workspace.writer, 'sample', '1');
}
