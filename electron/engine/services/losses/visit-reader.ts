// A row of a file of visits as a visit, or why it is none: nobody named, no day, or the dealer not open on it.
import type { Issue, IssueCode } from '../../../../shared/domain/import-issue.ts';
import type { VisitMapping } from '../../../../shared/domain/visits/visit-mapping.ts';
import { type DealerRow, listDealers } from '../../store/places.ts';
import type { Fact } from '../import/read-study.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ReadVisit } from './visit-collector.ts';
import { customerKey } from './visit-columns.ts';

const DAY_MS = 86_400_000;

export function visitReader(
  workspace: Workspace,
  mapping: VisitMapping,
  sheet: string | undefined,
): (fact: Fact) => ReadVisit | Issue {
  const dealers = new Map(listDealers(workspace.reader).map((row) => [row.id, row]));
  return (fact) => {
    const issue = (code: IssueCode, column: string, value?: string): Issue => ({
      ...{ code, severity: 'error', sheet, row: fact.row, column },
      ...(value === undefined ? {} : { value }),
    });
    const customer = customerKey(mapping, fact.identity[0] ?? '');
    if (customer === '') return issue('customer-required', mapping.customer);
    if (fact.day === null) return issue('day-required', mapping.date);
    const dealer = dealers.get(fact.dealer)!;
    const outside = outsideLife(dealer, fact.day);
    if (outside) return issue(outside, mapping.date, dateOf(fact.day));
    const adviser = fact.attributes[0];
    return {
      customer,
      day: fact.day,
      dealer: dealer.code,
      adviser: typeof adviser === 'string' ? adviser : '',
    };
  };
}

const dateOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** A dealer that another one took over is served there, so its closing day ends nothing. */
function outsideLife({ opened, closed, successorId }: DealerRow, day: number): IssueCode | undefined {
  if (opened === null && closed === null) return undefined;
  const date = dateOf(day);
  if (opened !== null && date < opened) return 'visit-before-opening';
  return closed !== null && successorId === null && date > closed ? 'visit-after-closing' : undefined;
}
