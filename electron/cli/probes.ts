// Weak-point probes from the command line, with their history.

import { resolve } from 'node:path';
import type { ProbeDifference, ProbeInfo, ProbeResult } from '../../shared/calls/probes.ts';
import type { CallInput } from '../../shared/contract.ts';
import { counted } from '../../shared/domain/counted.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import { readJsonFile, tableFile, unknownName, wholeArgument } from './arguments.ts';
import { channelOption, examples, type Program } from './program.ts';
import type { ScoreTexts } from './score.ts';
import { findSample, type Session } from './session.ts';
import { sayWritten } from './written.ts';

interface ProbeOptions {
  channel?: Channel;
  within?: string;
  sample?: string;
  definition?: string;
  save?: string;
  keepSample?: string;
  out?: string;
  limit: number;
  history: boolean;
  delete: boolean;
}

/** Adds `probe`. */
export function addProbeCommands(program: Program): void {
  const { csi, t, run } = program;
  const probe = csi
    .command('probe')
    .description(
      t(
        '短板检索：按名称运行已保存的检索或预设；不给名称则列出',
        'weak points: run a saved probe or a preset by its name; without a name, list them',
      ),
    )
    .argument(
      '[name]',
      t(
        '已保存检索的名称（结果会存档），或预设的代码',
        'name of a saved probe (its run is kept), or code of a preset',
      ),
    )
    .addOption(channelOption(program))
    .option('--within <scope>', t('预设：只看此地区内的单位', 'of a preset: only units of this area'))
    .option(
      '--sample <name>',
      t('预设：只在一个样本的答卷中检索', 'of a preset: among the respondents of a named sample'),
    )
    .option(
      '--definition <file>',
      t('检索条件的 JSON 文件，代替名称', 'conditions as JSON, in the place of a name'),
    )
    .option('--save <name>', t('保存为检索', 'keep the preset or the definition as a probe'))
    .option(
      '--keep-sample <name>',
      t('把命中的单位保存为样本', 'keep the units that were hit as a named sample'),
    )
    .option(
      '--history',
      t(
        '已保存检索的历次运行，以及最近两次的差别',
        'the runs of a saved probe, and what changed since the run before',
      ),
      false,
    )
    .option('--delete', t('删除已保存的检索', 'delete a saved probe'), false)
    .option(
      '--out <file>',
      t('把全部命中写入 .xlsx 或 .csv', 'write every hit to a file, .xlsx or .csv'),
      tableFile,
    )
    .option('--limit <units>', t('最多列出多少个单位', 'print at most so many units'), wholeArgument, 30)
    .action((name: string | undefined, options: ProbeOptions) =>
      run((session) => chooseProbe(session, name, options)),
    );
  examples(
    probe,
    program,
    'probe',
    'probe bottom-tenth --channel third-party --within region:S --out weak.xlsx',
    'probe persistent-tail --save tail',
    'probe tail --history',
  );
}

function chooseProbe(session: Session, name: string | undefined, options: ProbeOptions): Promise<void> {
  if (name === undefined && options.definition === undefined) return listAll(session);
  if (name !== undefined && options.history) return showHistory(session, name);
  if (name !== undefined && options.delete) return deleteProbe(session, name);
  return runProbe(session, name, options);
}

async function listAll({ call, output }: Session): Promise<void> {
  const [saved, presets] = [await call('probes.list', {}), await call('probes.presets', {})];
  output.value({ saved, presets });
  const kind = (text: Bilingual) => output.pick(text);
  output.table(
    [
      { zh: '名称', en: 'Name' },
      { zh: '来源', en: 'Kind' },
      { zh: '已运行', en: 'Runs' },
      { zh: '条件', en: 'Conditions' },
    ],
    [
      ...saved.map((one) => [
        one.name,
        kind({ zh: '已保存', en: 'saved' }),
        one.runs,
        output.pick(one.words),
      ]),
      ...presets.map((one) => [one.code, kind({ zh: '预设', en: 'preset' }), '—', output.pick(one.note)]),
    ],
  );
}

async function findProbe({ call }: Session, name: string): Promise<ProbeInfo> {
  const kept = await call('probes.list', {});
  const found = kept.find((one) => one.name === name);
  if (!found)
    throw unknownName(
      { zh: '已保存的检索', en: 'saved probe' },
      name,
      kept.map((one) => one.name),
    );
  return found;
}

async function runProbe(session: Session, name: string | undefined, options: ProbeOptions): Promise<void> {
  const { call, output } = session;
  const known = (await call('probes.list', {})).find((one) => one.name === name);
  const definition = known?.definition ?? (await definitionOf(session, name, options));
  const { save, keepSample, out } = options;
  const saved = save === undefined ? known : await call('probes.save', { name: save, definition });
  const result = saved
    ? await call('probes.run', { id: saved.id })
    : await call('probes.try', { definition });
  output.value(result);
  printProbe(session, await session.scores(), { result, definition, limit: options.limit });
  if (keepSample !== undefined) {
    const sample = await call('probes.sample', { definition, name: keepSample });
    output.say({
      zh: `已保存样本“${sample.name}”：${sample.words.zh}`,
      en: `Kept sample "${sample.name}": ${sample.words.en}`,
    });
  }
  if (out === undefined) return;
  const written = await call('probes.export', {
    definition,
    path: resolve(out),
    language: output.language,
    display: session.display,
  });
  sayWritten(output, written);
}

type Definition = CallInput<'probes.try'>['definition'];

async function definitionOf(
  { call, scheme }: Session,
  code: string | undefined,
  { channel, within, sample, definition }: ProbeOptions,
): Promise<Definition> {
  const { channels } = await call('catalog.get', {});
  const where = {
    scheme: await scheme(),
    channel: channel ?? channels[0]?.channel ?? 'third-party',
    ...(within !== undefined && { within }),
    ...(sample !== undefined && { sample: (await findSample(call, sample)).id }),
  };
  if (definition !== undefined) return { ...where, ...(readJsonFile(definition) as Definition) };
  const presets = await call('probes.presets', {});
  const preset = presets.find((one) => one.code === code);
  if (preset) return { ...where, ...preset.probe };
  const kept = (await call('probes.list', {})).map((one) => one.name);
  throw unknownName({ zh: '检索', en: 'probe' }, code ?? '', [...kept, ...presets.map((one) => one.code)]);
}

async function deleteProbe(session: Session, name: string): Promise<void> {
  const { call, output } = session;
  output.value(await call('probes.delete', { id: (await findProbe(session, name)).id }));
  output.say({ zh: `已删除检索“${name}”。`, en: `The probe "${name}" is deleted.` });
}

async function showHistory(session: Session, name: string): Promise<void> {
  const { call, output } = session;
  const runs = await call('probes.runs', { id: (await findProbe(session, name)).id });
  const [last, before] = runs;
  const since = last && before ? await call('probes.compare', { before: before.id, after: last.id }) : null;
  output.value({ runs, since });
  output.table(
    [
      { zh: '运行', en: 'Run' },
      { zh: '时间 (UTC)', en: 'Time (UTC)' },
      { zh: '操作人', en: 'Who' },
      { zh: '数据版本', en: 'Data version' },
      { zh: '命中', en: 'Hits' },
      { zh: '条件已改', en: 'Conditions changed since' },
    ],
    runs.map((one) => [
      one.id,
      one.at.slice(0, 19).replace('T', ' '),
      one.actor,
      one.dataVersion,
      one.hits,
      one.changed ? output.pick({ zh: '是', en: 'yes' }) : '',
    ]),
  );
  if (since) await printSince(session, since);
}

async function printSince({ output, scores }: Session, since: ProbeDifference): Promise<void> {
  const texts = await scores();
  output.say({
    zh: `\n与上一次运行相比：新出现 ${since.appeared.length}，消失 ${since.gone.length}，仍在 ${since.kept}`,
    en: `\nSince the run before: ${since.appeared.length} appeared, ${since.gone.length} gone, ${since.kept} still there`,
  });
  const lines = [
    ...since.appeared.map((one) => ({ one, what: output.pick({ zh: '新出现', en: 'appeared' }) })),
    ...since.gone.map((one) => ({ one, what: output.pick({ zh: '消失', en: 'gone' }) })),
  ];
  if (lines.length > 0)
    output.table(
      [
        { zh: '变化', en: 'What' },
        { zh: '季度', en: 'Quarter' },
        { zh: '单位', en: 'Unit' },
        { zh: '指标', en: 'Indicator' },
        texts.titled({ zh: '得分', en: 'Score' }),
      ],
      lines.map(({ one, what }) => [
        what,
        formatQuarter(one.quarter),
        output.pick(one.name),
        output.pick(one.indicatorName),
        texts.of(one.channel, one.indicator).figure(one.score100),
      ]),
    );
}

interface PrintedProbe {
  result: ProbeResult;
  definition: CallInput<'probes.try'>['definition'];
  limit: number;
}

function printProbe(
  { output }: Session,
  texts: ScoreTexts,
  { result, definition, limit }: PrintedProbe,
): void {
  output.say({
    zh: `\n${result.words.zh}\n查看 ${result.looked} 个得分，命中 ${result.hits} 次，${result.units.length} 个单位与指标`,
    en: `\n${result.words.en}\n${counted(result.looked, 'score')} looked at, ${counted(result.hits, 'hit')}, ${counted(result.units.length, 'unit and indicator', 'units and indicators')}`,
  });
  for (const note of result.notes) output.say(note);
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '单位', en: 'Unit' },
      { zh: '上级', en: 'Within' },
      { zh: '指标', en: 'Indicator' },
      ...texts.scoreHeads({ zh: '得分', en: 'Score' }),
      { zh: '名次', en: 'Rank' },
      { zh: '共', en: 'Of' },
      { zh: '命中季数', en: 'Quarters hit' },
    ],
    result.units.slice(0, limit).map((unit) => {
      const hit = unit.hits[0]!;
      return [
        formatQuarter(hit.quarter),
        output.pick(unit.name),
        unit.path.map((name) => output.pick(name)).join(' / '),
        output.pick(unit.indicatorName),
        ...texts.scoreCells(hit.score, texts.of(definition.channel, unit.indicator)),
        hit.rank ?? '—',
        hit.rank === null ? '—' : hit.peers,
        `${hit.hitWaves}/${hit.ofWaves}`,
      ];
    }),
  );
  texts.legend();
}
