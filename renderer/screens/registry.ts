/** What each screen is. A screen is a folder, its name in names.ts and text/shell.ts, and a line here. */
import {
  AimOutlined,
  AlertOutlined,
  ApartmentOutlined,
  CarryOutOutlined,
  DatabaseOutlined,
  EnvironmentOutlined,
  FilePdfOutlined,
  FilterOutlined,
  FundOutlined,
  LineChartOutlined,
  RadarChartOutlined,
  SwapOutlined,
  TableOutlined,
  UserDeleteOutlined,
} from '@ant-design/icons';
import type { ComponentType } from 'react';
import { AlertsScreen } from './alerts/screen.tsx';
import { ChannelsScreen } from './channels/screen.tsx';
import { CloseScreen } from './close/screen.tsx';
import { DataScreen } from './data/screen.tsx';
import { ExploreScreen } from './explore/screen.tsx';
import { ForecastScreen } from './forecast/screen.tsx';
import { LostCustomersScreen } from './lost-customers/screen.tsx';
import type { ScreenGroup, ScreenName } from './names.ts';
import { OverviewScreen } from './overview/screen.tsx';
import { PlacesScreen } from './places/screen.tsx';
import { PlanScreen } from './plan/screen.tsx';
import { ReportsScreen } from './reports/screen.tsx';
import { SamplesScreen } from './samples/screen.tsx';
import { StudiesScreen } from './studies/screen.tsx';
import { WeakPointsScreen } from './weak-points/screen.tsx';

/** What the navigation shows of a screen, and what opens. */
interface ScreenEntry {
  group: ScreenGroup;
  icon: ComponentType;
  screen: ComponentType;
  /** Its figures follow the chosen sample, or it has none; the others are said to show all respondents. */
  onSample?: true | 'no-figures';
}

export const SCREENS: Record<ScreenName, ScreenEntry> = {
  overview: { group: 'watch', icon: FundOutlined, screen: OverviewScreen, onSample: true },
  close: { group: 'watch', icon: CarryOutOutlined, screen: CloseScreen },
  alerts: { group: 'watch', icon: AlertOutlined, screen: AlertsScreen },
  forecast: { group: 'watch', icon: LineChartOutlined, screen: ForecastScreen, onSample: true },
  explore: { group: 'analyse', icon: TableOutlined, screen: ExploreScreen, onSample: true },
  'weak-points': { group: 'analyse', icon: RadarChartOutlined, screen: WeakPointsScreen, onSample: true },
  'lost-customers': {
    group: 'analyse',
    icon: UserDeleteOutlined,
    screen: LostCustomersScreen,
    onSample: true,
  },
  samples: { group: 'analyse', icon: FilterOutlined, screen: SamplesScreen, onSample: true },
  channels: { group: 'analyse', icon: SwapOutlined, screen: ChannelsScreen, onSample: true },
  plan: { group: 'act', icon: AimOutlined, screen: PlanScreen, onSample: true },
  reports: { group: 'act', icon: FilePdfOutlined, screen: ReportsScreen },
  places: { group: 'sources', icon: EnvironmentOutlined, screen: PlacesScreen, onSample: true },
  data: { group: 'sources', icon: DatabaseOutlined, screen: DataScreen, onSample: 'no-figures' },
  studies: { group: 'sources', icon: ApartmentOutlined, screen: StudiesScreen },
};
