import { Tag } from 'antd';
import type { DealerView } from '../../../shared/calls/places.ts';
import { ABSENT } from '../../format.ts';
import { placesText } from '../../text/places.ts';
import { useName, useText } from '../../text/use-text.ts';
import { statesOf } from './view.ts';

/** Open, closed, taken over, and what looks doubtful. */
export function States({ dealer }: { dealer: DealerView }) {
  const text = useText(placesText);
  return statesOf(dealer)
    .filter((state) => state !== 'moved')
    .map((state) => (
      <Tag
        key={state}
        color={state === 'open' ? 'success' : state === 'doubtful' ? 'warning' : undefined}
        title={state === 'doubtful' ? text.doubtfulHint : undefined}
      >
        {text[state]}
      </Tag>
    ));
}

/** Former cities and the dealer that took it over. */
export function History({ dealer }: { dealer: DealerView }) {
  const text = useText(placesText);
  const name = useName();
  const { stays, successor } = dealer;
  const steps = stays.map((stay) => text.until(name(stay.city.name), stay.until));
  if (successor) steps.push(text.into(successor.name, successor.from));
  const said = steps.join(' · ');
  return said === '' ? <span className="faint">{ABSENT}</span> : <span title={said}>{said}</span>;
}
