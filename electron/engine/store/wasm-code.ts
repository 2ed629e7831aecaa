// As much of WebAssembly as loops over rows need: expressions as their bytes, and a module of one function on a memory.
// Plain JavaScript takes three times as long for them, since it meets codes of one and of two bytes in the same loop.

/** The bytes of an expression, or of a statement that leaves nothing behind. */
export type Code = readonly number[];

/** Not among the types of the language, which know no host. */
declare const WebAssembly: {
  Memory: new (size: { initial: number; maximum?: number }) => WasmMemory;
  Module: new (bytes: Uint8Array) => WasmModule;
  Instance: new (
    module: WasmModule,
    imports: { on: { memory: WasmMemory } },
  ) => { exports: { run(...parameters: number[]): number } };
};

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

export type WasmModule = object;

/** Bytes of the unit in which a memory grows. */
export const PAGE = 0x10000;

export function newMemory(pages: number): WasmMemory {
  return new WebAssembly.Memory({ initial: pages });
}

export function linked(module: WasmModule, memory: WasmMemory): (...parameters: number[]) => number {
  return new WebAssembly.Instance(module, { on: { memory } }).exports.run;
}

const I32 = 0x7f;
const V128 = 0x7b;

/** A function of whole numbers that answers one, with more locals for whole numbers and for pairs of doubles. */
export function compiled(
  { parameters, wholes, pairs }: { parameters: number; wholes: number; pairs: number },
  body: Code,
): WasmModule {
  const type = [0x60, ...listed(new Array<Code>(parameters).fill([I32])), 1, I32];
  const memory = [...named('on'), ...named('memory'), 0x02, 0x00, 0x00];
  const locals = listed([
    [...unsigned(wholes), I32],
    [...unsigned(pairs), V128],
  ]);
  const code = [...locals, ...body, 0x0b];
  return new WebAssembly.Module(
    Uint8Array.from([
      ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
      ...section(1, listed([type])),
      ...section(2, listed([memory])),
      ...section(3, listed([[0]])),
      ...section(7, listed([[...named('run'), 0x00, 0x00]])),
      ...section(10, listed([[...unsigned(code.length), ...code]])),
    ]),
  );
}

export const whole = (value: number): Code => [0x41, ...signed(value)];
export const local = (index: number): Code => [0x20, ...unsigned(index)];
export const setLocal = (index: number, value: Code): Code => [...value, 0x21, ...unsigned(index)];
export const plus = (a: Code, b: Code): Code => [...a, ...b, 0x6a];
/** Times 2 to the power of `bits`. */
export const shifted = (a: Code, bits: number): Code => (bits === 0 ? a : [...a, ...whole(bits), 0x74]);

/** Whole numbers in memory, `base` bytes on from an address: of one byte, of two, of four. */
export const byteAt = (base: number, address: Code): Code => [...address, 0x2d, 0, ...unsigned(base)];
export const shortAt = (base: number, address: Code): Code => [...address, 0x2f, 0, ...unsigned(base)];
export const wholeAt = (base: number, address: Code): Code => [...address, 0x28, 0, ...unsigned(base)];
export const putShort = (base: number, address: Code, value: Code): Code => [
  ...address,
  ...value,
  0x3b,
  0,
  ...unsigned(base),
];
export const putWhole = (base: number, address: Code, value: Code): Code => [
  ...address,
  ...value,
  0x36,
  0,
  ...unsigned(base),
];

/** Two doubles side by side; `twiceAt` reads one into both places. */
export const pairAt = (base: number, address: Code): Code => [...address, 0xfd, 0x00, 0, ...unsigned(base)];
export const twiceAt = (base: number, address: Code): Code => [...address, 0xfd, 0x0a, 0, ...unsigned(base)];
export const putPair = (base: number, address: Code, pair: Code): Code => [
  ...address,
  ...pair,
  0xfd,
  0x0b,
  0,
  ...unsigned(base),
];
export const sumOf = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xf0, 0x01];
export const productOf = (a: Code, b: Code): Code => [...a, ...b, 0xfd, 0xf2, 0x01];
/** The pair with 1 as its first or second number. */
export const withOne = (pair: Code, place: 0 | 1): Code => [...pair, ...ONE, 0xfd, 0x22, place];

const ONE: Code = [0x44, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f];

/** Runs `body` while `counter` is below `end`, at least once. */
export function loop(counter: number, end: Code, body: Code): Code {
  const next = setLocal(counter, plus(local(counter), whole(1)));
  return [0x03, 0x40, ...body, ...next, ...local(counter), ...end, 0x49, 0x0d, 0, 0x0b];
}

function section(id: number, content: Code): Code {
  return [id, ...unsigned(content.length), ...content];
}

function listed(parts: readonly Code[]): Code {
  return [...unsigned(parts.length), ...parts.flat()];
}

function named(text: string): Code {
  return [...unsigned(text.length), ...Buffer.from(text)];
}

function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...unsigned(Math.floor(value / 0x80))];
}

function signed(value: number): Code {
  return value >= -0x40 && value < 0x40 ? [value & 0x7f] : [(value & 0x7f) | 0x80, ...signed(value >> 7)];
}
