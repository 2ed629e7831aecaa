// Which stored results rest on data that a change touches: told by making the change, looking, and taking it back.
import type { RestingResults } from '../../../../shared/calls/import.ts';
import { type Quarter, quarterOf } from '../../../../shared/domain/quarter.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { listAlerts } from '../../store/alerts.ts';
import { listSchemes } from '../../store/places.ts';
import { listPlans } from '../../store/plans.ts';
import { listReportBatches, listStandingRuns } from '../../store/results.ts';
import { indicatorName } from '../figures/catalog.ts';
import { isCurrent } from '../forecast/run-snapshot.ts';
import type { Workspace } from '../workspace/workspace.ts';

const LISTED_ALERTS = 200;

/** The runs that stand and fit the data, by id. */
export function currentRuns(workspace: Workspace, channel: Channel): Set<number> {
  const ids = listSchemes(workspace.reader).flatMap(({ id: scheme }) =>
    listStandingRuns(workspace.reader, scheme)
      .filter((run) => run.channel === channel)
      .filter((run) => isCurrent(workspace, { ...run, schemeId: scheme, quarter: run.targetQuarter }))
      .map((run) => run.id),
  );
  return new Set(ids);
}

export interface Touched {
  channel: Channel;
  first: Quarter;
  /** Runs that fit the data now and would not any more. */
  runs: ReadonlySet<number>;
  /** Only what was made since; '' for all. */
  since: string;
}

/** The forecasts and alerts of those runs, the plans whose base or running year and the reports whose quarters are touched. */
export function restingResults(
  workspace: Workspace,
  { channel, first, runs, since }: Touched,
): RestingResults {
  const { reader } = workspace;
  const schemes = listSchemes(reader);
  const forecasts = schemes.flatMap(({ id: scheme, nameZh, nameEn }) =>
    listStandingRuns(reader, scheme)
      .filter((run) => runs.has(run.id))
      .map((run) => ({
        id: run.id,
        channel: run.channel,
        quarter: run.targetQuarter,
        scheme: { zh: nameZh, en: nameEn },
        createdAt: run.createdAt,
      })),
  );
  const alerts = schemes.flatMap(({ id: scheme }) =>
    listAlerts(reader, scheme).filter((alert) => runs.has(alert.runId)),
  );
  return {
    forecasts,
    alerts: alerts.slice(0, LISTED_ALERTS).map((alert) => {
      const tree = workspace.tree(alert.schemeId);
      const node = tree.byId.get(alert.scope);
      return {
        id: alert.id,
        channel: alert.channel,
        quarter: alert.quarter,
        scope: alert.scope,
        scopeName: node === undefined ? { zh: alert.scope, en: alert.scope } : tree.nodes[node]!.name,
        indicator: alert.indicator,
        indicatorName: indicatorName(workspace, alert.indicator),
      };
    }),
    alertCount: alerts.length,
    plans: listPlans(reader)
      .filter((plan) => plan.channel === channel && first <= quarterOf(plan.year, 4))
      .filter((plan) => plan.createdAt >= since)
      .map(({ id, name, year, state }) => ({ id, name, year, state })),
    reportBatches: listReportBatches(reader)
      .filter((one) => one.quarter >= first && one.createdAt >= since && one.made > 0)
      .map(({ id, quarter, made }) => ({ id, quarter, made })),
  };
}
