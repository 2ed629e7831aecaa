// The append-only audit log: browsed by who, what, when and text, and taken away as a table.

import type { AuditEntry, AuditSummary } from '../../../../shared/calls/audit.ts';
import type { WrittenFile } from '../../../../shared/calls/figure.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { actionsOf, auditActionName } from '../../../../shared/domain/audit-action.ts';
import { inLanguage } from '../../../../shared/domain/language.ts';
import type { Context } from '../../context.ts';
import { writeTables } from '../../documents/table-file.ts';
import { type AuditFilter, type AuditRow, listAudit, summariseAudit } from '../../store/ledger.ts';

export function listAuditEntries(context: Context, input: CallArguments<'audit.list'>): AuditEntry[] {
  const before = input.before ?? Number.MAX_SAFE_INTEGER;
  return listAudit(context.workspace().reader, filterOf(input), { before, limit: input.limit }).map(
    viewEntry,
  );
}

export function getAuditSummary(context: Context): AuditSummary {
  return summariseAudit(context.workspace().reader);
}

export function exportAudit(context: Context, input: CallArguments<'audit.export'>): Promise<WrittenFile> {
  const all = { before: Number.MAX_SAFE_INTEGER, limit: Number.MAX_SAFE_INTEGER };
  const entries = listAudit(context.workspace().reader, filterOf(input), all).map(viewEntry);
  const say = (zh: string, en: string) => (input.language === 'en' ? en : zh);
  return writeTables(input.path, [
    {
      name: say('操作记录', 'Activity log'),
      columns: [
        { title: '#' },
        { title: say('时间 (UTC)', 'Time (UTC)') },
        { title: say('操作人', 'Who') },
        { title: say('操作', 'What') },
        { title: say('对象', 'Subject') },
        { title: say('改前', 'Before') },
        { title: say('改后', 'After') },
        { title: say('详情', 'Details') },
      ],
      rows: entries.map(({ id, at, actor, actionName, subject, detail }) => {
        const { before, after, ...rest } = detail;
        return [
          id,
          at,
          actor,
          inLanguage(actionName, input.language),
          subject,
          json(before),
          json(after),
          json(rest),
        ];
      }),
    },
  ]);
}

const json = (value: unknown) =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0)
    ? ''
    : JSON.stringify(value);

function filterOf(input: Omit<CallArguments<'audit.export'>, 'path' | 'language'>): AuditFilter {
  const { areas, actors, from, to, offsetMinutes, text } = input;
  const instant = (day: string, days: number) =>
    new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000 - offsetMinutes * 60_000).toISOString();
  return {
    actions: areas.flatMap((area) => [...actionsOf(area)]),
    actors,
    from: from === undefined ? '' : instant(from, 0),
    until: to === undefined ? '' : instant(to, 1),
    text,
  };
}

function viewEntry(row: AuditRow): AuditEntry {
  return {
    ...row,
    actionName: auditActionName(row.action),
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  };
}
