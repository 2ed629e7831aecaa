/** Headline sentences, weak and strong items, and alerts of the dealer report. */
import { inLanguage } from '../domain/language.ts';
import { levelName } from '../domain/score/display.ts';
import type { AlertFact, ChannelFacts, DealerReportFacts, IndicatorFacts } from './dealer-facts.ts';
import { verdictOf } from './dealer-trend.ts';
import {
  cellValue,
  differenceValue,
  intervalValue,
  isGrey,
  lengthText,
  lengthValue,
  missing,
  number,
  pointsValue,
  reasonText,
  scoreText,
  scoreValue,
  text,
} from './dealer-values.ts';
import type { ListSection, ReportValue, TableColumn, TableSection, Tone } from './document.ts';
import { fitText } from './format.ts';
import { capForPrint } from './print-cap.ts';
import { type ReportText, say } from './text.ts';

const PRINTED_ITEMS = 5;
const PRINTED_ALERTS = 4;
const PRINTED_FINDINGS = 4;

/** One indicator with its channel. */
interface Item {
  channel: ChannelFacts;
  row: IndicatorFacts;
}

/**
 * The lowest indicators of the tree (those without children) whose gap to the region is significant in the given
 * direction, widest gap first, ties in tree order. Expects protected facts. Empty when there is none.
 */
function standoutItems(facts: DealerReportFacts, direction: 'higher' | 'lower'): Item[] {
  const items = facts.channels.flatMap((channel) => {
    const parents = new Set(channel.indicators.map((row) => row.parent));
    return channel.indicators.filter((row) => !parents.has(row.code)).map((row) => ({ channel, row }));
  });
  const gap = ({ row }: Item) => (row.gapToRegion.kind === 'difference' ? row.gapToRegion.points100 : 0);
  return items
    .filter(({ row }) => row.gapToRegion.kind === 'difference' && row.gapToRegion.significance === direction)
    .sort((a, b) => Math.abs(gap(b)) - Math.abs(gap(a)));
}

/** The weak (or strong) items as tables that take half the page's width. */
export function standoutTables(facts: DealerReportFacts, direction: 'higher' | 'lower'): TableSection[] {
  const { language, tiers } = facts;
  const t = (key: ReportText) => say(language, key);
  const items = standoutItems(facts, direction);
  const right = (label: string): TableColumn => ({ label, group: '', align: 'right', share: 1.1 });
  const table: TableSection = {
    kind: 'table',
    medium: 'both',
    sheet: 'summary',
    heading: t(direction === 'lower' ? 'weak' : 'strong'),
    half: true,
    note: items.length === 0 ? t('none') : '',
    columns: [
      { label: t('indicator'), group: '', align: 'left', share: 3.6 },
      { label: t('channel'), group: '', align: 'left', share: 2.7 },
      right(t('dealer')),
      right(t('base')),
      right(t('regionShort')),
      { ...right(t('gap')), share: 1.5 },
    ],
    rows: items.map(({ channel, row }) => ({
      kind: 'plain',
      depth: 0,
      cells: [
        text(row.name),
        text(channel.name, 'muted'),
        cellValue(row.dealer, 'score100', facts),
        cellValue(row.dealer, 'n', facts),
        cellValue(row.region, 'score100', facts),
        differenceValue(row.gapToRegion, facts, isGrey(row.dealer, tiers)),
      ],
    })),
  };
  return capForPrint(table, PRINTED_ITEMS, (count) => say(language, 'moreRows', { count }));
}

const LEVELS = {
  overall: 'levelOverall',
  region: 'levelRegion',
  province: 'levelProvince',
  city: 'levelCity',
  dealer: 'levelDealer',
} as const;

function alertCells(alert: AlertFact, facts: DealerReportFacts): ReportValue[] {
  const t = (key: ReportText) => say(facts.language, key);
  const tone: Tone = alert.direction === 'above' ? 'better' : 'worse';
  const level = t(LEVELS[alert.level]);
  const named = alert.level === 'overall' || alert.level === 'dealer';
  return [
    text(named ? level : `${level} · ${alert.scopeName}`),
    text(alert.indicatorName),
    text(alert.channelName, 'muted'),
    scoreValue(alert.actual, facts, 'strong'),
    alert.margin100 === null ? missing(t('absentMargin')) : lengthValue(alert.margin100, facts),
    number(alert.n, 0),
    scoreValue(alert.expected, facts),
    intervalValue(alert.lo95, alert.hi95, facts),
    pointsValue(alert.shift, facts, tone),
    lengthValue(alert.shiftMargin100, facts),
  ];
}

/** The alerts on the dealer first, then up the ladder; a short printed table and the whole one for the workbook. */
export function alertTables(facts: DealerReportFacts): TableSection[] {
  const t = (key: ReportText) => say(facts.language, key);
  const order = ['dealer', 'city', 'province', 'region', 'overall'];
  const alerts = [...facts.alerts].sort((a, b) => order.indexOf(a.level) - order.indexOf(b.level));
  const right = (label: string, share: number): TableColumn => ({ label, group: '', align: 'right', share });
  const left = (label: string, share: number): TableColumn => ({ label, group: '', align: 'left', share });
  const table: TableSection = {
    kind: 'table',
    medium: 'both',
    sheet: 'alerts',
    heading: t('alerts'),
    half: false,
    note: alerts.length === 0 ? t('none') : '',
    columns: [
      left(t('scope'), 2.2),
      left(t('indicator'), 3.2),
      left(t('channel'), 2.2),
      right(t('actualShort'), 1),
      right(t('margin'), 1),
      right(t('base'), 1),
      right(t('expectedShort'), 1),
      right(t('interval95'), 1.9),
      right(t('deviation'), 1.2),
      right(t('margin'), 1),
    ],
    rows: alerts.map((alert) => ({ kind: 'plain', depth: 0, cells: alertCells(alert, facts) })),
  };
  return capForPrint(table, PRINTED_ALERTS, (count) => say(facts.language, 'moreLines', { count }));
}

function changeText(row: IndicatorFacts, facts: DealerReportFacts): string {
  const change = row.sincePrevious;
  if (change.kind === 'absent' || change.significance === 'none') return '';
  return say(facts.language, change.significance === 'higher' ? 'sayRoseQuarter' : 'sayFellQuarter', {
    change: lengthText(Math.abs(change.points100), facts),
  });
}

function gapText(row: IndicatorFacts, facts: DealerReportFacts): string {
  const gap = row.gapToRegion;
  if (gap.kind === 'absent') return '';
  const keys = { higher: 'sayGapHigher', lower: 'sayGapLower', none: 'sayGapNone' } as const;
  return say(facts.language, keys[gap.significance], { gap: lengthText(Math.abs(gap.points100), facts) });
}

function finding(channel: ChannelFacts, facts: DealerReportFacts): { text: string; tone: Tone } | null {
  const row = channel.indicators[0];
  if (!row) return null;
  const { language, tiers } = facts;
  if (row.dealer.kind === 'absent') {
    const reason = reasonText(language, row.dealer.reason);
    return { text: say(language, 'sayHidden', { channel: channel.name, reason }), tone: 'muted' };
  }
  const head = say(language, facts.display === 'levels' ? 'sayLevel' : 'sayScore', {
    channel: fitText(channel.name, 18),
    index: fitText(row.name, 14),
    score: scoreText(row.dealer.score100, facts),
    level: inLanguage(levelName(row.dealer.score100), language),
  });
  const verdict = channel.trend && verdictOf(channel.trend, facts.quarter);
  const grey = isGrey(row.dealer, tiers);
  const middle = grey
    ? say(language, 'sayGrey', { n: row.dealer.n })
    : gapText(row, facts) + changeText(row, facts);
  const outside = verdict === 'above' ? 'sayAbove' : verdict === 'below' ? 'sayBelow' : null;
  const words = head + middle + (outside ? say(language, outside) : '') + say(language, 'sayEnd');
  const gap = row.gapToRegion.kind === 'difference' ? row.gapToRegion.significance : 'none';
  return { text: words, tone: gap === 'lower' ? 'worse' : gap === 'higher' ? 'better' : 'plain' };
}

/** One sentence a channel: score, gap to the region, significant change, place in the prediction interval. */
export function findings(facts: DealerReportFacts): ListSection {
  const items = facts.channels.flatMap((channel) => finding(channel, facts) ?? []);
  return {
    kind: 'list',
    medium: 'both',
    sheet: 'summary',
    heading: say(facts.language, 'findings'),
    items: items.length
      ? items.slice(0, PRINTED_FINDINGS)
      : [{ text: say(facts.language, 'noChannels'), tone: 'muted' }],
  };
}
