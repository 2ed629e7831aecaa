import { useMemo } from 'react';
import type { TrendView } from '../../shared/calls/figure.ts';
import { CHANNELS } from '../../shared/domain/study-mapping.ts';
import { PALETTES } from '../palette.ts';
import { useScoreFormat } from '../score-format.ts';
import { useSession } from '../session.ts';
import { overviewText } from '../text/overview.ts';
import { useName, useText } from '../text/use-text.ts';
import { Chart } from './chart.tsx';
import { Nothing } from './states.tsx';
import { trendOption } from './trend-chart.ts';

export function TrendChart(props: { lead: TrendView; others?: TrendView[]; what: string; height: number }) {
  const { lead, others, what, height } = props;
  const text = useText(overviewText);
  const name = useName();
  const language = useSession((session) => session.language);
  const palette = PALETTES[useSession((session) => session.appearance)];
  const as = useScoreFormat(lead.channel, lead.indicator);
  const option = useMemo(
    () =>
      trendOption({
        lead,
        others: others ?? [],
        palette,
        text,
        name: (pair) => (language === 'en' ? pair.en : pair.zh),
        colourOf: (trend) => palette.series[CHANNELS.indexOf(trend.channel)]!,
        as,
      }),
    [lead, others, palette, text, language, as],
  );
  const latest = lead.points.findLast((point) => point.score)?.score;
  if (!latest && !lead.next) return <Nothing height={height}>{text.noTrend}</Nothing>;
  const label = text.chartLabel(`${name(lead.channelName)} ${what}`, as.score(latest?.score100));
  return <Chart option={option} label={label} height={height} />;
}
