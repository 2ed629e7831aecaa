/* The planted truth: what was put into the sample studies, read from events.json. */
import { parseQuarter, type Quarter, quarterOf } from '../../shared/domain/quarter.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import events from './events.json' with { type: 'json' };
import { isWithin, type SampleDealer } from './network.ts';

interface SampleEvent {
  id: string;
  kind: 'score-shift' | 'mix-shift' | 'not-asked';
  channels: Channel[];
  from: Quarter;
  to: Quarter;
  scope: string;
  /** An item, or `CSI` for every item. */
  indicator: string;
  points100: number;
  /** Mix shift: interviews of dealers in the better and in the worse half of the provinces, as multiples. */
  volumeHigh: number;
  volumeLow: number;
}

const SAMPLE_EVENTS: readonly SampleEvent[] = events.events.map((event) => ({
  id: event.id,
  kind: event.kind as SampleEvent['kind'],
  channels: event.channels as Channel[],
  from: parseQuarter(event.from)!,
  to: parseQuarter(event.to)!,
  scope: event.scope,
  indicator: event.indicator,
  points100: event.points100 ?? 0,
  volumeHigh: event.volumeHigh ?? 1,
  volumeLow: event.volumeLow ?? 1,
}));

/** Points that events and funded measures add to one dealer's item in one quarter, in every respondent's mean. */
export function plantedPoints(
  channel: Channel,
  dealer: SampleDealer,
  quarter: Quarter,
  indicator: string,
): number {
  let points = 0;
  for (const event of SAMPLE_EVENTS) {
    const asks = event.indicator === 'CSI' || event.indicator === indicator;
    if (
      event.kind === 'score-shift' &&
      asks &&
      isOn(event, channel, quarter) &&
      isWithin(dealer, event.scope)
    )
      points += event.points100;
  }
  for (const effect of events.planEffects) {
    const since = quarterOf(effect.year, 1);
    if (quarter >= since && effect.indicator === indicator && isWithin(dealer, effect.scope))
      points += effect.actualPoints100;
  }
  return points;
}

/** True where a study prints the question but leaves it unanswered that quarter. */
export function isNotAsked(channel: Channel, quarter: Quarter, indicator: string): boolean {
  return SAMPLE_EVENTS.some(
    (e) => e.kind === 'not-asked' && e.indicator === indicator && isOn(e, channel, quarter),
  );
}

/** Multiple of the usual number of interviews, by whether the dealer's province is one of the better half. */
export function volumeFactor(channel: Channel, quarter: Quarter, betterHalf: boolean): number {
  const shift = SAMPLE_EVENTS.find((e) => e.kind === 'mix-shift' && isOn(e, channel, quarter));
  if (!shift) return 1;
  return betterHalf ? shift.volumeHigh : shift.volumeLow;
}

function isOn(event: SampleEvent, channel: Channel, quarter: Quarter): boolean {
  return event.channels.includes(channel) && quarter >= event.from && quarter <= event.to;
}
