// The textbook methods of the benchmark, with bands from their own past one-step errors.
import { curveById } from '../../shared/domain/forecast/registry.ts';
import { type Answer, type Answers, answerFromErrors, STEPS, type Task } from './forecast-score.ts';

/** Answers with the processor seconds that giving them took. */
export function timed(method: string, answer: () => Answer[]): Answers {
  const start = process.cpuUsage();
  const answers = answer();
  const { user, system } = process.cpuUsage(start);
  return { method, answers, seconds: (user + system) / 1e6 };
}

function curveAnswer(id: string, history: readonly number[]): Answer {
  const quarters = history.map((_, i) => i);
  const fit = curveById(id).fit(quarters, history);
  const ahead = Array.from({ length: STEPS }, (_, i) => history.length + i);
  if (fit.kind !== 'fitted')
    return answerFromErrors(
      ahead.map(() => history.at(-1)!),
      [],
    );
  const from = id === 'seasonal-naive' && history.length > 4 ? 4 : 1;
  return answerFromErrors(
    ahead.map(fit.predict),
    history.slice(from).map((value, i) => value - fit.fitted[i + from]!),
  );
}

const SIMPLE = ['naive', 'seasonal-naive', 'drift', 'average', 'least-error'];

/** One curve's answers to all tasks. */
export function curveAnswers(id: string, tasks: readonly Task[]): Answers {
  return timed(id, () => tasks.map((task) => curveAnswer(id, task.history)));
}

/** Naive, seasonal naive, drift, the mean of the five curves and the one with the least error, on the same tasks. */
export function simpleAnswers(tasks: readonly Task[]): Answers[] {
  return SIMPLE.map((id) => curveAnswers(id, tasks));
}
