import type { ReactNode } from 'react';
import type { TracedFigureInput } from '../../shared/calls/trace.ts';
import type { Quarter } from '../../shared/domain/quarter.ts';
import { traceText } from '../text/trace.ts';
import { useText } from '../text/use-text.ts';
import { useTrace } from './trace-store.ts';

export type TracedPlace = Omit<TracedFigureInput, 'from' | 'to'>;

/** A figure of one quarter that says at a click how it was computed; `what` names it to those who do not see it. */
export function TracedFigure(props: {
  place: TracedPlace;
  quarter: Quarter;
  what: string;
  children: ReactNode;
}) {
  const { place, quarter, what, children } = props;
  const text = useText(traceText);
  const open = useTrace((state) => state.open);
  return (
    <button
      type="button"
      className="figure-button"
      aria-label={`${what} ${text.title}`}
      onClick={(event) => {
        event.stopPropagation();
        open({ ...place, from: quarter, to: quarter });
      }}
    >
      {children}
    </button>
  );
}
