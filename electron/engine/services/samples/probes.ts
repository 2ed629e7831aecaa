// Saved weak-point probes: kept, run, compared, and handed on as a sample or a table.
import type { WrittenFile } from '../../../../shared/calls/figure.ts';
import type {
  ProbeDifference,
  ProbeHitDifference,
  ProbeInfo,
  ProbeResult,
  ProbeRunInfo,
} from '../../../../shared/calls/probes.ts';
import type { SampleInfo } from '../../../../shared/calls/samples.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { inLanguage } from '../../../../shared/domain/language.ts';
import {
  PROBE_PRESETS,
  type ProbeDefinition,
  type ProbePreset,
  probeDefinition,
} from '../../../../shared/domain/probe.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import { nativeScale } from '../../../../shared/domain/score/score-format.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { writeTables } from '../../documents/table-file.ts';
import {
  addProbeRun,
  deleteProbe,
  findProbe,
  findProbeByName,
  findProbeRun,
  hitsOnlyIn,
  listProbeRuns,
  listProbes,
  type ProbeRow,
  type ProbeRunRow,
  putProbe,
  type StoredHit,
} from '../../store/probes.ts';
import { listSamples } from '../../store/samples.ts';
import { getCatalog, indicatorName } from '../figures/catalog.ts';
import { ScoreColumns, sayIn } from '../figures/score-columns.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { conditionWords, probeWords } from './probe-words.ts';
import { findWeakPoints } from './run-probe.ts';
import { saveSample } from './samples.ts';
import { type NamedKind, saveNamed } from './save-named.ts';

export function listProbePresets(): readonly ProbePreset[] {
  return PROBE_PRESETS;
}

export function listProbesCall(context: Context): ProbeInfo[] {
  const workspace = context.workspace();
  return listProbes(workspace.reader).map((row) => viewProbe(workspace, row));
}

const read = (json: string): ProbeDefinition => probeDefinition.parse(JSON.parse(json));

function viewProbe(workspace: Workspace, row: ProbeRow): ProbeInfo {
  const definition = read(row.definition);
  return {
    id: row.id,
    name: row.name,
    definition,
    words: probeWords(workspace, definition),
    actor: row.actor,
    savedAt: row.savedAt,
    runs: listProbeRuns(workspace.reader, row.id).length,
  };
}

function requireProbe(workspace: Workspace, probe: number): ProbeRow {
  const row = findProbe(workspace.reader, probe);
  if (!row) throw new AppError('probe-unknown', { probe });
  return row;
}

const PROBES: NamedKind<ProbeRow> = {
  action: 'probe.save',
  nameTaken: 'probe-name-taken',
  require: requireProbe,
  findByName: findProbeByName,
  put: putProbe,
  told: ({ name, definition }) => ({ name, definition: read(definition) }),
};

export function saveProbe(context: Context, input: CallArguments<'probes.save'>): ProbeInfo {
  const workspace = context.workspace();
  const { name } = input;
  requireKnown(workspace, input.definition);
  const definition = JSON.stringify(input.definition);
  const row = saveNamed(context, PROBES, { id: input.id, next: (saved) => ({ name, definition, ...saved }) });
  return viewProbe(workspace, row);
}

/** Throws where a definition names a scheme, place or indicator that is not there. */
function requireKnown(workspace: Workspace, { scheme, within, indicators }: ProbeDefinition): void {
  if (!workspace.tree(scheme).byId.has(within)) throw new AppError('scope-unknown', { scope: within });
  const { byCode } = workspace.indicators();
  for (const indicator of indicators)
    if (indicator !== '' && !byCode.has(indicator)) throw new AppError('indicator-unknown', { indicator });
}

export function deleteProbeCall(
  context: Context,
  input: CallArguments<'probes.delete'>,
): { deleted: boolean } {
  const workspace = context.workspace();
  const row = requireProbe(workspace, input.id);
  const detail = auditChange({ definition: read(row.definition) }, {});
  const deleted = workspace.record({ action: 'probe.delete', subject: row.name, detail }, (db) =>
    deleteProbe(db, input.id),
  );
  return { deleted };
}

export function tryProbe(context: Context, input: CallArguments<'probes.try'>): ProbeResult {
  const workspace = context.workspace();
  requireKnown(workspace, input.definition);
  return findWeakPoints(workspace, input.definition).result;
}

export function runSavedProbe(context: Context, input: CallArguments<'probes.run'>): ProbeResult {
  const workspace = context.workspace();
  const row = requireProbe(workspace, input.id);
  const { result, hits } = findWeakPoints(workspace, read(row.definition));
  const detail = { hits: hits.length, dataVersion: workspace.dataVersion };
  const run = workspace.record({ action: 'probe.run', subject: row.name, detail }, (db) =>
    addProbeRun(
      db,
      {
        probeId: row.id,
        definition: row.definition,
        dataVersion: workspace.dataVersion,
        actor: context.options.actor ?? '',
        at: workspace.now(),
      },
      hits,
    ),
  );
  return { ...result, run };
}

export function listRunsOfProbe(context: Context, input: CallArguments<'probes.runs'>): ProbeRunInfo[] {
  const workspace = context.workspace();
  const row = requireProbe(workspace, input.id);
  return listProbeRuns(workspace.reader, input.id).map(
    ({ id, at, actor, dataVersion, hits, definition }) => ({
      id,
      at,
      actor,
      dataVersion,
      hits,
      changed: definition !== row.definition,
    }),
  );
}

export function compareProbeRuns(context: Context, input: CallArguments<'probes.compare'>): ProbeDifference {
  const workspace = context.workspace();
  const [before, after] = [input.before, input.after].map((run): ProbeRunRow => {
    const row = findProbeRun(workspace.reader, run);
    if (!row) throw new AppError('probe-run-unknown', { run });
    return row;
  }) as [ProbeRunRow, ProbeRunRow];
  const view = viewHit(workspace, read(after.definition));
  const appeared = hitsOnlyIn(workspace.reader, after.id, before.id).map(view);
  const gone = hitsOnlyIn(workspace.reader, before.id, after.id).map(view);
  return { appeared, gone, kept: after.hits - appeared.length };
}

function viewHit(
  workspace: Workspace,
  { scheme, channel }: ProbeDefinition,
): (hit: StoredHit) => ProbeHitDifference {
  const tree = workspace.tree(scheme);
  const samples = new Map(listSamples(workspace.reader).map(({ id, name }) => [`sample:${id}`, name]));
  return ({ unit, indicator, quarter, score }) => {
    const other = samples.get(unit) ?? unit;
    const name = tree.nodes[tree.byId.get(unit) ?? -1]?.name ?? { zh: other, en: other };
    return {
      unit,
      name,
      channel,
      indicator,
      indicatorName: indicatorName(workspace, indicator),
      quarter,
      score100: score,
    };
  };
}

export function sampleOfProbe(context: Context, input: CallArguments<'probes.sample'>): SampleInfo {
  const workspace = context.workspace();
  const { definition, name, note, quarters } = input;
  requireKnown(workspace, definition);
  const { hits } = findWeakPoints(workspace, definition);
  if (hits.length === 0 || definition.level === 'sample') throw new AppError('probe-without-hits');
  const found = new Map<string, Set<number>>();
  for (const { unit, quarter } of hits) {
    const own = found.get(unit) ?? new Set();
    found.set(unit, own.add(quarter));
  }
  const filter =
    quarters === 'all'
      ? { scheme: definition.scheme, scopes: [...found.keys()] }
      : {
          scheme: definition.scheme,
          hits: [...found].map(([scope, own]) => ({ scope, quarters: [...own].sort((a, b) => a - b) })),
        };
  return saveSample(context, { name, note, filter });
}

export function exportProbe(context: Context, input: CallArguments<'probes.export'>): Promise<WrittenFile> {
  const workspace = context.workspace();
  const { definition, path, language } = input;
  const as = new ScoreColumns(input.display, language);
  const { channels } = getCatalog(context);
  requireKnown(workspace, definition);
  const { result } = findWeakPoints(workspace, definition);
  const say = sayIn(language);
  return writeTables(path, [
    {
      name: say('短板检索', 'Weak points'),
      columns: [
        { title: say('季度', 'Quarter') },
        { title: say('单位', 'Unit') },
        { title: say('编码', 'Code') },
        { title: say('上级', 'Within') },
        { title: say('指标', 'Indicator') },
        ...as.score(say('得分', 'Score')),
        { title: say('名次（自低到高）', 'Rank from the bottom') },
        { title: say('参加排名的单位', 'Ranked units') },
        { title: say('命中季数', 'Quarters hit') },
        { title: say('最近季数', 'Of the last') },
        ...definition.conditions.map((one) => ({
          title: inLanguage(conditionWords(one), language),
          decimals: 2,
        })),
      ],
      rows: result.units.flatMap((unit) =>
        unit.hits.map((hit) => [
          formatQuarter(hit.quarter),
          inLanguage(unit.name, language),
          unit.unit,
          unit.path.map((name) => inLanguage(name, language)).join(' / '),
          inLanguage(unit.indicatorName, language),
          ...as.scoreCells(hit.score, nativeScale(channels, definition.channel, unit.indicator)),
          hit.rank,
          hit.rank === null ? null : hit.peers,
          hit.hitWaves,
          hit.ofWaves,
          ...hit.values,
        ]),
      ),
    },
    {
      name: say('条件', 'Conditions'),
      columns: [{ title: say('条件', 'Conditions') }],
      rows: [[inLanguage(result.words, language)], ...result.notes.map((one) => [inLanguage(one, language)])],
    },
  ]);
}
