import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { generateSampleStudies } from '../../../resources/sample/generate.ts';
import source from '../../../resources/sample/indicators.json' with { type: 'json' };
import { SAMPLE_MAPPING_NAMES, sampleMapping } from '../../../resources/sample/mappings.ts';
import { columnsOf, treeFaults } from '../../support/mapping-columns.ts';
import { sampleRows } from './sample-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'sample-mappings-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('each sample file has a mapping that names its columns', async () => {
  const { files } = await generateSampleStudies(folder, { dealers: 12, quarters: 12 });
  const used = new Set(files.map((file) => file.mapping));
  expect([...used].sort()).toEqual([...SAMPLE_MAPPING_NAMES].sort());
  for (const file of files) {
    const mapping = sampleMapping(file.mapping);
    expect(mapping.study.channel).toBe(file.channel);
    const header = Object.keys((await sampleRows(folder, file.fileName))[0]!);
    expect(
      columnsOf(mapping).filter((column) => !header.includes(column)),
      file.fileName,
    ).toEqual([]);
  }
});

test.each(SAMPLE_MAPPING_NAMES)('%s says what the questionnaire says', (name) => {
  const mapping = sampleMapping(name);
  const asked = source.questionnaires.find(
    (q) => q.channel === mapping.study.channel && q.version === mapping.questionnaire,
  )!;
  const items = mapping.items.map(({ indicator, column, scale, reversed, missing }) => ({
    ...{ indicator, column, min: scale.min, max: scale.max },
    ...(reversed ? { reversed } : {}),
    ...(missing.length > 0 ? { missing } : {}),
  }));
  expect(items).toEqual(asked.items);
  expect(treeFaults(mapping)).toEqual([]);
  const weights = mapping.indicators.filter((i) => i.role === 'item').map((i) => [i.code, i.weight]);
  const stated = source.indicators.filter((i) => i.role === 'item').map((i) => [i.code, i.weight]);
  expect(weights).toEqual(stated);
});

test('nine is an answer on the ten-point overall question and a missing code elsewhere', () => {
  const { items } = sampleMapping('in-house-2025');
  const nine = items.filter((item) => !item.missing.includes(9)).map((item) => item.indicator);
  expect(nine).toEqual(['OSAT']);
});
