// The figures a probe looks at: every unit of a level, indicator and quarter that may be shown, with its target.
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { PlanView } from '../../../../shared/domain/plan/plan-facts.ts';
import type { ProbeDefinition } from '../../../../shared/domain/probe.ts';
import { yearOf } from '../../../../shared/domain/quarter.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import type { ProbeFact } from '../../../../shared/domain/weak-point.ts';
import { AppError } from '../../../../shared/errors.ts';
import { findDealerTargets, listPlans } from '../../store/plans.ts';
import { listSamples } from '../../store/samples.ts';
import { sharedItems } from '../channels/shared-items.ts';
import { findMeasure, type Measure, shownAt } from '../figures/figures.ts';
import { storedDealerTargets } from '../plan/dealer-targets.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';

/** A unit of a probe and where its figures are read. */
export interface ProbeUnitSource {
  id: string;
  name: Bilingual;
  node: number;
  measures: ReadonlyMap<string, Measure>;
  source: ChannelCube;
}

export interface ProbeFacts {
  facts: ProbeFact[];
  /** The units of the probe's own channel. */
  units: Map<string, ProbeUnitSource>;
  indicators: string[];
}

/** Throws where the probe names a place, indicator or channel that is not there. */
export function collectProbeFacts(workspace: Workspace, probe: ProbeDefinition): ProbeFacts {
  const own = workspace.cube(probe.scheme, probe.channel);
  const indicators = probe.indicators.length > 0 ? probe.indicators : own.cube.items.map(({ code }) => code);
  const units = unitsOf(workspace, probe, probe.channel, indicators);
  const facts = factsOf(units, probe.channel, targetsOf(workspace, probe));
  const others = new Set(
    probe.conditions.flatMap((one) => (one.kind === 'channel-gap' ? [one.channel] : [])),
  );
  others.delete(probe.channel);
  for (const channel of others) {
    if (!workspace.channels().includes(channel)) continue;
    // A figure that shares no item with its namesake in another channel measures another thing.
    const other = workspace.cube(probe.scheme, channel);
    const alike = indicators.filter((code) => sharedItems(workspace, own, other, code).shared > 0);
    facts.push(...factsOf(unitsOf(workspace, probe, channel, alike), channel, new Map()));
  }
  return { facts, units: new Map(units.map((unit) => [unit.id, unit])), indicators };
}

function unitsOf(
  workspace: Workspace,
  { scheme, level, sample }: ProbeDefinition,
  channel: Channel,
  indicators: readonly string[],
): ProbeUnitSource[] {
  if (level === 'sample')
    return listSamples(workspace.reader).map(({ id, name }) => {
      const source = workspace.cube(scheme, channel, { sample: id });
      const measures = measuresOf(workspace, source, indicators);
      return { id: `sample:${id}`, name: { zh: name, en: name }, node: 0, measures, source };
    });
  const source = workspace.cube(scheme, channel, { sample });
  const measures = measuresOf(workspace, source, indicators);
  return source.tree.nodes.flatMap(({ id, name, level: own }, node) =>
    own === level ? [{ id, name, node, measures, source }] : [],
  );
}

function measuresOf(
  workspace: Workspace,
  source: ChannelCube,
  indicators: readonly string[],
): Map<string, Measure> {
  const measures = new Map<string, Measure>();
  for (const code of indicators) {
    const measure = findMeasure(workspace, source, code);
    if (measure) measures.set(code, measure);
  }
  return measures;
}

function factsOf(
  units: readonly ProbeUnitSource[],
  channel: Channel,
  targets: ReadonlyMap<string, number>,
): ProbeFact[] {
  const facts: ProbeFact[] = [];
  for (const { id, node, measures, source } of units)
    for (const quarter of source.cube.quarters)
      for (const [indicator, measure] of measures) {
        const score = shownAt(measure, node, quarter);
        if (score)
          facts.push({
            unit: id,
            indicator,
            channel,
            wave: quarter,
            score100: score.score100,
            nEff: score.nEff,
            target100: targets.get(targetKey(yearOf(quarter), id, indicator)),
          });
      }
  return facts;
}

const targetKey = (year: number, unit: string, indicator: string) => `${year} ${unit} ${indicator}`;

/** What approved plans ask of a place and item in their year; the newest plan of a year wins. */
function targetsOf(workspace: Workspace, probe: ProbeDefinition): Map<string, number> {
  const targets = new Map<string, number>();
  if (!probe.conditions.some((one) => one.kind === 'target-gap')) return targets;
  const plans = listPlans(workspace.reader).filter(
    ({ state, channel, schemeId }) =>
      state !== 'draft' && channel === probe.channel && schemeId === probe.scheme,
  );
  const keep = (key: string, target: number) => {
    if (!targets.has(key)) targets.set(key, target);
  };
  for (const row of plans) {
    const plan = JSON.parse(row.result) as PlanView;
    for (const area of plan.areas) keep(targetKey(row.year, area.id, ''), area.target);
    for (const cell of plan.cells) keep(targetKey(row.year, cell.area, cell.indicator), cell.target);
    for (const one of storedDealerTargets(findDealerTargets(workspace.reader, row.id) ?? '[]'))
      keep(targetKey(row.year, one.dealer, one.indicator), one.target);
  }
  return targets;
}

/** The units within the probe's area; undefined where it is the whole. Throws `scope-unknown`. */
export function unitsWithin(workspace: Workspace, probe: ProbeDefinition): string[] | undefined {
  if (probe.within === 'overall' || probe.level === 'sample') return undefined;
  const { nodes, byId } = workspace.tree(probe.scheme);
  const top = byId.get(probe.within);
  if (top === undefined) throw new AppError('scope-unknown', { scope: probe.within });
  return nodes.flatMap(({ id }, node) => {
    for (let at = node; at >= 0; at = nodes[at]!.parent) if (at === top) return [id];
    return [];
  });
}
