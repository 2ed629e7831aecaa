// Samples and weak-point probes from the command line.
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ProbeResult } from '../../shared/calls/probes.ts';
import type { CallInput } from '../../shared/contract.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { CHANNELS, type Channel } from '../../shared/domain/study-mapping.ts';
import type { ScoreTexts } from './score.ts';
import { numberArgument, type Session } from './session.ts';

type Run = (work: (session: Session) => Promise<void>) => Promise<void>;

interface ProbeOptions {
  channel?: Channel;
  within?: string;
  sample?: string;
  out?: string;
  limit: number;
}

/** Adds `probe` and `samples` to the program. */
export function addProbeCommands(csi: Command, run: Run): void {
  csi
    .command('probe')
    .description('weak points: run a saved probe or a preset by its name; without a name, list them')
    .argument('[name]', 'name of a saved probe (its run is kept), or code of a preset')
    .addOption(new Option('--channel <channel>', 'of a preset').choices(CHANNELS as unknown as string[]))
    .option('--within <scope>', 'of a preset: only units of this area')
    .option('--sample <name>', 'of a preset: among the respondents of a named sample')
    .option('--out <file>', 'write every hit to a file, .xlsx or .csv')
    .option('--limit <units>', 'print at most so many units', numberArgument, 30)
    .action((name: string | undefined, options: ProbeOptions) =>
      run((session) => (name === undefined ? listAll(session) : runNamed(session, name, options))),
    );
  csi
    .command('samples')
    .description('list the named samples')
    .action(() => run(listSamples));
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

async function runNamed(session: Session, name: string, options: ProbeOptions): Promise<void> {
  const { call, output } = session;
  const saved = (await call('probes.list', {})).find((one) => one.name === name);
  const definition = saved?.definition ?? (await presetDefinition(session, name, options));
  if (!definition) {
    // The engine's own sentence for a probe that is not there.
    await call('probes.run', { id: Number.MAX_SAFE_INTEGER });
    return;
  }
  const result = saved
    ? await call('probes.run', { id: saved.id })
    : await call('probes.try', { definition });
  output.value(result);
  printProbe(session, await session.scores(), { result, definition, limit: options.limit });
  if (options.out === undefined) return;
  const written = await call('probes.export', {
    definition,
    path: resolve(options.out),
    language: output.language,
    display: session.display,
  });
  output.say({ zh: `已写入 ${written.file}`, en: `Written: ${written.file}` });
}

async function presetDefinition(
  { call, scheme }: Session,
  code: string,
  { channel, within, sample }: ProbeOptions,
): Promise<CallInput<'probes.try'>['definition'] | undefined> {
  const preset = (await call('probes.presets', {})).find((one) => one.code === code);
  if (!preset) return undefined;
  const { channels } = await call('catalog.get', {});
  const chosen = (await call('samples.list', {})).find((one) => one.name === sample);
  return {
    scheme: await scheme(),
    channel: channel ?? channels[0]?.channel ?? 'third-party',
    within,
    sample: chosen?.id,
    ...preset.probe,
  };
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
    en: `\n${result.words.en}\n${result.looked} scores looked at, ${result.hits} hits, ${result.units.length} units and indicators`,
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

async function listSamples({ call, output }: Session): Promise<void> {
  const samples = await call('samples.list', {});
  output.value(samples);
  output.table(
    [
      { zh: '编号', en: 'Number' },
      { zh: '名称', en: 'Name' },
      { zh: '条件', en: 'Conditions' },
    ],
    samples.map((one) => [one.id, one.name, output.pick(one.words)]),
  );
}
