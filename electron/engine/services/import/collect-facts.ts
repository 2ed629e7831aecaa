// Accepted rows become what an import writes: packed answers, reported scores, cells, and the halo of the answers.
import { addResponse, type CellStatistics, emptyCell, reportedCell } from '../../../../shared/domain/cell.ts';
import { meanInterItemCorrelation } from '../../../../shared/domain/halo.ts';
import type { Identity, IdentityKind } from '../../../../shared/domain/identity.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { spreadTo100, toScore100 } from '../../../../shared/domain/score/scale.ts';
import type { StudyMapping } from '../../../../shared/domain/study-mapping.ts';
import { type ResponseChunk, ResponseChunkBuilder } from '../../store/response-chunk.ts';
import type { Fact } from './read-study.ts';

/** Facts gathered for a commit: packed answers, reported scores and cells, all with the directory's dealer ids. */
export class FactCollector {
  readonly chunks: ResponseChunk[] = [];
  readonly reported: Fact[] = [];
  readonly cells = new Map<
    string,
    { dealer: number; quarter: Quarter; item: number; cell: CellStatistics }
  >();
  readonly quarters = new Map<Quarter, number>();
  readonly identities: { row: number; identity: Identity }[] = [];
  loaded = 0;
  readonly #mapping: StudyMapping;
  readonly #builder: ResponseChunkBuilder;
  readonly #sample: (number | null)[][] = [];

  readonly #answers: boolean;

  /** `answers: false` keeps the cells alone, for a look at the figures. */
  constructor(mapping: StudyMapping, { answers = true }: { answers?: boolean } = {}) {
    this.#mapping = mapping;
    this.#answers = answers;
    this.#builder = new ResponseChunkBuilder({
      items: mapping.items.map((item) => item.indicator),
      attributes: mapping.attributes.map((attribute) => attribute.code),
      written: mapping.attributes.flatMap(({ bands, code }) => (bands ? [code] : [])),
    });
  }

  add(fact: Fact): void {
    this.loaded++;
    this.quarters.set(fact.quarter, (this.quarters.get(fact.quarter) ?? 0) + 1);
    if (this.#mapping.kind === 'scores') this.#addReported(fact);
    else this.#addResponse(fact);
  }

  #addResponse(fact: Fact): void {
    if (this.#answers) this.#builder.add({ ...fact, sourceRow: fact.row });
    if (this.#builder.full) this.chunks.push(this.#builder.take());
    if (this.#answers) {
      const identity = this.#identityOf(fact);
      if (identity) this.identities.push({ row: fact.row, identity });
    }
    addResponse(this.#cell(fact, -1), 0, fact.weight);
    const scores = this.#mapping.items.map((item, i) => {
      const answer = fact.answers[i]!;
      return answer === null ? null : toScore100(answer, { ...item.scale, reversed: item.reversed });
    });
    scores.forEach((score, item) => {
      if (score !== null) addResponse(this.#cell(fact, item), score, fact.weight);
    });
    if (this.#sample.length < HALO_SAMPLE) this.#sample.push(scores);
    else if (this.loaded % HALO_STEP === 0) this.#sample[(this.loaded / HALO_STEP) % HALO_SAMPLE] = scores;
  }

  #identityOf(fact: Fact): Identity | null {
    const known = this.#mapping.identity.flatMap(({ kind }, i): [IdentityKind, string][] =>
      fact.identity[i] ? [[kind, fact.identity[i]]] : [],
    );
    return known.length > 0 ? Object.fromEntries(known) : null;
  }

  #addReported(fact: Fact): void {
    if (this.#answers) this.reported.push(fact);
    const base = Math.max(...fact.bases.map((n) => n ?? 0));
    merge(this.#cell(fact, -1), reportedCell({ score100: 0, n: base, sd100: 0 }));
    this.#mapping.items.forEach((item, i) => {
      const answer = fact.answers[i]!;
      if (answer === null) return;
      const scale = { ...item.scale, reversed: item.reversed };
      const spread = fact.spreads[i];
      const sd100 = spread === null || spread === undefined ? undefined : spreadTo100(spread, scale);
      const cell = reportedCell(
        { score100: toScore100(answer, scale), n: fact.bases[i] ?? 0, sd100 },
        this.#mapping.study.respondentSd100,
      );
      merge(this.#cell(fact, i), cell);
    });
  }

  #cell(fact: Fact, item: number): CellStatistics {
    const key = `${fact.dealer} ${fact.quarter} ${item}`;
    let entry = this.cells.get(key);
    if (!entry) {
      entry = { dealer: fact.dealer, quarter: fact.quarter, item, cell: emptyCell() };
      this.cells.set(key, entry);
    }
    return entry.cell;
  }

  /** Call once after the last row. */
  finish(): { halo: number | null } {
    if (this.#builder.rows > 0) this.chunks.push(this.#builder.take());
    return { halo: this.#mapping.kind === 'responses' ? meanInterItemCorrelation(this.#sample) : null };
  }
}

const HALO_SAMPLE = 5000;
const HALO_STEP = 7;

function merge(into: CellStatistics, more: CellStatistics): void {
  into.n += more.n;
  into.sumW += more.sumW;
  into.sumW2 += more.sumW2;
  into.sumWX += more.sumWX;
  into.sumWX2 += more.sumWX2;
}
