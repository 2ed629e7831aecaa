import type { VisitLoss } from '../../../shared/calls/lost.ts';
import {
  LAPSE_STATES,
  type LapseRules,
  VISIT_CLASSES,
  type VisitClass,
} from '../../../shared/domain/visits/lapse.ts';
import {
  classMeaning,
  LAPSE_WORDS,
  LOSS_RATE_WORDS,
  lapseMeaning,
  visitClassName,
} from '../../../shared/domain/visits/lapse-words.ts';
import { count } from '../../format.ts';
import { useName } from '../../text/use-text.ts';
import { percent } from './view.ts';

/** The customers by state, and the loss rate, each with what it means under the rules in force. */
export function StateFacts({ loss }: { loss: VisitLoss }) {
  const name = useName();
  const { states } = loss.total;
  const share = `${count(states.marginal)} ÷ ${count(loss.n)}`;
  return (
    <section className="panel state-facts">
      {LAPSE_STATES.map((state) => (
        <div className="fact" key={state}>
          <span className="field-label">{name(LAPSE_WORDS[state])}</span>
          <span className="fact-value strong">{count(states[state])}</span>
          <span className="hint">{name(lapseMeaning(state, loss.rules))}</span>
        </div>
      ))}
      <div className="fact">
        <span className="field-label">{name(LOSS_RATE_WORDS.name)}</span>
        <span className="fact-value strong">
          {percent(loss.rate)} <span className="margin">{share}</span>
        </span>
        <span className="hint">{name(LOSS_RATE_WORDS.meaning)}</span>
      </div>
    </section>
  );
}

/** Customers by class as bars, each with what makes the class. */
export function ClassBar({ counts, rules }: { counts: Record<VisitClass, number>; rules: LapseRules }) {
  const name = useName();
  const total = VISIT_CLASSES.reduce((sum, letter) => sum + counts[letter], 0);
  return (
    <table className="plain wide">
      <tbody>
        {VISIT_CLASSES.map((letter) => (
          <tr key={letter}>
            <th scope="row" className="nowrap-cell">
              {name(visitClassName(letter))}{' '}
              <span className="faint">{name(classMeaning(letter, rules))}</span>
            </th>
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
