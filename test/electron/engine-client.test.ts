import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  chooseEngineHost,
  connectEngine,
  type EngineClient,
  forkEngine,
} from '../../electron/engine-client.ts';
import type { EngineEvent } from '../../shared/calls/app.ts';

const STUB = join(import.meta.dirname, '../support/stub-engine.ts');
const clients: EngineClient[] = [];

function connect(entry = STUB): { client: EngineClient; lines: string[]; events: EngineEvent[] } {
  const lines: string[] = [];
  const events: EngineEvent[] = [];
  const client = connectEngine({
    launch: () => forkEngine(entry, process.execPath),
    dataFolder: '/nowhere',
    resourcesFolder: '/nowhere',
    log: (line) => lines.push(line),
  });
  client.subscribe((event) => events.push(event));
  clients.push(client);
  return { client, lines, events };
}

function nextEvent(client: EngineClient): Promise<EngineEvent> {
  return new Promise((resolve) => {
    const stop = client.subscribe((event) => {
      stop();
      resolve(event);
    });
  });
}

afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
});

describe('the engine process', () => {
  it('answers calls in the order of their ids, whoever asked first', async () => {
    const { client } = connect();
    const answers = await Promise.all(['a.one', 'a.two'].map((name) => client.call(name, { name })));
    expect(answers).toEqual(
      ['a.one', 'a.two'].map((name) => ({ ok: true, value: { name, input: { name } } })),
    );
  });

  it('relays events', async () => {
    const { client, events } = connect();
    await client.call('stub.event', { name: 'data.changed', payload: { dataVersion: 7 } });
    expect(events).toEqual([{ name: 'data.changed', payload: { dataVersion: 7 } }]);
  });

  it('ends open calls with engine-stopped when it dies, starts again and reopens the database', async () => {
    const { client, lines } = connect();
    const opened = await client.call('app.open', { path: '/data/studies.csi' });
    const hanging = client.call('stub.hang', {});
    const restarted = nextEvent(client);
    const crashing = client.call('stub.crash', {});
    for (const answer of [await hanging, await crashing]) {
      expect(answer).toMatchObject({ ok: false, error: { code: 'engine-stopped' } });
      expect(!answer.ok && answer.error.message.zh).toContain('引擎');
    }
    expect(await restarted).toEqual({ name: 'status.changed', payload: { open: true } });
    expect(lines).toEqual(['engine process ended with code 9']);
    const after = await client.call('app.status', {});
    expect(opened.ok && after.ok && (opened.value as { pid: number }).pid).not.toBe(
      after.ok && (after.value as { pid: number }).pid,
    );
  });

  it('stays down when it dies before it ever answered', async () => {
    const { client, lines } = connect(join(import.meta.dirname, 'no-such-engine.ts'));
    expect(await nextEvent(client)).toEqual({ name: 'status.changed', payload: { open: false } });
    expect(await client.call('app.status', {})).toMatchObject({ error: { code: 'engine-stopped' } });
    expect(lines).toEqual(['engine process ended with code 1']);
  });

  it('is killed when it does not end in time', async () => {
    const { client } = connect();
    const pid = await client.call('app.status', {});
    process.kill((pid as { value: { pid: number } }).value.pid, 'SIGSTOP');
    await client.close(50);
    expect(await client.call('app.status', {})).toMatchObject({ error: { code: 'engine-stopped' } });
  });
});

describe('the choice of the engine process', () => {
  it('is the utility process unless an unpackaged build is given a Node executable', () => {
    expect(chooseEngineHost(true, undefined)).toEqual({ kind: 'utility' });
    expect(chooseEngineHost(false, '')).toEqual({ kind: 'utility' });
    expect(chooseEngineHost(false, '/opt/node')).toEqual({ kind: 'node', executable: '/opt/node' });
  });

  it('refuses a packaged build that is told to run another executable', () => {
    expect(() => chooseEngineHost(true, '/opt/node')).toThrow('CSI_ENGINE_NODE');
  });

  it('refuses an executable that is not there', () => {
    expect(() => forkEngine(STUB, '/no/node')).toThrow('There is no Node executable at /no/node');
  });
});
