/** Channels are compared on 0-100 whatever the user chose to see elsewhere, and shown on their own scale beside it. */
import type { Score } from '../../../shared/calls/figure.ts';
import { ABSENT } from '../../format.ts';
import { type ScoreFormat, scoreFormat } from '../../score-format.ts';
import { useSession } from '../../session.ts';

interface Scale {
  min: number;
  max: number;
}

export const HUNDRED: ScoreFormat = scoreFormat('harmonised', { min: 0, max: 100 }, 'zh-CN');

/** A score on its channel's own scale; a dash without one. */
export function useNative(): (score: Score | null, scale: Scale) => string {
  const language = useSession((session) => session.language);
  return (score, scale) => (score ? scoreFormat('native', scale, language).figure(score.score100) : ABSENT);
}
