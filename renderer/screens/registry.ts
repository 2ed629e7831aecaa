/** The screens in the order of the navigation. A screen is a folder and a line here. */
import type { ComponentType } from 'react';
import type { ScreenName } from './names.ts';
import { OverviewScreen } from './overview/screen.tsx';

export const SCREENS: Record<ScreenName, ComponentType> = {
  overview: OverviewScreen,
  alerts: OverviewScreen,
  forecast: OverviewScreen,
  data: OverviewScreen,
  plan: OverviewScreen,
  reports: OverviewScreen,
};

export const SCREEN_NAMES = Object.keys(SCREENS) as ScreenName[];
