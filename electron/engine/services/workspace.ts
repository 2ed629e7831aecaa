// An open database with what is derived from it: scope trees and score cubes, rebuilt when the data change.
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { DatabaseStatus } from '../../../shared/calls/app.ts';
import type { AuditAction, AuditChange } from '../../../shared/domain/audit-action.ts';
import { type CubeCell, ScoreCube } from '../../../shared/domain/cube.ts';
import { cityByCode, regionName } from '../../../shared/domain/geography.ts';
import { buildScopeTree, type ScopeTree } from '../../../shared/domain/scope-tree.ts';
import { CHANNELS, type Channel } from '../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../shared/errors.ts';
import type { EngineOptions } from '../options.ts';

import {
  BASE_INDICATOR,
  batchHash,
  countFacts,
  iterateCells,
  lastBatch,
  meanHalo,
} from '../store/batches.ts';
import {
  type Database,
  openDatabase,
  type ReadableConnection,
  type WritableConnection,
} from '../store/database.ts';
import { addAudit, bumpDataVersion, dataVersion, readSetting, writeSetting } from '../store/ledger.ts';
import { MIGRATIONS } from '../store/migrations/registry.ts';
import {
  addScheme,
  listCities,
  listDealers,
  listMembers,
  listProvinces,
  listRegions,
  listSchemes,
} from '../store/places.ts';
import { markInterruptedReports } from '../store/results.ts';
import {
  currentWeightSet,
  type IndicatorRow,
  listIndicators,
  listItemScales,
  listWaves,
  listWeights,
  type WaveRow,
} from '../store/studies.ts';

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
}

/** The indicator tree under the current weights. */
export interface IndicatorTree {
  rows: IndicatorRow[];
  byCode: Map<string, IndicatorRow>;
  weights: Map<number, number>;
  weightSet: { id: number; version: number; note: string };
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

  indicators(): IndicatorTree {
    return this.derived('indicators', () => {
      const weightSet = currentWeightSet(this.reader);
      const rows = listIndicators(this.reader);
      const byCode = new Map(rows.map((row) => [row.code, row]));
      return { rows, byCode, weights: listWeights(this.reader, weightSet.id), weightSet };
    });
  }

  waves(): WaveRow[] {
    return this.derived('waves', () => listWaves(this.reader));
  }

  tree(scheme: number): ScopeTree {
    return this.derived(`tree ${scheme}`, () => this.#buildTree(scheme));
  }

  #buildTree(scheme: number): ScopeTree {
    if (!listSchemes(this.reader).some((one) => one.id === scheme))
      throw new AppError('scheme-unknown', { scheme });
    const provinces = new Map(listProvinces(this.reader).map((row) => [row.id, row]));
    const regions = new Map(
      listRegions(this.reader, scheme).map((row) => [row.id, { code: row.code, name: regionName(row.name) }]),
    );
    const members = listMembers(this.reader, scheme);
    const cities = listCities(this.reader).map((city) => {
      const province = provinces.get(city.provinceId)!;
      return {
        id: city.id,
        code: city.code,
        name: { zh: city.name, en: cityByCode(city.code)?.nameEn ?? city.name },
        province: { code: province.code, name: { zh: province.nameZh, en: province.nameEn } },
        region: regions.get(members.get(city.id) ?? -1),
      };
    });
    const order = new Map([...regions.values()].map((region, i) => [region.code, i]));
    cities.sort((a, b) => (order.get(a.region?.code ?? '') ?? -1) - (order.get(b.region?.code ?? '') ?? -1));
    const dealers = listDealers(this.reader).map((row) => ({
      ...row,
      name: sameName(row.name),
      pooled: row.pooled === 1,
    }));
    return buildScopeTree(cities, dealers, OVERALL_NAME);
  }

  /** The cube of a channel under a scheme; throws `channel-without-data`. */
  cube(scheme: number, channel: Channel): ChannelCube {
    const cube = this.derived(`cube ${scheme} ${channel}`, () => this.#buildCube(scheme, channel));
    if (!cube) throw new AppError('channel-without-data', { channel });
    return cube;
  }

  /** The channels with data, in their fixed order. */
  channels(): Channel[] {
    const present = new Set(this.waves().map((wave) => wave.channel));
    return CHANNELS.filter((channel) => present.has(channel));
  }

  #buildCube(scheme: number, channel: Channel): ChannelCube | null {
    const tree = this.tree(scheme);
    const quarters = this.waves()
      .filter((wave) => wave.channel === channel)
      .map((wave) => wave.quarter);
    if (quarters.length === 0) return null;
    const { rows, weights } = this.indicators();
    const scaleOf = new Map<number, { min: number; max: number }>();
    for (const scale of listItemScales(this.reader))
      if (scale.channel === channel) scaleOf.set(scale.indicatorId, { min: scale.min, max: scale.max });
    const asked = rows.filter((row) => scaleOf.has(row.id));
    const itemOf = new Map(asked.map((row, position) => [row.id, position]));
    const cube = new ScoreCube({
      parents: tree.nodes.map((node) => node.parent),
      items: asked.map((row) => ({
        code: row.code,
        weight: row.role === 'item' ? (weights.get(row.id) ?? 0) : 0,
      })),
      cells: this.#cells(channel, tree, itemOf),
      firstQuarter: Math.min(...quarters),
      lastQuarter: Math.max(...quarters),
      halo: meanHalo(this.reader, channel),
    });
    const scales = asked.map((row) => scaleOf.get(row.id)!);
    return { scheme, channel, tree, cube, itemOf, scales, indexScale: mostCommon(scales) };
  }

  *#cells(channel: Channel, tree: ScopeTree, itemOf: Map<number, number>): Generator<CubeCell> {
    for (const [dealer, indicator, quarter, n, sumW, sumW2, sumWX, sumWX2] of iterateCells(
      this.reader,
      channel,
    )) {
      const node = tree.nodeOfDealer.get(dealer);
      const item = indicator === BASE_INDICATOR ? -1 : itemOf.get(indicator);
      if (node !== undefined && item !== undefined)
        yield { node, item, quarter, n, sumW, sumW2, sumWX, sumWX2 };
    }
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

function mostCommon(scales: readonly { min: number; max: number }[]): { min: number; max: number } {
  const counts = new Map<string, { scale: { min: number; max: number }; count: number }>();
  for (const scale of scales) {
    const key = `${scale.min} ${scale.max}`;
    counts.set(key, { scale, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]?.scale ?? { min: 0, max: 100 };
}

const OVERALL_NAME = { zh: '全国', en: 'Overall' };

/** A name that a file brought: the same in both languages. */
function sameName(name: string): { zh: string; en: string } {
  return { zh: name, en: name };
}

/** Opens or creates a database and clears away what a dead process had left unfinished. */
export function openWorkspace(path: string, options: EngineOptions): Workspace {
  const database = openDatabase(path, {
    migrations: MIGRATIONS,
    clock: options.clock,
    appVersion: APP_VERSION,
    readLastBatch: (connection) => {
      const last = lastBatch(connection);
      return last.seq > 0 ? last : undefined;
    },
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
