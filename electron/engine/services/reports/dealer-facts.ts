// Gathers what a dealer's report says, for every dealer of a batch, from cubes that are read once.

import type { AlertView } from '../../../../shared/calls/alerts.ts';
import { FORECAST_METHOD } from '../../../../shared/domain/forecast/method.ts';
import { inLanguage, type Language } from '../../../../shared/domain/language.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { levelOf } from '../../../../shared/domain/scope.ts';
import { pathTo } from '../../../../shared/domain/scope-tree.ts';
import type { ScoreDisplay } from '../../../../shared/domain/score/display.ts';
import { CHANNEL_NAMES, type Channel } from '../../../../shared/domain/study-mapping.ts';
import type {
  AlertFact,
  ChannelFacts,
  DealerReportFacts,
  IndicatorFacts,
  TrendFacts,
} from '../../../../shared/report/dealer-facts.ts';
import { fittedValues } from '../../store/results.ts';
import { listAlertViews } from '../alerts/alerts.ts';
import { breaksOf } from '../figures/breaks.ts';
import { findMeasure } from '../figures/figures.ts';
import { StandingForecasts } from '../forecast/standing-forecasts.ts';
import { type ApprovedPlan, approvedPlan, planFacts } from '../plan/dealer-plan.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { changeFrom, forecastFigure, gapToRegion, reportCell } from './report-figures.ts';
import { type ReportIndicator, rankOf, regionOf, reportIndicators } from './report-indicators.ts';

export interface ReportFrame {
  workspace: Workspace;
  scheme: number;
  schemeName: string;
  quarter: Quarter;
  language: Language;
  display: ScoreDisplay;
  generatedOn: string;
}

const TREND_QUARTERS = 12;

/** The sources of one channel, prepared once for all dealers. */
interface ChannelSource {
  channel: Channel;
  source: ChannelCube;
  indicators: ReportIndicator[];
  breaks: TrendFacts['breaks'];
}

/** Facts of any dealer of the tree under one frame. */
export class DealerFactsSource {
  readonly #frame: ReportFrame;
  readonly #channels: ChannelSource[];
  readonly #forecasts: StandingForecasts;
  readonly #alerts: AlertView[];
  readonly #plan: ApprovedPlan | null;

  constructor(frame: ReportFrame) {
    this.#frame = frame;
    const { workspace, scheme, quarter } = frame;
    this.#forecasts = new StandingForecasts(workspace, scheme);
    this.#channels = workspace.channels().map((channel) => this.#prepare(channel));
    this.#alerts = listAlertViews(workspace, { scheme, quarter });
    this.#plan = approvedPlan(workspace, scheme, quarter);
  }

  #prepare(channel: Channel): ChannelSource {
    const { workspace, scheme, quarter, language } = this.#frame;
    const source = workspace.cube(scheme, channel);
    this.#forecasts.load(channel, quarter);
    this.#forecasts.load(channel, quarter + 1);
    return {
      channel,
      source,
      indicators: reportIndicators(workspace, source, quarter, language),
      breaks: breaksOf(workspace, source, findMeasure(workspace, source, '')!).map(
        ({ quarter: at, label }) => ({
          quarter: at,
          label: inLanguage(label, language),
        }),
      ),
    };
  }

  /** Dealers below a scope that any channel has data of in the quarter: node ids of the tree, in order. */
  dealersUnder(scope: number): number[] {
    const [first] = this.#channels;
    if (!first) return [];
    const { tree } = first.source;
    return tree.nodes.flatMap((node, i) => {
      if (node.level !== 'dealer' || !pathIncludes(tree.nodes, i, scope)) return [];
      return this.#channels.some(({ source }) => source.cube.hasData(i, this.#frame.quarter)) ? [i] : [];
    });
  }

  facts(node: number): DealerReportFacts {
    const { workspace, quarter, language, display, generatedOn, schemeName } = this.#frame;
    const tree = workspace.tree(this.#frame.scheme);
    const path = pathTo(tree, node);
    const nameAt = (level: string) => {
      const one = path.find((step) => step.level === level);
      return one ? inLanguage(one.name, language) : '';
    };
    const { weightSet } = workspace.indicators();
    return {
      dealer: {
        code: tree.nodes[node]!.id.slice('dealer:'.length),
        name: nameAt('dealer'),
        city: nameAt('city'),
        province: nameAt('province'),
        region: nameAt('region'),
      },
      quarter,
      language,
      display,
      generatedOn,
      provenance: {
        snapshotId: `${workspace.dataVersion}`,
        schemeName,
        weightSetName: `v${weightSet.version}`,
        methodVersion: FORECAST_METHOD,
      },
      tiers: workspace.rules(),
      channels: this.#channels.map((channel) => this.#channelFacts(channel, node)),
      alerts: this.#alertFacts(path.map((step) => step.id)),
      plan: planFacts(this.#plan, tree.nodes[node]!.id, { language, tiers: workspace.rules() }),
    };
  }

  #channelFacts(channel: ChannelSource, node: number): ChannelFacts {
    const { source } = channel;
    const { quarter, language } = this.#frame;
    const covered = source.cube.quarters.some((q) => q <= quarter && source.cube.hasData(node, q));
    const scale = source.indexScale;
    return {
      code: channel.channel,
      name: inLanguage(CHANNEL_NAMES[channel.channel], language),
      scale: { ...scale, decimals: scale.max - scale.min > 20 ? 0 : 2 },
      indicators: covered ? channel.indicators.map((one) => this.#indicatorFacts(channel, one, node)) : [],
      trend: covered ? this.#trend(channel, node) : null,
    };
  }

  #indicatorFacts({ source }: ChannelSource, one: ReportIndicator, node: number): IndicatorFacts {
    const { quarter } = this.#frame;
    const { measure, code, name, parent, depth } = one;
    const region = regionOf(source, node);
    const asked = measure.at(0, quarter).sumW > 0;
    const figure = (at: number) => reportCell(measure, at, quarter, asked);
    return {
      ...{ code, name, parent, depth },
      dealer: figure(node),
      region: figure(region),
      nation: figure(0),
      gapToRegion: gapToRegion(measure, node, region, quarter),
      rank: rankOf(one, node, region, quarter),
      sincePrevious: changeFrom(measure, node, quarter, quarter - 1),
      sinceLastYear: changeFrom(measure, node, quarter, quarter - 4),
    };
  }

  #trend({ channel, source, indicators, breaks }: ChannelSource, node: number): TrendFacts | null {
    const { quarter } = this.#frame;
    const [lead] = indicators;
    if (!lead) return null;
    const scope = source.tree.nodes[node]!.id;
    const region = regionOf(source, node);
    const figure = (at: number, q: Quarter) => reportCell(lead.measure, at, q, true);
    const quarters = source.cube.quarters.filter((q) => q <= quarter && q > quarter - TREND_QUARTERS);
    const curve = fittedValues(
      this.#forecasts.row(channel, quarter + 1, scope, '')?.fitted ?? Buffer.alloc(0),
    );
    const drawn = new Map(curve.map((value, i) => [quarter + 1 - curve.length + i, value]));
    const began = quarters.find((q) => figure(node, q).kind !== 'absent') ?? quarter;
    return {
      indicatorName: lead.name,
      points: quarters.map((q) => ({
        quarter: q,
        dealer: figure(node, q),
        region: figure(region, q),
        fitted: q >= began ? (drawn.get(q) ?? null) : null,
      })),
      expected: forecastFigure(this.#forecasts.find(channel, quarter, scope, '')),
      next: forecastFigure(this.#forecasts.find(channel, quarter + 1, scope, '')),
      breaks: breaks.filter((one) => quarters.includes(one.quarter)),
    };
  }

  #alertFacts(scopes: readonly string[]): AlertFact[] {
    const { language } = this.#frame;
    return this.#alerts
      .filter((alert) => scopes.includes(alert.scope))
      .map((alert) => ({
        channel: alert.channel,
        indicator: alert.indicator,
        channelName: inLanguage(alert.channelName, language),
        level: levelOf(alert.scope),
        scopeName: inLanguage(alert.scopeName, language),
        indicatorName: inLanguage(alert.indicatorName, language),
        actual: alert.actual100,
        margin100: alert.actualMargin100,
        n: alert.n,
        expected: alert.expected100,
        lo95: alert.low95,
        hi95: alert.high95,
        shift: alert.shift100,
        shiftMargin100: alert.shiftMargin100,
        direction: alert.direction,
      }));
  }
}

function pathIncludes(nodes: readonly { parent: number }[], node: number, scope: number): boolean {
  for (let at = node; at >= 0; at = nodes[at]!.parent) if (at === scope) return true;
  return false;
}
