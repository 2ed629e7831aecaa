/** What the user is looking at: language, appearance, screen, and the slice that the screens share. */
import { create } from 'zustand';
import type { Language } from '../shared/domain/language.ts';
import type { Quarter } from '../shared/domain/quarter.ts';
import { OVERALL, type ScopeId } from '../shared/domain/scope.ts';
import { SCORE_DISPLAYS, type ScoreDisplay } from '../shared/domain/score/display.ts';
import type { Channel } from '../shared/domain/study-mapping.ts';
import type { ScreenName } from './screens/names.ts';

export type Appearance = 'light' | 'dark';

export interface Slice {
  /** Null until the catalog has been read. */
  scheme: number | null;
  scope: ScopeId;
  /** Null for the latest. */
  quarter: Quarter | null;
  /** Null for the first with data. */
  channel: Channel | null;
  /** '' is the index. */
  indicator: string;
  /** The named sample that figures are made on; null for all respondents. */
  sample: number | null;
  /** Another version of the indicator weights; null for the current one. */
  weightSet: number | null;
  /** Other weights of the respondents; null for the study's own. */
  weighting: number | null;
}

interface Session extends Slice {
  language: Language;
  appearance: Appearance;
  /** The scale on which scores are printed. */
  display: ScoreDisplay;
  screen: ScreenName;
  /** Counts what was gone to: going to a screen that is open already leads to its front. */
  visit: number;
  /** The alert that the alert screen shows; null for its first. */
  alert: number | null;
  setLanguage(language: Language): void;
  setAppearance(appearance: Appearance): void;
  setDisplay(display: ScoreDisplay): void;
  go(screen: ScreenName, slice?: Partial<Slice>): void;
  select(slice: Partial<Slice>): void;
  chooseAlert(alert: number): void;
  forgetSlice(): void;
}

const NOTHING_CHOSEN: Slice = {
  scheme: null,
  scope: OVERALL,
  quarter: null,
  channel: null,
  indicator: '',
  sample: null,
  weightSet: null,
  weighting: null,
};

/** A preference outlives the window where the host keeps storage, and is quietly forgotten where it does not. */
function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Without storage the choice lasts as long as the window.
  }
}

export const useSession = create<Session>()((set) => ({
  ...NOTHING_CHOSEN,
  language: recall('language') === 'en' ? 'en' : 'zh-CN',
  appearance: recall('appearance') === 'dark' ? 'dark' : 'light',
  display: SCORE_DISPLAYS.find((one) => one === recall('display')) ?? 'harmonised',
  screen: 'overview',
  visit: 0,
  alert: null,
  setLanguage(language) {
    keep('language', language);
    set({ language });
  },
  setAppearance(appearance) {
    keep('appearance', appearance);
    set({ appearance });
  },
  setDisplay(display) {
    keep('display', display);
    set({ display });
  },
  go: (screen, slice = {}) => set(({ visit }) => ({ screen, visit: visit + 1, ...slice })),
  select: (slice) => set(slice),
  chooseAlert: (alert) => set({ alert }),
  forgetSlice: () => set({ ...NOTHING_CHOSEN, screen: 'overview', alert: null }),
}));
