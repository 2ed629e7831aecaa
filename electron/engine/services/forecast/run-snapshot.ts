// What a forecast run rests on, as two fingerprints: when either no longer fits the data, the run is out of date.
import { createHash } from 'node:crypto';
import { ALERT_METHOD } from '../../../../shared/domain/alert/alert.ts';
import { FORECAST_METHOD } from '../../../../shared/domain/forecast/method.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { listOneOffs } from '../../store/alerts.ts';
import { listBatches } from '../../store/batches.ts';
import { listPlacedByHand } from '../../store/network.ts';
import { listVisitBatches } from '../../store/visits.ts';
import { crosswalkRows } from '../channels/crosswalk.ts';
import type { Workspace } from '../workspace/workspace.ts';

export interface RunSnapshot {
  /** Data, weights, method, dealers that moved and confirmed one-offs before the forecast quarter. */
  historyHash: string;
  /**
   * Data of the forecast quarter itself, which its alerts were raised from, with the rules they were raised by; '' while
   * there are none.
   */
  waveHash: string;
}

/** The fingerprints that a run made now would have; the same content imported again gives the same ones. */
export function snapshotOf(
  workspace: Workspace,
  scheme: number,
  channel: Channel,
  target: Quarter,
): RunSnapshot {
  const files = workspace.derived(`files ${channel}`, () => {
    const visits = listVisitBatches(workspace.reader);
    return listBatches(workspace.reader)
      .filter(({ id, state, channel: own }) => state === 'committed' && own === channel && !visits.has(id))
      .map(({ sha256, study, questionnaire, firstQuarter, lastQuarter }) => ({
        key: `${study} ${questionnaire} ${sha256}`,
        first: firstQuarter ?? 0,
        last: lastQuarter ?? 0,
      }));
  });
  const { rows, weights } = workspace.indicators();
  const codeOf = new Map(rows.map((row) => [row.id, row.code]));
  const asked = askedBefore(workspace, channel, target);
  const history = files.filter(({ first }) => first < target).map(({ key }) => key);
  const wave = files.filter(({ first, last }) => first <= target && target <= last).map(({ key }) => key);
  const moves = workspace.derived('placed by hand', () => listPlacedByHand(workspace.reader));
  const oneOffs = listOneOffs(workspace.reader, scheme, channel).filter(({ quarter }) => quarter < target);
  return {
    historyHash: hash([
      FORECAST_METHOD,
      history.sort(),
      rows
        .filter(({ id }) => asked.has(id))
        .map((row) => [row.code, row.role, codeOf.get(row.parentId ?? 0) ?? '', weights.get(row.id) ?? 0]),
      oneOffs,
      ...moves,
    ]),
    waveHash: wave.length === 0 ? '' : hash([ALERT_METHOD, workspace.rules().fullFrom, ...wave.sort()]),
  };
}

/** What a channel asked before a quarter, with all that stands above it: items that came by another study are no part of it. */
function askedBefore(workspace: Workspace, channel: Channel, target: Quarter): Set<number> {
  const parentOf = new Map(workspace.indicators().rows.map((row) => [row.id, row.parentId]));
  const asked = new Set<number>();
  for (const row of crosswalkRows(workspace)) {
    if (row.channel !== channel || row.firstQuarter >= target) continue;
    for (let id: number | null | undefined = row.indicatorId; id != null; id = parentOf.get(id))
      asked.add(id);
  }
  return asked;
}

/** False when the data that a run was made from have changed since. */
export function isCurrent(
  workspace: Workspace,
  run: RunSnapshot & { schemeId: number; channel: Channel; quarter: Quarter },
): boolean {
  const now = snapshotOf(workspace, run.schemeId, run.channel, run.quarter);
  return now.historyHash === run.historyHash && now.waveHash === run.waveHash;
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32);
}
