/**
 * Channels are compared on one scale, whatever theirs are: the one that the user chose, or 0-100 where that is each
 * channel's own; and shown on their own scale beside it.
 */
import { useMemo } from 'react';
import type { Score } from '../../shared/calls/figure.ts';
import { commonDisplay, displayUnit } from '../../shared/domain/score/score-format.ts';
import { ABSENT } from '../format.ts';
import { type ScoreFormat, scoreFormat } from '../score-format.ts';
import { useSession } from '../session.ts';
import { useName } from '../text/use-text.ts';

interface Scale {
  min: number;
  max: number;
}

const HUNDRED: Scale = { min: 0, max: 100 };

/** The format of compared scores, their differences and margins. */
export function useCompared(): ScoreFormat {
  const { display, language } = useSession();
  return useMemo(() => scoreFormat(commonDisplay(display), HUNDRED, language), [display, language]);
}

/** What compared scores are in. */
export function useComparedUnit(): string {
  const name = useName();
  return name(displayUnit(commonDisplay(useSession((session) => session.display))));
}

/** A score on its channel's own scale; a dash without one. */
export function useNative(): (score: Score | null, scale: Scale) => string {
  const language = useSession((session) => session.language);
  return (score, scale) => (score ? scoreFormat('native', scale, language).figure(score.score100) : ABSENT);
}
