import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelPair, PlaceChannels } from '../../../shared/calls/channels.ts';
import type {
  DealerListPreview,
  DealerView,
  InsideOutside,
  LikeForLike,
  Reorganisation,
  SchemeView,
} from '../../../shared/calls/places.ts';
import { type Session, startSession } from '../../support/engine-session.ts';
import {
  respondents,
  responsesMapping,
  scoreLines,
  scoresMapping,
  writeResponses,
  writeScores,
} from '../../support/survey-files.ts';

const CLI = join(import.meta.dirname, '../../../electron/cli.ts');

describe('places and channels from the command line', () => {
  let session: Session;

  beforeAll(async () => {
    session = await startSession();
    for (const [seed, quarter] of ['2025Q3', '2026Q3'].entries()) {
      const own = writeResponses(session.folder, `${quarter}.csv`, respondents(quarter, 400, seed + 1));
      await session.call('import.commit', { path: own, mapping: responsesMapping() });
      const outside = writeScores(session.folder, `o${quarter}.csv`, scoreLines(quarter, seed + 1));
      await session.call('import.commit', { path: outside, mapping: scoresMapping() });
    }
    await session.call('app.close', {});
  });
  afterAll(() => session.close());

  const run = (...args: string[]) => {
    const where = ['--db', join(session.folder, 'work.csi'), '--data', session.folder, '--language', 'zh-CN'];
    return spawnSync(process.execPath, [CLI, ...where, ...args], { encoding: 'utf8' });
  };
  const csi = <T>(...args: string[]): T => {
    const ended = run('--json', ...args);
    expect(ended.stderr).toBe('');
    return JSON.parse(ended.stdout) as T;
  };

  it('lists, loads, moves and takes back dealers', () => {
    const dealers = csi<DealerView[]>('places');
    const list = join(session.folder, 'list.csv');
    writeFileSync(list, `代码,名称,城市\nX1,新店,杭州\n${dealers[0]!.code},改名店,\n`);
    expect(csi<DealerListPreview>('places', 'import', list, '--preview').counts).toMatchObject({
      new: 1,
      changed: 1,
    });
    expect(csi<DealerView[]>('places')).toHaveLength(dealers.length);
    csi('places', 'import', list);
    expect(csi<DealerView[]>('places', '--search', 'X1')).toMatchObject([{ city: { code: '3301' } }]);
    csi('places', 'move', 'X1', '上海', '--from', '2026-01-01');
    expect(csi<DealerView[]>('places', '--search', 'X1')).toMatchObject([
      { stays: [{ until: '2026-01-01' }] },
    ]);
    expect(csi<{ kept: { code: string }[] }>('places', 'undo', '1').kept).toMatchObject([{ code: 'X1' }]);
    const out = join(session.folder, 'dealers.xlsx');
    csi('places', 'export', out);
    expect(existsSync(out)).toBe(true);
    expect(run('places', 'move', 'NONE', '上海', '--from', '2026-01-01').stderr).toContain('NONE');
  });

  it('loads schemes and compares places under them', () => {
    const table = join(session.folder, 'jdp.csv');
    writeFileSync(table, '城市,大区\n广州,J\n上海,J\n不存在,J\n');
    const refused = run('schemes', 'import', table, '--code', 'jdp', '--from', '2026-01-01');
    expect(refused.status).toBe(1);
    const options = ['--code', 'jdp', '--from', '2026-01-01', '--name', '调查城市', '--skip-unknown'];
    const ended = run('--json', 'schemes', 'import', table, ...options);
    expect(ended.status).toBe(0);
    expect(csi<SchemeView[]>('schemes').map(({ code }) => code)).toContain('jdp');
    const inside = csi<InsideOutside>(
      '--scheme',
      'jdp',
      'schemes',
      'compare',
      '--kind',
      'inside',
      '--period',
      '2026Q3',
    );
    expect(inside.inside.cities).toBe(2);
    const like = csi<LikeForLike>(
      'schemes',
      'compare',
      '--kind',
      'like',
      '--period',
      '2026',
      '--before',
      '2025',
    );
    expect(like.first.quarters).toHaveLength(1);
    const pair = ['--first', 'regions', '--second', 'jdp', '--period', '2026Q3'];
    const regrouped = csi<Reorganisation>('schemes', 'compare', '--kind', 'regroup', ...pair);
    expect(regrouped.moved.length).toBeGreaterThan(0);
    const out = join(session.folder, 'jdp-out.csv');
    csi('schemes', 'export', 'jdp@2026-01-01', out);
    expect(existsSync(out)).toBe(true);
  });

  it('sets channels side by side', () => {
    const out = join(session.folder, 'pair.xlsx');
    const pair = csi<ChannelPair>(
      'channels',
      '--first',
      'in-house',
      '--second',
      'third-party',
      '--indicator',
      'A',
    );
    expect(pair.common).toHaveLength(2);
    expect(run('channels', '--out', out).stdout).toContain('可比性');
    expect(existsSync(out)).toBe(true);
    expect(csi<PlaceChannels>('channels', '--place', 'overall').channels).toHaveLength(2);
    expect(run('channels', '--crosswalk').stdout).toContain('1–10');
  });
});
