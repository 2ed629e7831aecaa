import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProbeInfo, ProbeResult } from '../../../shared/calls/probes.ts';
import { type Session, startSession } from '../../support/engine-session.ts';
import { respondents, responsesMapping, writeResponses } from '../../support/survey-files.ts';

const CLI = join(import.meta.dirname, '../../../electron/cli.ts');

describe('probes from the command line', () => {
  let session: Session;

  beforeAll(async () => {
    session = await startSession();
    await session.call('import.commit', {
      path: writeResponses(session.folder, 'a.csv', respondents('2026Q2', 900, 3)),
      mapping: responsesMapping(),
    });
    const { id: sample } = await session.call('samples.save', {
      name: 'women',
      filter: { attributes: { sex: ['f'] } },
    });
    await session.call('probes.save', {
      name: 'worst',
      definition: {
        scheme: 2,
        channel: 'in-house',
        level: 'region',
        sample,
        indicators: ['A'],
        conditions: [{ kind: 'rank', worst: 2 }],
      },
    });
    await session.call('app.close', {});
  });
  afterAll(() => session.close());

  const csi = (...args: string[]) => {
    const where = ['--db', join(session.folder, 'work.csi'), '--data', session.folder];
    return spawnSync(process.execPath, [CLI, ...where, '--language', 'en', ...args], { encoding: 'utf8' });
  };

  it('lists saved ones and presets', () => {
    const { saved, presets } = JSON.parse(csi('--json', 'probe').stdout) as {
      saved: ProbeInfo[];
      presets: { code: string }[];
    };
    expect(saved).toMatchObject([{ name: 'worst', runs: 0 }]);
    expect(presets.length).toBeGreaterThanOrEqual(6);
    expect(csi('samples').stdout).toContain('women');
  });

  it('keeps a preset, tells its runs and what changed, makes its units a sample, and deletes it', () => {
    csi('probe', 'weak-items', '--save', 'tail');
    expect(csi('probe', 'worst', '--keep-sample', 'hit').stdout).toContain('Kept sample "hit"');
    csi('probe', 'tail');
    const history = csi('probe', 'tail', '--history').stdout;
    expect(history).toMatch(/Since the run before: 0 appeared, 0 gone/);
    expect(csi('samples', 'rename', 'hit', 'hit again').stdout).toContain('"hit again"');
    expect(csi('samples', 'delete', 'hit again').status).toBe(0);
    expect(csi('probe', 'tail', '--delete').status).toBe(0);
    expect(csi('probe', 'tail')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Choose one of: worst, '),
    });
  });

  it('runs a saved one, keeps the run and writes the hits', () => {
    const out = join(session.folder, 'hits.csv');
    const ended = csi('--json', 'probe', 'worst', '--out', out);
    const result = JSON.parse(ended.stdout) as ProbeResult;
    expect(result.run).toBeGreaterThan(0);
    expect(result.hits).toBe(2);
    expect(readFileSync(out, 'utf8').trim().split('\n')).toHaveLength(3);
    expect(csi('--csv', 'probe', 'worst').stdout).toContain('2026Q2');
  });

  it('runs a preset in an area, and says so when there is none of that name', () => {
    const result = JSON.parse(
      csi('--json', 'probe', 'low-score', '--channel', 'in-house', '--within', 'region:East').stdout,
    ) as ProbeResult;
    expect(result.units.every(({ unit }) => unit.startsWith('dealer:E'))).toBe(true);
    const missing = csi('probe', 'no such');
    expect(missing.status).not.toBe(0);
    expect(missing.stderr).toContain('There is no probe');
  });
});
