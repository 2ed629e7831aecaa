import type { Bilingual } from '../language.ts';
import { buildDictionary, PANEL_SHAPE } from './kernel.ts';

/** Version of the forecasting method, stored with every run; changes when the same data would give other numbers. */
export const FORECAST_METHOD = 'pooled-curves/2';

let names: Map<string, Bilingual> | undefined;

/** The name of the curve family with this id; an id that this version does not know is its own name. */
export function kernelName(id: string): Bilingual {
  names ??= new Map(buildDictionary(PANEL_SHAPE).kernels.map((kernel) => [kernel.id, kernel.name]));
  return names.get(id) ?? { zh: id, en: id };
}
