// The respondents of a channel as raking sees them: by quarter, their own weights and the categories of each margin.
import type { MarginChoice } from '../../../../shared/calls/weightings.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { nodeAt, type ScopeTree } from '../../../../shared/domain/scope-tree.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { CodedVector, NumberVector } from '../../store/answer-vector.ts';
import { listChunks, readVector } from '../../store/answers.ts';
import { listAskedQuestions, listStudyFiles } from '../../store/evidence.ts';
import { attributeVariable } from '../../store/response-chunk.ts';
import type { Workspace } from '../workspace/workspace.ts';

export interface RakingWhat {
  scheme: number;
  channel: Channel;
  quarters: { from: Quarter; to: Quarter };
}

/** One respondent: where the weight is kept, and what it is. */
export interface FramePlace {
  chunk: number;
  row: number;
}

/** The respondents of one quarter. `categoryOf` gives by margin the category's position, -1 where unknown. */
export interface QuarterFrame {
  quarter: Quarter;
  places: FramePlace[];
  weights: number[];
  categories: number[][];
}

/** A margin with the categories that occur, in the order of their labels. */
export interface FrameMargin {
  dimension: string;
  label: Bilingual;
  values: string[];
  labels: Bilingual[];
}

export interface RakingFrame {
  quarters: QuarterFrame[];
  margins: FrameMargin[];
}

const PLACES = { region: '大区', province: '省份' } as const;
const PLACE_NAMES: Record<keyof typeof PLACES, Bilingual> = {
  region: { zh: '大区', en: 'Region' },
  province: { zh: '省份', en: 'Province' },
};
const MOST_CATEGORIES = 60;

/** Batches that hold single answers of a channel. */
export function answeredBatches(workspace: Workspace, channel: Channel): number[] {
  return listStudyFiles(workspace.reader, channel)
    .filter(({ kind }) => kind === 'responses')
    .map(({ batchId }) => batchId);
}

/** The attributes of one choice that a channel asked, and the places. */
export function rakingDimensions(workspace: Workspace, channel: Channel): Map<string, Bilingual> {
  const files = listStudyFiles(workspace.reader, channel).filter(({ kind }) => kind === 'responses');
  const asked = listAskedQuestions(workspace.reader, [...new Set(files.map((file) => file.questionnaireId))]);
  const found = new Map<string, Bilingual>(Object.entries(PLACE_NAMES));
  for (const { role, code, labelZh, labelEn } of asked)
    if (role === 'attribute') found.set(`attribute:${code}`, { zh: labelZh, en: labelEn });
  return found;
}

/** Reads the respondents with the categories of the dimensions; throws `weighting-no-answers` where there are none. */
export function readFrame(
  workspace: Workspace,
  what: RakingWhat,
  dimensions: readonly string[],
): RakingFrame {
  const known = rakingDimensions(workspace, what.channel);
  const readers = dimensions.map((dimension) => {
    const label = known.get(dimension);
    if (!label) throw new AppError('weighting-margin-unknown', { margin: dimension });
    return new Margin(workspace, what, dimension, label);
  });
  const quarters = new Map<Quarter, QuarterFrame>();
  const db = workspace.reader;
  for (const { id, rows } of listChunks(db, { batchIds: answeredBatches(workspace, what.channel) })) {
    const quarter = readVector(db, id, 'quarter') as NumberVector;
    const weight = readVector(db, id, 'weight') as NumberVector;
    const dealer = readVector(db, id, 'dealer') as NumberVector | undefined;
    const taken = quarter.values.some((q) => q >= what.quarters.from && q <= what.quarters.to);
    if (!taken) continue;
    for (const reader of readers) reader.open(id);
    for (let row = 0; row < rows; row++) {
      const at = quarter.values[quarter.codes[row]! - 1];
      const own = weight.values[weight.codes[row]! - 1];
      if (at === undefined || own === undefined || at < what.quarters.from || at > what.quarters.to) continue;
      const frame = quarters.get(at) ?? {
        quarter: at,
        places: [],
        weights: [],
        categories: readers.map(() => []),
      };
      quarters.set(at, frame);
      frame.places.push({ chunk: id, row });
      frame.weights.push(own);
      const place = dealer?.values[dealer.codes[row]! - 1];
      readers.forEach((reader, m) => {
        frame.categories[m]!.push(reader.at(row, place, at));
      });
    }
  }
  if (quarters.size === 0) throw new AppError('weighting-no-answers', { channel: what.channel });
  return {
    quarters: [...quarters.values()].sort((a, b) => a.quarter - b.quarter),
    margins: readers.map((reader) => reader.margin()),
  };
}

/** The categories of one margin, numbered as they are met. */
class Margin {
  readonly #dimension: string;
  readonly #label: Bilingual;
  readonly #workspace: Workspace;
  readonly #tree: ScopeTree | null;
  readonly #labels: Map<string, Bilingual>;
  readonly #position = new Map<string, number>();
  readonly #positionOfNode = new Map<number, number>();
  #vector: CodedVector | undefined;
  #codes: number[] = [];

  constructor(workspace: Workspace, what: RakingWhat, dimension: string, label: Bilingual) {
    this.#workspace = workspace;
    this.#dimension = dimension;
    this.#label = label;
    this.#tree = dimension in PLACES ? workspace.tree(what.scheme) : null;
    this.#labels = this.#tree
      ? new Map()
      : labelsOf(workspace, what.channel, dimension.slice('attribute:'.length));
  }

  open(chunk: number): void {
    if (this.#tree) return;
    const variable = attributeVariable(this.#dimension.slice('attribute:'.length));
    const vector = readVector(this.#workspace.reader, chunk, variable);
    this.#vector = vector && 'values' in vector ? (vector as CodedVector) : undefined;
    this.#codes = (this.#vector?.values ?? []).map((value) =>
      typeof value === 'string' || typeof value === 'number' ? this.#number(String(value)) : -1,
    );
  }

  #number(value: string, label?: Bilingual): number {
    const known = this.#position.get(value);
    if (known !== undefined) return known;
    this.#position.set(value, this.#position.size);
    if (label) this.#labels.set(value, label);
    return this.#position.size - 1;
  }

  at(row: number, dealer: number | undefined, quarter: Quarter): number {
    if (!this.#tree) {
      const code = this.#vector?.codes[row] ?? 0;
      return code === 0 ? -1 : this.#codes[code - 1]!;
    }
    const node = dealer === undefined ? undefined : nodeAt(this.#tree, dealer, quarter);
    if (node === undefined) return -1;
    const known = this.#positionOfNode.get(node);
    if (known !== undefined) return known;
    const found = this.#placeOf(this.#tree, node);
    this.#positionOfNode.set(node, found);
    return found;
  }

  #placeOf({ nodes }: ScopeTree, node: number): number {
    for (let at = node; at > 0; at = nodes[at]!.parent) {
      const { level, id, name } = nodes[at]!;
      if (level === this.#dimension) return this.#number(id, name);
    }
    return -1;
  }

  margin(): FrameMargin {
    const values = [...this.#position.keys()];
    const labels = values.map((value) => this.#labels.get(value) ?? { zh: value, en: value });
    return { dimension: this.#dimension, label: this.#label, values, labels };
  }
}

function labelsOf(workspace: Workspace, channel: Channel, code: string): Map<string, Bilingual> {
  const files = listStudyFiles(workspace.reader, channel);
  const asked = listAskedQuestions(workspace.reader, [...new Set(files.map((file) => file.questionnaireId))]);
  const labels = new Map<string, Bilingual>();
  for (const one of asked)
    if (one.role === 'attribute' && one.code === code)
      for (const [value, label] of Object.entries(JSON.parse(one.valueLabels) as Record<string, Bilingual>))
        labels.set(value, label);
  return labels;
}

/** What can be raked to, with the present shares. */
export function marginChoices(workspace: Workspace, what: RakingWhat): MarginChoice[] {
  const dimensions = [...rakingDimensions(workspace, what.channel).keys()];
  const { quarters, margins } = readFrame(workspace, what, dimensions);
  return margins.flatMap((margin, m): MarginChoice[] => {
    const n = margin.values.map(() => 0);
    const sums = margin.values.map(() => 0);
    let unknown = 0;
    for (const { categories, weights } of quarters)
      categories[m]!.forEach((category, i) => {
        if (category < 0) unknown++;
        else {
          n[category]! += 1;
          sums[category]! += weights[i]!;
        }
      });
    if (margin.values.length < 2 || margin.values.length > MOST_CATEGORIES) return [];
    const total = sums.reduce((a, b) => a + b, 0);
    const categories = margin.values
      .map((value, i) => ({ value, label: margin.labels[i]!, n: n[i]!, share: (100 * sums[i]!) / total }))
      .sort((a, b) => a.value.localeCompare(b.value, 'zh-CN', { numeric: true }));
    return [{ dimension: margin.dimension, label: margin.label, categories, unknown }];
  });
}
