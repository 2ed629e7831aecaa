import type { Bilingual } from './language.ts';

/**
 * The ladder of areas, from the whole to the single shop: 总体 > 大区 > 省份 > 城市 > 单店.
 * A scope is one rung's member; its children under a region scheme are on the next rung that has any.
 */
export const SCOPE_LEVELS = ['overall', 'region', 'province', 'city', 'dealer'] as const;

/** One rung of the ladder. */
export type ScopeLevel = (typeof SCOPE_LEVELS)[number];

/**
 * The address of a scope, one string that is stable within a region scheme:
 * `overall`, `region:<code>`, `province:<code>`, `city:<code>`, `dealer:<code>`.
 */
export type ScopeId = string;

/** The root of every tree. */
export const OVERALL: ScopeId = 'overall';

/** The rung a scope stands on. Example: `levelOf('city:4401')` is `'city'`. Throws on an unknown rung. */
export function levelOf(id: ScopeId): ScopeLevel {
  const head = id.split(':', 1)[0] as ScopeLevel;
  if (!SCOPE_LEVELS.includes(head)) throw new RangeError(`levelOf: scope ${id}`);
  return head;
}

/** The address of a member. Example: `scopeId('city', '4401')` is `'city:4401'`. */
export function scopeId(level: ScopeLevel, code: string): ScopeId {
  return level === 'overall' ? OVERALL : `${level}:${code}`;
}

/** The member's code without its rung. Example: `codeOf('city:4401')` is `'4401'`; the root's is `''`. */
export function codeOf(id: ScopeId): string {
  const cut = id.indexOf(':');
  return cut < 0 ? '' : id.slice(cut + 1);
}

/**
 * A scope tree under one region scheme, parents before children. `parent` is an index into the same array,
 * -1 for the root.
 */
export interface ScopeNode {
  id: ScopeId;
  level: ScopeLevel;
  name: Bilingual;
  parent: number;
}
