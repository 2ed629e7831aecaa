import type { CityView, DealerView } from '../../../shared/calls/places.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';

export const DEALER_STATES = [
  'planned',
  'open',
  'closed',
  'merged',
  'moved',
  'noAnswers',
  'doubtful',
] as const;
export type DealerState = (typeof DEALER_STATES)[number];

/** Every state that is true of a dealer. */
export function statesOf(dealer: DealerView): DealerState[] {
  const states: DealerState[] = [dealer.standing];
  if (dealer.stays.length > 0) states.push('moved');
  if (dealer.respondents === 0) states.push('noAnswers');
  if (dealer.outsideLife) states.push('doubtful');
  return states;
}

/** Dealers whose code, name, city or province holds every word, in one of the states (all without any). */
export function filterDealers(
  dealers: readonly DealerView[],
  words: string,
  states: readonly DealerState[],
): DealerView[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return dealers.filter((one) => {
    if (states.length > 0 && !statesOf(one).some((state) => states.includes(state))) return false;
    if (wanted.length === 0) return true;
    const { city } = one;
    const text = `${one.code} ${one.name} ${city.name.zh} ${city.name.en} ${city.province.zh} ${city.province.en}`;
    return wanted.every((word) => text.toLowerCase().includes(word));
  });
}

/** `2023Q1 – 2026Q3`, '' without answers. */
export function answeredSpan({ firstQuarter, lastQuarter }: DealerView): string {
  if (firstQuarter === null || lastQuarter === null) return '';
  if (firstQuarter === lastQuarter) return formatQuarter(firstQuarter);
  return `${formatQuarter(firstQuarter)} – ${formatQuarter(lastQuarter)}`;
}

/** The cities to choose from: those of the data where a file named its own, else the national list. */
export function cityOptions(
  cities: readonly CityView[],
  name: (text: { zh: string; en: string }) => string,
): { value: string; label: string }[] {
  const free = cities.some((city) => !city.national);
  return cities
    .filter((city) => !free || !city.national || city.dealers > 0)
    .map((city) => ({ value: city.code, label: `${name(city.name)} · ${name(city.province)}` }));
}
