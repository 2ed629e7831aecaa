// A walk over every call that writes: each leaves a line of who did what to what, and none is left out of the walk.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ClearedCase } from '../../shared/calls/alerts.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract.ts';
import { CALL_NAMES, CALLS } from '../../shared/contract.ts';
import { AUDIT_ACTIONS } from '../../shared/domain/audit-action.ts';
import { type Session, TODAY } from '../support/engine-session.ts';
import { MANY, planRequest, withStudy } from '../support/plan-study.ts';
import { importResponses } from '../support/small-studies.ts';
import {
  DEALERS,
  RESPONSE_HEADER,
  type Respondent,
  respondents,
  responseLines,
  responsesMapping,
} from '../support/survey-files.ts';

/** Writing calls that change no data of the database they are called on: it is opened, closed, or another one. */
const OF_THE_FILE = ['app.open', 'app.create', 'app.sample', 'app.close'];

/** Calls that write a single line at once and need not wait for others. */
const SMALL_WRITES = [
  'aliases.save',
  'aliases.delete',
  'mappings.save',
  'mappings.delete',
  'plan.approve',
  'plan.delete',
  'plan.assess',
] as const satisfies readonly CallName[];

const WRITING = [
  ...CALL_NAMES.filter((name) => CALLS[name].alone && !OF_THE_FILE.includes(name)),
  ...SMALL_WRITES,
].sort();

/** What tells a change of something that was there: what it was and what it became. */
const CHANGES = [
  'mapping.save',
  'sample.rename',
  'dealer.change',
  'dealer.move',
  'study.update',
  'wave.update',
  'question.update',
  'rules.save',
  'alert.update',
  'plan.update',
  'view.rename',
  'weights.activate',
  'lost-sale.roles',
  'alias.save',
];

/** Makes calls and looks at the log after each. */
function walker(session: Session) {
  const walked = new Set<string>();
  const told = new Map<string, Record<string, unknown>>();
  const lines = () => session.call('audit.list', { limit: 500 });
  return {
    walked,
    told,
    async step<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
      // A restored database counts on from where the backup was made.
      const known = new Set((await lines()).map(({ id, action }) => `${id} ${action}`));
      const value = await session.call(name, input);
      const made = (await lines()).filter(({ id, action }) => !known.has(`${id} ${action}`));
      expect(made.length, name).toBeGreaterThan(0);
      for (const { action, actor, at, subject, detail } of made) {
        expect(Object.keys(AUDIT_ACTIONS), name).toContain(action);
        expect({ actor, at: at.slice(0, 10) }).toEqual({ actor: 'tester', at: TODAY });
        // The display rules and the roles of lost sales are one of a kind: what changed says it all.
        expect(subject !== '' || 'after' in detail, `${name} ${action}`).toBe(true);
        // Fields by name: a list would be shown under its positions.
        for (const side of ['before', 'after'])
          expect(Array.isArray(detail[side]), `${name} ${side}`).toBe(false);
        told.set(action, detail);
      }
      walked.add(name);
      return value;
    },
  };
}

/** A file of respondents with a phone. */
function namedFile(session: Session): string {
  const path = join(session.folder, 'named.csv');
  const lines = responseLines(respondents('2025Q4', 60, 9)).map((line, i) => `${line},1390000${1000 + i}`);
  writeFileSync(path, [`${RESPONSE_HEADER},phone`, ...lines].join('\n'));
  return path;
}

function tableFile(session: Session, name: string, lines: readonly string[]): string {
  const path = join(session.folder, name);
  writeFileSync(path, lines.join('\n'));
  return path;
}

test('every call that writes leaves a line of who, what and to what, and a change says before and after', async () => {
  const session = await withStudy(MANY, [2024, 2025]);
  const { walked, told, step } = walker(session);
  const { schemes } = await session.call('catalog.get', {});
  const scheme = schemes.find((one) => one.regions > 0)!.id;
  const quarters = ['2024Q1', '2024Q2', '2024Q3', '2024Q4', '2025Q1', '2025Q2', '2025Q3'];
  const rows = quarters.flatMap((quarter, i) => respondents(quarter, 600, i + 1));
  // The South breaks down in the last quarter, so that there is an alert to work on.
  const isDown = ({ date, region }: Respondent) => date >= '2025-07' && region === 'South';
  await importResponses(
    session,
    rows.map((row) => (isDown(row) ? { ...row, a: 1, b: 5, c: 0 } : row)),
  );
  // Data.
  const mapping = responsesMapping({ identity: [{ column: 'phone', kind: 'phone' }] });
  const named = await step('import.commit', { path: namedFile(session), mapping });
  const { people } = await session.call('people.find', { text: '13900001000' });
  await step('people.erase', { pseudonym: people[0]!.pseudonym });
  await step('import.undo', { batch: named.id });
  const visits = ['VIN,经销商编码,进店日期', `LSV1,${DEALERS[0]!.dealer},2026-01-10`];
  await step('visits.import', { path: tableFile(session, 'visits.csv', visits) });
  await step('mappings.save', { name: 'own', mapping });
  await step('mappings.save', { name: 'own', mapping: { ...mapping, questionnaire: '2027' } });
  await step('mappings.delete', { name: 'own' });
  const match = { kind: 'dealer', name: '沪一店', action: 'match', target: DEALERS[0]!.dealer } as const;
  const [alias] = await step('aliases.save', { choices: [match] });
  await step('aliases.save', { choices: [{ ...match, action: 'leave', target: '' }] });
  await step('aliases.delete', { kind: 'dealer', key: alias!.key });
  await step('lost.setRoles', { reason: 'sex', brand: null, stage: null });
  // Places.
  const dealer = 'NEU';
  await step('places.edit', { dealer, edit: { kind: 'add', name: '新店', city: '4401' } });
  await step('places.edit', { dealer, edit: { kind: 'change', name: '新店二', city: '4401' } });
  await step('places.edit', { dealer, edit: { kind: 'move', city: '3301', from: '2026-01-01' } });
  await step('places.remove', { dealer });
  const list = ['经销商代码,经销商名称,所在城市', 'L1,一店,广州'];
  const { id: loaded } = await step('places.loadList', { path: tableFile(session, 'list.csv', list) });
  await step('places.undoList', { list: loaded });
  const { id: made } = await step('schemes.save', {
    code: 'other',
    name: { zh: '另一方案', en: 'Other' },
    validFrom: '2026-01-01',
    regions: [{ code: 'x', name: '甲', cities: ['4401'] }],
  });
  await step('schemes.delete', { scheme: made });
  await step('channels.declare', {
    first: 'in-house',
    second: 'third-party',
    declared: { scale: 'same', population: 'similar', question: 'same', note: '' },
  });
  // Definitions.
  const [study] = await session.call('studies.list', {});
  await step('studies.update', { study: study!.id, name: { zh: '改', en: 'Changed' }, provider: 'Agency' });
  const dates = { fieldworkFrom: '2024-01-02', fieldworkTo: '2024-03-20' };
  await step('studies.wave', { wave: study!.waves[0]!.id, ...dates, provider: null });
  const questionnaire = study!.questionnaires[0]!.id;
  const { questions } = await session.call('questionnaires.get', { questionnaire });
  await step('questionnaires.question', { question: questions[0]!.id, label: { zh: '问', en: 'Asked' } });
  await step('questionnaires.draft', { from: questionnaire, version: '2027', name: 'next' });
  await step('rules.save', { greyFrom: 9, fullFrom: 30, q: 0.05 });
  const [current] = await session.call('weights.list', {});
  const { rows: weighted } = await session.call('weights.get', { weightSet: current!.id });
  const set = await step('weights.save', {
    note: 'equal',
    rows: weighted.map(({ code, parent, role, name }) => ({ code, parent, role, name, weight: 1 })),
    makeCurrent: false,
  });
  await step('weights.activate', { weightSet: set.id });
  await step('weights.activate', { weightSet: current!.id });
  const targets = [
    { value: 'f', share: 60 },
    { value: 'm', share: 40 },
  ];
  const weighting = await step('weightings.save', {
    scheme,
    channel: 'in-house',
    quarters: { from: 2024 * 4, to: 2025 * 4 },
    margins: [{ dimension: 'attribute:sex', targets }],
    name: 'by sex',
  });
  await step('weightings.delete', { id: weighting.id });
  // Analysis.
  const sample = await step('samples.save', { name: 'women', filter: { attributes: { sex: ['f'] } } });
  await step('samples.rename', { id: sample.id, name: 'all women' });
  await step('samples.delete', { id: sample.id });
  const definition: CallInput<'probes.try'>['definition'] = {
    scheme,
    channel: 'in-house',
    level: 'dealer',
    indicators: ['A'],
    conditions: [{ kind: 'score', to: 90 }],
  };
  const probe = await step('probes.save', { name: 'low', definition });
  await step('probes.run', { id: probe.id });
  await step('probes.sample', { definition, name: 'hits', quarters: 'all' });
  await step('probes.delete', { id: probe.id });
  const query = { scheme, rows: [{ kind: 'scope' as const, level: 'region' as const }] };
  const view = await step('explore.saveView', { name: 'v', content: { query, chart: 'bar', heat: false } });
  await step('explore.renameView', { view: view.id, name: 'w' });
  await step('explore.deleteView', { view: view.id });
  // Expectation, plan, reports.
  await step('forecast.run', { scheme, quarters: 'all' });
  const [alert] = await session.call('alerts.list', { scheme });
  await step('alerts.update', { alert: alert!.id, state: 'acknowledged' });
  // Under stricter rules nothing is tested, and the case outlives its alert.
  const rules = await session.call('rules.get', {});
  await session.call('rules.save', { ...rules, fullFrom: 1000 });
  await session.call('forecast.run', { scheme, quarters: 'all' });
  const [{ channel, quarter, scope, indicator }] = (await session.call('alerts.cleared', { scheme })) as [
    ClearedCase,
  ];
  await step('alerts.settle', { scheme, channel, quarter, scope, indicator });
  await session.call('rules.save', rules);
  const request = await planRequest(session, { year: 2025 });
  const plan = await step('plan.save', { ...request, name: 'first' });
  await step('plan.update', { ...request, plan: plan.id!, uplift: 2 });
  const other = await step('plan.save', { ...request, name: 'second' });
  await step('plan.delete', { plan: other.id! });
  await step('plan.approve', { plan: plan.id! });
  await step('plan.assess', { plan: plan.id!, keep: true });
  await step('reports.run', { scheme, quarter: 2025 * 4 + 2, formats: ['xlsx'], limit: 1 });
  // Upkeep.
  const backup = await step('backups.create', {});
  await step('backups.restore', { name: backup.name });
  await step('backups.deleteReplaced', { name: '1' });
  await step('backups.delete', { name: backup.name });
  expect([...walked].sort()).toEqual(WRITING);
  for (const action of CHANGES)
    expect(told.get(action), action).toEqual(
      expect.objectContaining({ before: expect.anything(), after: expect.anything() }),
    );
  await session.close();
}, 120_000);

test('no service writes past the log', () => {
  const folder = join(import.meta.dirname, '../../electron/engine/services');
  const past = globSync('**/*.ts', { cwd: folder }).filter((file) =>
    /workspace\.writer|\bdatabase\.connection\b/.test(readFileSync(join(folder, file), 'utf8')),
  );
  // The keeper of the log, and what empties the write-ahead log after somebody was erased.
  expect(past.sort()).toEqual(['people.ts', 'workspace/workspace.ts']);
});
