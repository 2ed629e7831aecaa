// `csi alerts`: what stands, what was tested and what not and why, one series explained, work whose alert is gone.

import { Option } from 'commander';
import type { AlertView, ClearedCase } from '../../shared/calls/alerts.ts';
import type { QuarterClose } from '../../shared/calls/close.ts';
import type { SeriesView } from '../../shared/calls/forecast.ts';
import { isOverdue } from '../../shared/domain/alert/overdue.ts';
import { counted } from '../../shared/domain/counted.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import { quarterArgument } from './arguments.ts';
import type { Output } from './output.ts';
import { channelOption, examples, type Program } from './program.ts';
import type { ScoreTexts } from './score.ts';
import type { Session } from './session.ts';

const STATES: Record<AlertView['state'], Bilingual> = {
  new: { zh: '新', en: 'new' },
  acknowledged: { zh: '已知晓', en: 'acknowledged' },
  explained: { zh: '已解释', en: 'explained' },
  closed: { zh: '已关闭', en: 'closed' },
};

interface AlertOptions {
  quarter?: number;
  channel?: Channel;
  state?: AlertView['state'];
  owner?: string;
  overdue: boolean;
  tests: boolean;
  cleared: boolean;
  explain?: string;
  indicator: string;
}

/** Adds `alerts`. */
export function addAlertsCommand(program: Program): void {
  const { csi, t, run } = program;
  const alerts = csi
    .command('alerts')
    .description(t('当前成立的预警', 'the alerts that stand'))
    .option('--quarter <quarter>', t('季度，如 2026Q3', 'such as 2026Q3'), quarterArgument)
    .addOption(channelOption(program))
    .addOption(new Option('--state <state>', t('处理状态', 'state of the work')).choices(Object.keys(STATES)))
    .option('--owner <name>', t('只看某人负责的', 'only those of one person'))
    .option('--overdue', t('只看逾期未关闭的', 'only those not closed after their day'), false)
    .option(
      '--tests',
      t(
        '该季检验了多少序列，其余为何没有',
        'how many series of the quarter were tested, and why the others were not',
      ),
      false,
    )
    .option(
      '--explain <scope>',
      t('某一序列是否检验过、有多意外', 'of one series: whether it was tested, and how surprising it was'),
    )
    .option(
      '--indicator <code>',
      t('与 --explain 合用：指标；默认总体指数', 'with --explain: an indicator; the index without it'),
      '',
    )
    .option('--cleared', t('已不成立的预警的处理记录', 'the work on alerts that no longer stand'), false)
    .action((options: AlertOptions) => run((session) => showAlerts(session, options)));
  examples(
    alerts,
    program,
    'alerts --quarter 2026Q3',
    'alerts --explain region:S --indicator ADVISOR',
    'alerts --tests',
  );
}

async function showAlerts(session: Session, options: AlertOptions): Promise<void> {
  const { call, output, scheme, scores } = session;
  const { quarter, channel } = options;
  const where = { scheme: await scheme(), quarter, channel };
  if (options.explain !== undefined) {
    const { channels } = await call('catalog.get', {});
    const series = await call('forecast.series', {
      scheme: where.scheme,
      channel: channel ?? channels[0]?.channel ?? 'third-party',
      scope: options.explain,
      indicator: options.indicator,
      quarter: quarter ?? (await call('quarter.close', { scheme: where.scheme })).quarter,
    });
    output.value(series.test);
    printTest(output, series);
    return;
  }
  if (options.tests) {
    const close = await call('quarter.close', { scheme: where.scheme, quarter });
    const own = close.channels.filter((one) => channel === undefined || one.channel === channel);
    output.value(own.map((one) => ({ channel: one.channel, quarter: close.quarter, tests: one.tests })));
    printTests(output, { ...close, channels: own });
    return;
  }
  if (options.cleared) {
    const cases = await call('alerts.cleared', where);
    output.value(cases);
    printCleared(output, await scores(), cases);
    return;
  }
  const alerts = (await call('alerts.list', where)).filter(
    (alert) =>
      (options.state === undefined || alert.state === options.state) &&
      (options.owner === undefined || alert.owner === options.owner) &&
      (!options.overdue || isOverdue(alert, localDay(new Date()))),
  );
  output.value(alerts);
  const isFiltered = options.state !== undefined || options.owner !== undefined || options.overdue;
  if (alerts.length === 0 && isFiltered)
    output.say({ zh: '\n没有符合条件的预警。', en: '\nNo alert fits these conditions.' });
  else printAlerts(output, await scores(), alerts);
  const cases = await call('alerts.cleared', where);
  const open = cases.filter(({ state, oneOff }) => state !== 'closed' || oneOff).length;
  if (open > 0)
    output.say({
      zh: `另有 ${open} 条处理记录的预警已不成立，用 --cleared 查看。`,
      en: `${counted(open, 'case belongs to an alert', 'cases belong to alerts')} that no longer stand; --cleared lists them.`,
    });
}

/** The day of the machine's own calendar, ISO. */
function localDay(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export function printAlerts(output: Output, texts: ScoreTexts, alerts: readonly AlertView[]): void {
  if (alerts.length === 0) {
    output.say({
      zh: '\n没有预警：各项结果都在预期之内。',
      en: '\nNo alerts: every result is within its expectation.',
    });
    return;
  }
  output.say({
    zh: `\n预警（已定位到能解释变化的最小范围；得分为${texts.unit.zh}）`,
    en: `\nAlerts, each named at the smallest place that explains it (scores: ${texts.unit.en})`,
  });
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '渠道', en: 'Channel' },
      { zh: '范围', en: 'Where' },
      { zh: '指标', en: 'Indicator' },
      { zh: '实际', en: 'Actual' },
      { zh: '±误差', en: '± margin' },
      { zh: '样本量', en: 'Base' },
      { zh: '预期', en: 'Expected' },
      { zh: '95%区间', en: '95% interval' },
      { zh: '扣除他处', en: 'Net' },
      { zh: '估计变动', en: 'Estimated shift' },
      { zh: '±误差', en: '± margin' },
      { zh: '状态', en: 'State' },
      { zh: '负责人', en: 'Owner' },
      { zh: '期限', en: 'Due' },
    ],
    alerts.map((alert) => {
      const as = texts.of(alert.channel, alert.indicator);
      return [
        formatQuarter(alert.quarter),
        output.pick(alert.channelName),
        output.pick(alert.scopeName),
        output.pick(alert.indicatorName),
        as.figure(alert.actual100),
        alert.actualMargin100 === null ? '—' : as.length(alert.actualMargin100),
        alert.n,
        as.figure(alert.expected100),
        as.range(alert.low95, alert.high95),
        as.figure(alert.adjusted100),
        as.points(alert.shift100),
        as.length(alert.shiftMargin100),
        `${output.pick(STATES[alert.state])}${alert.stale ? ' *' : ''}${alert.worked?.moved ? ' !' : ''}`,
        alert.owner || '—',
        alert.due ?? '—',
      ];
    }),
  );
  if (alerts.some(({ stale }) => stale))
    output.say({
      zh: '* 数据或规则在发出预警之后有变化，请重新预测。',
      en: '* The data or the rules have changed since the alert was raised; forecast again.',
    });
  if (alerts.some(({ worked }) => worked?.moved))
    output.say({
      zh: '! 处理之后数据有更正，估计变动已不同，请复核原来的说明。',
      en: '! The data were corrected after somebody worked on it and the shift is another one now; look at the explanation again.',
    });
}

function printTests(output: Output, { quarter, channels }: QuarterClose): void {
  output.say({
    zh: `\n${formatQuarter(quarter)} 的预警检验（范围 × 指标的序列数）`,
    en: `\nAlert tests of ${formatQuarter(quarter)}, in series of scope x indicator`,
  });
  const rows = channels.flatMap(({ name, tests }) =>
    (tests?.outcomes ?? []).map((one) => [output.pick(name), one.series, output.pick(one.words)]),
  );
  if (rows.length > 0)
    output.table(
      [
        { zh: '渠道', en: 'Channel' },
        { zh: '序列', en: 'Series' },
        { zh: '结果', en: 'What became of them' },
      ],
      rows,
    );
  for (const { name, tests } of channels)
    output.say(
      tests === null
        ? {
            zh: `${name.zh}：本季度尚未做预警检验，请先预测该季度。`,
            en: `${name.en}: the quarter has not been tested; forecast it first.`,
          }
        : {
            zh: `${name.zh}：${tests.series} 个有得分的序列中检验了 ${tests.tested} 个。`,
            en: `${name.en}: ${tests.tested} of ${tests.series} series with a score were tested.`,
          },
    );
}

function printTest(output: Output, { test, scopeName, indicatorName, quarter }: SeriesView): void {
  const head = (name: 'zh' | 'en') =>
    `\n${scopeName[name]} · ${indicatorName[name]} · ${formatQuarter(quarter)}`;
  const words = test?.words ?? {
    zh: '该季度没有数据，或还没有做预警检验。',
    en: 'The quarter has no data, or was not tested yet.',
  };
  output.say({ zh: `${head('zh')}\n${words.zh}`, en: `${head('en')}\n${words.en}` });
}

function printCleared(output: Output, texts: ScoreTexts, cases: readonly ClearedCase[]): void {
  if (cases.length === 0) {
    output.say({
      zh: '\n每条处理记录的预警都成立。',
      en: '\nEvery case belongs to an alert that stands.',
    });
    return;
  }
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '渠道', en: 'Channel' },
      { zh: '范围', en: 'Where' },
      { zh: '指标', en: 'Indicator' },
      { zh: '原估计变动', en: 'Shift then' },
      { zh: '状态', en: 'State' },
      { zh: '一次性', en: 'One-off' },
      { zh: '负责人', en: 'Owner' },
      { zh: '期限', en: 'Due' },
      { zh: '说明', en: 'Note' },
      { zh: '为何不成立', en: 'Why it is gone' },
    ],
    cases.map((one) => [
      formatQuarter(one.quarter),
      output.pick(one.channelName),
      output.pick(one.scopeName),
      output.pick(one.indicatorName),
      one.shift100 === null ? '—' : texts.of(one.channel, one.indicator).points(one.shift100),
      output.pick(STATES[one.state]),
      output.pick(one.oneOff ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' }),
      one.owner || '—',
      one.due ?? '—',
      one.note || '—',
      output.pick(one.words),
    ]),
  );
}
