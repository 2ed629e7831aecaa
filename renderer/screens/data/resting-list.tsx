import { Button } from 'antd';
import type { ReactNode } from 'react';
import type { RestingResults } from '../../../shared/calls/import.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import { count } from '../../format.ts';
import { type Slice, useSession } from '../../session.ts';
import { dataText } from '../../text/data.ts';
import { useName, useText } from '../../text/use-text.ts';
import type { ScreenName } from '../names.ts';

const SHOWN = 12;

/** The forecasts, alerts, plans and reports that rest on a batch, each a link to its screen. */
export function RestingList({ resting }: { resting: RestingResults }) {
  const text = useText(dataText);
  const name = useName();
  const { forecasts, alerts, alertCount, plans, reportBatches } = resting;
  return (
    <div className="resting">
      <Group title={text.restingForecasts(count(forecasts.length))} total={forecasts.length}>
        {forecasts.slice(0, SHOWN).map((run) => (
          <Link key={run.id} to="forecast" slice={{ channel: run.channel, quarter: run.quarter }}>
            {formatQuarter(run.quarter)} · {name(CHANNEL_NAMES[run.channel])} · {name(run.scheme)}
          </Link>
        ))}
      </Group>
      <Group title={text.restingAlerts(count(alertCount))} total={alertCount}>
        {alerts.slice(0, SHOWN).map((alert) => (
          <Link
            key={alert.id}
            to="alerts"
            alert={alert.id}
            slice={{ channel: alert.channel, quarter: alert.quarter }}
          >
            {formatQuarter(alert.quarter)} · {name(alert.scopeName)} · {name(alert.indicatorName)}
          </Link>
        ))}
      </Group>
      <Group title={text.restingPlans(count(plans.length))} total={plans.length}>
        {plans.slice(0, SHOWN).map((plan) => (
          <Link key={plan.id} to="plan">
            {text.restingPlan(plan.name, plan.year)}
          </Link>
        ))}
      </Group>
      <Group title={text.restingReports(count(reportBatches.length))} total={reportBatches.length}>
        {reportBatches.slice(0, SHOWN).map((one) => (
          <Link key={one.id} to="reports" slice={{ quarter: one.quarter }}>
            {text.restingMade(formatQuarter(one.quarter), count(one.made))}
          </Link>
        ))}
      </Group>
    </div>
  );
}

function Group({ title, total, children }: { title: string; total: number; children: ReactNode }) {
  const text = useText(dataText);
  if (total === 0) return null;
  return (
    <section>
      <h4>{title}</h4>
      <ul className="bullets">
        {children}
        {total > SHOWN && <li className="soft">{text.restingMore(count(total - SHOWN))}</li>}
      </ul>
    </section>
  );
}

function Link(props: { to: ScreenName; slice?: Partial<Slice>; alert?: number; children: ReactNode }) {
  const go = useSession((session) => session.go);
  const chooseAlert = useSession((session) => session.chooseAlert);
  const open = () => {
    if (props.alert !== undefined) chooseAlert(props.alert);
    go(props.to, props.slice);
  };
  return (
    <li>
      <Button type="link" size="small" className="inline-link" onClick={open}>
        {props.children}
      </Button>
    </li>
  );
}
