/** Small pieces that figures are made of: a change with its mark, a score by its tier, a spark line. */
import type { Change, Score } from '../../shared/calls/figure.ts';
import { ABSENT, count, decimal, probability } from '../format.ts';
import { type ScoreFormat, useScoreFormat } from '../score-format.ts';
import type { Said } from '../text/both.ts';
import { commonText } from '../text/common.ts';
import { useText } from '../text/use-text.ts';

/** What a figure rests on, for its title: base, effective base, margin. `as`: the scale of the margin. */
function baseWords(score: Score, text: Said<typeof commonText>, as: ScoreFormat): string {
  const { n, nEff, margin100, tier } = score;
  const words = [
    `${text.base} ${count(n)}`,
    `${text.effectiveBase} ${decimal(nEff)}`,
    margin100 === null ? text.noMargin : `${text.margin} ±${as.length(margin100)}`,
  ];
  return [...words, ...(tier === 'grey' ? [text.smallBase] : [])].join(' · ');
}

/** `▲ +1.2`: the arrow and the colour only where the difference is more than chance. */
export function ChangeMark({ change, as }: { change: Change | null; as?: ScoreFormat }) {
  const text = useText(commonText);
  const own = useScoreFormat();
  if (!change) return <span className="faint">{ABSENT}</span>;
  const format = as ?? own;
  const { significance, points100, p, adjustedP, margin100 } = change;
  const meaning =
    significance === 'higher'
      ? text.higher
      : significance === 'lower'
        ? text.lower
        : p === null
          ? text.notTested
          : text.notSignificant;
  const details = [
    meaning,
    ...(typeof margin100 === 'number' ? [`${text.margin} ±${format.length(margin100)}`] : []),
    ...(p === null ? [] : [`p ${probability(p)}`]),
    ...(typeof adjustedP === 'number' ? [text.adjustedP(probability(adjustedP))] : []),
  ];
  return (
    <span className={`change ${significance}`} title={details.join(' · ')}>
      <span aria-hidden="true" className="arrow">
        {significance === 'higher' ? '▲' : significance === 'lower' ? '▼' : ''}
      </span>
      {format.points(points100)}
      <span className="unseen">{meaning}</span>
    </span>
  );
}

/** A difference with its mark and the margin of its interval: `▼ −1.4 ±0.6`. */
export function ChangeFigure({ change, as }: { change: Change | null; as?: ScoreFormat }) {
  const own = useScoreFormat();
  const margin = change?.margin100;
  return (
    <>
      <ChangeMark change={change} {...(as ? { as } : {})} />
      {typeof margin === 'number' && <span className="margin">±{(as ?? own).length(margin)}</span>}
    </>
  );
}

/** A score on the chosen scale; grey below the base that a rank or mark needs, its base and margin on hover. */
export function ScoreFigure({ score, as }: { score: Score | null; as?: ScoreFormat }) {
  const text = useText(commonText);
  const own = useScoreFormat();
  if (!score) {
    return (
      <span className="faint" title={text.hiddenBase}>
        {ABSENT}
      </span>
    );
  }
  const format = as ?? own;
  return (
    <span className={score.tier === 'grey' ? 'grey-figure' : ''} title={baseWords(score, text, format)}>
      {format.score(score.score100)}
    </span>
  );
}

/** The number of respondents, and in brackets the effective one where weights make it another. */
export function BaseFigure({ score }: { score: Score | null }) {
  const text = useText(commonText);
  if (!score) return <span className="soft">{ABSENT}</span>;
  return (
    <span className="soft" title={`${text.effectiveBase} ${decimal(score.nEff)}`}>
      {count(score.n)}
      {isWeighted(score) && <span className="margin">({count(score.nEff)})</span>}
    </span>
  );
}

/** Whether the effective base is another than the number of respondents, as both are written. */
function isWeighted(score: Score): boolean {
  return count(score.nEff) !== count(score.n);
}

/** The head and the width of a column of `BaseFigure`s: room for the effective base only where there is one to tell. */
export function baseColumn(
  scores: readonly (Score | null)[],
  text: Said<typeof commonText>,
): { title: string; width: number } {
  return scores.some((score) => score !== null && isWeighted(score))
    ? { title: text.baseAndEffective, width: 124 }
    : { title: text.base, width: 72 };
}

/** The margin of a score, on the chosen scale. */
export function MarginFigure({ score, as }: { score: Score | null; as?: ScoreFormat }) {
  const own = useScoreFormat();
  if (score?.margin100 === undefined || score.margin100 === null)
    return <span className="soft">{ABSENT}</span>;
  return <span className="soft">±{(as ?? own).length(score.margin100)}</span>;
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
  const path = values
    .map((value, i) => {
      if (value === null) return '';
      const before = values[i - 1] ?? null;
      const pen = before === null ? 'M' : 'L';
      // A quarter between two gaps would leave no mark.
      const alone = before === null && (values[i + 1] ?? null) === null;
      return alone
        ? `M${(x(i) - 1).toFixed(1)} ${y(value).toFixed(1)}h2`
        : `${pen}${x(i).toFixed(1)} ${y(value).toFixed(1)}`;
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
