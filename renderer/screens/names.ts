export type ScreenName = 'overview' | 'close' | 'alerts' | 'forecast' | 'data' | 'plan' | 'reports';

/** Sections of the navigation: what stands, why, what to do, what it rests on. */
export const SCREEN_GROUPS = ['watch', 'analyse', 'act', 'sources'] as const;
export type ScreenGroup = (typeof SCREEN_GROUPS)[number];
