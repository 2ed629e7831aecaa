/** Weak-point probes. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import { type ProbeDefinition, type ProbeLevel, type ProbePreset, probeDefinition } from '../domain/probe.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { ScopeId } from '../domain/scope.ts';
import type { Channel } from '../domain/study-mapping.ts';
import { call, display, language, nothing, path } from './call.ts';
import type { Score, WrittenFile } from './figure.ts';
import type { SampleInfo } from './samples.ts';

/** A saved probe; `words` says its conditions. */
export interface ProbeInfo {
  id: number;
  name: string;
  definition: ProbeDefinition;
  words: Bilingual;
  actor: string;
  savedAt: string;
  runs: number;
}

/** One quarter in which a unit met every condition. `values` are what each condition looked at. */
export interface ProbeHitView {
  quarter: Quarter;
  score: Score;
  /** From the bottom; null for a base that takes part in no ranking. */
  rank: number | null;
  peers: number;
  values: number[];
  hitWaves: number;
  ofWaves: number;
}

/** A unit and indicator that were hit: the hits, newest first, and the waves they stand in. */
export interface ProbeUnit {
  /** A place, or `sample:<id>`. */
  unit: ScopeId;
  level: ProbeLevel;
  name: Bilingual;
  /** The places above, the whole left out. */
  path: Bilingual[];
  indicator: string;
  indicatorName: Bilingual;
  hits: ProbeHitView[];
  waves: { quarter: Quarter; score100: number | null; hit: boolean }[];
}

/** What a probe found, the units hit last and lowest first. */
export interface ProbeResult {
  words: Bilingual;
  /** Of a saved probe: where this run is kept. */
  run: number | null;
  units: ProbeUnit[];
  hits: number;
  /** Units x indicators x quarters with a figure that was looked at. */
  looked: number;
  /** The quarters with data that were looked at. */
  quarters: Quarter[];
  notes: Bilingual[];
}

/** One kept run of a saved probe. `changed`: the probe has been edited since. */
export interface ProbeRunInfo {
  id: number;
  at: string;
  actor: string;
  dataVersion: number;
  hits: number;
  changed: boolean;
}

/** A hit of one run that the other lacks. */
export interface ProbeHitDifference {
  unit: ScopeId;
  name: Bilingual;
  channel: Channel;
  indicator: string;
  indicatorName: Bilingual;
  quarter: Quarter;
  score100: number;
}

/** What changed between two runs. */
export interface ProbeDifference {
  appeared: ProbeHitDifference[];
  gone: ProbeHitDifference[];
  kept: number;
}

const id = z.number().int().positive();
const name = z.string().trim().min(1).max(80);

/** The calls of this area. */
export const probesCalls = {
  'probes.presets': call<readonly ProbePreset[]>()(nothing),
  'probes.list': call<ProbeInfo[]>()(nothing),
  'probes.save': call<ProbeInfo>()(z.strictObject({ id: id.optional(), name, definition: probeDefinition }), {
    alone: true,
  }),
  'probes.delete': call<{ deleted: boolean }>()(z.strictObject({ id }), { alone: true }),
  /** Tries a definition out; nothing is kept. */
  'probes.try': call<ProbeResult>()(z.strictObject({ definition: probeDefinition })),
  /** Runs a saved probe and keeps what it found. */
  'probes.run': call<ProbeResult>()(z.strictObject({ id }), { alone: true }),
  'probes.runs': call<ProbeRunInfo[]>()(z.strictObject({ id })),
  'probes.compare': call<ProbeDifference>()(z.strictObject({ before: id, after: id })),
  /** The units that were hit, in the quarters they were hit or in all of them, as a named sample. */
  'probes.sample': call<SampleInfo>()(
    z.strictObject({
      definition: probeDefinition,
      name,
      note: z.string().max(500).default(''),
      quarters: z.enum(['hit', 'all']).default('hit'),
    }),
    { alone: true },
  ),
  /** Every hit, as a workbook or by the path's extension as CSV. */
  'probes.export': call<WrittenFile>()(
    z.strictObject({ definition: probeDefinition, path, language: language.default('zh-CN'), display }),
  ),
} as const;
