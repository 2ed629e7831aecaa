export type ScreenName = 'overview' | 'close' | 'alerts' | 'forecast' | 'data' | 'plan' | 'reports';
