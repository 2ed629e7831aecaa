// Gathers what a dealer's report says, for every dealer of a batch, from cubes that are read once.

import type { AlertView } from '../../../../shared/calls/alerts.ts';
import type { ForecastView } from '../../../../shared/calls/figure.ts';
import { meanOf, nEffOf } from '../../../../shared/domain/cell.ts';
import { FORECAST_METHOD } from '../../../../shared/domain/forecast/method.ts';
import { inLanguage, type Language } from '../../../../shared/domain/language.ts';
import { tierOf } from '../../../../shared/domain/precision.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { levelOf } from '../../../../shared/domain/scope.ts';
import { pathTo } from '../../../../shared/domain/scope-tree.ts';
import type { ScoreDisplay } from '../../../../shared/domain/score/display.ts';
import { CHANNEL_NAMES, type Channel } from '../../../../shared/domain/study-mapping.ts';
import type {
  AlertFact,
  Cell,
  ChannelFacts,
  DealerReportFacts,
  Difference,
  ForecastFigure,
  IndicatorFacts,
  TrendFacts,
} from '../../../../shared/report/dealer-facts.ts';
import { fittedValues } from '../../store/results.ts';
import { listAlertViews } from '../alerts/alerts.ts';
import { breaksOf } from '../figures/breaks.ts';
import { changeAgainstRest, changeSince, findMeasure, type Measure, scoreOf } from '../figures/figures.ts';
import { StandingForecasts } from '../forecast/standing-forecasts.ts';
import { type ApprovedPlan, approvedPlan, planFacts } from '../plan/dealer-plan.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';

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

interface Leveled {
  measure: Measure;
  code: string;
  name: string;
  parent: string | null;
  depth: number;
  /** Scores of the full-tier dealers of each region, best first. */
  ranks: Map<number, number[]>;
}

/** The sources of one channel, prepared once for all dealers. */
interface ChannelSource {
  channel: Channel;
  source: ChannelCube;
  indicators: Leveled[];
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
      indicators: leveledIndicators(workspace, source, language).map((one) => ({
        ...one,
        ranks: rankTable(source, one.measure, quarter),
      })),
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

  #indicatorFacts({ source }: ChannelSource, one: Leveled, node: number): IndicatorFacts {
    const { quarter } = this.#frame;
    const { measure } = one;
    const region = regionOf(source, node);
    const cell = measure.at(node, quarter);
    const asked = measure.at(0, quarter).sumW > 0;
    const ranks = one.ranks.get(region) ?? [];
    const mean = meanOf(cell);
    const ranked = mean !== undefined && tierOf(nEffOf(cell), measure.tiers) === 'full';
    const figure = (at: number) => cellOf(measure, at, quarter, asked);
    return {
      code: one.code,
      name: `${one.name}${ownScale(source, measure)}`,
      parent: one.parent,
      depth: one.depth,
      dealer: figure(node),
      region: figure(region),
      nation: figure(0),
      gapToRegion: gap(measure, node, region, quarter),
      rank: ranked ? { position: ranks.filter((other) => other > mean).length + 1, of: ranks.length } : null,
      sincePrevious: this.#since(one, node, quarter - 1),
      sinceLastYear: this.#since(one, node, quarter - 4),
    };
  }

  #since({ measure }: Leveled, node: number, before: Quarter): Difference {
    const { quarter } = this.#frame;
    const change = changeSince(measure, node, quarter, before);
    if (change) {
      const { points100, margin100, significance } = change;
      return { kind: 'difference', points100, margin100, significance };
    }
    if (measure.at(0, quarter).sumW === 0) return { kind: 'absent', reason: 'not-asked' };
    const wasMeasured = measure.at(node, before).sumW > 0;
    return { kind: 'absent', reason: wasMeasured ? 'small-base' : 'no-earlier-wave' };
  }

  #trend({ channel, source, indicators, breaks }: ChannelSource, node: number): TrendFacts | null {
    const { quarter } = this.#frame;
    const [lead] = indicators;
    if (!lead) return null;
    const scope = source.tree.nodes[node]!.id;
    const region = regionOf(source, node);
    const figure = (at: number, q: Quarter) => cellOf(lead.measure, at, q, true);
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

/** The node a dealer is compared with: its region, or its province where the scheme has no regions. */
function regionOf({ tree }: ChannelCube, node: number): number {
  let at = node;
  while (tree.nodes[at]!.parent > 0) at = tree.nodes[at]!.parent;
  return at;
}

function leveledIndicators(
  workspace: Workspace,
  source: ChannelCube,
  language: Language,
): Omit<Leveled, 'ranks'>[] {
  const { rows } = workspace.indicators();
  const root = rows.find((row) => row.role === 'index');
  const index = findMeasure(workspace, source, '')!;
  const nameOf = (row: { nameZh: string; nameEn: string }) => (language === 'en' ? row.nameEn : row.nameZh);
  const top = root?.code ?? 'index';
  const all: Omit<Leveled, 'ranks'>[] = [
    {
      measure: index,
      code: top,
      name: root ? nameOf(root) : language === 'en' ? 'Index' : '指数',
      parent: null,
      depth: 0,
    },
  ];
  const add = (parentId: number | null, parent: string, depth: number): void => {
    for (const row of rows) {
      if (row.role === 'index' || row.parentId !== parentId) continue;
      const measure = findMeasure(workspace, source, row.code);
      if (!measure) continue;
      all.push({ measure, code: row.code, name: nameOf(row), parent, depth });
      add(row.id, row.code, depth + 1);
    }
  };
  add(root?.id ?? null, top, 1);
  if (root) add(null, top, 1);
  return all;
}

function rankTable(source: ChannelCube, measure: Measure, quarter: Quarter): Map<number, number[]> {
  const table = new Map<number, number[]>();
  source.tree.nodes.forEach((node, i) => {
    if (node.level !== 'dealer') return;
    const cell = measure.at(i, quarter);
    const mean = meanOf(cell);
    if (mean === undefined || tierOf(nEffOf(cell), measure.tiers) !== 'full') return;
    const region = regionOf(source, i);
    table.set(region, [...(table.get(region) ?? []), mean]);
  });
  return table;
}

/** An item that was asked on another scale than its study's index says so behind its name. */
function ownScale({ indexScale }: ChannelCube, { scale }: Measure): string {
  const same = scale.min === indexScale.min && scale.max === indexScale.max;
  return same ? '' : ` (${scale.min}–${scale.max})`;
}

/** Small cells pass with their base, for the report to hide; one that would give another place away stays here. */
function cellOf(measure: Measure, node: number, quarter: Quarter, asked: boolean): Cell {
  const score = scoreOf(measure.at(node, quarter), measure);
  if (!score) return { kind: 'absent', reason: asked ? 'no-data' : 'not-asked' };
  const { score100, native, n, nEff, margin100, tier } = score;
  if (tier !== 'hidden' && measure.hidden(node, quarter)) return { kind: 'absent', reason: 'complementary' };
  return { kind: 'score', score100, native, n, nEff, margin100 };
}

/** As printed: dealer less region; tested against the region without this dealer. */
function gap(measure: Measure, node: number, region: number, quarter: Quarter): Difference {
  const tested = changeAgainstRest(measure, node, region, quarter);
  const a = meanOf(measure.at(node, quarter));
  const b = meanOf(measure.at(region, quarter));
  if (a === undefined || b === undefined) return { kind: 'absent', reason: 'no-data' };
  // The test is against the rest of the region; a difference from all of it is smaller in the proportion of the two.
  const share = tested && tested.points100 !== 0 ? Math.abs((a - b) / tested.points100) : undefined;
  const margin100 =
    tested?.margin100 === undefined || share === undefined ? undefined : share * tested.margin100;
  return { kind: 'difference', points100: a - b, margin100, significance: tested?.significance ?? 'none' };
}

function forecastFigure(view: ForecastView | null): ForecastFigure {
  if (!view) return { kind: 'absent', reason: 'too-few-points' };
  const { quarter, point, low80, high80, low95, high95 } = view;
  return { kind: 'forecast', quarter, point, lo80: low80, hi80: high80, lo95: low95, hi95: high95 };
}
