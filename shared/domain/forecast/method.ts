import type { Bilingual } from '../language.ts';
import { buildDictionary, PANEL_SHAPE } from './kernel.ts';

/** Version of the forecasting method, stored with every run; changes when the same data would give other numbers. */
export const FORECAST_METHOD = 'pooled-curves/3';

let names: Map<string, Bilingual> | undefined;

/**
 * The name of the curve family with this id, that of a run under method pooled-curves/1 too (it ended in `-d0`); an id
 * that no version knows is its own name.
 */
export function kernelName(id: string): Bilingual {
  names ??= new Map(buildDictionary(PANEL_SHAPE).kernels.map((kernel) => [kernel.id, kernel.name]));
  return names.get(id.replace(/-d0$/, '')) ?? { zh: id, en: id };
}
