/** The page's colours, one set per appearance: given to antd, to charts, and as `--name` to the style sheet. */
import type { Appearance } from './session.ts';

export interface Palette {
  page: string;
  panel: string;
  raised: string;
  line: string;
  ink: string;
  soft: string;
  faint: string;
  accent: string;
  /** Better than compared with; never the only carrier of the meaning (a sign or word stands beside it). */
  better: string;
  worse: string;
  warn: string;
  /** Grounds and borders of what is selected, good, doubtful, bad. */
  tints: Record<'selected' | 'good' | 'doubtful' | 'bad', { ground: string; border: string }>;
  /** One colour a channel, in the order of the channels. */
  series: readonly [string, string, string, string];
}

export const PALETTES: Record<Appearance, Palette> = {
  light: {
    page: '#f3f5f8',
    panel: '#ffffff',
    raised: '#f7f9fb',
    line: '#dfe4ea',
    ink: '#1b2733',
    soft: '#51606f',
    faint: '#6d7986',
    accent: '#1d5a92',
    better: '#0b7a63',
    worse: '#b93a24',
    warn: '#8f5c00',
    tints: {
      selected: { ground: '#e3edf6', border: '#b9d0e4' },
      good: { ground: '#e5f4ef', border: '#b3dccf' },
      doubtful: { ground: '#fdf4e1', border: '#ebd3a1' },
      bad: { ground: '#fbeeea', border: '#ecc3b8' },
    },
    series: ['#1d5a92', '#b4690e', '#6b4ea3', '#2f7d5b'],
  },
  dark: {
    page: '#11161c',
    panel: '#181f27',
    raised: '#1f2730',
    line: '#2e3843',
    ink: '#e4e9ee',
    soft: '#aab5c0',
    faint: '#8995a1',
    accent: '#6aa9e0',
    better: '#4cc2a4',
    worse: '#f08c76',
    warn: '#e0b25c',
    tints: {
      selected: { ground: '#1c3143', border: '#2f4f6b' },
      good: { ground: '#16302b', border: '#2c5a4d' },
      doubtful: { ground: '#33290f', border: '#5f4d1f' },
      bad: { ground: '#38201b', border: '#6b3a30' },
    },
    series: ['#6aa9e0', '#e0a458', '#b09be0', '#6fc79d'],
  },
};

/** Hands the palette to the style sheet. */
export function applyPalette(appearance: Appearance): void {
  const root = document.documentElement;
  root.dataset.appearance = appearance;
  root.style.colorScheme = appearance;
  for (const [name, colour] of Object.entries(PALETTES[appearance]))
    if (typeof colour === 'string') root.style.setProperty(`--${name}`, colour);
}
