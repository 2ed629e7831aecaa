// Imports, erasing a person and undo on a disk that loses its power at any write.
import { copyFileSync, cpSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSession, testSession } from '../../../support/engine-session.ts';
import { canFailDisk, runOnFailingDisk } from '../../../support/fault-disk.ts';
import {
  RESPONSE_HEADER,
  respondents,
  responseLines,
  responsesMapping,
} from '../../../support/survey-files.ts';
import { tempFolder } from '../../../support/temp-folder.ts';

const possible = canFailDisk();

function writeNamed(path: string, quarter: string, count: number, first: number): string {
  const lines = responseLines(respondents(quarter, count, first)).map(
    (line, i) => `${line},1380000${first}${1000 + i}`,
  );
  writeFileSync(path, [`${RESPONSE_HEADER},phone`, ...lines].join('\n'));
  return path;
}

/** What a folder's database says when it is opened as the next start would. */
async function stateOf(folder: string): Promise<string> {
  const copy = join(tempFolder(), 'copy');
  cpSync(folder, copy, { recursive: true });
  for (const end of ['', '-wal', '-watermark', '-lock'])
    try {
      renameSync(join(copy, `main.csi${end}`), join(copy, `work.csi${end}`));
    } catch {
      // Not every file is there at every moment.
    }
  const session = await startSession({ folder: copy, open: false });
  try {
    await session.call('app.open', { path: join(copy, 'work.csi') });
    const check = session.hash();
    const people = await session.call('people.summary', {});
    return JSON.stringify([check, people.people]);
  } finally {
    await session.close();
  }
}

test.skipIf(!possible)(
  `a power cut in an import, in erasing a person or in an undo leaves the step whole or absent${possible ? '' : ' (skipped: needs Linux and gcc)'}`,
  { timeout: 240_000 },
  async () => {
    const root = tempFolder();
    const folder = join(root, 'watched');
    mkdirSync(folder);
    const mapping = responsesMapping({ identity: [{ column: 'phone', kind: 'phone' }] });
    writeFileSync(join(root, 'mapping.json'), JSON.stringify(mapping));
    const origin = await testSession();
    await origin.call('import.commit', {
      path: writeNamed(join(root, 'first.csv'), '2026Q1', 300, 1),
      mapping,
    });
    await origin.call('app.close', {});
    for (const end of ['', '-watermark'])
      copyFileSync(join(origin.folder, `work.csi${end}`), join(folder, `main.csi${end}`));
    writeNamed(join(root, 'second.csv'), '2026Q2', 300, 2);
    const before = await stateOf(folder);
    const { images } = runOnFailingDisk('study', folder, 22);
    const after = await stateOf(folder);
    expect(images.length).toBeGreaterThan(5);
    // Imported, one person erased, undone: the step that is under way is there or not, what was acknowledged is.
    const people = [300, 600, 599, 300];
    const states = new Set([before, after]);
    for (const { folder: image, acknowledged } of images) {
      const state = await stateOf(image);
      states.add(state);
      expect(people.slice(acknowledged, acknowledged + 2), image).toContain(JSON.parse(state)[1]);
    }
    expect(states.size).toBeLessThanOrEqual(4);
    expect(after).not.toBe(before);
  },
);
