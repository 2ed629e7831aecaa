// What there is to choose from: channels, indicators, schemes, quarters, scopes.

import type { Catalog, ChannelInfo, IndicatorInfo } from '../../../../shared/calls/catalog.ts';
import { INDEX_NAME } from '../../../../shared/domain/indicator-name.ts';
import { type TreeIndicator, weightShares } from '../../../../shared/domain/indicator-tree.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { ScopeNode } from '../../../../shared/domain/scope.ts';
import { CHANNEL_NAMES, type Channel } from '../../../../shared/domain/study-mapping.ts';
import type { Context } from '../../context.ts';
import { listSchemes, type SchemeRow } from '../../store/places.ts';
import { listStudies, studyHasData } from '../../store/studies.ts';
import { asWasName } from '../workspace/network-tree.ts';
import type { Workspace } from '../workspace/workspace.ts';

export function getCatalog(context: Context): Catalog {
  const workspace = context.workspace();
  const { weightSet } = workspace.indicators();
  const channels = workspace.channels().map((channel) => describeChannel(workspace, channel));
  const quarters = [...new Set(channels.flatMap((channel) => channel.quarters))].sort((a, b) => a - b);
  const schemes = schemesInForce(workspace).map(({ nameZh, nameEn, ...row }) => ({
    ...row,
    name: row.timing === 'as-was' ? asWasName({ zh: nameZh, en: nameEn }) : { zh: nameZh, en: nameEn },
  }));
  return {
    channels,
    indicators: describeIndicators(workspace),
    schemes,
    quarters,
    weightSet: { version: weightSet.version, note: weightSet.note },
  };
}

export function getScopeTree(context: Context, input: { scheme: number }): ScopeNode[] {
  return context.workspace().tree(input.scheme).nodes;
}

/** Versions that do not hold yet stand behind the others, so that one made ahead of its time is not started with. */
function schemesInForce(workspace: Workspace): SchemeRow[] {
  const today = workspace.now().slice(0, 10);
  const ahead = (row: SchemeRow) => Number(row.validFrom > today && row.timing === 'as-is');
  return listSchemes(workspace.reader).sort((a, b) => ahead(a) - ahead(b));
}

/** The scheme that screens start with: the first that was made with regions, in its newest version in force. */
export function defaultScheme(workspace: Workspace): number {
  const schemes = schemesInForce(workspace);
  return (schemes.find((scheme) => scheme.regions > 0) ?? schemes[0]!).id;
}

function describeChannel(workspace: Workspace, channel: Channel): ChannelInfo {
  const { cube, scales, indexScale } = workspace.cube(defaultScheme(workspace), channel);
  return {
    channel,
    name: CHANNEL_NAMES[channel],
    studies: listStudies(workspace.reader)
      .filter((study) => study.channel === channel && studyHasData(workspace.reader, study.id))
      .map(({ code, nameZh, nameEn, kind, provider }) => ({
        code,
        name: { zh: nameZh, en: nameEn },
        kind,
        provider,
      })),
    quarters: cube.quarters.filter((quarter) => cube.hasData(0, quarter)),
    items: cube.items.map((item) => item.code),
    scale: indexScale,
    scales: Object.fromEntries(cube.items.map((item, i) => [item.code, scales[i]!])),
  };
}

function describeIndicators(workspace: Workspace): IndicatorInfo[] {
  const rows = treeIndicators(workspace);
  const shares = weightShares(rows);
  return rows.map((row) => ({ ...row, weight: shares.get(row.code)! }));
}

/** The indicator tree with the weights of a set, the current one where none is named. */
export function treeIndicators(workspace: Workspace, weightSet?: number): TreeIndicator[] {
  const { rows, weights } = workspace.indicators(weightSet);
  const codeOf = new Map(rows.map((row) => [row.id, row.code]));
  return rows.map((row) => ({
    code: row.code,
    parent: row.parentId === null ? null : (codeOf.get(row.parentId) ?? null),
    role: row.role,
    name: { zh: row.nameZh, en: row.nameEn },
    weight: weights.get(row.id) ?? 0,
  }));
}

/** The name of an indicator; '' is the index. */
export function indicatorName(workspace: Workspace, code: string): Bilingual {
  const row = workspace.indicators().byCode.get(code);
  return row ? { zh: row.nameZh, en: row.nameEn } : INDEX_NAME;
}
