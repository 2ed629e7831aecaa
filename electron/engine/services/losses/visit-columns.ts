// The columns of a file of service visits: told from an earlier file or the headers, and read like those of a study.
import { customerNumberKey, personKey } from '../../../../shared/domain/identity.ts';
import type { RowMapping } from '../../../../shared/domain/study-mapping.ts';
import { keptVisitMapping, type VisitMapping } from '../../../../shared/domain/visits/visit-mapping.ts';
import { listVisitMappings } from '../../store/visits.ts';
import type { Workspace } from '../workspace/workspace.ts';

/** Visits of all files are one history, so they are one study. */
export const VISIT_STUDY = {
  study: {
    code: 'service-visits',
    channel: 'lost-customer',
    name: { zh: '售后进店记录', en: 'Service visits' },
    provider: '',
    windowQuarters: 1,
  },
  kind: 'responses',
} as const;

type Field = 'customer' | 'dealerCode' | 'dealerName' | 'adviser' | 'date';

const HEADERS: readonly [field: Field, pattern: RegExp][] = [
  ['adviser', /顾问|接待|技师|advis[eo]r|consultant/i],
  ['date', /日期|时间|date|day/i],
  ['customer', /vin|车架|底盘|手机|电话|phone|mobile|客户|会员|车牌|customer|member/i],
  ['dealerCode', /(经销商|门店|店|dealer|shop).{0,3}(代码|编码|编号|号|code|id|no)/i],
  ['dealerName', /经销商|门店|店名|店$|dealer|shop/i],
];

/** That of the newest file with these columns, else told from the headers; null where they do not tell enough. */
export function guessVisitMapping(workspace: Workspace, headers: readonly string[]): VisitMapping | null {
  const has = new Set(headers);
  for (const json of listVisitMappings(workspace.reader)) {
    const kept = keptVisitMapping.safeParse(JSON.parse(json));
    if (!kept.success) continue;
    const { kind: _, ...mapping } = kept.data;
    const { customer, dealerCode, dealerName, adviser, date } = mapping;
    const used = [customer, dealerCode, dealerName, adviser, date];
    if (used.every((column) => column === undefined || has.has(column))) return mapping;
  }
  return fromHeaders(headers);
}

function fromHeaders(headers: readonly string[]): VisitMapping | null {
  const found: Partial<Record<Field, string>> = {};
  for (const header of headers) {
    const field = HEADERS.find(([name, pattern]) => found[name] === undefined && pattern.test(header))?.[0];
    if (field) found[field] = header;
  }
  const { customer, date, dealerCode, dealerName, adviser } = found;
  if (!customer || !date || !(dealerCode ?? dealerName)) return null;
  const customerKind = /vin|车架|底盘/i.test(customer)
    ? 'vin'
    : /手机|电话|phone|mobile/i.test(customer)
      ? 'phone'
      : 'number';
  return {
    customer,
    customerKind,
    dealerCode,
    dealerName: dealerCode ? undefined : dealerName,
    adviser,
    date,
  };
}

/** What reading a row of visits takes: dates, dealers and faults as everywhere, no questions. */
export function visitRows({
  customer,
  dealerCode,
  dealerName,
  adviser,
  date,
  order,
}: VisitMapping): RowMapping {
  return {
    study: VISIT_STUDY.study,
    kind: VISIT_STUDY.kind,
    table: {},
    period: { kind: 'date', column: date, order },
    place: {
      dealerCode: dealerCode === undefined ? undefined : { column: dealerCode },
      dealerName: dealerName === undefined ? undefined : { column: dealerName },
      geography: 'national',
      createDealers: false,
    },
    items: [],
    attributes:
      adviser === undefined
        ? []
        : [
            {
              column: adviser,
              code: 'adviser',
              label: { zh: '服务顾问', en: 'Adviser' },
              values: {},
              missing: [],
            },
          ],
    identity: [{ kind: 'vin', column: customer }],
  };
}

/** How a row that was kept out names its customer: by a pseudonym, since nothing else of a person is kept. */
const KEPT = /^pseudonym:([0-9a-f]{64})$/;

export function keptCustomer(pseudonym: string): string {
  return `pseudonym:${pseudonym}`;
}

/** The pseudonym in the text of a customer that was kept out before; undefined for anybody else. */
export function keptPseudonym(text: string): string | undefined {
  return KEPT.exec(text)?.[1];
}

/** One text a customer, the same in every file; '' where the row names nobody. */
export function customerKey({ customerKind }: VisitMapping, text: string): string {
  if (keptPseudonym(text) !== undefined) return text;
  return customerKind === 'number' ? customerNumberKey(text) : (personKey({ [customerKind]: text }) ?? '');
}
