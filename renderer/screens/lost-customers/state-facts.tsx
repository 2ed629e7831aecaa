import type { VisitLoss } from '../../../shared/calls/lost.ts';
import { VISIT_CLASSES, type VisitClass } from '../../../shared/domain/visits/lapse.ts';
import { count } from '../../format.ts';
import { lostText } from '../../text/lost.ts';
import { useText } from '../../text/use-text.ts';
import { percent } from './view.ts';

/** The customers by state, and the loss rate. */
export function StateFacts({ loss }: { loss: VisitLoss }) {
  const text = useText(lostText);
  const { states } = loss.total;
  const facts = [
    [text.active, count(states.active)],
    [text.marginal, count(states.marginal)],
    [text.lost, count(states.lost)],
    [text.permanent, count(states.permanent)],
  ] as const;
  return (
    <section className="panel facts-band">
      {facts.map(([label, value]) => (
        <div className="fact" key={label}>
          <span className="field-label">{label}</span>
          <span className="fact-value strong">{value}</span>
        </div>
      ))}
      <div className="fact">
        <span className="field-label">{text.rate}</span>
        <span className="fact-value strong">{percent(loss.rate)}</span>
      </div>
      <span className="hint">{text.rateNote}</span>
    </section>
  );
}

/** Customers by class as bars. */
export function ClassBar({ counts }: { counts: Record<VisitClass, number> }) {
  const total = VISIT_CLASSES.reduce((sum, letter) => sum + counts[letter], 0);
  return (
    <table className="plain wide">
      <tbody>
        {VISIT_CLASSES.map((letter) => (
          <tr key={letter}>
            <th scope="row">{letter}</th>
            <td>{count(counts[letter])}</td>
            <td className="soft">{percent(total > 0 ? counts[letter] / total : null)}</td>
            <td className="share-bar">
              <svg width="100%" height="10" aria-hidden="true">
                <rect width={`${total > 0 ? (100 * counts[letter]) / total : 0}%`} height="10" rx="2" />
              </svg>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
