/** An engine over real files, as a host uses it; answers are values, faults are asked for by name. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createEngine, type Engine } from '../../electron/engine/engine.ts';
import { connectReader } from '../../electron/engine/store/database.ts';
import { logicalHash } from '../../electron/engine/store/logical-hash.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract.ts';
import type { ErrorReport } from '../../shared/errors.ts';

/** The day on which every test takes place. */
export const TODAY = '2026-11-21';

export const RESOURCES = join(import.meta.dirname, '../../resources');

/** Tables that rightly keep the memory of what came and went. */
const MEMORY = ['audit_log', 'acknowledgements', 'import_batches', 'settings', 'studies', 'questionnaires'];

export interface Session {
  folder: string;
  engine: Engine;
  /** The value of a call; throws on a fault. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** The fault of a call that must fail. */
  fault(name: string, input: unknown): Promise<ErrorReport>;
  /** What the database says, apart from the tables that keep the memory of imports; `whole` for all but the audit log. */
  hash(scope?: 'facts' | 'whole'): string;
  close(): Promise<void>;
}

/** An engine with a folder of its own and, unless told otherwise, a new open database in it. */
export async function startSession(
  options: { folder?: string; open?: boolean; resourcesFolder?: string } = {},
): Promise<Session> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'csi-engine-'));
  const engine = createEngine({
    dataFolder: folder,
    resourcesFolder: options.resourcesFolder ?? RESOURCES,
    clock: () => new Date(`${TODAY}T08:00:00Z`),
    log: (line) => console.error(line),
    actor: 'tester',
  });
  const session: Session = {
    folder,
    engine,
    async call(name, input) {
      const answer = await engine.call(name, input);
      if (!answer.ok)
        throw new Error(`${name}: ${answer.error.code} ${JSON.stringify(answer.error.details)}`);
      return answer.value;
    },
    async fault(name, input) {
      const answer = await engine.call(name, input);
      if (answer.ok) throw new Error(`${name} did not fail: ${JSON.stringify(answer.value).slice(0, 200)}`);
      return answer.error;
    },
    hash(scope = 'facts') {
      const reader = connectReader(join(folder, 'work.csi'));
      try {
        return logicalHash(reader, { exclude: scope === 'facts' ? MEMORY : ['audit_log'] });
      } finally {
        reader.close();
      }
    },
    async close() {
      await engine.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
  if (options.open ?? true) await session.call('app.create', { path: join(folder, 'work.csi') });
  return session;
}

/** A session that ends with the test that asked for it. */
export async function testSession(options: Parameters<typeof startSession>[0] = {}): Promise<Session> {
  const session = await startSession(options);
  onTestFinished(() => session.close());
  return session;
}
