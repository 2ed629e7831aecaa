// Learns the shipped prior: `npx node test/bench/learn-prior.ts` rewrites shared/domain/forecast/default-prior.json.
// Panels: simulated ones and the first 20 quarters of the underground panel. Series in any unit: M1.
import { writeFileSync } from 'node:fs';
import { decompose } from '../../shared/domain/forecast/decompose.ts';
import type { PartFamily } from '../../shared/domain/forecast/default-prior.ts';
import { buildDictionary, type Dictionary, PANEL_SHAPE, SPAN } from '../../shared/domain/forecast/kernel.ts';
import { type Evidence, emptyEvidence, weighSeries } from '../../shared/domain/forecast/mixture.ts';
import type { ForecastPanel } from '../../shared/domain/forecast/panel.ts';
import { cutWindow } from '../../shared/domain/forecast/pool-series.ts';
import { learnPool, type Vote } from '../../shared/domain/forecast/pooling.ts';
import { freeDictionary } from '../../shared/domain/forecast/series-pool.ts';
import { emptyWindow } from '../../shared/domain/forecast/series-window.ts';
import { cutPanel, DATA, readLongSeries, readUnderground } from './series-data.ts';
import { simulatePanel } from './simulate-panel.ts';

const OPTIONS = { pseudoCount: 20, iterations: 80, shrinkLevels: false };

function votesOf(evidence: readonly Evidence[]): Vote[] {
  return evidence.map((one) => ({ evidence: one, count: 1 }));
}

function everything(dictionary: Dictionary): Int32Array {
  return Int32Array.from({ length: dictionary.size }, (_, i) => i);
}

function even(dictionary: Dictionary): Float64Array {
  return new Float64Array(dictionary.size).fill(1 / dictionary.size);
}

/** How lively the simulated panels are, and how long their movements last. */
const TEMPERS = [0.5, 1, 2].flatMap((liveliness) => [0, 0.5, 0.9].map((memory) => ({ liveliness, memory })));

/** Evidence of every part of a panel, by family; at most `limit` parts a family. */
function panelEvidence(
  panel: ForecastPanel,
  dictionary: Dictionary,
  limit: number,
): Map<PartFamily, Evidence[]> {
  const parts = decompose(panel, 0.5);
  const T = panel.quarters.length;
  const K = panel.indicators.length;
  const window = emptyWindow();
  const out = new Map<PartFamily, Evidence[]>();
  const add = (family: PartFamily, values: Float64Array, noise: Float64Array): void => {
    const list = out.get(family) ?? [];
    out.set(family, list);
    if (list.length >= limit) return;
    const series = { values, noise, breakAt: 0, breakVariance: 0 };
    cutWindow(series, panel.quarters, T, panel.quarters.at(-1)! + 1, 16, window);
    if (window.count < 4) return;
    const evidence = emptyEvidence(dictionary.size);
    weighSeries(dictionary, window, everything(dictionary), evidence);
    list.push(evidence);
  };
  panel.units.forEach(({ parent }, u) => {
    add(
      parent < 0 ? 'overall' : 'unit',
      parts.unit.subarray(u * T, u * T + T),
      parts.unitNoise.subarray(u * T, u * T + T),
    );
    for (let k = 0; k < K; k += 1) {
      const from = (u * K + k) * T;
      add(
        parent < 0 ? 'indicator' : 'rest',
        parts.rest.subarray(from, from + T),
        parts.restNoise.subarray(from, from + T),
      );
    }
  });
  return out;
}

/** Weights by kernel id in hundredths of a percent, one a scale; kernels that round to nothing are left out. */
function compact(dictionary: Dictionary, weights: Float64Array): Record<string, number[]> {
  const scaleCount = dictionary.scales.length;
  const rows = dictionary.kernels.map(({ id }, k): [string, number[]] => [
    id,
    Array.from(weights.subarray(k * scaleCount, (k + 1) * scaleCount), (weight) => Math.round(weight * 1e4)),
  ]);
  return Object.fromEntries(rows.filter(([, row]) => row.some((weight) => weight > 0)));
}

function learnPanelFamilies(): Record<string, Record<string, number[]>> {
  const dictionary = buildDictionary(PANEL_SHAPE);
  const underground = readUnderground(`${DATA}/underground-satisfaction/first-30-quarters.csv`);
  const panels = [cutPanel(underground, 0, 10), cutPanel(underground, 4, 20), cutPanel(underground, 0, 16)];
  for (let seed = 1; seed <= 45; seed += 1)
    panels.push(
      simulatePanel({ seed: 1000 + seed, dealers: 60, quarters: 16, ...TEMPERS[seed % TEMPERS.length] })
        .panel,
    );
  const pooled = new Map<PartFamily, Evidence[]>();
  for (const panel of panels)
    for (const [family, list] of panelEvidence(panel, dictionary, 60))
      pooled.set(family, [...(pooled.get(family) ?? []), ...list]);
  return Object.fromEntries(
    [...pooled].map(([family, list]) => [
      family,
      compact(dictionary, learnPool(votesOf(list), even(dictionary), OPTIONS).weights),
    ]),
  );
}

/** Prior weights of series in any unit, from windows of 8 and 16 quarters at the ends of the given series. */
export function learnFreePrior(series: Iterable<readonly number[]>): Float64Array {
  const dictionary = freeDictionary();
  const all = everything(dictionary);
  const evidence: Evidence[] = [];
  for (const values of series)
    for (const length of [6, 12, 20])
      for (let back = 0; back < 16 && values.length - back >= length; back += 4) {
        const used = values.slice(values.length - back - length, values.length - back);
        const unit = used.reduce((sum, value) => sum + Math.abs(value), 0) / length || 1;
        const window = emptyWindow();
        used.forEach((value, i) => {
          window.rows[i] = SPAN - 1 - length + i;
          window.values[i] = value / unit;
        });
        window.count = length;
        const one = emptyEvidence(dictionary.size);
        weighSeries(dictionary, window, all, one);
        evidence.push(one);
      }
  return learnPool(votesOf(evidence), even(dictionary), OPTIONS).weights;
}

if (import.meta.main) {
  const m1 = readLongSeries(`${DATA}/m1-quarterly/M1_quarterly_long.csv`);
  const tables = { ...learnPanelFamilies(), free: compact(freeDictionary(), learnFreePrior(m1.values())) };
  const path = new URL('../../shared/domain/forecast/default-prior.json', import.meta.url);
  const rows = Object.entries(tables).map(
    ([family, table]) =>
      `  "${family}": {\n${Object.entries(table)
        .map(([id, row]) => `    "${id}": [${row.join(', ')}]`)
        .join(',\n')}\n  }`,
  );
  writeFileSync(path, `{\n${rows.join(',\n')}\n}\n`);
}
