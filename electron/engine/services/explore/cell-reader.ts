// What of a worked-out table may be read, and the measures, margins and marks of its cells.

import type { ExploreCell, ExploreMark } from '../../../../shared/calls/explore.ts';
import { type CellStatistics, nEffOf } from '../../../../shared/domain/cell.ts';
import { tierOf } from '../../../../shared/domain/precision.ts';
import { differenceMargin } from '../../../../shared/domain/significance.ts';
import { findMeasure, scoreOf } from '../figures/figures.ts';
import { StandingForecasts } from '../forecast/standing-forecasts.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { MEASURES, type Measured } from './explore-measures.ts';
import type { SideEntry, TableScene } from './explore-scene.ts';
import type { FigureSource, Place } from './figure-source.ts';

/** The statistics of every cell, and which of them may not be shown. */
export interface Grid {
  rows: SideEntry[];
  columns: SideEntry[];
  /** By row, then column. */
  places: (Place | null)[][];
  cells: CellStatistics[][];
  hidden: Uint8Array[];
  hiddenCount: number;
  /** What cells are compared with, and not to be told from a difference. */
  compared: readonly Place[];
}

/** Reads cells of a grid: what may be shown, and the measures of what may. */
export class CellReader {
  readonly #scene: TableScene;
  readonly #sources: ReadonlyMap<string, FigureSource>;
  readonly #grid: Grid;
  readonly #forecasts: StandingForecasts;
  readonly #hidden = new Set<string>();
  readonly #scales = new Map<string, { min: number; max: number }>();
  readonly #workspace: Workspace;

  constructor(
    workspace: Workspace,
    scene: TableScene,
    sources: ReadonlyMap<string, FigureSource>,
    grid: Grid,
  ) {
    this.#workspace = workspace;
    this.#scene = scene;
    this.#sources = sources;
    this.#grid = grid;
    this.#forecasts = new StandingForecasts(workspace, scene.query.scheme, scene.query.basis);
    if (scene.query.measures.includes('surprise')) this.#loadForecasts();
    grid.places.forEach((line, r) => {
      line.forEach((place, c) => {
        if (place && grid.hidden[r]![c] === 1) this.#hidden.add(keyOf(place));
      });
    });
    for (const place of grid.compared) this.#hidden.add(keyOf(place));
  }

  #loadForecasts(): void {
    const seen = new Set<string>();
    for (const place of this.#grid.places.flat()) {
      if (!place || place.first !== place.last) continue;
      const key = `${place.channel} ${place.first} ${place.indicator}`;
      if (!seen.has(key)) this.#forecasts.load(place.channel, place.first, place.indicator);
      seen.add(key);
    }
  }

  shows(place: Place): boolean {
    const source = this.#sources.get(place.channel);
    if (!source || source.hidden(place)) return false;
    if (this.#hidden.size > 0 && this.#hidden.has(keyOf(place))) return false;
    return tierOf(nEffOf(source.cell(place)), this.#workspace.rules()) !== 'hidden';
  }

  score(place: Place) {
    const source = this.#sources.get(place.channel);
    return source && this.shows(place) ? scoreOf(source.cell(place), this.#shownBy(place)) : null;
  }

  #shownBy(place: Place) {
    return { scale: this.#scaleOf(place), tiers: this.#workspace.rules() };
  }

  #scaleOf({ channel, indicator }: Place): { min: number; max: number } {
    const key = `${channel} ${indicator}`;
    let scale = this.#scales.get(key);
    if (!scale) {
      const { cube } = this.#sources.get(channel)!;
      scale = findMeasure(this.#workspace, cube, indicator)?.scale ?? cube.indexScale;
      this.#scales.set(key, scale);
    }
    return scale;
  }

  /** One value a measure; null where the cell is empty or hidden. */
  measure(r: number, c: number): Measured[] | null {
    const place = this.#grid.places[r]![c];
    const cell = this.#grid.cells[r]![c]!;
    if (!place || cell.sumW === 0 || this.#grid.hidden[r]![c] === 1) return null;
    const measured = {
      source: this.#sources.get(place.channel)!,
      place,
      cell,
      whole: this.#wholeOf(r, c),
      shows: (other: Place) => this.shows(other),
      forecasts: this.#forecasts,
      against: this.#scene.against,
      cellOf: (other: Place) => this.#sources.get(other.channel)!.cell(other),
    };
    return this.#scene.query.measures.map((code) => MEASURES[code].value(measured));
  }

  /** The total that a cell is a part of: along its column, else along its row. */
  #wholeOf(r: number, c: number): Place | null {
    const { rows, columns, places } = this.#grid;
    const above = rows[r]!.parent;
    if (above >= 0) return places[above]![c]!;
    const beside = columns[c]!.parent;
    return beside >= 0 ? places[r]![beside]! : null;
  }

  cell(r: number, c: number, measured: Measured[] | null, marks: ExploreMark[]): ExploreCell | null {
    const place = this.#grid.places[r]![c];
    const cell = this.#grid.cells[r]![c]!;
    if (!place || cell.sumW === 0) return null;
    if (!measured) return { score: null, values: [], margins: [], marks: [] };
    const score = scoreOf(cell, this.#shownBy(place));
    const { measures, intervals } = this.#scene.query;
    const margins = measured.map(({ test }, m) => {
      if (MEASURES[measures[m]!].unit === 'score') return score?.margin100 ?? null;
      if (!intervals || marks[m] === null || test?.comparison.kind !== 'compared') return null;
      return differenceMargin(test.comparison);
    });
    return { score, values: measured.map(({ value }) => value), margins, marks };
  }
}

function keyOf({ channel, node, first, last, indicator, choices }: Place): string {
  return `${channel} ${node} ${first} ${last} ${choices.join()} ${indicator}`;
}
