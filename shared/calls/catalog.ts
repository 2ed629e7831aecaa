/** What a screen can offer to choose from. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { ScopeNode } from '../domain/scope.ts';
import type { Channel } from '../domain/study-mapping.ts';
import { call, nothing, scheme } from './call.ts';

/** One channel that holds data. `items` are the indicator codes it asked at least once. */
export interface ChannelInfo {
  channel: Channel;
  name: Bilingual;
  studies: { code: string; name: Bilingual; kind: 'responses' | 'scores'; provider: string }[];
  quarters: Quarter[];
  items: string[];
  /** Native scale of the index: the most common scale of the channel's items. */
  scale: { min: number; max: number };
  /** Native scale of each asked item, by its code. */
  scales: Record<string, { min: number; max: number }>;
}

/** One indicator of the tree, parents before children. `weight` is R / sum R over all items, 0 for non-items. */
export interface IndicatorInfo {
  code: string;
  parent: string | null;
  role: 'index' | 'factor' | 'item' | 'question';
  name: Bilingual;
  weight: number;
}

/** One region scheme. */
export interface SchemeInfo {
  id: number;
  code: string;
  name: Bilingual;
  validFrom: string;
  /** `as-was`: all versions, each in its time, with dealers where they stood then. */
  timing: 'as-is' | 'as-was';
  regions: number;
}

/** Everything a screen needs to offer choices. */
export interface Catalog {
  channels: ChannelInfo[];
  indicators: IndicatorInfo[];
  schemes: SchemeInfo[];
  quarters: Quarter[];
  weightSet: { version: number; note: string };
}

/** The calls of this area. */
export const catalogCalls = {
  'catalog.get': call<Catalog>()(nothing),
  'scopes.tree': call<ScopeNode[]>()(z.strictObject({ scheme })),
} as const;
