/**
 * Takes small cells out of a report's facts, so that no writer can print them and nothing that is printed gives them
 * away: neither a gap, a change or a rank, nor the subtraction of shown siblings from their shown parent.
 */

import { type TierRules, tierOf } from '../domain/precision.ts';
import type { Quarter } from '../domain/quarter.ts';
import type {
  Absent,
  AlertFact,
  Cell,
  ChannelFacts,
  DealerReportFacts,
  Difference,
  IndicatorFacts,
  TrendFacts,
} from './dealer-facts.ts';

type Side = 'dealer' | 'region' | 'nation';

const absent = (reason: Absent['reason']): Absent => ({ kind: 'absent', reason });

/** A cell without its value when its base is too small. */
function limited(cell: Cell, limits: TierRules): Cell {
  return cell.kind === 'score' && tierOf(cell.nEff, limits) === 'hidden' ? absent('small-base') : cell;
}

const isSecret = (cell: Cell): boolean =>
  cell.kind === 'absent' && (cell.reason === 'small-base' || cell.reason === 'complementary');

/**
 * Which members of a group have to be hidden so that no hidden one follows from the group's total: when exactly one
 * is hidden, the shown one with the smallest base is hidden too. `bases` are effective sample sizes, 0 or null for a
 * member without answers (never counted). Ties go to the first. Returns one flag a member; a group with nothing
 * hidden, or whose hidden members protect each other, gains none.
 * Example: `hideWithSiblings([4, 80, 35], 10)` is `[true, false, true]`.
 */
export function hideWithSiblings(bases: readonly (number | null)[], hiddenBelow: number): boolean[] {
  const hidden = bases.map((b) => b !== null && b > 0 && b < hiddenBelow);
  if (hidden.filter(Boolean).length !== 1) return hidden;
  let smallest = -1;
  bases.forEach((b, i) => {
    if (b === null || b <= 0 || hidden[i]) return;
    if (smallest < 0 || b < bases[smallest]!) smallest = i;
  });
  if (smallest >= 0) hidden[smallest] = true;
  return hidden;
}

/** Hides complements within the indicator tree on one side, deepest level first, until nothing changes. */
function hideComplements(cells: Map<string, Cell>, rows: readonly IndicatorFacts[]): void {
  const parents = rows
    .filter((row) => rows.some((other) => other.parent === row.code))
    .sort((a, b) => b.depth - a.depth);
  let changed = true;
  while (changed) {
    changed = false;
    for (const parent of parents) {
      if (cells.get(parent.code)!.kind === 'absent') continue;
      const children = rows.filter((row) => row.parent === parent.code);
      const secret = children.filter((row) => isSecret(cells.get(row.code)!));
      if (secret.length !== 1) continue;
      const shown = children.filter((row) => cells.get(row.code)!.kind === 'score');
      const base = (row: IndicatorFacts) => (cells.get(row.code) as { nEff: number }).nEff;
      const victim = shown.length ? shown.reduce((a, b) => (base(b) < base(a) ? b : a)) : parent;
      cells.set(victim.code, absent('complementary'));
      changed = true;
    }
  }
}

function protectedSide(rows: readonly IndicatorFacts[], side: Side, limits: TierRules): Map<string, Cell> {
  const cells = new Map(rows.map((row) => [row.code, limited(row[side], limits)]));
  hideComplements(cells, rows);
  return cells;
}

/** A difference that may be shown: both sides shown, and tested only when the dealer is of full tier. */
function limitedDifference(
  difference: Difference,
  dealer: Cell,
  other: Cell | null,
  full: boolean,
): Difference {
  if (dealer.kind === 'absent') return dealer;
  if (other && isSecret(other)) return absent('small-base');
  if (difference.kind === 'absent' || full) return difference;
  return { ...difference, significance: 'none' };
}

function protectedTrend(
  trend: TrendFacts,
  index: Cell | undefined,
  quarter: Quarter,
  limits: TierRules,
): TrendFacts {
  const points = trend.points.map((point) => {
    const dealer = limited(point.dealer, limits);
    return {
      ...point,
      dealer,
      region: limited(point.region, limits),
      fitted: isSecret(dealer) ? null : point.fitted,
    };
  });
  const now = points.find((point) => point.quarter === quarter);
  if (now && index && isSecret(index)) {
    now.dealer = index;
    now.fitted = null;
  }
  // A forecast made from nothing but hidden points would tell of them.
  if (points.some((point) => point.dealer.kind === 'score')) return { ...trend, points };
  return { ...trend, points, expected: absent('small-base'), next: absent('small-base') };
}

function protectedChannel(channel: ChannelFacts, quarter: Quarter, limits: TierRules): ChannelFacts {
  const rows = channel.indicators;
  const dealers = protectedSide(rows, 'dealer', limits);
  const regions = protectedSide(rows, 'region', limits);
  const nations = protectedSide(rows, 'nation', limits);
  const top = rows[0];
  const trend = channel.trend && protectedTrend(channel.trend, top && dealers.get(top.code), quarter, limits);
  const before = (row: IndicatorFacts, lag: number) =>
    row === top ? (trend?.points.find((point) => point.quarter === quarter - lag)?.dealer ?? null) : null;
  const indicators = rows.map((row) => {
    const dealer = dealers.get(row.code)!;
    const region = regions.get(row.code)!;
    const full = dealer.kind === 'score' && tierOf(dealer.nEff, limits) === 'full';
    return {
      ...row,
      dealer,
      region,
      nation: nations.get(row.code)!,
      rank: full ? row.rank : null,
      gapToRegion: limitedDifference(row.gapToRegion, dealer, region, full),
      sincePrevious: limitedDifference(row.sincePrevious, dealer, before(row, 1), full),
      sinceLastYear: limitedDifference(row.sinceLastYear, dealer, before(row, 4), full),
    };
  });
  return { ...channel, indicators, trend };
}

/** Whether an alert's actual value may be shown beside the cells that are. */
function alertAllowed(alert: AlertFact, channels: readonly ChannelFacts[], limits: TierRules): boolean {
  if (tierOf(alert.n, limits) === 'hidden') return false;
  const side = ({ dealer: 'dealer', region: 'region', overall: 'nation' } as const)[alert.level as 'dealer'];
  if (!side) return true;
  const rows = channels.find(({ code }) => code === alert.channel)?.indicators ?? [];
  const row = alert.indicator === '' ? rows[0] : rows.find(({ code }) => code === alert.indicator);
  return row === undefined || !isSecret(row[side]);
}

/**
 * The facts with every small cell and everything that follows from it taken out (`kind: 'absent'`). Grey cells lose
 * their rank and significance marks. The input is not changed.
 * Within the report only: that a dealer's cell does not follow from the *other dealers'* reports and the region's
 * total is the caller's part (`hideWithSiblings` over the region's dealers, then `reason: 'complementary'`).
 * Example: a dealer cell with nEff 7 becomes `{ kind: 'absent', reason: 'small-base' }`.
 */
export function protectSmallCells(facts: DealerReportFacts): DealerReportFacts {
  const channels = facts.channels.map((channel) => protectedChannel(channel, facts.quarter, facts.tiers));
  const alerts = facts.alerts.filter((alert) => alertAllowed(alert, channels, facts.tiers));
  return { ...facts, channels, alerts };
}
