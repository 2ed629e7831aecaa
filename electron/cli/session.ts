// What every command works in: an engine of its own, the database opened, faults printed, an exit code.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import type { SchemeInfo } from '../../shared/calls/catalog.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { ScoreDisplay } from '../../shared/domain/score/display.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { dataFolder, projectFolder } from '../places.ts';
import { createOutput, type Output } from './output.ts';
import { ScoreTexts } from './score.ts';

/** A fault of the engine on its way to the exit code. */
class CallFault extends Error {
  readonly report: ErrorReport;

  constructor(report: ErrorReport) {
    super(report.code);
    this.report = report;
  }
}

export interface Session {
  engine: Engine;
  output: Output;
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** The scheme by its code, or the one that screens start with. */
  scheme(): Promise<number>;
  display: ScoreDisplay;
  /** How scores are printed, on the scale of `--display`. */
  scores(): Promise<ScoreTexts>;
}

export interface GlobalOptions {
  db?: string;
  data?: string;
  json: boolean;
  csv: boolean;
  language: Language;
  scheme?: string;
  display: ScoreDisplay;
}

export const PROJECT = projectFolder(import.meta.dirname);
const DATA = dataFolder(process.env, process.platform);

/** Runs a command; `open` says what must be there first. */
export async function withSession(
  options: GlobalOptions,
  open: 'open' | 'create' | 'none',
  work: (session: Session) => Promise<void>,
): Promise<void> {
  const output = createOutput(options);
  const engine = createEngine({
    dataFolder: options.data ?? DATA,
    resourcesFolder: join(PROJECT, 'resources'),
    clock: () => new Date(),
    log: (line) => process.stderr.write(`${line}\n`),
    actor: process.env.USER ?? process.env.USERNAME ?? '',
  });
  engine.subscribe((event) => output.follow(event));
  const call: Session['call'] = async (name, input) => {
    const answer = await engine.call(name, input);
    if (!answer.ok) throw new CallFault(answer.error);
    return answer.value;
  };
  const interrupt = () => void engine.close().then(() => process.exit(130));
  process.once('SIGINT', interrupt);
  try {
    if (open !== 'none') await openDatabase(call, options, open);
    await work({
      engine,
      output,
      display: options.display,
      call,
      scheme: () => chosenScheme(call, options.scheme),
      scores: async () => new ScoreTexts(output, options.display, (await call('catalog.get', {})).channels),
    });
  } catch (error) {
    if (!(error instanceof CallFault)) throw error;
    output.fault(error.report);
    process.exitCode = 1;
  } finally {
    process.off('SIGINT', interrupt);
    await engine.close();
  }
}

async function openDatabase(
  call: Session['call'],
  options: GlobalOptions,
  open: 'open' | 'create',
): Promise<void> {
  const path = resolve(options.db ?? process.env.CSI_DB ?? join(options.data ?? DATA, 'workstation.csi'));
  await call(open === 'create' && !existsSync(path) ? 'app.create' : 'app.open', { path });
}

async function chosenScheme(call: Session['call'], code: string | undefined): Promise<number> {
  const { schemes } = await call('catalog.get', {});
  if (code !== undefined) return findScheme(schemes, code).id;
  const found = schemes.find((one) => one.regions > 0) ?? schemes[0];
  if (!found) throw new InvalidArgumentError('--scheme');
  return found.id;
}

/** A scheme by its code, the newest version in force; `code@2026-01-01` is one version, `code@as-was` all in their time. */
export function findScheme(schemes: readonly SchemeInfo[], text: string): SchemeInfo {
  const [code, version] = text.split('@');
  const found = schemes.find(
    (one) =>
      one.code === code &&
      (version === 'as-was'
        ? one.timing === 'as-was'
        : one.timing === 'as-is' && (version === undefined || one.validFrom === version)),
  );
  const known = schemes.map((one) => `${one.code}@${one.timing === 'as-was' ? 'as-was' : one.validFrom}`);
  if (!found) throw new InvalidArgumentError(`${text}: ${known.join(', ')}`);
  return found;
}

/** A number as an option gives it. */
export function numberArgument(text: string): number {
  const number = Number(text);
  if (!Number.isFinite(number)) throw new InvalidArgumentError('1.5');
  return number;
}
