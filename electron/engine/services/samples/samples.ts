// Named samples: saved, tried out, and told in words.

import type {
  SampleAttribute,
  SampleChannel,
  SampleInfo,
  SamplePreview,
} from '../../../../shared/calls/samples.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { counted } from '../../../../shared/domain/counted.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import { type SampleFilter, sampleFilter } from '../../../../shared/domain/sample-filter.ts';
import { CHANNEL_NAMES, type Channel } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { listChoices } from '../../store/answers.ts';
import { listAskedQuestions, listStudyFiles } from '../../store/evidence.ts';
import { listPlans } from '../../store/plans.ts';
import { listProbes } from '../../store/probes.ts';
import {
  deleteSample,
  findSample,
  findSampleByName,
  listSamples,
  putSample,
  renameSample,
  type SampleRow,
} from '../../store/samples.ts';
import { indicatorName } from '../figures/catalog.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { nearSamples } from './near-samples.ts';
import { type NamedKind, refuseTakenName, saveNamed } from './save-named.ts';

export function listSamplesCall(context: Context): SampleInfo[] {
  const workspace = context.workspace();
  return listSamples(workspace.reader).map((row) => viewSample(workspace, row));
}

function viewSample(workspace: Workspace, row: SampleRow): SampleInfo {
  const filter = sampleFilter.parse(JSON.parse(row.filter));
  const { id, name, note, actor, savedAt } = row;
  return { id, name, note, filter, words: filterWords(workspace, filter), actor, savedAt };
}

export function previewSample(context: Context, input: CallArguments<'samples.preview'>): SamplePreview {
  const workspace = context.workspace();
  const { scheme, filter } = input;
  requireKnown(workspace, filter);
  const channels = workspace.channels().map((channel): SampleChannel => {
    const whole = workspace.cube(scheme, channel);
    const own = workspace.cubeOn(scheme, channel, { filter, weightSet: null, weighting: null });
    const quarters = own.cube.quarters.flatMap((quarter) => {
      const { n } = own.cube.base(0, quarter);
      return n > 0 ? [{ quarter, n }] : [];
    });
    return {
      channel,
      name: CHANNEL_NAMES[channel],
      n: quarters.reduce((sum, { n }) => sum + n, 0),
      of: whole.cube.quarters.reduce((sum, quarter) => sum + whole.cube.base(0, quarter).n, 0),
      dealers: countDealers(own),
      quarters,
      reach: own.reach,
    };
  });
  return {
    words: filterWords(workspace, filter),
    channels,
    near: nearSamples(workspace, { scheme, filter, except: input.id }),
  };
}

function countDealers({ cube, tree }: ChannelCube): number {
  return tree.nodes.filter(
    ({ level }, node) => level === 'dealer' && cube.quarters.some((quarter) => cube.hasData(node, quarter)),
  ).length;
}

/** Throws where a condition names what is not there, before it is saved or tried out. */
function requireKnown(workspace: Workspace, filter: SampleFilter): void {
  const { byCode } = workspace.indicators();
  for (const { indicator } of filter.scores ?? [])
    if (indicator !== '' && !byCode.has(indicator)) throw new AppError('indicator-unknown', { indicator });
  const named = [...(filter.scopes ?? []), ...(filter.hits ?? []).map((hit) => hit.scope)];
  if (named.length === 0) return;
  const { byId } = workspace.tree(schemeOf(filter));
  for (const scope of named) if (!byId.has(scope)) throw new AppError('scope-unknown', { scope });
}

function schemeOf({ scheme }: SampleFilter): number {
  return scheme ?? 1;
}

const SAMPLES: NamedKind<SampleRow> = {
  action: 'sample.save',
  nameTaken: 'sample-name-taken',
  require: requireSample,
  findByName: findSampleByName,
  put: putSample,
  told: ({ name, note, filter }) => ({ name, note, filter: JSON.parse(filter) as unknown }),
  refuseChange(workspace, before, { filter }) {
    if (before.filter !== filter) refuseInUse(workspace, before);
  },
};

export function saveSample(context: Context, input: CallArguments<'samples.save'>): SampleInfo {
  const workspace = context.workspace();
  const { name, note } = input;
  requireKnown(workspace, input.filter);
  const filter = JSON.stringify(input.filter);
  const row = saveNamed(context, SAMPLES, {
    id: input.id,
    next: (saved) => ({ name, note, filter, ...saved }),
  });
  return viewSample(workspace, row);
}

export function renameSampleCall(context: Context, input: CallArguments<'samples.rename'>): SampleInfo {
  const workspace = context.workspace();
  const before = requireSample(workspace, input.id);
  refuseTakenName(workspace, SAMPLES, input.name, input.id);
  workspace.record(
    {
      action: 'sample.rename',
      subject: before.name,
      detail: auditChange({ name: before.name }, { name: input.name }),
    },
    (db) => renameSample(db, input.id, input.name),
  );
  return viewSample(workspace, requireSample(workspace, input.id));
}

export function deleteSampleCall(
  context: Context,
  input: CallArguments<'samples.delete'>,
): { deleted: boolean } {
  const workspace = context.workspace();
  const row = requireSample(workspace, input.id);
  refuseInUse(workspace, row);
  const detail = auditChange({ filter: JSON.parse(row.filter) as unknown }, {});
  const deleted = workspace.record({ action: 'sample.delete', subject: row.name, detail }, (db) =>
    deleteSample(db, input.id),
  );
  return { deleted };
}

/** Plans and probes go on being read; what they rest on must not vanish under them. */
function refuseInUse(workspace: Workspace, { id, name }: SampleRow): void {
  const plan = listPlans(workspace.reader).find(
    (one) => (JSON.parse(one.input) as { sample?: number }).sample === id,
  );
  const probe = listProbes(workspace.reader).find(
    (one) => (JSON.parse(one.definition) as { sample?: number }).sample === id,
  );
  if (plan)
    throw new AppError('sample-in-use', {
      sample: name,
      userZh: `计划“${plan.name}”`,
      userEn: `the plan "${plan.name}"`,
    });
  if (probe)
    throw new AppError('sample-in-use', {
      sample: name,
      userZh: `短板检索“${probe.name}”`,
      userEn: `the probe "${probe.name}"`,
    });
}

function requireSample(workspace: Workspace, sample: number): SampleRow {
  const row = findSample(workspace.reader, sample);
  if (!row) throw new AppError('sample-unknown', { sample });
  return row;
}

/** The attributes of all studies of respondents; the labels of the latest questionnaire win. */
export function listSampleAttributes(context: Context): SampleAttribute[] {
  return sampleAttributes(context.workspace());
}

export function sampleAttributes(workspace: Workspace): SampleAttribute[] {
  return workspace.derived('sample attributes', () => {
    const found = new Map<string, SampleAttribute & { labels: Record<string, Bilingual> }>();
    for (const channel of workspace.channels()) {
      const files = listStudyFiles(workspace.reader, channel).filter(({ kind }) => kind === 'responses');
      const asked = listAskedQuestions(workspace.reader, [
        ...new Set(files.map((file) => file.questionnaireId)),
      ]);
      for (const { role, code, labelZh, labelEn, valueLabels } of asked) {
        if (role !== 'attribute') continue;
        const known = found.get(code) ?? {
          code,
          label: { zh: '', en: '' },
          channels: [],
          choices: [],
          labels: {},
        };
        known.label = { zh: labelZh, en: labelEn };
        known.labels = { ...known.labels, ...(JSON.parse(valueLabels) as Record<string, Bilingual>) };
        if (!known.channels.includes(channel)) known.channels.push(channel);
        found.set(code, known);
      }
    }
    const choices = listChoices(workspace.reader, [...found.keys()]);
    return [...found.values()].map(({ labels, ...one }) => ({
      ...one,
      choices: (choices.get(one.code) ?? []).map((value) => ({
        value,
        label: labels[value] ?? { zh: value, en: value },
      })),
    }));
  });
}

const LISTED = 3;

/** The conditions in a line a reader understands; everybody where there are none. */
export function filterWords(workspace: Workspace, filter: SampleFilter): Bilingual {
  const { channels, quarters, scopes, hits, attributes, scores } = filter;
  const parts: Bilingual[] = [];
  if (channels) parts.push(joined(channels.map((channel: Channel) => CHANNEL_NAMES[channel])));
  if (quarters) {
    const span = `${formatQuarter(quarters.from)} – ${formatQuarter(quarters.to)}`;
    parts.push({ zh: span, en: span });
  }
  if (scopes) parts.push(joined(scopes.map((scope) => placeName(workspace, filter, scope))));
  if (hits)
    parts.push({
      zh: `短板检索命中的 ${hits.length} 个单位（仅命中的季度）`,
      en: `${counted(hits.length, 'unit')} found by a probe, each in the quarters of the find`,
    });
  for (const [code, values] of Object.entries(attributes ?? {})) {
    const attribute = sampleAttributes(workspace).find((one) => one.code === code);
    const label = attribute?.label ?? { zh: code, en: code };
    const chosen = joined(
      values.map(
        (value) => attribute?.choices.find((one) => one.value === value)?.label ?? { zh: value, en: value },
      ),
    );
    parts.push({ zh: `${label.zh}：${chosen.zh}`, en: `${label.en}: ${chosen.en}` });
  }
  for (const { indicator, from, to } of scores ?? []) {
    const name = indicatorName(workspace, indicator);
    const range = `${from ?? 0}–${to ?? 100}`;
    parts.push({ zh: `${name.zh} ${range} 分`, en: `${name.en} ${range} points` });
  }
  if (parts.length === 0) return { zh: '全部受访者', en: 'All respondents' };
  return { zh: parts.map((one) => one.zh).join('；'), en: parts.map((one) => one.en).join('; ') };
}

function placeName(workspace: Workspace, filter: SampleFilter, scope: string): Bilingual {
  const tree = workspace.tree(schemeOf(filter));
  return tree.nodes[tree.byId.get(scope) ?? -1]?.name ?? { zh: scope, en: scope };
}

function joined(names: readonly Bilingual[]): Bilingual {
  const first = names.slice(0, LISTED);
  const more = names.length - first.length;
  return {
    zh: first.map((one) => one.zh).join('、') + (more > 0 ? ` 等 ${names.length} 项` : ''),
    en: first.map((one) => one.en).join(', ') + (more > 0 ? ` and ${more} more` : ''),
  };
}
