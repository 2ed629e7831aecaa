// Studies with their waves, and questionnaires version by version.

import type { QuestionView } from '../../shared/calls/studies.ts';
import { counted } from '../../shared/domain/counted.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import type { QuestionChange, QuestionChangeKind } from '../../shared/domain/questionnaire.ts';
import { CHANNEL_NAMES, type Channel } from '../../shared/domain/study-mapping.ts';
import { wholeArgument } from './arguments.ts';
import { channelOption, examples, type Program } from './program.ts';
import type { Session } from './session.ts';

const ABSENT = '—';

/** Adds `studies` and `questionnaires`. */
export function addStudyCommands(program: Program): void {
  const { csi, t, run } = program;
  const studies = csi
    .command('studies')
    .description(t('列出研究、波次和问卷', 'list the studies with their waves and questionnaires'))
    .option('--coverage', t('每季问了哪些指标', 'which indicators each quarter asked'), false)
    .addOption(channelOption(program))
    .action((options: { coverage: boolean; channel?: Channel }) =>
      run((session) => (options.coverage ? showCoverage(session, options.channel) : listStudies(session))),
    );
  examples(studies, program, 'studies', 'studies --coverage --channel in-house');
  const questionnaires = csi
    .command('questionnaires')
    .description(t('问卷各版本、题目与差异', 'versions of questionnaires, their questions and differences'));
  const list = questionnaires
    .command('list', { isDefault: true })
    .description(t('列出问卷版本', 'list the versions'))
    .action(() => run(listQuestionnaires));
  examples(list, program, 'questionnaires');
  const number = t('编号（csi questionnaires）', 'number, as csi questionnaires lists it');
  const show = questionnaires
    .command('show')
    .description(t('一版问卷的全部题目', 'the questions of a version'))
    .argument('<questionnaire>', number, wholeArgument)
    .action((questionnaire: number) => run((session) => showQuestions(session, questionnaire)));
  examples(show, program, 'questionnaires show 2');
  const diff = questionnaires
    .command('diff')
    .description(t('两版问卷的差异', 'what two versions differ in'))
    .argument('<before>', number, wholeArgument)
    .argument('<after>', number, wholeArgument)
    .action((before: number, after: number) => run((session) => diffQuestions(session, before, after)));
  examples(diff, program, 'questionnaires diff 1 2');
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

/** One column a quarter; a dot where the indicator was asked. */
async function showCoverage({ call, output }: Session, chosen?: Channel): Promise<void> {
  const { channels } = await call('catalog.get', {});
  const asked = channels.filter(({ channel }) => chosen === undefined || channel === chosen);
  const tables = [];
  for (const { channel } of asked) tables.push({ channel, ...(await call('studies.coverage', { channel })) });
  output.value(tables);
  for (const { channel, quarters, rows } of tables) {
    output.say(CHANNEL_NAMES[channel]);
    output.table(
      [
        { zh: '指标', en: 'Indicator' },
        { zh: '代码', en: 'Code' },
        ...quarters.map((quarter) => ({ zh: formatQuarter(quarter), en: formatQuarter(quarter) })),
      ],
      rows.map((row) => [output.pick(row.name), row.code, ...row.asked.map((one) => (one ? '●' : ''))]),
    );
  }
}

async function listQuestionnaires({ call, output }: Session): Promise<void> {
  const studies = await call('studies.list', {});
  output.value(
    studies.flatMap(({ code, questionnaires }) => questionnaires.map((one) => ({ study: code, ...one }))),
  );
  const span = (first: number | null, last: number | null) =>
    first === null || last === null ? ABSENT : `${formatQuarter(first)} … ${formatQuarter(last)}`;
  output.table(
    [
      { zh: '编号', en: 'Number' },
      { zh: '研究', en: 'Study' },
      { zh: '版本', en: 'Version' },
      { zh: '季度', en: 'Quarters' },
      { zh: '评分题', en: 'Rated questions' },
      { zh: '属性题', en: 'Attributes' },
    ],
    studies.flatMap((study) =>
      study.questionnaires.map((one) => [
        one.id,
        output.pick(study.name),
        one.version,
        span(one.firstQuarter, one.lastQuarter),
        one.items,
        one.attributes,
      ]),
    ),
  );
}

async function showQuestions({ call, output }: Session, questionnaire: number): Promise<void> {
  const view = await call('questionnaires.get', { questionnaire });
  output.value(view);
  const rated = view.questions.filter(({ role }) => role === 'item');
  const attributes = view.questions.filter(({ role }) => role === 'attribute');
  output.table(
    [
      { zh: '指标', en: 'Indicator' },
      { zh: '代码', en: 'Code' },
      { zh: '题目', en: 'Question' },
      { zh: '量表', en: 'Scale' },
      { zh: '缺失码', en: 'Missing codes' },
    ],
    rated.map((one) => [
      output.pick(one.indicatorName ?? one.label),
      one.code,
      output.pick(one.label),
      one.scale ? `${one.scale.min}–${one.scale.max}${one.reversed ? ' ↓' : ''}` : ABSENT,
      one.missing.join(' '),
    ]),
  );
  output.table(
    [
      { zh: '属性', en: 'Attribute' },
      { zh: '代码', en: 'Code' },
      { zh: '多选', en: 'Multiple' },
      { zh: '取值', en: 'Values' },
    ],
    attributes.map((one) => [
      output.pick(one.label),
      one.code,
      one.multiple ? '●' : '',
      valuesOf(one, (text) => output.pick(text)),
    ]),
  );
}

const MOST_VALUES = 8;

function valuesOf({ values }: QuestionView, pick: (text: Bilingual) => string): string {
  const shown = values.slice(0, MOST_VALUES).map(({ value, label }) => {
    const text = pick(label);
    return text === value ? value : `${value} ${text}`;
  });
  return `${shown.join(', ')}${values.length > MOST_VALUES ? `, … (${values.length})` : ''}`;
}

const KINDS: Record<QuestionChangeKind, Bilingual> = {
  added: { zh: '新增', en: 'added' },
  removed: { zh: '取消', en: 'removed' },
  moved: { zh: '改属指标', en: 'measures another indicator' },
  wording: { zh: '改文字', en: 'wording' },
  scale: { zh: '改量表', en: 'scale' },
  direction: { zh: '改方向', en: 'direction' },
  missing: { zh: '改缺失码', en: 'missing codes' },
  codes: { zh: '改选项', en: 'codes' },
  multiple: { zh: '单选与多选互换', en: 'single or multiple' },
  group: { zh: '改分组', en: 'group' },
};

async function diffQuestions({ call, output }: Session, before: number, after: number): Promise<void> {
  const compared = await call('questionnaires.compare', {
    before: { questionnaire: before },
    after: { questionnaire: after },
  });
  output.value(compared);
  const { changes, same, indicatorNames } = compared;
  output.say({
    zh: `${changes.length} 道题有变化，${same} 道题相同。`,
    en: `${counted(changes.length, 'question differs', 'questions differ')}, ${counted(same, 'is', 'are')} the same.`,
  });
  if (changes.length === 0) return;
  const side = (one: QuestionChange['before']): string => {
    if (!one) return ABSENT;
    const label = output.pick(one.label);
    if (!('scale' in one)) return `${label} [${one.code}]`;
    const name = indicatorNames[one.indicator];
    const scale = `${one.scale.min}–${one.scale.max}${one.reversed ? ' ↓' : ''}`;
    return `${label} → ${name ? output.pick(name) : one.indicator}, ${scale}`;
  };
  output.table(
    [
      { zh: '变化', en: 'What' },
      { zh: '原来', en: 'Before' },
      { zh: '现在', en: 'Now' },
    ],
    changes.map((one) => [
      one.kinds.map((kind) => output.pick(KINDS[kind])).join(output.pick({ zh: '、', en: ', ' })),
      side(one.before),
      side(one.after),
    ]),
  );
}
