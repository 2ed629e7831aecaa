/**
 * An engine process that speaks the real messages but computes nothing: hosts are tested against it where the
 * engine itself does not matter. `stub.crash` ends the process, `stub.hang` never answers.
 */

import type { FromEngine, ToEngine } from '../../electron/engine-messages.ts';
import type { EngineEvent } from '../../shared/calls/app.ts';

const files = process.env.CSI_STUB_REPORTS ?? '';
const tell = (message: FromEngine) => void process.send?.(message);

function value(name: string, input: unknown): unknown {
  if (name === 'reports.files') {
    const names = ['甲店.pdf', '乙店.xlsx', '../outside.txt'];
    return { batch: { folder: files }, files: names.map((file) => ({ file })), failures: [] };
  }
  if (name.startsWith('app.')) {
    const path = (input as { path?: string }).path;
    const recent = [{ path: '/data/recent.csi', openedAt: '', exists: true }];
    return { dataFolder: '/data', recent, database: path ? { path } : null, pid: process.pid };
  }
  return { name, input };
}

process.on('disconnect', () => process.exit(0));
process.on('message', (message: ToEngine) => {
  if (message.kind === 'start') tell({ kind: 'ready' });
  else if (message.kind === 'close') process.exit(0);
  else if (message.name === 'stub.crash') process.exit(9);
  else if (message.name === 'stub.event') {
    tell({ kind: 'event', event: message.input as EngineEvent });
    tell({ kind: 'answer', id: message.id, envelope: { ok: true, value: null } });
  } else if (message.name !== 'stub.hang') {
    const envelope = { ok: true as const, value: value(message.name, message.input) };
    tell({ kind: 'answer', id: message.id, envelope });
  }
});
