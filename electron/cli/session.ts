// What every command works in: an engine of its own, the database opened, faults printed, an exit code.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Basis } from '../../shared/calls/call.ts';
import type { SchemeInfo } from '../../shared/calls/catalog.ts';
import type { SampleInfo } from '../../shared/calls/samples.ts';
import type { WeightSetView } from '../../shared/calls/weights.ts';
import type { CallInput, CallName, CallOutput } from '../../shared/contract.ts';
import type { Bilingual, Language } from '../../shared/domain/language.ts';
import type { ScoreDisplay } from '../../shared/domain/score/display.ts';
import type { ErrorReport } from '../../shared/errors.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { dataFolder, projectFolder } from '../places.ts';
import { userName } from '../user-name.ts';
import { CommandFault, unknownName } from './arguments.ts';
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

/** Which figures are made: on a sample, under other indicator weights, with other weights of respondents. */
export interface BasisOptions {
  sample?: string;
  weights?: number;
  weighting?: string;
}

export interface Session {
  engine: Engine;
  output: Output;
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** The scheme by its code, or the one that screens start with. */
  scheme(): Promise<number>;
  /** What the options of `basisOptions` name. */
  basis(options: BasisOptions): Promise<Basis>;
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
    log: (line) => process.stderr.write(`${warningSentence(line, output)}\n`),
    actor: userName(),
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
      basis: (chosen) => chosenBasis(call, chosen),
      scores: async () => new ScoreTexts(output, options.display, (await call('catalog.get', {})).channels),
    });
  } catch (error) {
    process.exitCode = tell(output, error);
  } finally {
    process.off('SIGINT', interrupt);
    await engine.close();
  }
}

/** What the engine notices about the database while it opens. */
const WARNINGS: Record<string, Bilingual> = {
  'database-read-only': {
    zh: '注意：数据库以只读方式打开，不能导入或修改。',
    en: 'Note: the database opens read-only; nothing can be imported or changed.',
  },
  'database-newer': {
    zh: '注意：数据库由更新版本的工作站写成，以只读方式打开。',
    en: 'Note: a newer workstation wrote the database; it opens read-only.',
  },
  'watermark-missing': {
    zh: '注意：数据库旁没有确认标记文件，无法证明数据完整；已重新建立。',
    en: 'Note: the mark of the last confirmed batch was missing beside the database, so nothing proves that all data are there. It is made anew.',
  },
  'watermark-unreadable': {
    zh: '注意：数据库旁的确认标记文件无法读取，无法证明数据完整；已重新建立。',
    en: 'Note: the mark of the last confirmed batch could not be read, so nothing proves that all data are there. It is made anew.',
  },
  'watermark-not-written': {
    zh: '注意：确认标记文件没有写成；数据已保存，请检查磁盘空间和权限。',
    en: 'Note: the mark of the last confirmed batch was not written. The data are kept; check disk space and permissions.',
  },
};

function warningSentence(line: string, output: Output): string {
  const known = WARNINGS[line.replace(/^database: /, '')];
  return known ? output.pick(known) : line;
}

/** The command that lists what a fault did not find. */
const WHERE_LISTED: Partial<Record<string, string>> = {
  'attribute-unknown': 'attributes',
  'indicator-unknown': 'weights show',
  'batch-unknown': 'batches',
  'plan-unknown': 'plans',
  'questionnaire-unknown': 'questionnaires',
  'mapping-unknown': 'mappings',
  'dealer-unknown': 'places',
  'scope-unknown': 'explore --rows region --rows dealer',
};

/** Prints what went wrong and answers the exit code: 1 it could not be done, 2 it was written wrongly. */
function tell(output: Output, error: unknown): number {
  if (error instanceof CallFault) {
    output.fault(error.report);
    const hint = WHERE_LISTED[error.report.code];
    if (hint !== undefined && !output.json)
      process.stderr.write(
        `${output.pick({ zh: `可用的见：csi ${hint}`, en: `csi ${hint} lists what there is.` })}\n`,
      );
    return error.report.code === 'call-input-invalid' ? 2 : 1;
  }
  if (!(error instanceof CommandFault)) throw error;
  output.fault({ code: error.exitCode === 2 ? 'usage' : 'not-found', message: error.text });
  return error.exitCode;
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
  if (!found)
    throw new CommandFault(
      { zh: '数据库里还没有数据，请先导入。', en: 'The database is empty; import something first.' },
      1,
    );
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
  if (!found) throw unknownName({ zh: '区域方案', en: 'region scheme' }, text, known);
  return found;
}

async function chosenBasis(call: Session['call'], options: BasisOptions): Promise<Basis> {
  const { sample, weights, weighting } = options;
  const basis: Basis = {};
  if (sample !== undefined) basis.sample = (await findSample(call, sample)).id;
  if (weights !== undefined) basis.weightSet = (await findVersion(call, weights)).id;
  if (weighting !== undefined) {
    const kept = await call('weightings.list', {});
    const found = kept.find(({ name }) => name === weighting);
    if (!found)
      throw unknownName(
        { zh: '样本加权', en: 'weighting' },
        weighting,
        kept.map(({ name }) => name),
      );
    basis.weighting = found.id;
  }
  return basis;
}

/** A named sample. */
export async function findSample(call: Session['call'], name: string): Promise<SampleInfo> {
  const kept = await call('samples.list', {});
  const found = kept.find((one) => one.name === name);
  if (!found)
    throw unknownName(
      { zh: '样本', en: 'sample' },
      name,
      kept.map((one) => one.name),
    );
  return found;
}

/** A version of the indicator weights by its number. */
export async function findVersion(call: Session['call'], version: number): Promise<WeightSetView> {
  const sets = await call('weights.list', {});
  const found = sets.find((set) => set.version === version);
  const known = sets.map((set) => `${set.version}`);
  if (!found) throw unknownName({ zh: '指标权重版本', en: 'version of the weights' }, `${version}`, known);
  return found;
}
