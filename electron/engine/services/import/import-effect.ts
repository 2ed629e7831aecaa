// What a batch would change in the figures: it is read, written without its answers, looked at and taken back.
import { basename } from 'node:path';
import type { Score } from '../../../../shared/calls/figure.ts';
import type { ImportEffect } from '../../../../shared/calls/import.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { defaultScheme, indicatorName } from '../figures/catalog.ts';
import { findMeasure, shownAt } from '../figures/figures.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { FactCollector } from './collect-facts.ts';
import { fileNameOf } from './import-source.ts';
import { readAll } from './read-rows.ts';
import { currentRuns, restingResults } from './resting-results.ts';
import { soundReading, withMappedTable } from './sound-reading.ts';
import { writeFigures } from './write-import.ts';

type EffectRow = ImportEffect['rows'][number];
type Figures = Map<string, { row: Omit<EffectRow, 'before' | 'after'>; figure: Score | null }>;

/** Quarters beyond this many, oldest first, are left out of the comparison; the batch still brings them. */
const MOST_QUARTERS = 12;

export async function previewEffect(
  context: Context,
  input: CallArguments<'import.effect'>,
): Promise<ImportEffect> {
  const workspace = context.workspace();
  if (workspace.database.readonly)
    throw new AppError('database-read-only', { path: basename(workspace.database.path) });
  const file = fileNameOf(input);
  return withMappedTable(workspace, input, async (raw, chosen) => {
    const reading = await soundReading(workspace, raw, chosen, input);
    const { table, mapping, reader, directory } = reading;
    const facts = new FactCollector(mapping, { answers: false });
    const pass = await readAll(table, reader, context.job, (fact) => facts.add(fact), reading.options);
    if (facts.loaded === 0) throw new AppError('import-empty', { file, rows: pass.read });
    const { channel } = mapping.study;
    const quarters = [...facts.quarters.keys()].sort((a, b) => a - b);
    const shown = quarters.slice(-MOST_QUARTERS);
    const before = figuresOf(workspace, channel, shown);
    const runsBefore = currentRuns(workspace, channel);
    const { newItems } = input;
    const written = { workspace, mapping, directory, facts, pass, table, file, newItems };
    const { after, runsAfter } = workspace.rehearse(
      (db) => writeFigures(db, written),
      () => ({
        after: figuresOf(workspace, channel, shown),
        runsAfter: currentRuns(workspace, channel),
      }),
    );
    const runs = new Set([...runsBefore].filter((id) => !runsAfter.has(id)));
    return {
      channel,
      quarters,
      rows: compared(before, after),
      outdated: restingResults(workspace, { channel, first: quarters[0]!, runs, since: '' }),
    };
  });
}

function compared(before: Figures, after: Figures): EffectRow[] {
  return [...after].flatMap(([key, { row, figure }]) => {
    const was = before.get(key)?.figure ?? null;
    return was === null && figure === null ? [] : [{ ...row, before: was, after: figure }];
  });
}

/** The index and every item of a channel at the overall and the regions, as they may be shown. */
function figuresOf(workspace: Workspace, channel: Channel, quarters: readonly Quarter[]): Figures {
  const figures: Figures = new Map();
  if (!workspace.channels().includes(channel)) return figures;
  const cube = workspace.cube(defaultScheme(workspace), channel);
  const nodes = cube.tree.nodes.flatMap((node, i) =>
    node.level === 'overall' || node.level === 'region' ? [{ node, i }] : [],
  );
  for (const code of ['', ...cube.cube.items.map((item) => item.code)]) {
    const measure = findMeasure(workspace, cube, code);
    if (!measure) continue;
    for (const { node, i } of nodes)
      for (const quarter of quarters) {
        const score = shownAt(measure, i, quarter);
        figures.set(`${node.id} ${code} ${quarter}`, {
          row: {
            scope: node.id,
            scopeName: node.name,
            indicator: code,
            indicatorName: indicatorName(workspace, code),
            quarter,
            scale: measure.scale,
          },
          figure: score,
        });
      }
  }
  return figures;
}
