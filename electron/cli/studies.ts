// Studies, versions of the indicator weights and weightings of respondents from the command line.
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { MarginChoice } from '../../shared/calls/weightings.ts';
import type { WeightSetView } from '../../shared/calls/weights.ts';
import { formatQuarter, parseQuarter } from '../../shared/domain/quarter.ts';
import { CHANNELS, type Channel } from '../../shared/domain/study-mapping.ts';
import { numberArgument, type Session } from './session.ts';

type Run = (work: (session: Session) => Promise<void>) => Promise<void>;

const ABSENT = '—';
const percent = (share: number) => share.toFixed(1);

/** Adds `studies`, `weights` and `rake` to the program. */
export function addStudyCommands(csi: Command, run: Run): void {
  csi
    .command('studies')
    .description('list the studies with their waves and questionnaires')
    .action(() => run(listStudies));
  const weights = csi.command('weights').description('versions of the indicator tree and its weights');
  weights
    .command('list', { isDefault: true })
    .description('list the versions')
    .action(() => run(listWeights));
  weights
    .command('diff')
    .description('what two versions differ in')
    .argument('<before>', 'version number', numberArgument)
    .argument('<after>', 'version number', numberArgument)
    .action((before: number, after: number) => run((session) => diffWeights(session, before, after)));
  weights
    .command('rescore')
    .description('every year scored under the current version and another')
    .argument('<version>', 'version number', numberArgument)
    .option('--scope <scope>', 'overall, region:…, province:…, city:…, dealer:…', 'overall')
    .option('--indicator <code>', 'an indicator; the index without it', '')
    .option('--quarters', 'by quarter instead of by year', false)
    .action((version: number, options: RescoreOptions) =>
      run((session) => rescore(session, version, options)),
    );
  weights
    .command('use')
    .description('make a version the current one')
    .argument('<version>', 'version number', numberArgument)
    .action((version: number) => run((session) => useWeights(session, version)));
  csi
    .command('rake')
    .description('weigh respondents to target shares; without targets, list what they can be raked by')
    .addOption(new Option('--channel <channel>').choices(CHANNELS as unknown as string[]).default('in-house'))
    .option('--quarter <quarter>', 'quarter, or the first of several; the latest without it', quarterArgument)
    .option('--to <quarter>', 'the last quarter', quarterArgument)
    .option('--targets <file>', 'table with the columns attribute, category, share')
    .option('--cap <times>', 'hold weights within so many times the mean', numberArgument)
    .option('--save <name>', 'keep the weighting under a name')
    .action((options: RakeOptions) => run((session) => rakeRespondents(session, options)));
}

function quarterArgument(text: string): number {
  const quarter = parseQuarter(text);
  if (quarter === undefined) throw new InvalidArgumentError('2026Q3');
  return quarter;
}

async function listStudies({ call, output }: Session): Promise<void> {
  const studies = await call('studies.list', {});
  output.value(studies);
  output.table(
    [
      { zh: '研究', en: 'Study' },
      { zh: '渠道', en: 'Channel' },
      { zh: '波次', en: 'Wave' },
      { zh: '问卷', en: 'Questionnaire' },
      { zh: '执行方', en: 'Provider' },
      { zh: '执行日期', en: 'Fieldwork' },
      { zh: '样本量', en: 'Base' },
      { zh: '提问指标', en: 'Asked' },
    ],
    studies.flatMap((study) =>
      study.waves.map((wave) => [
        output.pick(study.name),
        output.pick(study.channelName),
        formatQuarter(wave.quarter),
        wave.questionnaire,
        wave.provider || ABSENT,
        wave.fieldworkFrom || wave.fieldworkTo
          ? `${wave.fieldworkFrom ?? '…'} – ${wave.fieldworkTo ?? '…'}`
          : ABSENT,
        wave.respondents,
        wave.asked,
      ]),
    ),
  );
}

async function listWeights({ call, output }: Session): Promise<void> {
  const sets = await call('weights.list', {});
  output.value(sets);
  output.table(
    [
      { zh: '版本', en: 'Version' },
      { zh: '当前', en: 'Current' },
      { zh: '说明', en: 'Note' },
      { zh: '来源', en: 'By' },
      { zh: '时间', en: 'When' },
      { zh: '评分项', en: 'Items' },
    ],
    sets.map((set) => [
      set.version,
      set.current ? '●' : '',
      set.note,
      set.fileName ?? set.actor,
      set.createdAt.slice(0, 16).replace('T', ' '),
      set.items,
    ]),
  );
}

/** The version by its number; the engine's own sentence where there is none. */
async function versionOf({ call }: Session, version: number): Promise<WeightSetView> {
  const found = (await call('weights.list', {})).find((set) => set.version === version);
  return found ?? (await call('weights.get', { weightSet: Number.MAX_SAFE_INTEGER })).set;
}

async function diffWeights(session: Session, before: number, after: number): Promise<void> {
  const { call, output } = session;
  const [a, b] = [await versionOf(session, before), await versionOf(session, after)];
  const changes = await call('weights.compare', { before: a.id, after: b.id });
  output.value(changes);
  if (changes.length === 0) output.say({ zh: '两个版本完全相同。', en: 'The two versions are the same.' });
  const side = (one: (typeof changes)[number]['before']) =>
    one ? `${one.parent ?? ABSENT} · R ${one.weight} · ${percent(100 * one.share)} %` : ABSENT;
  output.table(
    [
      { zh: '指标', en: 'Indicator' },
      { zh: '代码', en: 'Code' },
      { zh: '变化', en: 'What' },
      { zh: '原来', en: 'Before' },
      { zh: '现在', en: 'Now' },
    ],
    changes.map((one) => [
      output.pick(one.name),
      one.code,
      one.kinds.join(', '),
      side(one.before),
      side(one.after),
    ]),
  );
}

interface RescoreOptions {
  scope: string;
  indicator: string;
  quarters: boolean;
}

async function rescore(session: Session, version: number, options: RescoreOptions): Promise<void> {
  const { call, output, scheme } = session;
  const current = (await call('weights.list', {})).find((set) => set.current);
  const other = await versionOf(session, version);
  const table = await call('weights.rescore', {
    scheme: await scheme(),
    scope: options.scope,
    indicator: options.indicator,
    before: current?.id ?? other.id,
    after: other.id,
    by: options.quarters ? 'quarter' : 'year',
  });
  output.value(table);
  const texts = await session.scores();
  output.table(
    [
      { zh: '渠道', en: 'Channel' },
      { zh: '期间', en: 'Period' },
      ...texts.scoreHeads({ zh: `第 ${current?.version ?? ''} 版`, en: `Version ${current?.version ?? ''}` }),
      ...texts.scoreHeads({ zh: `第 ${other.version} 版`, en: `Version ${other.version}` }),
      { zh: '差值', en: 'Difference' },
    ],
    table.flatMap(({ channel, indicator, channelName, periods }) =>
      periods.map(({ first, last, scores, difference }) => [
        output.pick(channelName),
        first === last ? formatQuarter(first) : `${formatQuarter(first)}–${formatQuarter(last)}`,
        ...scores.flatMap((score) => texts.scoreCells(score, texts.of(channel, indicator))),
        texts.of(channel, indicator).points(difference, 1),
      ]),
    ),
  );
  texts.legend();
}

async function useWeights(session: Session, version: number): Promise<void> {
  const { call, output } = session;
  const { id } = await versionOf(session, version);
  const set = await call('weights.activate', { weightSet: id });
  output.value(set);
  output.say({ zh: `当前为第 ${set.version} 版`, en: `Version ${set.version} is current` });
}

interface RakeOptions {
  channel: Channel;
  quarter?: number;
  to?: number;
  targets?: string;
  cap?: number;
  save?: string;
}

async function rakeRespondents(session: Session, options: RakeOptions): Promise<void> {
  const { call, output, scheme } = session;
  const { channel, cap = null } = options;
  const known =
    (await call('catalog.get', {})).channels.find((one) => one.channel === channel)?.quarters ?? [];
  const from = options.quarter ?? known.at(-1) ?? 8000;
  const what = { scheme: await scheme(), channel, quarters: { from, to: options.to ?? from } };
  const choices = await call('weightings.choices', what);
  if (options.targets === undefined) {
    output.value(choices);
    printChoices(session, choices);
    return;
  }
  const { rows } = await call('weightings.readTable', { path: resolve(options.targets) });
  const margins = choices.flatMap((choice) => {
    const targets = rows.flatMap((row) => {
      const isOwn = [choice.dimension, choice.label.zh, choice.label.en].includes(row.dimension);
      const hit = choice.categories.find(({ value, label }) =>
        [value, value.replace(/^\w+:/, ''), label.zh, label.en].includes(row.category),
      );
      return isOwn && hit ? [{ value: hit.value, share: row.share }] : [];
    });
    return targets.length > 0 ? [{ dimension: choice.dimension, targets }] : [];
  });
  const definition = { ...what, margins, cap };
  const kept =
    options.save === undefined ? null : await call('weightings.save', { ...definition, name: options.save });
  const card = kept?.diagnostics ?? (await call('weightings.preview', definition));
  output.value(kept ?? card);
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '样本量', en: 'Base' },
      { zh: '收敛', en: 'Converged' },
      { zh: '迭代', en: 'Rounds' },
      { zh: '设计效应', en: 'Design effect' },
      { zh: '有效样本', en: 'Effective base' },
      { zh: '最大权重', en: 'Largest weight' },
    ],
    card.quarters.map((one) => [
      formatQuarter(one.quarter),
      one.respondents,
      output.pick(one.converged ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }),
      one.iterations,
      one.designEffect.toFixed(3),
      one.nEff.toFixed(0),
      one.largestWeight.toFixed(2),
    ]),
  );
  output.table(
    [
      { zh: '依据', en: 'Margin' },
      { zh: '类别', en: 'Category' },
      { zh: '现占比 %', en: 'Now %' },
      { zh: '目标 %', en: 'Target %' },
      { zh: '加权后 %', en: 'Weighted %' },
    ],
    card.margins.flatMap(({ label, categories }) =>
      categories.map((one) => [
        output.pick(label),
        output.pick(one.label),
        percent(one.before),
        percent(one.target),
        percent(one.after),
      ]),
    ),
  );
  for (const { label, n } of card.margins.flatMap(({ untargeted = [] }) => untargeted))
    output.say({
      zh: `${label.zh}（${n} 人）没有目标，在该依据上保持原权重。`,
      en: `${label.en} (${n}) has no target and keeps its weight in this margin.`,
    });
}

function printChoices({ output }: Session, choices: readonly MarginChoice[]): void {
  output.table(
    [
      { zh: '依据', en: 'Attribute' },
      { zh: '类别', en: 'Category' },
      { zh: '样本量', en: 'Base' },
      { zh: '占比 %', en: 'Share %' },
    ],
    choices.flatMap(({ label, categories }) =>
      categories.map((one) => [output.pick(label), output.pick(one.label), one.n, percent(one.share)]),
    ),
  );
}
