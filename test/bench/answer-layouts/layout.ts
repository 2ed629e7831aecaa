// What each way of keeping the answers must be able to do to be compared.
import type { SampleShape } from './sample.ts';

export interface BenchSlice {
  /** 0-based item. */
  item: number;
  /** 0-based attribute. */
  by: number | 'dealer';
  /** Both ends included. */
  quarters: [from: number, to: number];
}

/** Key to n, sumW, sumW2, sumWX, sumWX2. */
export type BenchSums = Map<number, [number, number, number, number, number]>;

export interface BenchQueries {
  slice(slice: BenchSlice): BenchSums | Promise<BenchSums>;
  close(): void;
}

export interface Layout {
  title: string;
  load(folder: string, shape: SampleShape): void | Promise<void>;
  /** Gives back the room that loading left unused, so that sizes compare. */
  compact?(folder: string): Promise<void>;
  open(folder: string): BenchQueries | Promise<BenchQueries>;
}
