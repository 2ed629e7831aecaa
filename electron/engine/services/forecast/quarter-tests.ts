// What took part in the tests of a quarter, and of everything else that was asked why it did not.
import type { QuarterTests } from '../../../../shared/calls/close.ts';
import type { SeriesTest } from '../../../../shared/calls/forecast.ts';
import {
  OUTCOME_WORDS,
  outcomeWords,
  type SeriesOutcome,
  TESTED_OUTCOMES,
} from '../../../../shared/domain/alert/test-words.ts';
import { REFUSAL_WORDS } from '../../../../shared/domain/forecast/refusal.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import {
  countOutcomes,
  type ForecastRunRow,
  findRefusal,
  listRefusals,
  listRunScopes,
} from '../../store/results.ts';
import { findMeasure } from '../figures/figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { forecastCodes } from './forecast-rows.ts';
import type { SeriesPlace } from './series-place.ts';
import type { StandingForecasts } from './standing-forecasts.ts';

/** Counted by outcome; null where the quarter has no run, or one from before tests were kept. */
export function quarterTests(
  workspace: Workspace,
  source: ChannelCube,
  run: ForecastRunRow | undefined,
  quarter: Quarter,
): QuarterTests | null {
  if (!run) return null;
  const kept = countOutcomes(workspace.reader, run.id);
  if (kept.length === 0) return null;
  const counts = new Map<SeriesOutcome, number>(kept.map(({ outcome, series }) => [outcome, series]));
  const refused = listRefusals(workspace.reader, run.id).filter(({ scope, indicator }) => {
    const node = source.tree.byId.get(scope);
    return node !== undefined && isAsked(workspace, source, node, indicator, quarter);
  });
  counts.set('no-forecast', (counts.get('no-forecast') ?? 0) + refused.length);
  counts.set('new-place', newSeries(workspace, source, run, quarter));
  const asked = [...counts].filter(([outcome, series]) => outcome !== 'not-asked' && series > 0);
  const sum = (rows: typeof asked): number => rows.reduce((total, [, series]) => total + series, 0);
  return {
    series: sum(asked),
    tested: sum(asked.filter(([outcome]) => TESTED_OUTCOMES.includes(outcome))),
    outcomes: asked
      .sort(([, a], [, b]) => b - a)
      .map(([outcome, series]) => ({ outcome, words: OUTCOME_WORDS[outcome], series })),
  };
}

function isAsked(
  workspace: Workspace,
  source: ChannelCube,
  node: number,
  indicator: string,
  quarter: Quarter,
): boolean {
  const measure = findMeasure(workspace, source, indicator);
  return measure !== undefined && measure.at(node, quarter).sumW > 0;
}

/** Series of places that the run did not know. */
function newSeries(workspace: Workspace, source: ChannelCube, run: ForecastRunRow, quarter: Quarter): number {
  const known = new Set(listRunScopes(workspace.reader, run.id));
  const fresh = source.tree.nodes.flatMap(({ id }, node) =>
    !known.has(id) && source.cube.hasData(node, quarter) ? [node] : [],
  );
  if (fresh.length === 0) return 0;
  const codes = forecastCodes(workspace, source);
  return fresh.reduce(
    (sum, node) => sum + codes.filter((code) => isAsked(workspace, source, node, code, quarter)).length,
    0,
  );
}

/** What became of one series; null while its quarter has no data or no run. */
export function seriesTest(
  { workspace, source, node, scope, indicator }: SeriesPlace,
  forecasts: StandingForecasts,
  quarter: Quarter,
): SeriesTest | null {
  const run = forecasts.run(source.channel, quarter);
  if (!run || !source.cube.hasData(0, quarter)) return null;
  const row = forecasts.row(source.channel, quarter, scope, indicator);
  if (row) {
    if (row.outcome === null) return null;
    return { outcome: row.outcome, chance: row.chance, words: outcomeWords(row.outcome, row.chance) };
  }
  if (!isAsked(workspace, source, node, indicator, quarter))
    return { outcome: 'not-asked', chance: null, words: OUTCOME_WORDS['not-asked'] };
  const reason = findRefusal(workspace.reader, run.id, scope, indicator);
  return reason
    ? { outcome: 'no-forecast', chance: null, words: REFUSAL_WORDS[reason] }
    : { outcome: 'new-place', chance: null, words: OUTCOME_WORDS['new-place'] };
}
