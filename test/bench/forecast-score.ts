// Tasks and scores of the forecasting benchmark, the same for every method.

/** One origin of one series: what a method may see, what came, and the scale of its errors. */
export interface Task {
  /** Series of one origin are forecast together. */
  origin: number;
  /** Which series it is, for paired comparisons. */
  series: number;
  /** Level of the scope, on panels. */
  level?: string;
  history: number[];
  /** What came in the quarter ahead and, where all are known, the three after it. */
  actuals: number[];
  scale: number;
}

/** One method's answer: points one to four quarters ahead, bands for the first. */
export interface Answer {
  points: number[];
  low80: number;
  high80: number;
  low95: number;
  high95: number;
}

export interface Answers {
  method: string;
  answers: Answer[];
  seconds: number;
}

/** Quarters ahead of the longer of the two horizons. */
export const STEPS = 4;

/** Seasonal differences below which their mean says little: errors divided by one that happens to be small are no measure. */
const LEAST_DIFFERENCES = 4;

/** Mean absolute seasonal difference of a training history; 0 where it is constant but for rounding, or too short to tell. */
export function seasonalScale(values: readonly number[]): number {
  const differences = values.length - 4;
  if (differences < LEAST_DIFFERENCES) return 0;
  let sum = 0;
  let largest = 0;
  values.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(value));
    if (i >= 4) sum += Math.abs(value - values[i - 4]!);
  });
  return sum > 1e-9 * largest ? sum / differences : 0;
}

/** The last four quarters of every series as one-step origins, history cut to the last `length` values. */
export function rollingTasks(series: Iterable<readonly number[]>, length: number): Task[] {
  const tasks: Task[] = [];
  let index = 0;
  for (const values of series) {
    for (let origin = 0; origin < 4; origin += 1) {
      const until = values.length - 4 + origin;
      const scale = seasonalScale(values.slice(0, Math.max(0, until)));
      if (until < Math.max(length, 5) || !(scale > 0)) continue;
      const ahead = values.slice(until, until + STEPS);
      tasks.push({
        origin,
        series: index,
        history: values.slice(until - length, until),
        actuals: ahead.length === STEPS ? ahead : ahead.slice(0, 1),
        scale,
      });
    }
    index += 1;
  }
  return tasks;
}

/** Scaled error of one answer in the quarter ahead. */
export function scaledError({ actuals, scale }: Task, { points }: Answer): number {
  return Math.abs(actuals[0]! - points[0]!) / scale;
}

/** MASE in the quarter ahead. */
export function meanScaledError(tasks: readonly Task[], { answers }: Answers): number {
  return tasks.reduce((sum, task, i) => sum + scaledError(task, answers[i]!), 0) / tasks.length;
}

/** Mean scaled error over the four quarters ahead, of the origins where all four are known. */
function scaledErrorAhead({ actuals, scale }: Task, { points }: Answer): number {
  if (actuals.length < STEPS || points.length < STEPS) return Number.NaN;
  return actuals.reduce((sum, actual, i) => sum + Math.abs(actual - points[i]!), 0) / STEPS / scale;
}

/** Scaled interval score at coverage 1 - `alpha` (Gneiting & Raftery 2007). */
function intervalScore(low: number, high: number, actual: number, alpha: number, scale: number): number {
  const outside = Math.max(0, low - actual) + Math.max(0, actual - high);
  return (high - low + (2 / alpha) * outside) / scale;
}

const inside = (low: number, high: number, actual: number): number =>
  actual >= low && actual <= high ? 1 : 0;

/** What is scored of one answer, in the order of the printed columns; NaN where it does not apply. */
function scoresOf(task: Task, answer: Answer): number[] {
  const { scale } = task;
  const actual = task.actuals[0]!;
  const point = answer.points[0]!;
  return [
    scaledError(task, answer),
    scaledErrorAhead(task, answer),
    (200 * Math.abs(actual - point)) / (Math.abs(actual) + Math.abs(point) || 1),
    inside(answer.low80, answer.high80, actual),
    inside(answer.low95, answer.high95, actual),
    intervalScore(answer.low80, answer.high80, actual, 0.2, scale),
    intervalScore(answer.low95, answer.high95, actual, 0.05, scale),
  ];
}

const COLUMNS = ['MASE', 'MASE1-4', 'sMAPE', 'cov80', 'cov95', 'IS80', 'MSIS95', 's/1000'];

export const SCORE_HEADER = `${'method'.padEnd(18)}${COLUMNS.map((column) => column.padStart(8)).join('')}`;

const cell = (value: number): string => (Number.isNaN(value) ? '-' : value.toFixed(3)).padStart(8);

/** One printed row: the means of the scores over the tasks, and processor seconds per 1,000 forecasts. */
export function scoreRow(tasks: readonly Task[], { method, answers, seconds }: Answers): string {
  const sums = COLUMNS.map(() => 0);
  const counts = COLUMNS.map(() => 0);
  tasks.forEach((task, i) => {
    scoresOf(task, answers[i]!).forEach((score, column) => {
      if (Number.isNaN(score)) return;
      sums[column]! += score;
      counts[column]! += 1;
    });
  });
  const means = sums.map((sum, i) =>
    i === COLUMNS.length - 1 ? (1000 * seconds) / tasks.length : sum / counts[i]!,
  );
  return `${method.padEnd(18)}${means.map(cell).join('')}`;
}

/**
 * Mean difference of two methods' scaled errors and its standard error, tasks of one series taken together because
 * their errors go together.
 */
export function pairedDifference(
  tasks: readonly Task[],
  ours: readonly Answer[],
  theirs: readonly Answer[],
): { difference: number; error: number } {
  const bySeries = new Map<number, number>();
  tasks.forEach((task, i) => {
    const difference = scaledError(task, ours[i]!) - scaledError(task, theirs[i]!);
    bySeries.set(task.series, (bySeries.get(task.series) ?? 0) + difference);
  });
  const sums = [...bySeries.values()];
  const mean = sums.reduce((total, sum) => total + sum, 0) / sums.length;
  const spread = sums.reduce((total, sum) => total + (sum - mean) ** 2, 0);
  return {
    difference: (mean * sums.length) / tasks.length,
    error: Math.sqrt(spread) / tasks.length,
  };
}

/** A point with the bands that its own past one-step errors suggest. */
export function answerFromErrors(points: number[], errors: readonly number[]): Answer {
  const sd = Math.sqrt(errors.reduce((sum, e) => sum + e * e, 0) / Math.max(1, errors.length));
  const point = points[0]!;
  return {
    points,
    low80: point - 1.2816 * sd,
    high80: point + 1.2816 * sd,
    low95: point - 1.96 * sd,
    high95: point + 1.96 * sd,
  };
}
