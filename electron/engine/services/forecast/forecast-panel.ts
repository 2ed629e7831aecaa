// A channel's cube as the panel that the forecasting engine takes, and back to scopes.
import { ASSUMED_SD100, meanOf, nEffOf, varianceOf } from '../../../../shared/domain/cell.ts';
import type { ForecastPanel, PanelBreak } from '../../../../shared/domain/forecast/panel.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { SCOPE_LEVELS, type ScopeLevel } from '../../../../shared/domain/scope.ts';
import { listOneOffs, type OneOff } from '../../store/alerts.ts';
import { listItemQuestions } from '../../store/questions.ts';
import { listStudies } from '../../store/studies.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';

const SD_QUARTERS = 8;

export interface ChannelPanel {
  panel: ForecastPanel;
  /** Tree node of each unit. */
  nodes: number[];
}

/** Narrows a panel. */
export interface PanelChoice {
  /** Only these tree nodes; every parent must be among them. */
  nodes?: ReadonlySet<number>;
  /** Places and quarters to leave out beside the confirmed one-offs. */
  leaveOut?: readonly OneOff[];
}

/**
 * Everything of a channel up to a quarter, that quarter included, down to a level; units without any answer are left out, and what people
 * confirmed as happening once is missing.
 */
export function channelPanel(
  workspace: Workspace,
  source: ChannelCube,
  upTo: Quarter,
  lowest: ScopeLevel = 'dealer',
  choice: PanelChoice = {},
): ChannelPanel {
  const { cube, tree } = source;
  const quarters = cube.quarters.filter((quarter) => quarter <= upTo && cube.hasData(0, quarter));
  const depth = SCOPE_LEVELS.indexOf(lowest);
  const nodes = tree.nodes
    .map((_, i) => i)
    .filter((node) => choice.nodes?.has(node) ?? SCOPE_LEVELS.indexOf(tree.nodes[node]!.level) <= depth)
    .filter((node) => quarters.some((quarter) => cube.hasData(node, quarter)));
  const unitOf = new Map(nodes.map((node, unit) => [node, unit]));
  const total = cube.items.reduce((sum, item) => sum + item.weight, 0);
  const first = quarters.at(-SD_QUARTERS) ?? quarters[0] ?? upTo;
  const size = nodes.length * cube.items.length * quarters.length;
  const panel: ForecastPanel = {
    units: nodes.map((node) => ({
      id: tree.nodes[node]!.id,
      level: tree.nodes[node]!.level,
      parent: unitOf.get(tree.nodes[node]!.parent) ?? -1,
    })),
    indicators: cube.items.map((item, k) => ({
      code: item.code,
      weight: total > 0 ? item.weight / total : 0,
      sd: Math.sqrt(varianceOf(cube.span(0, k, first, upTo)) ?? ASSUMED_SD100 ** 2) || ASSUMED_SD100,
    })),
    quarters,
    scores: new Float64Array(size),
    bases: new Float64Array(size),
    breaks: itemBreaks(workspace, source),
  };
  fill(panel, source, nodes);
  const oneOffs = listOneOffs(workspace.reader, source.scheme, source.channel);
  leaveOut(panel, [...oneOffs, ...(choice.leaveOut ?? [])]);
  if (
    listStudies(workspace.reader).some(
      (study) => study.channel === source.channel && study.windowQuarters > 1,
    )
  )
    panel.overlappingWindows = true;
  return { panel, nodes };
}

function fill(panel: ForecastPanel, { cube }: ChannelCube, nodes: readonly number[]): void {
  let at = 0;
  for (const node of nodes)
    for (let item = 0; item < cube.items.length; item++)
      for (const quarter of panel.quarters) {
        const cell = cube.cell(node, item, quarter);
        panel.scores[at] = meanOf(cell) ?? Number.NaN;
        panel.bases[at] = nEffOf(cell);
        at++;
      }
}

/**
 * The cells of a place and quarter become missing; of the index, those of every item. What happened there is taken out of
 * the scopes above as well, by the place's share of their answers, so that no parent learns what its child forgets. The
 * scopes below are compared with the place, so their quarter is left out with it.
 */
function leaveOut(panel: ForecastPanel, places: readonly OneOff[]): void {
  const unitOf = new Map(panel.units.map((unit, u) => [unit.id, u]));
  const K = panel.indicators.length;
  const T = panel.quarters.length;
  for (const { scope, indicator, quarter, shift } of places) {
    const unit = unitOf.get(scope);
    const t = panel.quarters.indexOf(quarter);
    if (unit === undefined || t < 0) continue;
    for (let k = 0; k < K; k++) {
      if (indicator !== '' && panel.indicators[k]!.code !== indicator) continue;
      const own = (unit * K + k) * T + t;
      for (let up = panel.units[unit]!.parent; up >= 0; up = panel.units[up]!.parent) {
        const above = (up * K + k) * T + t;
        const share = panel.bases[own]! / panel.bases[above]!;
        if (share > 0) panel.scores[above]! -= shift * Math.min(1, share);
      }
      panel.scores[own] = Number.NaN;
    }
  }
}

/** Items whose scale changed with a new questionnaire start anew there. */
function itemBreaks(workspace: Workspace, { channel, itemOf }: ChannelCube): PanelBreak[] {
  const questions = listItemQuestions(workspace.reader, channel);
  const scaleOf = new Map<string, string>();
  const breaks: PanelBreak[] = [];
  for (const question of questions) {
    const key = `${question.studyId} ${question.indicatorId}`;
    const scale = `${question.min} ${question.max}`;
    const before = scaleOf.get(key);
    const indicator = itemOf.get(question.indicatorId);
    if (before !== undefined && before !== scale && indicator !== undefined)
      breaks.push({ indicator, quarter: question.firstQuarter });
    scaleOf.set(key, scale);
  }
  return breaks;
}
