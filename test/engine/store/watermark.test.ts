import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import {
  readWatermark,
  refuseLostCommits,
  removeWatermark,
  watermarkPath,
  writeWatermark,
} from '../../../electron/engine/store/watermark.ts';
import { openBatches } from '../../support/batch-store.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const place = () => join(tempFolder(), 'a.csi');

test('a watermark is read back as it was written and leaves no other file', () => {
  const path = place();
  writeWatermark(path, { seq: 1, hash: 'a' });
  writeWatermark(path, { seq: 2, hash: 'b' });
  expect(readWatermark(path)).toEqual({ seq: 2, hash: 'b' });
  expect(readdirSync(dirname(path))).toEqual(['a.csi-watermark']);
  removeWatermark(path);
  expect(readWatermark(path)).toBeUndefined();
});

test.each(['', '{"seq":', '[]', '{"seq":"1","hash":"a"}'])('content %j is unreadable', (content) => {
  const path = place();
  writeFileSync(watermarkPath(path), content);
  expect(readWatermark(path)).toBe('unreadable');
});

test('an unreadable watermark is a warning, and is written anew', () => {
  const path = place();
  openBatches(path).close();
  writeFileSync(watermarkPath(path), '{');
  const warnings: string[] = [];
  const database = openBatches(path, { onWarning: (warning) => warnings.push(warning) });
  expect(warnings).toEqual(['watermark-unreadable']);
  database.close();
});

const acknowledged = { seq: 5, hash: 'e' };

test.each([
  ['the same batch', { seq: 5, hash: 'e' }, undefined],
  ['ahead through the same batch', { seq: 6, hash: 'f' }, (seq: number) => (seq === 5 ? 'e' : 'f')],
  ['ahead, nothing known of the way', { seq: 6, hash: 'f' }, undefined],
])('%s is accepted', (_, last, hashAt) => {
  expect(() => refuseLostCommits('a.csi', acknowledged, last, hashAt)).not.toThrow();
});

test.each([
  ['behind', { seq: 4, hash: 'd' }, undefined],
  ['empty', undefined, undefined],
  ['the same number with another hash', { seq: 5, hash: 'x' }, undefined],
  ['ahead by another way', { seq: 6, hash: 'f' }, () => 'x'],
  ['ahead without the acknowledged batch', { seq: 6, hash: 'f' }, () => undefined],
])('%s is refused', (_, last, hashAt) => {
  expect(() => refuseLostCommits('a.csi', acknowledged, last, hashAt)).toThrow(
    expect.objectContaining({
      code: 'database-lost-commits',
      details: { path: 'a.csi', expected: 5, found: last?.seq ?? 0 },
    }),
  );
});
