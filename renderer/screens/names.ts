/** The screens in the order of the navigation. */
export const SCREEN_NAMES = [
  'overview',
  'close',
  'alerts',
  'forecast',
  'explore',
  'channels',
  'weak-points',
  'samples',
  'lost-customers',
  'plan',
  'reports',
  'places',
  'data',
  'studies',
] as const;
export type ScreenName = (typeof SCREEN_NAMES)[number];

/** Sections of the navigation: what stands, why, what to do, what it rests on. */
export const SCREEN_GROUPS = ['watch', 'analyse', 'act', 'sources'] as const;
export type ScreenGroup = (typeof SCREEN_GROUPS)[number];
