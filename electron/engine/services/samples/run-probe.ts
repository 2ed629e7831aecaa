// A weak-point probe over every quarter: what was hit, where it stands, how persistent it is.
import type { ProbeHitView, ProbeResult, ProbeUnit } from '../../../../shared/calls/probes.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { ProbeDefinition } from '../../../../shared/domain/probe.ts';
import { pathTo } from '../../../../shared/domain/scope-tree.ts';
import { type ProbeHit, runProbe } from '../../../../shared/domain/weak-point.ts';
import type { StoredHit } from '../../store/probes.ts';
import { basisNotes } from '../figures/basis-notes.ts';
import { indicatorName } from '../figures/catalog.ts';
import { shownAt, shownMean } from '../figures/figures.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { collectProbeFacts, type ProbeFacts, type ProbeUnitSource, unitsWithin } from './probe-facts.ts';
import { probeWords } from './probe-words.ts';

/** The waves of a unit's strip. */
const STRIP = 12;

export interface FoundByProbe {
  result: ProbeResult;
  hits: StoredHit[];
}

export function findWeakPoints(workspace: Workspace, probe: ProbeDefinition): FoundByProbe {
  const known = collectProbeFacts(workspace, probe);
  const found = runProbe(
    known.facts,
    {
      conditions: probe.conditions,
      channel: probe.channel,
      units: unitsWithin(workspace, probe),
      fromWave: probe.quarters?.from,
      toWave: probe.quarters?.to,
    },
    probe.of,
    workspace.rules().fullFrom,
  ).filter((hit) => hit.hitWaves >= probe.atLeast);
  const own = known.facts.filter(({ channel }) => channel === probe.channel);
  return {
    result: {
      words: probeWords(workspace, probe),
      run: null,
      units: groupHits(workspace, probe, known, found),
      hits: found.length,
      looked: own.length,
      quarters: [...new Set(own.map(({ wave }) => wave))].sort((a, b) => a - b),
      notes: [...notesOf(probe, known, workspace.rules().fullFrom), ...comparisonNotes(probe, known)],
    },
    hits: found.map(({ fact }) => ({
      unit: fact.unit,
      indicator: fact.indicator,
      quarter: fact.wave,
      score: fact.score100,
      nEff: fact.nEff,
    })),
  };
}

function groupHits(
  workspace: Workspace,
  probe: ProbeDefinition,
  { units }: ProbeFacts,
  found: readonly ProbeHit[],
): ProbeUnit[] {
  const groups = new Map<string, ProbeHit[]>();
  for (const hit of found) {
    const key = `${hit.fact.unit} ${hit.fact.indicator}`;
    const group = groups.get(key);
    if (group) group.unshift(hit);
    else groups.set(key, [hit]);
  }
  return [...groups.values()]
    .map((hits) => viewUnit(workspace, probe, units.get(hits[0]!.fact.unit)!, hits))
    .sort(
      (a, b) =>
        b.hits[0]!.quarter - a.hits[0]!.quarter || a.hits[0]!.score.score100 - b.hits[0]!.score.score100,
    );
}

function viewUnit(
  workspace: Workspace,
  probe: ProbeDefinition,
  unit: ProbeUnitSource,
  hits: readonly ProbeHit[],
): ProbeUnit {
  const { indicator } = hits[0]!.fact;
  const measure = unit.measures.get(indicator)!;
  const { tree, cube } = unit.source;
  const hit = new Set(hits.map(({ fact }) => fact.wave));
  const above = probe.level === 'sample' ? [] : pathTo(tree, unit.node).slice(1, -1);
  return {
    unit: unit.id,
    level: probe.level,
    name: unit.name,
    path: above.map(({ name }) => name),
    indicator,
    indicatorName: indicatorName(workspace, indicator),
    hits: hits.map(
      ({ fact, values, rank, peers, hitWaves, ofWaves }): ProbeHitView => ({
        quarter: fact.wave,
        score: shownAt(measure, unit.node, fact.wave)!,
        rank,
        peers,
        values,
        hitWaves,
        ofWaves,
      }),
    ),
    waves: cube.quarters.slice(-STRIP).map((quarter) => ({
      quarter,
      score100: shownMean(measure, unit.node, quarter),
      hit: hit.has(quarter),
    })),
  };
}

function notesOf(probe: ProbeDefinition, known: ProbeFacts, fullFrom: number): Bilingual[] {
  const notes: Bilingual[] = [];
  const wants = (kind: string) => probe.conditions.some((one) => one.kind === kind);
  if (wants('rank') || wants('percentile'))
    notes.push({
      zh: `名次只在有效样本量不少于 ${fullFrom} 的单位之间排。`,
      en: `Ranks are among units with an effective base of at least ${fullFrom}.`,
    });
  if (wants('target-gap') && known.facts.every(({ target100 }) => target100 === undefined))
    notes.push({
      zh: '没有与该渠道、区域方案和层级相符的已批准计划，因此没有可比的目标。',
      en: 'No approved plan fits this channel, scheme and level, so there is no target to compare with.',
    });
  if (probe.level === 'sample' && known.units.size === 0)
    notes.push({ zh: '还没有保存任何样本。', en: 'No sample has been saved yet.' });
  if (probe.level === 'sample' || probe.sample !== undefined) {
    const sources = new Set([...known.units.values()].map(({ source }) => source));
    notes.push(...basisNotes([...sources]).slice(0, 3));
  }
  return notes;
}

/** Conditions that no figure could meet, or that every figure meets, because there is nothing to compare with. */
function comparisonNotes(probe: ProbeDefinition, { facts }: ProbeFacts): Bilingual[] {
  const own = facts.filter(({ channel }) => channel === probe.channel);
  return probe.conditions.flatMap((one): Bilingual[] => {
    if (one.kind === 'channel-gap' && one.channel === probe.channel)
      return [
        {
          zh: '用来比较的就是检索的渠道本身，没有差距可言。请换一个渠道。',
          en: 'The channel is compared with itself, so there is no gap. Choose another channel.',
        },
      ];
    if (one.kind === 'channel-gap' && !facts.some(({ channel }) => channel === one.channel))
      return [
        {
          zh: '用来比较的渠道在这些单位上没有数据，或没有问过相同的题目。',
          en: 'The channel to compare with has no data of these units, or asks nothing in common.',
        },
      ];
    if (one.kind === 'change' && !hasEarlier(own, one.lag))
      return [
        {
          zh: '没有一个得分有可比的前期，变化无从谈起：各季之间的间隔大于所选的间隔。',
          en: 'No figure has an earlier one to compare with: the quarters lie further apart than the chosen step.',
        },
      ];
    if (one.kind === 'rank' && own.length > 0 && mostPeers(own) <= one.worst)
      return [
        {
          zh: `每次参加比较的单位最多 ${mostPeers(own)} 个，排在最后 ${one.worst} 名并不说明问题；没有同级的单位不排名。`,
          en: `At most ${mostPeers(own)} units are compared at a time, so the last ${one.worst} say little; a unit without peers is not ranked.`,
        },
      ];
    return [];
  });
}

function hasEarlier(facts: ProbeFacts['facts'], lag: number): boolean {
  const key = (unit: string, indicator: string, wave: number) => `${unit} ${indicator} ${wave}`;
  const known = new Set(facts.map(({ unit, indicator, wave }) => key(unit, indicator, wave)));
  return facts.some(({ unit, indicator, wave }) => known.has(key(unit, indicator, wave - lag)));
}

function mostPeers(facts: ProbeFacts['facts']): number {
  const groups = Map.groupBy(facts, ({ indicator, wave }) => `${indicator} ${wave}`);
  return Math.max(...[...groups.values()].map(({ length }) => length));
}
