/** Steps from one figure to another as horizontal bars: each begins where the one before ended. */
import type { ScoreFormat } from '../score-format.ts';

export interface WaterfallStep {
  key: string;
  label: string;
  value: number;
  /** A level that bars start from, not a step. */
  total?: boolean;
  /** Said after the value, small. */
  note?: string;
}

export function Waterfall(props: { steps: readonly WaterfallStep[]; label: string; as: ScoreFormat }) {
  const { steps, label, as } = props;
  let level = 0;
  const bars = steps.map((step) => {
    const from = step.total ? step.value : level;
    level = step.total ? step.value : level + step.value;
    return { step, low: Math.min(from, level), high: Math.max(from, level) };
  });
  const ends = bars.flatMap(({ low, high }) => [low, high]);
  const low = Math.min(...ends);
  const range = Math.max(...ends) - low || 1;
  const place = (value: number) => 4 + (92 * (value - low)) / range;
  return (
    <table className="waterfall" aria-label={label}>
      <tbody>
        {bars.map(({ step, ...bar }) => (
          <tr key={step.key} className={step.total ? 'total' : undefined}>
            <th scope="row">{step.label}</th>
            <td className="bar">
              <i
                className={step.total ? 'mark' : step.value < 0 ? 'down' : 'up'}
                style={{
                  left: `${place(bar.low).toFixed(1)}%`,
                  width: step.total ? 2 : `${Math.max(0.6, place(bar.high) - place(bar.low)).toFixed(1)}%`,
                }}
              />
            </td>
            <td className="number">{step.total ? as.score(step.value) : as.points(step.value, 1)}</td>
            {step.note !== undefined && <td className="faint">{step.note}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
