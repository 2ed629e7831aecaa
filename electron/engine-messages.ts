/** What the engine's process and its parent say to each other. Structured clones on every kind of port. */

import type { EngineEvent } from '../shared/calls/app.ts';
import type { Envelope } from '../shared/contract.ts';

export type ToEngine =
  | { kind: 'start'; dataFolder: string; resourcesFolder: string; startWithSample: boolean }
  | { kind: 'call'; id: number; name: string; input: unknown }
  | { kind: 'close' };

export type FromEngine =
  | { kind: 'ready' }
  | { kind: 'answer'; id: number; envelope: Envelope }
  | { kind: 'event'; event: EngineEvent }
  | { kind: 'log'; line: string };
