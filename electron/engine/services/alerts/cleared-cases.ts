// The work on alerts that no longer stand: data undone or corrected took the alert away, never what people wrote.
import type { ClearedCase } from '../../../../shared/calls/alerts.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { type CaseRow, listAlerts, listCases, writeCase } from '../../store/alerts.ts';
import { indicatorName } from '../figures/catalog.ts';
import { StandingForecasts } from '../forecast/standing-forecasts.ts';
import type { Workspace } from '../workspace/workspace.ts';

const WORDS: Record<ClearedCase['why'], Bilingual> = {
  'data-undone': {
    zh: '该范围本季度的数据已撤销；重新导入并预测后，预警若仍成立，处理记录会自动接上。',
    en: 'The data of this place and quarter were undone; imported and forecast again, the work is attached to the alert if it still stands.',
  },
  'not-judged': {
    zh: '该季度目前没有预测，无法判断；重新预测后即可。',
    en: 'The quarter has no forecast at present, so it cannot be judged; forecast it again.',
  },
  'within-chance': {
    zh: '按现有数据重新判断，已不构成预警；处理记录保留。',
    en: 'Judged anew from the present data it is no alert any more; what was written is kept.',
  },
};

type Filter = CallArguments<'alerts.cleared'>;

export function listCleared(context: Context, input: Filter): ClearedCase[] {
  const workspace = context.workspace();
  return clearedRows(workspace, input).map((row) => viewOf(workspace, row));
}

/** Cases without an alert that stands on data. */
function clearedRows(workspace: Workspace, { scheme, quarter, channel }: Filter): CaseRow[] {
  const key = (row: Pick<CaseRow, 'channel' | 'quarter' | 'scope' | 'indicator'>) =>
    `${row.channel}\n${row.quarter}\n${row.scope}\n${row.indicator}`;
  const raised = new Set(
    listAlerts(workspace.reader, scheme)
      .filter((row) => hasData(workspace, row))
      .map(key),
  );
  return listCases(workspace.reader, scheme).filter(
    (row) =>
      !raised.has(key(row)) &&
      (quarter === undefined || row.quarter === quarter) &&
      (channel === undefined || row.channel === channel),
  );
}

function hasData(
  workspace: Workspace,
  { schemeId, channel, scope, quarter }: Pick<CaseRow, 'schemeId' | 'channel' | 'scope' | 'quarter'>,
): boolean {
  if (!workspace.channels().includes(channel)) return false;
  const { cube, tree } = workspace.cube(schemeId, channel);
  const node = tree.byId.get(scope);
  return node !== undefined && cube.hasData(node, quarter);
}

function viewOf(workspace: Workspace, row: CaseRow): ClearedCase {
  const { channel, quarter, scope, indicator, state, note, action, owner, due, updatedAt } = row;
  const tree = workspace.tree(row.schemeId);
  const node = tree.byId.get(scope);
  const judged = new StandingForecasts(workspace, row.schemeId).run(channel, quarter) !== undefined;
  const why = !hasData(workspace, row) ? 'data-undone' : judged ? 'within-chance' : 'not-judged';
  return {
    channel,
    channelName: CHANNEL_NAMES[channel],
    quarter,
    scope,
    scopeName: node === undefined ? { zh: scope, en: scope } : tree.nodes[node]!.name,
    indicator,
    indicatorName: indicatorName(workspace, indicator),
    ...{ state, note, action, owner, due, updatedAt },
    cause: row.cause as ClearedCase['cause'],
    oneOff: row.oneOff === 1,
    shift100: row.shift,
    why,
    words: WORDS[why],
  };
}

export function settleCase(context: Context, input: CallArguments<'alerts.settle'>): ClearedCase {
  const workspace = context.workspace();
  const found = () =>
    clearedRows(workspace, input).find(
      ({ scope, indicator }) => scope === input.scope && indicator === input.indicator,
    );
  const before = found();
  if (!before)
    throw new AppError('alert-unknown', {
      alert: `${formatQuarter(input.quarter)} ${input.scope} ${input.indicator}`.trim(),
    });
  const now = { ...before, state: 'closed' as const, oneOff: 0 };
  workspace.record(
    {
      action: 'alert.update',
      subject: `${formatQuarter(before.quarter)} ${before.scope} ${before.indicator}`.trim(),
      detail: auditChange(
        { state: before.state, oneOff: before.oneOff },
        { state: now.state, oneOff: now.oneOff },
      ),
    },
    (db) => writeCase(db, before, now, workspace.now()),
  );
  return viewOf(workspace, found()!);
}
