import { Select } from 'antd';
import { useState } from 'react';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { SCOPE_LEVELS, type ScopeLevel } from '../../../shared/domain/scope.ts';
import { useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import {
  ChannelPicker,
  Field,
  IndicatorPicker,
  type ReadySlice,
  SamplePicker,
  SchemePicker,
  ScopePicker,
} from '../../components/slice.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { WithSlice } from '../../components/with-slice.tsx';
import { count } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { forecastText } from '../../text/forecast.ts';
import { useText } from '../../text/use-text.ts';
import { ForecastTable } from './forecast-table.tsx';
import { RefusedPanel } from './refused-panel.tsx';
import { RunForecast } from './run-forecast.tsx';
import { SeriesPanel, type SeriesRow } from './series-panel.tsx';
import { forecastQuarters, rowKey } from './view.ts';

export function ForecastScreen() {
  return (
    <WithSlice>
      {(slice) =>
        slice.basis.sample === undefined ? <ForecastOf slice={slice} /> : <SampleForecast slice={slice} />
      }
    </WithSlice>
  );
}

/** Of a sample one series is forecast at a time, on the spot. */
function SampleForecast({ slice }: { slice: ReadySlice }) {
  const { scheme, channel, scope, indicator, basis } = slice;
  const common = useText(commonText);
  const known = slice.catalog.indicators.find((one) => one.code === indicator);
  const tree = useCall('scopes.tree', { scheme });
  const quarter = forecastQuarters(slice.catalog).at(-1)!;
  const place = tree.data?.find((node) => node.id === scope);
  const row = {
    channel,
    scope,
    indicator,
    quarter,
    scopeName: place?.name ?? { zh: scope, en: scope },
    indicatorName: known?.name ?? { zh: common.index, en: common.index },
  };
  return (
    <div className="screen">
      <div className="filters">
        <ScopePicker slice={slice} />
        <SchemePicker slice={slice} />
        <ChannelPicker slice={slice} />
        <IndicatorPicker slice={slice} />
        <SamplePicker />
      </div>
      <SeriesPanel
        key={`${scope} ${indicator} ${channel}`}
        row={row}
        quarter={row.quarter}
        scheme={scheme}
        basis={basis}
      />
    </div>
  );
}

function ForecastOf({ slice }: { slice: ReadySlice }) {
  const text = useText(forecastText);
  const common = useText(commonText);
  const quarters = forecastQuarters(slice.catalog);
  const [quarter, setQuarter] = useState(quarters.at(-1)!);
  const [level, setLevel] = useState<ScopeLevel>('region');
  const [every, setEvery] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  const asked = {
    scheme: slice.scheme,
    quarter,
    channel: slice.channel,
    level,
    indicator: every ? undefined : slice.indicator,
  };
  const rows = useCall('forecast.table', asked);
  const refusals = useCall('forecast.refusals', asked);
  return (
    <div className="screen">
      <RunForecast slice={slice} />
      <div className="filters">
        <SchemePicker slice={slice} />
        <Field label={text.quarter} width={110}>
          {(id) => (
            <Select
              id={id}
              value={quarter}
              onChange={setQuarter}
              options={quarters.map((value) => ({ value, label: formatQuarter(value) })).reverse()}
            />
          )}
        </Field>
        <ChannelPicker slice={slice} />
        <Field label={common.level} width={100}>
          {(id) => (
            <Select
              id={id}
              value={level}
              onChange={setLevel}
              options={SCOPE_LEVELS.map((value) => ({ value, label: common[value] }))}
            />
          )}
        </Field>
        <Field label={text.series} width={120}>
          {(id) => (
            <Select
              id={id}
              value={every}
              onChange={setEvery}
              options={[
                { value: false, label: text.oneIndicator },
                { value: true, label: text.allIndicators },
              ]}
            />
          )}
        </Field>
        {!every && <IndicatorPicker slice={slice} />}
        <SamplePicker />
      </div>
      <Ready of={rows} height={500}>
        {(all) => {
          const left = refusals.data ?? [];
          const chosen: SeriesRow | undefined =
            all.find((row) => rowKey(row) === open) ?? left.find((row) => rowKey(row) === open) ?? all[0];
          return (
            <>
              <Panel title={text.table} note={text.howMany(count(all.length))} flush>
                <ForecastTable
                  rows={all}
                  scheme={slice.scheme}
                  open={chosen ? rowKey(chosen) : null}
                  onOpen={setOpen}
                />
              </Panel>
              <RefusedPanel rows={left} open={chosen ? rowKey(chosen) : null} onOpen={setOpen} />
              {chosen ? (
                <SeriesPanel
                  key={`${rowKey(chosen)} ${quarter}`}
                  row={chosen}
                  quarter={quarter}
                  scheme={slice.scheme}
                  basis={slice.basis}
                />
              ) : (
                <Nothing>{text.choose}</Nothing>
              )}
            </>
          );
        }}
      </Ready>
    </div>
  );
}
