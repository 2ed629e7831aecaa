/** Small pieces that figures are made of: a change with its mark, a score by its tier, a spark line. */
import type { Change, Score } from '../../shared/calls/figure.ts';
import { ABSENT, count, decimal, signed } from '../format.ts';
import { commonText } from '../text/common.ts';
import { useText } from '../text/use-text.ts';

/** `▲ +1.2`: the arrow and the colour only where the difference is more than chance. */
export function ChangeMark({ change }: { change: Change | null }) {
  const text = useText(commonText);
  if (!change) return <span className="faint">{ABSENT}</span>;
  const { significance, points100, p } = change;
  const meaning =
    significance === 'higher'
      ? text.higher
      : significance === 'lower'
        ? text.lower
        : p === null
          ? text.notTested
          : text.notSignificant;
  return (
    <span className={`change ${significance}`} title={meaning}>
      <span aria-hidden="true" className="arrow">
        {significance === 'higher' ? '▲' : significance === 'lower' ? '▼' : ''}
      </span>
      {signed(points100)}
      <span className="unseen">{meaning}</span>
    </span>
  );
}

/** A 0-100 score; grey below the base that a rank or mark needs. */
export function ScoreFigure({ score }: { score: Score | null }) {
  const text = useText(commonText);
  if (!score) {
    return (
      <span className="faint" title={text.hiddenBase}>
        {ABSENT}
      </span>
    );
  }
  return (
    <span
      className={score.tier === 'grey' ? 'grey-figure' : ''}
      title={score.tier === 'grey' ? text.smallBase : undefined}
    >
      {decimal(score.score100)}
    </span>
  );
}

export function BaseFigure({ score }: { score: Score | null }) {
  return <span className="soft">{score ? count(score.n) : ABSENT}</span>;
}

const WIDTH = 84;
const HEIGHT = 22;

/** The last quarters as a line; the scale is its own, so it shows shape and not size. */
export function SparkLine({ values }: { values: (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <span className="faint">{ABSENT}</span>;
  const low = Math.min(...known);
  const range = Math.max(...known) - low || 1;
  const x = (i: number) => 2 + (i * (WIDTH - 6)) / (values.length - 1);
  const y = (value: number) => HEIGHT - 3 - ((value - low) * (HEIGHT - 6)) / range;
  let pen = 'M';
  const path = values
    .map((value, i) => {
      if (value === null) {
        pen = 'M';
        return '';
      }
      const step = `${pen}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
      pen = 'L';
      return step;
    })
    .join('');
  const last = values.findLastIndex((value) => value !== null);
  return (
    <svg className="spark" width={WIDTH} height={HEIGHT} aria-hidden="true">
      <path d={path} />
      <circle cx={x(last)} cy={y(values[last]!)} r="2" />
    </svg>
  );
}

/** A name that belongs to the data (a file, a code, a person): never part of a language. */
export function Verbatim({ children }: { children: string }) {
  return (
    <span translate="no" title={children}>
      {children}
    </span>
  );
}
