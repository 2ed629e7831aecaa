// The indicators of a channel as a dealer's report lists them, and a dealer's rank among its region's.
import { meanOf, nEffOf } from '../../../../shared/domain/cell.ts';
import type { Language } from '../../../../shared/domain/language.ts';
import { tierOf } from '../../../../shared/domain/precision.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { IndicatorFacts } from '../../../../shared/report/dealer-facts.ts';
import { findMeasure, type Measure } from '../figures/figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';

export interface ReportIndicator {
  measure: Measure;
  code: string;
  name: string;
  parent: string | null;
  depth: number;
  /** Scores of the full-tier dealers of each region in the report's quarter. */
  regionScores: ReadonlyMap<number, readonly number[]>;
}

/** The node a dealer is compared with: its region, or its province where the scheme has no regions. */
export function regionOf({ tree }: ChannelCube, node: number): number {
  let at = node;
  while (tree.nodes[at]!.parent > 0) at = tree.nodes[at]!.parent;
  return at;
}

/** The index, then the tree below it, parents before their children. */
export function reportIndicators(
  workspace: Workspace,
  source: ChannelCube,
  quarter: Quarter,
  language: Language,
): ReportIndicator[] {
  const { rows } = workspace.indicators();
  const root = rows.find((row) => row.role === 'index');
  const index = findMeasure(workspace, source, '')!;
  const nameOf = (row: { nameZh: string; nameEn: string }) => (language === 'en' ? row.nameEn : row.nameZh);
  const top = root?.code ?? 'index';
  const all: ReportIndicator[] = [
    {
      measure: index,
      code: top,
      name: root ? nameOf(root) : language === 'en' ? 'Index' : '指数',
      parent: null,
      depth: 0,
      regionScores: regionScores(source, index, quarter),
    },
  ];
  const add = (parentId: number | null, parent: string, depth: number): void => {
    for (const row of rows) {
      if (row.role === 'index' || row.parentId !== parentId) continue;
      const measure = findMeasure(workspace, source, row.code);
      if (!measure) continue;
      all.push({
        ...{ measure, code: row.code, parent, depth },
        name: `${nameOf(row)}${ownScale(source, measure)}`,
        regionScores: regionScores(source, measure, quarter),
      });
      add(row.id, row.code, depth + 1);
    }
  };
  add(root?.id ?? null, top, 1);
  if (root) add(null, top, 1);
  return all;
}

/** The score of a full-tier dealer, that alone takes part in a ranking. */
function rankedScore(measure: Measure, node: number, quarter: Quarter): number | undefined {
  const cell = measure.at(node, quarter);
  return tierOf(nEffOf(cell), measure.tiers) === 'full' ? meanOf(cell) : undefined;
}

function regionScores(source: ChannelCube, measure: Measure, quarter: Quarter): Map<number, number[]> {
  const scores = new Map<number, number[]>();
  source.tree.nodes.forEach((one, node) => {
    const score = one.level === 'dealer' ? rankedScore(measure, node, quarter) : undefined;
    if (score === undefined) return;
    const region = regionOf(source, node);
    const beside = scores.get(region);
    if (beside) beside.push(score);
    else scores.set(region, [score]);
  });
  return scores;
}

/** Null where the dealer's base is too small for a rank. */
export function rankOf(
  { measure, regionScores: scores }: ReportIndicator,
  node: number,
  region: number,
  quarter: Quarter,
): IndicatorFacts['rank'] {
  const own = rankedScore(measure, node, quarter);
  if (own === undefined) return null;
  const beside = scores.get(region) ?? [];
  return { position: beside.filter((other) => other > own).length + 1, of: beside.length };
}

/** An item that was asked on another scale than its study's index says so behind its name. */
function ownScale({ indexScale }: ChannelCube, { scale }: Measure): string {
  const same = scale.min === indexScale.min && scale.max === indexScale.max;
  return same ? '' : ` (${scale.min}–${scale.max})`;
}
