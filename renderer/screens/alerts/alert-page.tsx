import { Button, Segmented } from 'antd';
import { useState } from 'react';
import type { AlertPage as Page } from '../../../shared/calls/alerts.ts';
import type { SplitView } from '../../../shared/calls/figure.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall } from '../../api.ts';
import { BaseFigure, MarginFigure, ScoreFigure } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import { PrintButton, PrintHead } from '../../components/print-head.tsx';
import { SeriesChart } from '../../components/series-chart.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { SurpriseHeat } from '../../components/surprise-heat.tsx';
import { TracedFigure } from '../../components/traced-figure.tsx';
import { Waterfall } from '../../components/waterfall.tsx';
import { count, moment, signed } from '../../format.ts';
import { type ScoreFormat, useScoreFormat } from '../../score-format.ts';
import { alertText } from '../../text/alerts.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { Findings } from './alert-findings.tsx';
import { CaseForm } from './case-form.tsx';
import { CaseSummary } from './case-summary.tsx';
import { ResponsesPanel } from './responses-panel.tsx';
import { alertTitle } from './view.ts';

const SHOWN_PARTS = 12;

/** One alert on a page of its own, which prints. */
export function AlertPage({ id, scheme, onBack }: { id: number; scheme: number; onBack: () => void }) {
  const text = useText(alertText);
  const page = useCall('alerts.get', { alert: id });
  return (
    <div className="screen alert-page">
      <div className="row between no-print">
        <Button onClick={onBack}>← {text.back}</Button>
        <PrintButton />
      </div>
      <Ready of={page} height={600}>
        {(data) =>
          data.alert.id === id ? <Content page={data} scheme={scheme} /> : <Nothing>{text.choose}</Nothing>
        }
      </Ready>
    </div>
  );
}

function Content({ page, scheme }: { page: Page; scheme: number }) {
  const text = useText(alertText);
  const name = useName();
  const { alert } = page;
  const as = useScoreFormat(alert.channel, alert.indicator);
  const catalog = useCall('catalog.get', {}).data;
  const title = alertTitle(alert, name);
  const quarter = formatQuarter(alert.quarter);
  const grouping = catalog?.schemes.find((one) => one.id === scheme);
  const raised = page.raised && text.raised(moment(page.raised.at), String(page.raised.dataVersion));
  return (
    <>
      <PrintHead
        title={title}
        facts={[quarter, name(alert.channelName), ...(grouping ? [name(grouping.name)] : [])]}
        source={page.raised ? `${raised} · ${text.method(page.raised.method)}` : undefined}
      />
      <Panel
        className="print-titled"
        title={title}
        note={[quarter, name(alert.channelName), ...(raised ? [raised] : [])].join(' · ')}
      >
        <div className="stack">
          <div className="two wide-left">
            <Findings alert={alert} overall={page.overall} scheme={scheme} />
            <div>
              <CaseForm key={alert.id} alert={alert} />
              <CaseSummary alert={alert} />
            </div>
          </div>
          <PageTrend page={page} scheme={scheme} />
        </div>
      </Panel>
      <div className="two">
        {page.splits.length > 0 && <SplitPanel splits={page.splits} as={as} />}
        {page.items.length > 0 && <ItemsPanel items={page.items} as={as} />}
        {page.splits.length === 0 && <SiblingsPanel page={page} scheme={scheme} as={as} />}
      </div>
      <Panel title={text.heatTitle} note={text.heatNote} flush>
        <SurpriseHeat heat={page.heat} />
      </Panel>
      {page.splits.length > 0 && page.siblings.length > 1 && (
        <SiblingsPanel page={page} scheme={scheme} as={as} />
      )}
      <ResponsesPanel alert={alert} />
    </>
  );
}

function PageTrend({ page, scheme }: { page: Page; scheme: number }) {
  const { channel, scope, indicator, quarter } = page.alert;
  const series = useCall('forecast.series', { scheme, channel, scope, indicator, quarter });
  return (
    <Ready of={series} height={280}>
      {(data) => <SeriesChart series={data} height={280} />}
    </Ready>
  );
}

function SplitPanel({ splits, as }: { splits: SplitView[]; as: ScoreFormat }) {
  const text = useText(alertText);
  const name = useName();
  const [against, setAgainst] = useState(splits[0]!.against);
  const split = splits.find((one) => one.against === against) ?? splits[0]!;
  const shown = split.parts.slice(0, SHOWN_PARTS);
  const rest = split.parts.slice(SHOWN_PARTS).reduce((sum, part) => sum + part.rate + part.mix, 0);
  const steps = [
    ...shown.map((part) => ({
      key: part.scope,
      label: name(part.name),
      value: part.rate + part.mix,
      note: text.rateAndMix(as.points(part.rate, 1), as.points(part.mix, 1)),
    })),
    ...(split.parts.length > SHOWN_PARTS
      ? [{ key: 'rest', label: text.otherAreas(count(split.parts.length - SHOWN_PARTS)), value: rest }]
      : []),
  ];
  return (
    <Panel
      title={text.splitTitle}
      extra={
        splits.length > 1 && (
          <Segmented
            aria-label={text.splitAgainst}
            value={against}
            onChange={setAgainst}
            options={splits.map((one) => ({
              value: one.against,
              label: one.against === 'expected' ? text.againstExpected : text.againstPrevious,
            }))}
          />
        )
      }
    >
      <p className="soft">
        {text.splitSum(as.points(split.change, 1), as.points(split.rate, 1), as.points(split.mix, 1))}
      </p>
      <Waterfall steps={steps} label={text.splitTitle} as={as} />
    </Panel>
  );
}

function ItemsPanel({ items, as }: { items: Page['items']; as: ScoreFormat }) {
  const text = useText(alertText);
  const name = useName();
  return (
    <Panel title={text.itemsTitle} note={text.itemsNote}>
      <Waterfall
        label={text.itemsTitle}
        as={as}
        steps={items.map((item) => ({
          key: item.indicator,
          label: name(item.name),
          value: item.points,
          note: text.deviations(signed(item.z)),
        }))}
      />
    </Panel>
  );
}

function SiblingsPanel({ page, scheme, as }: { page: Page; scheme: number; as: ScoreFormat }) {
  const { channel, quarter } = page.alert;
  const text = useText(alertText);
  const common = useText(commonText);
  const name = useName();
  return (
    <Panel title={text.siblings} note={text.siblingsNote}>
      <div className="heat-frame">
        <table className="plain wide">
          <thead>
            <tr>
              {[
                common.area,
                text.actual,
                common.margin,
                common.base,
                text.expected,
                text.interval95,
                text.surprise,
              ].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page.siblings.map((row) => (
              <tr key={row.scope} className={row.own ? 'own' : undefined}>
                <th scope="row">{name(row.name)}</th>
                <td>
                  <TracedFigure
                    place={{ scheme, channel, scope: row.scope, indicator: row.indicator }}
                    quarter={quarter}
                    what={`${name(row.name)} ${name(row.indicatorName)}`}
                  >
                    <ScoreFigure score={row.score} as={as} />
                  </TracedFigure>
                </td>
                <td>
                  <MarginFigure score={row.score} as={as} />
                </td>
                <td>
                  <BaseFigure score={row.score} />
                </td>
                <td>{as.figure(row.expected.point)}</td>
                <td className="soft">{as.range(row.expected.low95, row.expected.high95)}</td>
                <td className={Math.abs(row.z) >= 2 ? `change ${row.z > 0 ? 'higher' : 'lower'}` : 'soft'}>
                  {signed(row.z)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
