/** Draws a chart of a report as SVG text: lines over quarters with prediction bands. No library, no DOM. */
import { shownScore } from '../domain/score/display.ts';
import type { ChartSpec } from './document.ts';
import { formatNumber } from './format.ts';

/** Size in points and the font of the labels. */
export interface ChartFrame {
  width: number;
  height: number;
  fontFamily: string;
}

/** The colours of a report, shared by charts, pages and sheets; better and worse differ in more than hue. */
export const REPORT_COLOURS = {
  ink: '#1d2733',
  muted: '#7b8794',
  rule: '#d5dbe1',
  dealer: '#174a7c',
  region: '#9aa5b1',
  fitted: '#5b8db8',
  band80: '#b9d3ea',
  band95: '#dfebf6',
  better: '#1663a6',
  worse: '#b8470f',
} as const;

const MARGIN = { left: 24, right: 8, top: 7, bottom: 15 };
const FONT_SIZE = 7;

interface Axes {
  x: (index: number) => number;
  y: (value: number) => number;
  slot: number;
  lo: number;
  hi: number;
  step: number;
}

/**
 * Round limits around the values within 0-100 that span at least 4 points, and a step of 1, 2, 5, 10, 20 or 50 that
 * gives about `intervals` of them. No values: 0-100 by 50. Example: `niceScale([71.2, 78.9])` is `{ lo: 70, hi: 80, step: 5 }`.
 */
export function niceScale(
  values: readonly number[],
  intervals = 4,
): { lo: number; hi: number; step: number } {
  if (values.length === 0) return { lo: 0, hi: 100, step: 50 };
  const inside = values.map((v) => Math.min(100, Math.max(0, v)));
  let min = Math.min(...inside);
  let max = Math.max(...inside);
  const pad = Math.max((max - min) * 0.04, (4 - (max - min)) / 2);
  min = Math.max(0, min - pad);
  max = Math.min(100, max + pad);
  const step = [1, 2, 5, 10, 20, 50].find((s) => (max - min) / s <= intervals - 0.4) ?? 50;
  return { lo: Math.floor(min / step) * step, hi: Math.ceil(max / step) * step, step };
}

const at = (value: number): string => (Math.round(value * 100) / 100).toString();

function axesOf(spec: ChartSpec, frame: ChartFrame): Axes {
  const values = spec.lines.flatMap((line) => line.values.filter((v) => v !== null));
  for (const band of spec.bands) values.push(band.lo95, band.hi95, band.point);
  const { lo, hi, step } = niceScale(values, frame.height < 70 ? 2.4 : 4);
  const inner = frame.width - MARGIN.left - MARGIN.right;
  const tall = frame.height - MARGIN.top - MARGIN.bottom;
  const slot = inner / Math.max(1, spec.labels.length);
  return {
    slot,
    lo,
    hi,
    step,
    x: (index) => MARGIN.left + slot * (index + 0.5),
    y: (value) => MARGIN.top + tall * (1 - (Math.min(hi, Math.max(lo, value)) - lo) / (hi - lo)),
  };
}

/** A tick of 0-100 on the printed scale, whole where it is whole. */
function tickText(tick: number, scale: ChartSpec['scale']): string {
  const shown = shownScore(tick, scale);
  return formatNumber(shown, Number.isInteger(Math.round(shown * 1e6) / 1e6) ? 0 : scale.places);
}

function grid(spec: ChartSpec, frame: ChartFrame, axes: Axes): string {
  const right = frame.width - MARGIN.right;
  let out = '';
  for (let tick = axes.lo; tick <= axes.hi + 1e-9; tick += axes.step) {
    const y = at(axes.y(tick));
    out += `<line x1="${MARGIN.left}" x2="${right}" y1="${y}" y2="${y}" stroke="${REPORT_COLOURS.rule}" stroke-width="0.5"/>`;
    out += `<text x="${MARGIN.left - 4}" y="${at(axes.y(tick) + 2.4)}" text-anchor="end">${tickText(tick, spec.scale)}</text>`;
  }
  const last = spec.labels.length - 1;
  const every = Math.max(1, Math.ceil(30 / axes.slot));
  spec.labels.forEach((label, i) => {
    if ((last - i) % every !== 0) return;
    out += `<text x="${at(axes.x(i))}" y="${frame.height - 3}" text-anchor="middle">${escapeXml(label)}</text>`;
  });
  return out;
}

function bands(spec: ChartSpec, axes: Axes): string {
  return spec.bands
    .map((band) => {
      const half = Math.min(band.emphasis ? 4 : 2.5, axes.slot * 0.3);
      const box = (lo: number, hi: number, fill: string) =>
        `<rect x="${at(axes.x(band.at) - half)}" y="${at(axes.y(hi))}" width="${at(half * 2)}" height="${at(axes.y(lo) - axes.y(hi))}" fill="${fill}"/>`;
      return (
        box(band.lo95, band.hi95, REPORT_COLOURS.band95) + box(band.lo80, band.hi80, REPORT_COLOURS.band80)
      );
    })
    .join('');
}

/** The fan from the last measured point to the coming quarter's interval; nothing without either. */
function fan(spec: ChartSpec, axes: Axes): string {
  const band = spec.bands.find((b) => b.emphasis);
  const dealer = spec.lines.find((line) => line.role === 'dealer');
  const from = band ? band.at - 1 : -1;
  const start = dealer?.values[from];
  if (!band || start === null || start === undefined) return '';
  const wedge = (lo: number, hi: number, fill: string) =>
    `<polygon points="${at(axes.x(from))},${at(axes.y(start))} ${at(axes.x(band.at))},${at(axes.y(lo))} ${at(axes.x(band.at))},${at(axes.y(hi))}" fill="${fill}"/>`;
  return (
    wedge(band.lo95, band.hi95, REPORT_COLOURS.band95) + wedge(band.lo80, band.hi80, REPORT_COLOURS.band80)
  );
}

function forecastPoints(spec: ChartSpec, axes: Axes): string {
  return spec.bands
    .map((band) => {
      const [x, y, r] = [axes.x(band.at), axes.y(band.point), 2.6];
      return `<path d="M${at(x)} ${at(y - r)}L${at(x + r)} ${at(y)}L${at(x)} ${at(y + r)}L${at(x - r)} ${at(y)}Z" fill="#fff" stroke="${REPORT_COLOURS.fitted}" stroke-width="0.9"/>`;
    })
    .join('');
}

function line(values: readonly (number | null)[], axes: Axes, stroke: string): string {
  let path = '';
  let pen = false;
  values.forEach((value, i) => {
    if (value !== null) path += `${pen ? 'L' : 'M'}${at(axes.x(i))} ${at(axes.y(value))}`;
    pen = value !== null;
  });
  return path === '' ? '' : `<path d="${path}" fill="none" stroke-linejoin="round" ${stroke}/>`;
}

function lines(spec: ChartSpec, axes: Axes): string {
  return spec.lines
    .map(({ role, values }) => {
      if (role === 'region')
        return line(values, axes, `stroke="${REPORT_COLOURS.region}" stroke-width="1.1"`);
      if (role === 'fitted')
        return line(
          values,
          axes,
          `stroke="${REPORT_COLOURS.fitted}" stroke-width="0.9" stroke-dasharray="2.5 1.8"`,
        );
      const dots = values.map((value, i) =>
        value === null
          ? ''
          : `<circle cx="${at(axes.x(i))}" cy="${at(axes.y(value))}" r="1.7" fill="${REPORT_COLOURS.dealer}"/>`,
      );
      return line(values, axes, `stroke="${REPORT_COLOURS.dealer}" stroke-width="1.5"`) + dots.join('');
    })
    .join('');
}

function breaks(spec: ChartSpec, frame: ChartFrame, axes: Axes): string {
  return spec.breaks
    .map(({ at: index, label }) => {
      const x = axes.x(index) - axes.slot / 2;
      const flip = x > frame.width * 0.6;
      return (
        `<line x1="${at(x)}" x2="${at(x)}" y1="${MARGIN.top}" y2="${frame.height - MARGIN.bottom}" stroke="${REPORT_COLOURS.muted}" stroke-width="0.6" stroke-dasharray="1.5 1.5"/>` +
        `<text x="${at(x + (flip ? -3 : 3))}" y="${MARGIN.top + 5}"${flip ? ' text-anchor="end"' : ''}>${escapeXml(label)}</text>`
      );
    })
    .join('');
}

/** The text with `& < > "` escaped and characters that XML forbids taken out. */
function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * The chart as an SVG document. Null values break a line, a lone point still shows as a dot (dealer only). Values
 * outside 0-100 are drawn at the edge. An empty spec gives the empty grid. Deterministic text.
 * Example: `chartSvg(spec, { width: 330, height: 100, fontFamily: 'Noto Sans SC' })`.
 */
export function chartSvg(spec: ChartSpec, frame: ChartFrame): string {
  const axes = axesOf(spec, frame);
  const body =
    bands(spec, axes) +
    fan(spec, axes) +
    grid(spec, frame, axes) +
    breaks(spec, frame, axes) +
    lines(spec, axes) +
    forecastPoints(spec, axes);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${frame.width}" height="${frame.height}" viewBox="0 0 ${frame.width} ${frame.height}" font-family="${escapeXml(frame.fontFamily)}" font-size="${FONT_SIZE}" fill="${REPORT_COLOURS.muted}">${body}</svg>`;
}
