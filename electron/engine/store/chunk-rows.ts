// Which rows of a chunk take part, and with which weight: conditions are looked up once a value, never once a row.
import type { CodedVector } from './answer-vector.ts';
import type { ChunkReader } from './chunk-reader.ts';
import { conditionGates, type RowConditions } from './row-conditions.ts';
import { giveBack, type RowGate, takeRowScan } from './row-scan.ts';

/** A stored value: a number, a choice, several choices, or null where the respondent gave none. */
export type StoredValue = string | number | readonly string[] | null;

/** What a row must meet; a chunk that was never asked the variable has none that does. */
export interface TableGate {
  variable: string;
  passes(value: StoredValue): boolean;
}

/** Rows of a chunk that meet every condition. */
export function rowsThatPass(
  reader: ChunkReader,
  gates: readonly TableGate[],
  conditions: RowConditions | null,
): 'all' | 'none' | Uint16Array {
  const open = gatesOf(reader, gates, conditions);
  if (open === null) return 'none';
  if (open.length === 0) return 'all';
  const scan = takeRowScan();
  try {
    return scan.choose(reader.rows, open) === 0 ? 'none' : scan.chosen().slice();
  } finally {
    giveBack(scan);
  }
}

/** What rows of a chunk must meet; null where a condition leaves out all of them. */
export function gatesOf(
  reader: ChunkReader,
  gates: readonly TableGate[],
  conditions: RowConditions | null,
): RowGate[] | null {
  if (!gates.every((gate) => couldPass(reader, gate))) return null;
  const met = conditions ? conditionGates(reader, conditions) : [];
  return met && [...gates.flatMap((gate) => openGate(reader, gate)), ...met];
}

/** A condition that some row of the chunk fails. */
function openGate(reader: ChunkReader, gate: TableGate): RowGate[] {
  const { codes, values, missing } = reader.vector(gate.variable) as CodedVector;
  const passes = new Uint8Array(values.length + 1);
  passes[0] = gate.passes(null) ? 1 : 0;
  for (const [k, value] of values.entries()) passes[k + 1] = gate.passes(value) ? 1 : 0;
  return passes.includes(0, missing > 0 ? 0 : 1) ? [{ codes, passes }] : [];
}

function couldPass(reader: ChunkReader, { variable, passes }: TableGate): boolean {
  if (!reader.has(variable)) return false;
  const { values, missing } = reader.values(variable);
  return (missing > 0 && passes(null)) || values.some((value) => passes(value));
}
