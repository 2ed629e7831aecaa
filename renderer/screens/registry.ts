/** The screens in the order of the navigation. A screen is a folder and a line here. */
import type { ComponentType } from 'react';
import { AlertsScreen } from './alerts/screen.tsx';
import { CloseScreen } from './close/screen.tsx';
import { DataScreen } from './data/screen.tsx';
import { ForecastScreen } from './forecast/screen.tsx';
import type { ScreenName } from './names.ts';
import { OverviewScreen } from './overview/screen.tsx';
import { PlanScreen } from './plan/screen.tsx';
import { ReportsScreen } from './reports/screen.tsx';

export const SCREENS: Record<ScreenName, ComponentType> = {
  overview: OverviewScreen,
  close: CloseScreen,
  alerts: AlertsScreen,
  forecast: ForecastScreen,
  data: DataScreen,
  plan: PlanScreen,
  reports: ReportsScreen,
};

export const SCREEN_NAMES = Object.keys(SCREENS) as ScreenName[];
