/** A chart as a picture that stands on its own: title, what it covers and is measured in, its key, and its notes. */
import type { Palette } from '../palette.ts';
import { type ChartOption, chartCanvas } from './chart.tsx';
import { CHART_FONT } from './chart-font.ts';

export interface PictureWords {
  title: string;
  /** Under the title. */
  lines: readonly string[];
  keys: readonly { name: string; colour: string }[];
  /** Under the chart. */
  notes: readonly string[];
}

/** Pixels as they are laid out; the picture has two dots for each. */
const SIZE = { width: 1280, height: 640 };
const EDGE = 28;
const RATIO = 2;
const KEY = { box: 12, gap: 20, line: 22 };

/** A PNG in base64. */
export function chartPicture(option: ChartOption, words: PictureWords, palette: Palette): string {
  const { legend: _, ...plain } = option;
  const chart = chartCanvas(plain, palette, { width: SIZE.width - 2 * EDGE, height: SIZE.height });
  const canvas = document.createElement('canvas');
  const paper = new Paper(canvas.getContext('2d')!, palette);
  const head = paper.head(words, false);
  const foot = words.notes.flatMap((note) => paper.wrapped(note, 12));
  canvas.width = RATIO * SIZE.width;
  canvas.height = RATIO * (head + SIZE.height + 18 * foot.length + EDGE);
  paper.fill(canvas);
  paper.head(words, true);
  paper.image(chart, head);
  for (const [i, line] of foot.entries())
    paper.text(line, EDGE, head + SIZE.height + 18 * i, 12, palette.faint);
  const url = canvas.toDataURL('image/png');
  return url.slice(url.indexOf(',') + 1);
}

class Paper {
  readonly #context: CanvasRenderingContext2D;
  readonly #palette: Palette;

  constructor(context: CanvasRenderingContext2D, palette: Palette) {
    this.#context = context;
    this.#palette = palette;
  }

  fill({ width, height }: HTMLCanvasElement): void {
    this.#context.fillStyle = this.#palette.panel;
    this.#context.fillRect(0, 0, width, height);
    this.#context.setTransform(RATIO, 0, 0, RATIO, 0, 0);
  }

  image(chart: HTMLCanvasElement, top: number): void {
    this.#context.drawImage(chart, EDGE, top, SIZE.width - 2 * EDGE, SIZE.height);
  }

  text(words: string, x: number, top: number, size: number, colour: string, weight = 400): void {
    this.#font(size, weight);
    this.#context.fillStyle = colour;
    this.#context.textBaseline = 'top';
    this.#context.fillText(words, x, top);
  }

  /** Lays title, lines and key out, and draws them where asked; where the chart begins. */
  head({ title, lines, keys }: PictureWords, draw: boolean): number {
    const { ink, soft } = this.#palette;
    let top = EDGE - 6;
    for (const [words, size, colour, weight, step] of [
      ...this.wrapped(title, 20, 600).map((line) => [line, 20, ink, 600, 30] as const),
      ...lines.flatMap((line) => this.wrapped(line, 13).map((one) => [one, 13, soft, 400, 20] as const)),
    ]) {
      if (draw) this.text(words, EDGE, top, size, colour, weight);
      top += step;
    }
    return this.#keys(keys, top + 8, draw);
  }

  #keys(keys: PictureWords['keys'], from: number, draw: boolean): number {
    if (keys.length === 0) return from;
    let [x, top] = [EDGE, from];
    this.#font(13, 400);
    for (const { name, colour } of keys) {
      const width = KEY.box + 6 + this.#context.measureText(name).width;
      if (x > EDGE && x + width > SIZE.width - EDGE) {
        x = EDGE;
        top += KEY.line;
      }
      if (draw) {
        this.#context.fillStyle = colour;
        this.#context.fillRect(x, top + 3, KEY.box, KEY.box - 4);
        this.text(name, x + KEY.box + 6, top, 13, this.#palette.ink);
      }
      x += width + KEY.gap;
    }
    return top + KEY.line + 6;
  }

  /** Lines that fit between the edges; broken at a blank where there is one. */
  wrapped(words: string, size: number, weight = 400): string[] {
    this.#font(size, weight);
    const lines: string[] = [];
    let line = '';
    for (const part of words.match(/[\p{L}\p{N}\p{P}]+?(?:\s+|(?=\p{Script=Han})|$)|./gsu) ?? []) {
      if (line !== '' && this.#context.measureText(line + part).width > SIZE.width - 2 * EDGE) {
        lines.push(line.trimEnd());
        line = '';
      }
      line += part;
    }
    return line === '' ? lines : [...lines, line];
  }

  #font(size: number, weight: number): void {
    this.#context.font = `${weight} ${size}px ${CHART_FONT}`;
  }
}
