// Where the statistics of any cell come from: the cube where places, quarters and indicators are enough, else the
// answers themselves, tabulated once for everything that a table needs.

import { type CellStatistics, emptyCell, varianceOf } from '../../../../shared/domain/cell.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { nodeAt } from '../../../../shared/domain/scope-tree.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { WeightedWhole } from '../../../../shared/domain/weighted-whole.ts';
import { AppError } from '../../../../shared/errors.ts';
import { SUMS, type TableAxis } from '../../store/answer-groups.ts';
import { type AnswerTable, tabulateAnswers } from '../../store/answer-table.ts';
import type { StoredValue, TableGate } from '../../store/chunk-rows.ts';
import { DEALER_QUARTER, dealerQuarter } from '../../store/dealer-quarter.ts';
import { filesIn } from '../../store/evidence.ts';
import { attributeVariable, itemVariable } from '../../store/response-chunk.ts';
import { findMeasure, type Measure, partsOf } from '../figures/figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import type { ChannelAnswers } from './channel-answers.ts';

/** The score on 0-100 from which an answer counts as satisfied: 8 of 10, 4 of 5. */
export const SATISFIED_FROM = 75;

/** Which figure: `choices` has a group for each attribute dimension, 0 for everybody. */
export interface Place {
  channel: Channel;
  node: number;
  first: Quarter;
  last: Quarter;
  indicator: string;
  choices: readonly number[];
}

export interface FigureSource {
  readonly cube: ChannelCube;
  cell(place: Place): CellStatistics;
  /** The respondents, whatever they answered. */
  base(place: Place): CellStatistics;
  /** Share of satisfied answers, 0-100, of a whole by its items' weights; null where single answers are not known. */
  satisfied(place: Place): number | null;
  /** True where another screen hides this very figure. */
  hidden(place: Place): boolean;
}

const MOST_KNOWN = 200_000;

/** Cells worked out before: the next table of the same data mostly wants them again, and every whole many times over. */
class KnownCells {
  readonly #cells = new Map<string, Map<number, CellStatistics>>();
  #count = 0;

  of(measure: Measure, node: number, first: Quarter, last: Quarter): CellStatistics {
    const name = `${measure.code} ${first} ${last}`;
    let cells = this.#cells.get(name);
    const known = cells?.get(node);
    if (known) return known;
    if (this.#count >= MOST_KNOWN) {
      this.#cells.clear();
      this.#count = 0;
      cells = undefined;
    }
    if (!cells) {
      cells = new Map();
      this.#cells.set(name, cells);
    }
    const cell = measure.over(node, first, last);
    cells.set(node, cell);
    this.#count++;
    return cell;
  }
}

/** Forgotten with their cube. */
const KNOWN = new WeakMap<ChannelCube, KnownCells>();

function knownCells(cube: ChannelCube): KnownCells {
  const known = KNOWN.get(cube) ?? new KnownCells();
  KNOWN.set(cube, known);
  return known;
}

/** Figures of scopes, quarters and indicators, in constant time. */
export class CubeSource implements FigureSource {
  readonly cube: ChannelCube;
  readonly #workspace: Workspace;
  readonly #measures = new Map<string, Measure | undefined>();

  constructor(workspace: Workspace, cube: ChannelCube) {
    this.#workspace = workspace;
    this.cube = cube;
  }

  #measure(code: string): Measure | undefined {
    if (!this.#measures.has(code)) this.#measures.set(code, findMeasure(this.#workspace, this.cube, code));
    return this.#measures.get(code);
  }

  cell({ node, first, last, indicator }: Place): CellStatistics {
    const measure = this.#measure(indicator);
    return measure ? knownCells(this.cube).of(measure, node, first, last) : emptyCell();
  }

  base({ node, first, last }: Place): CellStatistics {
    return this.cube.cube.span(node, -1, first, last);
  }

  satisfied(): null {
    return null;
  }

  hidden({ node, first, last, indicator }: Place): boolean {
    const [quarter, ...others] = first === last ? [first] : this.cube.cube.apart(first, last);
    if (quarter === undefined || others.length > 0) return false;
    return this.#measure(indicator)?.hidden(node, quarter) ?? false;
  }
}

/** An attribute that figures are grouped by. Group 0 is everybody who was asked, the last nobody's answer. */
export interface AttributeGroups {
  code: string;
  size: number;
  groupsOf(value: StoredValue): readonly number[];
}

export interface AnswerNeeds {
  places: readonly Place[];
  groups: readonly AttributeGroups[];
  gates: readonly { code: string; passes(value: StoredValue): boolean }[];
  respondents: boolean;
  breathe(): Promise<void>;
}

/** A table of more numbers than this is refused: nobody can read it, and it would not fit the memory. */
const MOST_NUMBERS = 40_000_000;

/** Figures from the answers themselves. */
export class AnswerSource implements FigureSource {
  readonly cube: ChannelCube;
  readonly #parts: ReadonlyMap<string, { items: readonly number[]; whole: boolean }>;
  readonly #itemAt: ReadonlyMap<number, number>;
  readonly #nodeAt: ReadonlyMap<number, number>;
  readonly #spanAt: ReadonlyMap<number, number>;
  readonly #groups: readonly AttributeGroups[];
  readonly #table: AnswerTable;
  readonly #exact: CubeSource;

  private constructor(
    cube: ChannelCube,
    parts: ReadonlyMap<string, { items: readonly number[]; whole: boolean }>,
    itemAt: ReadonlyMap<number, number>,
    nodeAt: ReadonlyMap<number, number>,
    spanAt: ReadonlyMap<number, number>,
    groups: readonly AttributeGroups[],
    table: AnswerTable,
    exact: CubeSource,
  ) {
    this.cube = cube;
    this.#parts = parts;
    this.#itemAt = itemAt;
    this.#nodeAt = nodeAt;
    this.#spanAt = spanAt;
    this.#groups = groups;
    this.#table = table;
    this.#exact = exact;
  }

  static async read(
    workspace: Workspace,
    cube: ChannelCube,
    answers: ChannelAnswers,
    needs: AnswerNeeds,
  ): Promise<AnswerSource> {
    const { places, groups } = needs;
    const parts = new Map(
      [...new Set(places.map((place) => place.indicator))].map((code) => [
        code,
        partsOf(workspace, cube, code),
      ]),
    );
    const items = [...new Set([...parts.values()].flatMap((one) => one.items))];
    const nodes = [...new Set(places.map((place) => place.node))];
    const spans = [...new Map(places.map((place) => [spanKey(place), place])).values()];
    const size = groups.reduce((product, one) => product * one.size, nodes.length * spans.length * SUMS);
    if (size * items.length > MOST_NUMBERS) throw new AppError('explore-too-large');
    const first = Math.min(...spans.map((span) => span.first));
    const last = Math.max(...spans.map((span) => span.last));
    const { axis: nodeAxis, gate: nodeGate } = scopeAxis(cube, nodes);
    const { axis: spanAxis, gate: spanGate } = timeAxis(
      spans.map((span) => cube.cube.apart(span.first, span.last)),
    );
    const wanted = {
      batches: filesIn(answers.responses, { first, last }).map((file) => file.batchId),
      axes: [
        ...groups.map((one) => ({ ...one, variable: attributeVariable(one.code) })),
        ...(nodeAxis ? [nodeAxis] : []),
        ...(spanAxis ? [spanAxis] : []),
      ],
      gates: [
        ...(spanGate ? [spanGate] : []),
        ...(nodeGate ? [nodeGate] : []),
        ...needs.gates.map((gate) => ({ ...gate, variable: attributeVariable(gate.code) })),
      ],
      items: items.map((item) => {
        const { code } = cube.cube.items[item]!;
        return { variable: itemVariable(code), scoreIn: (batch: number) => answers.item(batch, code) };
      }),
      conditions: conditionsFor(workspace, cube, answers),
      respondents: needs.respondents,
      satisfiedFrom: SATISFIED_FROM,
    };
    const table = await tabulateAnswers(workspace.reader, wanted, needs.breathe);
    return new AnswerSource(
      cube,
      parts,
      new Map(items.map((item, i) => [item, i])),
      new Map(nodes.map((node, i) => [node, i])),
      new Map(spans.map((span, i) => [spanKey(span), i])),
      groups,
      table,
      new CubeSource(workspace, cube),
    );
  }

  #offset(place: Place): number {
    let at = 0;
    for (const [g, { size }] of this.#groups.entries()) at = at * size + (place.choices[g] ?? 0);
    at = at * this.#nodeAt.size + this.#nodeAt.get(place.node)!;
    at = at * this.#spanAt.size + this.#spanAt.get(spanKey(place))!;
    return at * SUMS;
  }

  cell(place: Place): CellStatistics {
    const { items, whole } = this.#parts.get(place.indicator)!;
    const at = this.#offset(place);
    if (!whole) return items.length === 0 ? emptyCell() : cellAt(this.#sumsOf(items[0]!), at);
    const sum = new WeightedWhole();
    for (const item of items) {
      const sums = this.#sumsOf(item);
      sum.add(
        this.cube.cube.items[item]!.weight,
        sums[at]!,
        sums[at + 1]!,
        sums[at + 2]!,
        sums[at + 3]!,
        sums[at + 4]!,
        () => varianceOf(this.cube.cube.span(0, item, place.first, place.last)),
      );
    }
    return sum.cell(this.cube.cube.halo);
  }

  #sumsOf(item: number): Float64Array {
    return this.#table.items[this.#itemAt.get(item)!]!;
  }

  base(place: Place): CellStatistics {
    return this.#table.respondents ? cellAt(this.#table.respondents, this.#offset(place)) : emptyCell();
  }

  satisfied(place: Place): number | null {
    const { items, whole } = this.#parts.get(place.indicator)!;
    const at = this.#offset(place);
    let [sum, weights] = [0, 0];
    for (const item of items) {
      const sums = this.#sumsOf(item);
      const weight = whole ? this.cube.cube.items[item]!.weight : 1;
      if (!(sums[at + 1]! > 0)) continue;
      sum += (weight * 100 * sums[at + 5]!) / sums[at + 1]!;
      weights += weight;
    }
    return weights > 0 ? sum / weights : null;
  }

  hidden(place: Place): boolean {
    return place.choices.every((group) => group === 0) && this.#exact.hidden(place);
  }
}

/** Who of a file counts on the cube's basis. */
export function conditionsFor(
  workspace: Workspace,
  { channel, basis }: ChannelCube,
  answers: ChannelAnswers,
) {
  const rows = workspace.basisRows(channel, basis);
  return (batch: number) => {
    const file = answers.fileOf.get(batch);
    return file && rows.conditions(file);
  };
}

function spanKey({ first, last }: { first: Quarter; last: Quarter }): number {
  return first * 0x10000 + last;
}

function cellAt(sums: Float64Array, at: number): CellStatistics {
  return {
    n: sums[at]!,
    sumW: sums[at + 1]!,
    sumW2: sums[at + 2]!,
    sumWX: sums[at + 3]!,
    sumWX2: sums[at + 4]!,
  };
}

interface Grouping {
  axis?: TableAxis;
  gate?: TableGate;
}

/** Each dealer's answers count at its own node and every wanted one above it; of a dealer that moved, by quarter. */
export function scopeAxis({ tree }: Pick<ChannelCube, 'tree'>, nodes: readonly number[]): Grouping {
  if (nodes.length === 1 && nodes[0] === 0) return {};
  const moved = tree.formerNodes.size > 0;
  const variable = moved ? DEALER_QUARTER : 'dealer';
  const wanted = new Map(nodes.map((node, i) => [node, i]));
  const known = new Map<StoredValue, readonly number[]>();
  const nodeOf = (value: StoredValue) => {
    if (typeof value !== 'number') return undefined;
    if (!moved) return tree.nodeOfDealer.get(value);
    const { dealer, quarter } = dealerQuarter(value);
    return nodeAt(tree, dealer, quarter);
  };
  const groupsOf = (value: StoredValue): readonly number[] => {
    let groups = known.get(value);
    if (groups) return groups;
    const found: number[] = [];
    for (let at = nodeOf(value) ?? -1; at >= 0; at = tree.nodes[at]!.parent) {
      const group = wanted.get(at);
      if (group !== undefined) found.push(group);
    }
    groups = found;
    known.set(value, groups);
    return groups;
  };
  if (nodes.length > 1) return { axis: { variable, size: nodes.length, groupsOf } };
  return { gate: { variable, passes: (value) => groupsOf(value).length > 0 } };
}

/** Each quarter counts in every wanted span that it is one of. */
export function timeAxis(spans: readonly (readonly Quarter[])[]): Grouping {
  const sets = spans.map((quarters) => new Set(quarters));
  const groupsOf = (quarter: StoredValue): readonly number[] =>
    typeof quarter !== 'number' ? [] : sets.flatMap((quarters, i) => (quarters.has(quarter) ? [i] : []));
  if (spans.length > 1) return { axis: { variable: 'quarter', size: spans.length, groupsOf } };
  return { gate: { variable: 'quarter', passes: (quarter) => groupsOf(quarter).length > 0 } };
}
