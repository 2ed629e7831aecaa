/** The only door to the chart library. Canvas, no HTML tooltips: the content policy forbids styles in markup. */

import type { EChartsOption } from 'echarts';
import { BarChart, CustomChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent, LegendComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import { type EChartsType, init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';
import { PALETTES, type Palette } from '../palette.ts';
import { redrawOnPaper } from '../print.ts';
import { useSession } from '../session.ts';
import { CHART_FONT } from './chart-font.ts';

use([
  BarChart,
  CustomChart,
  LineChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  LabelLayout,
  CanvasRenderer,
]);

export type ChartOption = EChartsOption;

export interface ChartProps {
  option: ChartOption;
  /** What the chart shows, in one sentence. */
  label: string;
  height: number;
  /** Number of the clicked point in its series. */
  onPick?: (index: number) => void;
}

/** A chart in its font and colours. */
function dressed(option: ChartOption, palette: Palette): ChartOption {
  return {
    animation: false,
    textStyle: { fontFamily: CHART_FONT, color: palette.soft },
    ...option,
    tooltip: {
      renderMode: 'richText',
      backgroundColor: palette.panel,
      borderColor: palette.line,
      textStyle: { color: palette.ink, fontSize: 12, fontFamily: CHART_FONT },
      ...(option.tooltip as object),
    },
  };
}

/** Draws a chart apart from the page, at two dots a pixel. */
export function chartCanvas(
  option: ChartOption,
  palette: Palette,
  size: { width: number; height: number },
): HTMLCanvasElement {
  const made = init(document.createElement('div'), null, { renderer: 'canvas', ...size });
  made.setOption(dressed(option, palette));
  const canvas = made.renderToCanvas({ pixelRatio: 2, backgroundColor: palette.panel });
  made.dispose();
  return canvas;
}

export function Chart({ option, label, height, onPick }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(undefined);
  const palette = PALETTES[useSession((session) => session.appearance)];

  useEffect(() => {
    const element = box.current!;
    // At least two dots a pixel: on paper the canvas is printed as it was drawn.
    const made = init(element, null, {
      renderer: 'canvas',
      devicePixelRatio: Math.max(2, window.devicePixelRatio),
    });
    chart.current = made;
    const watch = new ResizeObserver(() => made.resize());
    watch.observe(element);
    const forget = redrawOnPaper(() => {
      made.resize();
      // The system prints what is there now, not at the next frame.
      made.getZr().flush();
    });
    return () => {
      forget();
      watch.disconnect();
      made.dispose();
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(dressed(option, palette), { notMerge: true });
  }, [option, palette]);

  useEffect(() => {
    const made = chart.current;
    if (!made || !onPick) return;
    const pick = (event: { dataIndex?: number }) => {
      if (event.dataIndex !== undefined) onPick(event.dataIndex);
    };
    made.on('click', pick);
    return () => {
      made.off('click', pick);
    };
  }, [onPick]);

  return <div ref={box} className="chart" role="img" aria-label={label} style={{ height }} />;
}
