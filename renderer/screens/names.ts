<<<<<<< HEAD
/** The screens in the order of the navigation. */
export const SCREEN_NAMES = ['overview', 'close', 'alerts', 'forecast', 'plan', 'reports', 'data'] as const;
export type ScreenName = (typeof SCREEN_NAMES)[number];
=======
export type ScreenName = 'overview' | 'close' | 'alerts' | 'forecast' | 'explore' | 'data' | 'plan' | 'reports';
>>>>>>> 12f870e (Explore any areas, times, indicators, channels and answers in one table with a chart beside it)

/** Sections of the navigation: what stands, why, what to do, what it rests on. */
export const SCREEN_GROUPS = ['watch', 'analyse', 'act', 'sources'] as const;
export type ScreenGroup = (typeof SCREEN_GROUPS)[number];
