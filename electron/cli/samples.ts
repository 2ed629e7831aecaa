// Named samples from the command line: kept, looked at, renamed, deleted.

import type { Command } from 'commander';
import type { SamplePreview } from '../../shared/calls/samples.ts';
import type { CallInput } from '../../shared/contract.ts';
import { counted } from '../../shared/domain/counted.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import { BadValue, type Filter, filterArgument, periodArgument, readJsonFile } from './arguments.ts';
import { channelOption, examples, type Program } from './program.ts';
import { findSample, type Session } from './session.ts';

type SampleConditions = CallInput<'samples.preview'>['filter'];
type ScoreRange = NonNullable<SampleConditions['scores']>[number];

interface FilterOptions {
  channel?: Channel;
  period?: { first: number; last: number };
  scope?: string[];
  filter?: Filter[];
  score?: ScoreRange[];
  definition?: string;
}

/** `ADVISOR=0-60`: from and to on 0-100; nothing before the sign for the index. */
function scoreArgument(text: string, before: ScoreRange[] = []): ScoreRange[] {
  const match = /^([^=]*)=(\d+(?:\.\d+)?)[-–~](\d+(?:\.\d+)?)$/.exec(text);
  const [from, to] = [Number(match?.[2]), Number(match?.[3])];
  if (!match || from > to || to > 100)
    throw new BadValue({
      zh: '指标=下限-上限（百分制），如 ADVISOR=0-60；总体指数为 =0-60',
      en: 'indicator=from-to on 0-100, such as ADVISOR=0-60; =0-60 for the index',
    });
  return [...before, { indicator: match[1]!, from, to }];
}

function filterOptions(command: Command, program: Program): Command {
  const { t } = program;
  return command
    .addOption(channelOption(program))
    .option(
      '--period <period>',
      t('如 2026、2026Q3 或 2026Q1-2026Q3', '2026, 2026Q3 or 2026Q1-2026Q3'),
      periodArgument,
    )
    .option(
      '--scope <scope...>',
      t('任一地点：region:…、city:…、dealer:…', 'in any of these places: region:…, city:…, dealer:…'),
    )
    .option(
      '--filter <attribute=values>',
      t('如 gender=女；可多次使用', 'gender=女; again for another attribute'),
      filterArgument,
    )
    .option(
      '--score <indicator=range>',
      t('本人的得分（百分制），如 ADVISOR=0-60', "the respondent's own score on 0-100: ADVISOR=0-60"),
      scoreArgument,
    )
    .option('--definition <file>', t('条件的 JSON 文件', 'conditions as JSON'));
}

/** Adds `samples`. */
export function addSampleCommands(program: Program): void {
  const { csi, t, run } = program;
  const samples = csi.command('samples').description(t('已命名的样本', 'the named samples'));
  const list = samples
    .command('list', { isDefault: true })
    .description(t('列出样本', 'list them'))
    .action(() => run(listSamples));
  examples(list, program, 'samples');
  const name = t('样本名称', 'name of the sample');
  const preview = filterOptions(samples.command('preview'), program)
    .description(t('符合条件的答卷有多少，不保存', 'how many respondents meet conditions, keeping nothing'))
    .action((options: FilterOptions) => run((session) => previewSample(session, options)));
  examples(preview, program, 'samples preview --filter gender=女 --filter age=29- --period 2026');
  const save = filterOptions(samples.command('save'), program)
    .description(t('把条件保存为样本', 'keep conditions under a name'))
    .argument('<name>', name)
    .option('--note <text>', t('说明', 'what it is for'), '')
    .action((chosen: string, options: FilterOptions & { note: string }) =>
      run((session) => saveSample(session, chosen, options)),
    );
  examples(save, program, 'samples save "South, unhappy" --scope region:S --score =0-60 --channel in-house');
  const rename = samples
    .command('rename')
    .description(t('改名', 'give a sample another name'))
    .argument('<name>', name)
    .argument('<new>', t('新名称', 'new name'))
    .action((old: string, chosen: string) =>
      run(async ({ call, output }) => {
        const { id } = await findSample(call, old);
        output.value(await call('samples.rename', { id, name: chosen }));
        output.say({ zh: `已改名为“${chosen}”。`, en: `Its name is "${chosen}" now.` });
      }),
    );
  examples(rename, program, 'samples rename "South, unhappy" "South below 60"');
  const remove = samples
    .command('delete')
    .description(t('删除样本', 'delete a sample'))
    .argument('<name>', name)
    .action((old: string) =>
      run(async ({ call, output }) => {
        const { id } = await findSample(call, old);
        output.value(await call('samples.delete', { id }));
        output.say({ zh: `已删除样本“${old}”。`, en: `The sample "${old}" is deleted.` });
      }),
    );
  examples(remove, program, 'samples delete "South below 60"');
}

async function listSamples({ call, output }: Session): Promise<void> {
  const samples = await call('samples.list', {});
  output.value(samples);
  output.table(
    [
      { zh: '编号', en: 'Number' },
      { zh: '名称', en: 'Name' },
      { zh: '条件', en: 'Conditions' },
      { zh: '说明', en: 'Note' },
    ],
    samples.map((one) => [one.id, one.name, output.pick(one.words), one.note]),
  );
}

async function conditions({ scheme }: Session, options: FilterOptions): Promise<SampleConditions> {
  const { channel, period, scope, filter, score, definition } = options;
  if (definition !== undefined) return readJsonFile(definition) as SampleConditions;
  return {
    ...(channel && { channels: [channel] }),
    ...(period && { quarters: { from: period.first, to: period.last } }),
    ...(scope && { scheme: await scheme(), scopes: scope }),
    ...(filter && { attributes: Object.fromEntries(filter.map(({ code, values }) => [code, values])) }),
    ...(score && { scores: score }),
  };
}

async function previewSample(session: Session, options: FilterOptions): Promise<void> {
  const { call, output, scheme } = session;
  const filter = await conditions(session, options);
  const preview = await call('samples.preview', { scheme: await scheme(), filter });
  output.value(preview);
  printPreview(session, preview);
}

async function saveSample(
  session: Session,
  name: string,
  options: FilterOptions & { note: string },
): Promise<void> {
  const { call, output, scheme } = session;
  const filter = await conditions(session, options);
  const preview = await call('samples.preview', { scheme: await scheme(), filter });
  const saved = await call('samples.save', { name, note: options.note, filter });
  output.value(saved);
  printPreview(session, preview);
  output.say({ zh: `已保存样本“${name}”。`, en: `The sample "${name}" is kept.` });
}

function printPreview({ output }: Session, { words, channels, near }: SamplePreview): void {
  output.say(words);
  output.table(
    [
      { zh: '渠道', en: 'Channel' },
      { zh: '答卷', en: 'Respondents' },
      { zh: '全部', en: 'Of' },
      { zh: '经销商', en: 'Dealers' },
      { zh: '季度数', en: 'Quarters' },
    ],
    channels.map((one) => [output.pick(one.name), one.n, one.of, one.dealers, one.quarters.length]),
  );
  for (const one of near)
    output.say({
      zh: `${one.channelName.zh}中与样本“${one.name}”只差 ${one.respondents} 份答卷。`,
      en: `In ${one.channelName.en} it differs from the sample "${one.name}" by ${counted(one.respondents, 'respondent')} only.`,
    });
}
