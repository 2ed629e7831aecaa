// The alerts that stand, and what people do with them.

import type { AlertView } from '../../../../shared/calls/alerts.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import { levelOf } from '../../../../shared/domain/scope.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import { Z95 } from '../../../../shared/math/normal.ts';
import type { Context } from '../../context.ts';
import { type AlertRow, findAlert, listAlerts, writeCase } from '../../store/alerts.ts';
import { indicatorName } from '../figures/catalog.ts';
import { findMeasure, shownAt } from '../figures/figures.ts';
import type { AlertDetail } from '../forecast/raise-alerts.ts';
import { isCurrent } from '../forecast/run-snapshot.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** The whole comes first, then areas, then indicators, then an indicator of an area. */
const KIND_ORDER: AlertView['kind'][] = [
  'diffuse',
  'overall',
  'area',
  'indicator',
  'area-indicator',
  'drift',
];

/** Alerts whose quarter still has data, by quarter and channel, from the whole to the particular. */
export function listAlertViews(workspace: Workspace, input: CallArguments<'alerts.list'>): AlertView[] {
  const channels = workspace.channels();
  const current = new Map<number, boolean>();
  return listAlerts(workspace.reader, input.scheme)
    .filter((row) => input.quarter === undefined || row.quarter === input.quarter)
    .filter((row) => input.channel === undefined || row.channel === input.channel)
    .filter((row) => channels.includes(row.channel) && hasData(workspace, row))
    .map((row) => {
      if (!current.has(row.runId)) current.set(row.runId, isCurrent(workspace, row));
      return viewAlert(workspace, row, !current.get(row.runId));
    })
    .sort(
      (a, b) =>
        b.quarter - a.quarter ||
        channels.indexOf(a.channel) - channels.indexOf(b.channel) ||
        KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) ||
        a.rank - b.rank,
    );
}

export function listAlertsCall(context: Context, input: CallArguments<'alerts.list'>): AlertView[] {
  return listAlertViews(context.workspace(), input);
}

function hasData(workspace: Workspace, row: AlertRow): boolean {
  const { cube, tree } = workspace.cube(row.schemeId, row.channel);
  const node = tree.byId.get(row.scope);
  return node !== undefined && cube.hasData(node, row.quarter);
}

/** An alert with its place; throws `alert-unknown` when it is gone or its data are. */
export function standingAlert(workspace: Workspace, id: number): { row: AlertRow; node: number } {
  const row = findAlert(workspace.reader, id);
  if (!row || !workspace.channels().includes(row.channel) || !hasData(workspace, row))
    throw new AppError('alert-unknown', { alert: id });
  return { row, node: workspace.tree(row.schemeId).byId.get(row.scope)! };
}

/** What is not given stays as it was. */
export function setAlertState(context: Context, input: CallArguments<'alerts.update'>): AlertView {
  const workspace = context.workspace();
  const { row: before } = standingAlert(workspace, input.alert);
  const { alert, state, oneOff, ...given } = input;
  const { cause, note, action, owner, due } = before;
  const now = {
    ...{ cause, note, action, owner, due },
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    state,
    oneOff: oneOff === undefined ? before.oneOff : Number(oneOff),
  };
  if (now.state === 'explained' && now.cause === '') throw new AppError('alert-cause-missing', { alert });
  workspace.record(
    {
      action: 'alert.update',
      subject: `#${alert} ${formatQuarter(before.quarter)} ${before.scope} ${before.indicator}`.trim(),
      detail: auditChange(
        { state: before.state, cause, note, action, owner, due, oneOff: before.oneOff },
        now,
      ),
    },
    // Slow drift is no single shift: nothing of it is taken out of the areas above.
    (db) =>
      writeCase(
        db,
        { ...before, shift: before.kind === 'drift' ? null : before.shift },
        now,
        workspace.now(),
      ),
  );
  const row = standingAlert(workspace, alert).row;
  return viewAlert(workspace, row, !isCurrent(workspace, row));
}

export function viewAlert(workspace: Workspace, row: AlertRow, stale: boolean): AlertView {
  const tree = workspace.tree(row.schemeId);
  const detail = JSON.parse(row.detail) as AlertDetail;
  const place = tree.byId.get(row.scope);
  const parent = place === undefined ? -1 : tree.nodes[place]!.parent;
  const measure = findMeasure(workspace, workspace.cube(row.schemeId, row.channel), row.indicator);
  const now = measure && place !== undefined ? shownAt(measure, place, row.quarter) : null;
  const nameOf = (scope: string) => {
    const node = tree.byId.get(scope);
    return node === undefined ? { zh: scope, en: scope } : tree.nodes[node]!.name;
  };
  return {
    id: row.id,
    channel: row.channel,
    channelName: CHANNEL_NAMES[row.channel],
    quarter: row.quarter,
    rank: row.rank,
    kind: row.kind,
    scope: row.scope,
    scopeLevel: levelOf(row.scope),
    scopeName: nameOf(row.scope),
    within: parent < 0 ? null : tree.nodes[parent]!.name,
    indicator: row.indicator,
    indicatorName: indicatorName(workspace, row.indicator),
    direction: row.shift >= 0 ? 'above' : 'below',
    shift100: row.shift,
    shiftMargin100: Z95 * detail.shiftError,
    actual100: row.actual,
    actualMargin100: now?.margin100 ?? null,
    adjusted100: detail.adjusted ?? row.actual,
    effects: (detail.effects ?? []).map((effect) => ({
      ...effect,
      scopeName: nameOf(effect.scope),
      indicatorName: indicatorName(workspace, effect.indicator),
    })),
    mix100: detail.mix ?? 0,
    overallEffect100: detail.overallEffect,
    expected100: row.expected,
    low95: row.low,
    high95: row.high,
    p: row.p,
    n: detail.n,
    split: detail.split,
    stale,
    state: row.state,
    cause: row.cause as AlertView['cause'],
    note: row.note,
    action: row.action,
    owner: row.owner,
    due: row.due,
    oneOff: row.oneOff === 1,
    worked:
      row.workedShift === null
        ? null
        : { shift100: row.workedShift, moved: hasMoved(row.workedShift, row.shift, detail.shiftError) },
  };
}

/** Whether a shift is another one than people saw: in the other direction, or further off than its 95 % interval. */
function hasMoved(then: number, now: number, error: number): boolean {
  return Math.sign(then) !== Math.sign(now) || Math.abs(now - then) > Z95 * error;
}
