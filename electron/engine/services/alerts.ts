// The alerts that stand, and what people do with them.
import type { CallArguments } from '../../../shared/contract.ts';
import { levelOf } from '../../../shared/domain/scope.ts';
import { CHANNEL_NAMES } from '../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AlertView } from '../../../shared/views.ts';
import type { Context } from '../context.ts';
import { type AlertRow, findAlert, listAlerts, updateAlert } from '../store/results.ts';
import { indicatorName } from './catalog.ts';
import type { AlertDetail } from './raise-alerts.ts';
import type { Workspace } from './workspace.ts';

export function listAlertViews(workspace: Workspace, input: CallArguments<'alerts.list'>): AlertView[] {
  return listAlerts(workspace.reader, input.scheme)
    .filter((row) => input.quarter === undefined || row.quarter === input.quarter)
    .filter((row) => input.channel === undefined || row.channel === input.channel)
    .map((row) => viewAlert(workspace, row));
}

export function listAlertsCall(context: Context, input: CallArguments<'alerts.list'>): AlertView[] {
  return listAlertViews(context.workspace(), input);
}

export function setAlertState(context: Context, input: CallArguments<'alerts.update'>): AlertView {
  const workspace = context.workspace();
  const before = findAlert(workspace.reader, input.alert);
  if (!before) throw new AppError('alert-unknown', { alert: input.alert });
  workspace.record(
    {
      action: 'alert.update',
      subject: String(input.alert),
      detail: {
        before: { state: before.state, note: before.note },
        after: { state: input.state, note: input.note },
      },
    },
    (db) => updateAlert(db, input.alert, input.state, input.note),
  );
  return viewAlert(workspace, findAlert(workspace.reader, input.alert)!);
}

function viewAlert(workspace: Workspace, row: AlertRow): AlertView {
  const tree = workspace.tree(row.schemeId);
  const node = tree.byId.get(row.scope);
  const detail = JSON.parse(row.detail) as AlertDetail;
  const gone = { zh: row.scope, en: row.scope };
  return {
    id: row.id,
    channel: row.channel,
    channelName: CHANNEL_NAMES[row.channel],
    quarter: row.quarter,
    rank: row.rank,
    kind: row.kind as AlertView['kind'],
    scope: row.scope,
    scopeLevel: levelOf(row.scope),
    scopeName: node === undefined ? gone : tree.nodes[node]!.name,
    indicator: row.indicator,
    indicatorName: indicatorName(workspace, row.indicator),
    direction: row.shift >= 0 ? 'above' : 'below',
    shift100: row.shift,
    actual100: row.actual,
    expected100: row.expected,
    low95: row.low,
    high95: row.high,
    p: row.p,
    n: detail.n,
    split: detail.split,
    state: row.state,
    note: row.note,
  };
}
