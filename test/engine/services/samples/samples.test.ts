import { expect, test } from 'vitest';
import { testSession } from '../../../support/engine-session.ts';
import { respondents, responsesMapping, writeResponses } from '../../../support/survey-files.ts';

async function session() {
  const own = await testSession();
  const rows = respondents('2026Q2', 400, 3);
  await own.call('import.commit', {
    path: writeResponses(own.folder, 'a.csv', rows),
    mapping: responsesMapping({
      attributes: [
        {
          column: 'sex',
          code: 'sex',
          label: { zh: '性别', en: 'Sex' },
          values: { f: { zh: '女', en: 'Female' }, m: { zh: '男', en: 'Male' } },
        },
      ],
    }),
  });
  return { own, rows };
}

test('a sample is tried out, saved, renamed, changed and deleted, each with a line in the audit log', async () => {
  const { own, rows } = await session();
  const filter = { scheme: 2, scopes: ['region:East'], attributes: { sex: ['f'] } };
  const preview = await own.call('samples.preview', { scheme: 2, filter });
  const meant = rows.filter((row) => row.region === 'East' && row.sex === 'f');
  expect(preview.channels).toMatchObject([
    {
      channel: 'in-house',
      n: meant.length,
      of: 400,
      dealers: new Set(meant.map(({ dealer }) => dealer)).size,
      reach: 'all',
    },
  ]);
  expect(preview.words.zh).toContain('性别：女');
  const made = await own.call('samples.save', { name: ' 华东女性 ', filter });
  expect(made).toMatchObject({ name: '华东女性', filter, actor: 'tester' });
  await own.call('samples.rename', { id: made.id, name: '东部女性' });
  const changed = { attributes: { sex: ['m'] } };
  await own.call('samples.save', { id: made.id, name: '男性', filter: changed });
  expect(await own.call('samples.list', {})).toMatchObject([{ id: made.id, name: '男性', filter: changed }]);
  await own.call('samples.delete', { id: made.id });
  expect(await own.call('samples.list', {})).toEqual([]);
  const audit = await own.call('audit.list', {});
  expect(audit.slice(0, 4).map(({ action }) => action)).toEqual([
    'sample.delete',
    'sample.save',
    'sample.rename',
    'sample.save',
  ]);
  expect(audit[1]!.detail).toEqual({
    before: { name: '东部女性', filter },
    after: { name: '男性', filter: changed },
  });
});

test('a sample that differs from a kept one by a few respondents says so, and from which', async () => {
  const { own, rows } = await session();
  // The dates of the fewest women of a city: with and without that city two samples differ by those alone.
  const women = rows.filter((row) => row.sex === 'f');
  const few = [...new Set(women.map(({ city }) => city))]
    .map((city) => ({ city, n: women.filter((row) => row.city === city).length }))
    .sort((a, b) => a.n - b.n)[0]!;
  expect(few.n).toBeGreaterThan(0);
  expect(few.n).toBeLessThan(10);
  const tree = await own.call('scopes.tree', { scheme: 2 });
  const places = tree.filter(({ level, name }) => level === 'city' && !few.city.startsWith(name.zh));
  const filter = { attributes: { sex: ['f'] } };
  const without = { ...filter, scheme: 2, scopes: places.map(({ id }) => id) };
  const kept = await own.call('samples.save', { name: 'all women', filter });
  const near = async (one: object, id?: number) =>
    (await own.call('samples.preview', { scheme: 2, filter: one, id })).near;
  expect(await near(without)).toMatchObject([
    { id: kept.id, name: 'all women', channel: 'in-house', respondents: few.n },
  ]);
  expect(await near(without, kept.id)).toEqual([]);
  expect(await near(filter)).toEqual([]);
  expect(await near({ attributes: { sex: ['m'] } })).toEqual([]);
});

test('what cannot be a sample is refused and changes nothing', async () => {
  const { own } = await session();
  await own.call('samples.save', { name: 'one', filter: {} });
  const before = own.hash('whole');
  const refused = async (input: object) => (await own.fault('samples.save', input)).code;
  expect(await refused({ name: 'one', filter: {} })).toBe('sample-name-taken');
  expect(await refused({ name: 'two', filter: { scopes: ['city:9999'] } })).toBe('scope-unknown');
  expect(await refused({ name: 'two', filter: { scores: [{ indicator: 'no' }] } })).toBe('indicator-unknown');
  expect(await refused({ name: 'two', filter: { sex: 'f' } })).toBe('call-input-invalid');
  expect(await refused({ id: 77, name: 'two', filter: {} })).toBe('sample-unknown');
  expect((await own.fault('samples.delete', { id: 77 })).code).toBe('sample-unknown');
  expect(own.hash('whole')).toBe(before);
});

test('attributes come with the choices that were given and their labels', async () => {
  const { own } = await session();
  expect(await own.call('samples.attributes', {})).toEqual([
    {
      code: 'sex',
      label: { zh: '性别', en: 'Sex' },
      channels: ['in-house'],
      choices: [
        { value: 'f', label: { zh: '女', en: 'Female' } },
        { value: 'm', label: { zh: '男', en: 'Male' } },
      ],
    },
  ]);
});
