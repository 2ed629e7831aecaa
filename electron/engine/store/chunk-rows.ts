// Which rows of a chunk take part, and with which weight: conditions are looked up once a value, never once a row.
import { keptRows, type RowConditions } from './answer-cells.ts';
import type { CodedVector, NumberVector } from './answer-vector.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { giveBack, type RowGate, takeRowScan } from './row-scan.ts';

/** A stored value: a number, a choice, several choices, or null where the respondent gave none. */
export type StoredValue = string | number | readonly string[] | null;

/**
 * The dealer together with the quarter, for places that depend on both; `dealerQuarter` reads its values.
 * Rows without either have no value.
 */
export const DEALER_QUARTER = 'dealer and quarter';

/** What a value of that variable stands for. */
export function dealerQuarter(value: number): { dealer: number; quarter: number } {
  return { dealer: Math.floor(value / 0x10000), quarter: value % 0x10000 };
}

/** What a row must meet; a chunk that was never asked the variable has none that does. */
export interface TableGate {
  variable: string;
  passes(value: StoredValue): boolean;
}

/** The codes of a variable of a chunk, those of dealer and quarter together where that is asked. */
export function vectorOf(reader: ChunkReader, variable: string): CodedVector {
  if (variable !== DEALER_QUARTER) return reader.vector(variable) as CodedVector;
  return reader.made(variable, ['dealer', 'quarter'], () => dealersByQuarter(reader));
}

function dealersByQuarter(reader: ChunkReader): NumberVector {
  const dealers = reader.vector('dealer') as NumberVector;
  const quarters = reader.vector('quarter') as NumberVector;
  const width = quarters.values.length + 1;
  const codeOf = new Uint16Array((dealers.values.length + 1) * width);
  const codes = new Uint16Array(reader.rows);
  const values: number[] = [];
  let missing = 0;
  for (let i = 0; i < codes.length; i++) {
    const [d, q] = [dealers.codes[i]!, quarters.codes[i]!];
    if (d === 0 || q === 0) {
      missing++;
      continue;
    }
    const at = d * width + q;
    if (codeOf[at] === 0) {
      values.push(dealers.values[d - 1]! * 0x10000 + quarters.values[q - 1]!);
      codeOf[at] = values.length;
    }
    codes[i] = codeOf[at]!;
  }
  return { kind: 'numbers', codes, values, missing };
}

/** Rows of a chunk that meet every condition. */
export function rowsThatPass(
  reader: ChunkReader,
  gates: readonly TableGate[],
  conditions: RowConditions | null,
): 'all' | 'none' | Uint16Array {
  const has = (variable: string) => variable === DEALER_QUARTER || reader.has(variable);
  if (!gates.every((gate) => has(gate.variable) && couldPass(reader, gate))) return 'none';
  const open = openGates(reader, gates);
  if (conditions && !addConditions(reader, conditions, open)) return 'none';
  if (open.length === 0) return 'all';
  const scan = takeRowScan();
  try {
    return scan.choose(reader.rows, open) === 0 ? 'none' : scan.chosen().slice();
  } finally {
    giveBack(scan);
  }
}

/** The weights that count; a chunk without the wanted ones keeps its own. */
export function weightOf(reader: ChunkReader, conditions: RowConditions | null): NumberVector {
  const wanted = conditions?.weight ?? 'weight';
  return reader.vector(reader.has(wanted) ? wanted : 'weight') as NumberVector;
}

/** Adds what the conditions leave out; false where that is everybody. */
export function addConditions(reader: ChunkReader, conditions: RowConditions, open: RowGate[]): boolean {
  const keep = keptRows(reader, conditions);
  if (keep === 'none') return false;
  if (keep.includes(0)) open.push({ codes: keep, passes: Uint8Array.of(0, 1) });
  const weight = weightOf(reader, conditions);
  if (weight.missing > 0)
    open.push({ codes: weight.codes, passes: new Uint8Array(weight.values.length + 1).fill(1, 1) });
  return true;
}

/** The conditions that some row of the chunk fails. */
export function openGates(reader: ChunkReader, gates: readonly TableGate[]): RowGate[] {
  return gates.flatMap((gate) => {
    const vector = vectorOf(reader, gate.variable);
    const passes = new Uint8Array(vector.values.length + 1);
    passes[0] = gate.passes(null) ? 1 : 0;
    for (const [k, value] of vector.values.entries()) passes[k + 1] = gate.passes(value) ? 1 : 0;
    return passes.every((pass, code) => pass === 1 || (code === 0 && vector.missing === 0))
      ? []
      : [{ codes: vector.codes, passes }];
  });
}

export function couldPass(reader: ChunkReader, { variable, passes }: TableGate): boolean {
  if (variable === DEALER_QUARTER) return true;
  const { values, missing } = reader.values(variable);
  return (missing > 0 && passes(null)) || values.some((value) => passes(value));
}
