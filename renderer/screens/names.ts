export type ScreenName = 'overview' | 'alerts' | 'forecast' | 'data' | 'plan' | 'reports';
