// A file of service visits: read by the same readers with the same faults as a study, kept under pseudonyms.
import { basename } from 'node:path';
import type { BatchView } from '../../../shared/calls/import.ts';
import type { VisitMapping, VisitPreview } from '../../../shared/calls/lost.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import { customerNumberKey, personKey } from '../../../shared/domain/identity.ts';
import type { Bilingual } from '../../../shared/domain/language.ts';
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { addBatch, findBatch, findBatchByContent } from '../store/batches.ts';
import { listErased } from '../store/people.ts';
import { listDealers } from '../store/places.ts';
import { addStudy, ensureQuestionnaire, findStudy } from '../store/studies.ts';
import { addVisits, PSEUDONYM_BYTES } from '../store/visits.ts';
import { backUp } from './back-up.ts';
import { viewBatch } from './import-batches.ts';
import { bothTexts, issueMessage, mappingProblems, readingOf, withTable } from './import-source.ts';
import { firstIssue, refuseRepetition } from './import-study.ts';
import { pseudonymKey, pseudonymOfText } from './pseudonym.ts';
import { type Pass, readAll } from './read-rows.ts';
import type { Fact } from './read-study.ts';
import { VisitCollector } from './visit-collector.ts';
import type { Workspace } from './workspace.ts';

const STUDY = 'service-visits';
const SHOWN_ISSUES = 100;

const HEADERS: readonly [
  field: 'customer' | 'dealerCode' | 'dealerName' | 'adviser' | 'date',
  pattern: RegExp,
][] = [
  ['adviser', /顾问|接待|技师|advis[eo]r|consultant/i],
  ['date', /日期|时间|date|day/i],
  ['customer', /vin|车架|底盘|手机|电话|phone|mobile|客户|会员|车牌|customer|member/i],
  ['dealerCode', /(经销商|门店|店|dealer|shop).{0,3}(代码|编码|编号|号|code|id|no)/i],
  ['dealerName', /经销商|门店|店名|店$|dealer|shop/i],
];

/** The columns told from their headers; null where customer, date or dealer cannot be told. */
function guessColumns(headers: readonly string[]): VisitMapping | null {
  const found: Partial<Record<(typeof HEADERS)[number][0], string>> = {};
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

/** The visits as a study without questions, so that dates, dealers and faults are read as everywhere. */
function asStudy({ customer, dealerCode, dealerName, adviser, date }: VisitMapping): StudyMapping {
  return {
    version: 1,
    study: {
      code: STUDY,
      channel: 'lost-customer',
      name: { zh: '售后进店记录', en: 'Service visits' },
      provider: '',
      windowQuarters: 1,
    },
    kind: 'responses',
    questionnaire: 'visits',
    table: {},
    period: { kind: 'date', column: date },
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
    indicators: [],
  } as unknown as StudyMapping;
}

/** One text a customer, the same in every file; '' where the row names nobody. */
function customerKey({ customerKind }: VisitMapping, text: string): string {
  return customerKind === 'number' ? customerNumberKey(text) : (personKey({ [customerKind]: text }) ?? '');
}

interface ReadVisits {
  mapping: VisitMapping | null;
  headers: readonly string[];
  sha256: string;
  problems: Bilingual[];
  pass: Pass | null;
  visits: VisitCollector;
}

async function readVisits(context: Context, input: CallArguments<'visits.preview'>): Promise<ReadVisits> {
  const workspace = context.workspace();
  return withTable({ path: input.path, fileName: input.fileName }, undefined, async (raw) => {
    const mapping = input.mapping ?? guessColumns(raw.headers);
    const visits = new VisitCollector();
    const found = { mapping, headers: raw.headers, sha256: raw.sha256, visits };
    if (!mapping) return { ...found, problems: [NOT_TOLD], pass: null };
    const source = { path: input.path, fileName: input.fileName };
    const reading = await readingOf(workspace, raw, asStudy(mapping), source);
    const problems = mappingProblems(workspace, reading);
    if (problems.length > 0) return { ...found, problems, pass: null };
    const codes = new Map(listDealers(workspace.reader).map(({ id, code }) => [id, code]));
    const take = (fact: Fact) => {
      const customer = customerKey(mapping, fact.identity[0] ?? '');
      const adviser = fact.attributes[0];
      if (customer === '' || fact.day === null) return visits.refuse();
      visits.add({
        customer,
        day: fact.day,
        dealer: codes.get(fact.dealer) ?? '',
        adviser: typeof adviser === 'string' ? adviser : '',
      });
    };
    const pass = await readAll(reading.table, reading.reader, context.job, take, {
      ...reading.options,
      skipLoaded: false,
    });
    return { ...found, problems: [], pass };
  });
}

const NOT_TOLD: Bilingual = {
  zh: '无法从表头判断客户、经销商和日期所在的列，请逐列指定',
  en: 'the headers do not tell which columns hold customer, dealer and date; choose them',
};

export async function previewVisits(
  context: Context,
  input: CallArguments<'visits.preview'>,
): Promise<VisitPreview> {
  const workspace = context.workspace();
  const { mapping, headers, sha256, problems, pass, visits } = await readVisits(context, input);
  const day = (value: number | null) =>
    value === null ? null : new Date(value * 86_400_000).toISOString().slice(0, 10);
  return {
    file: input.fileName ?? basename(input.path),
    headers: [...headers],
    mapping,
    problems,
    counts: {
      read: pass?.read ?? 0,
      accepted: visits.count,
      rejected: (pass?.rejected ?? 0) + visits.refused,
      customers: visits.customerCount,
      dealers: visits.dealerCount,
      advisers: visits.adviserCount,
      from: day(visits.firstDay),
      to: day(visits.lastDay),
    },
    issues: (pass?.issues ?? [])
      .slice(0, SHOWN_ISSUES)
      .map((issue) => ({ ...issue, message: issueMessage(issue) })),
    duplicateOf: findBatchByContent(workspace.reader, sha256, STUDY)?.id ?? null,
  };
}

export async function importVisits(
  context: Context,
  input: CallArguments<'visits.import'>,
  { backup = true }: { backup?: boolean } = {},
): Promise<BatchView> {
  const workspace = context.workspace();
  const file = input.fileName ?? basename(input.path);
  const { acceptGoodRows, ...source } = input;
  const read = await readVisits(context, source);
  const [problem] = read.problems;
  if (problem || !read.mapping || !read.pass)
    throw new AppError('import-mapping', bothTexts(problem ?? NOT_TOLD));
  const { pass, visits, mapping, sha256 } = read;
  const study = asStudy(mapping);
  refuseRepetition(workspace, sha256, study, file);
  const rejected = pass.rejected + visits.refused;
  if (rejected > 0 && !acceptGoodRows)
    throw new AppError('import-rejected-rows', {
      ...(pass.rejected > 0 ? firstIssue(pass) : bothTexts(NOBODY)),
      rejected,
      accepted: visits.count,
    });
  if (visits.count === 0) throw new AppError('import-empty', { file, rows: pass.read });
  if (backup && workspace.dataVersion > 0) backUp(context, 'before-import');
  context.job.throwIfCancelled();
  const packed = visits.pack(pseudonyms(context, workspace));
  const quarters = [...pass.quarters.keys()];
  const detail = { sha256, study: STUDY, rows: visits.count };
  const batch = workspace.change({ action: 'import.commit', subject: file, detail }, (db) => {
    const id = findStudy(db, STUDY)?.id ?? addStudy(db, study);
    const made = addBatch(db, {
      study: id,
      questionnaire: ensureQuestionnaire(db, id, study.questionnaire),
      fileName: file,
      sha256,
      mapping: JSON.stringify(study),
      rowsRead: pass.read,
      rowsLoaded: visits.count,
      rowsRejected: rejected,
      firstQuarter: Math.min(...quarters),
      lastQuarter: Math.max(...quarters),
      halo: null,
      at: workspace.now(),
    });
    addVisits(db, made, packed);
    return made;
  });
  context.emit({ name: 'data.changed', payload: { dataVersion: workspace.dataVersion } });
  return viewBatch(findBatch(workspace.reader, batch)!, workspace);
}

const NOBODY: Bilingual = { zh: '有的行没有客户或到日的日期。', en: 'Some rows name no customer or no day.' };

/** Pseudonyms of customers; those who asked to be forgotten get one that leads to nobody. */
function pseudonyms(context: Context, workspace: Workspace): (customer: string) => Buffer {
  const secret = pseudonymKey(context);
  const erased = listErased(workspace.reader);
  return (customer) => {
    const pseudonym = pseudonymOfText(secret, customer);
    const kept = erased.has(pseudonym) ? pseudonymOfText(secret, `erased ${pseudonym}`) : pseudonym;
    return Buffer.from(kept, 'hex').subarray(0, PSEUDONYM_BYTES);
  };
}
