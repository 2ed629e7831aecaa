// A figure that is asked about: its place, its items, where its statistics come from, and whether it may be shown.

import type { TracedFigure } from '../../../../shared/calls/trace.ts';
import { type CellStatistics, nEffOf } from '../../../../shared/domain/cell.ts';
import { tierOf } from '../../../../shared/domain/precision.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { partsOf } from '../figures/figures.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { type ChannelAnswers, channelAnswers } from './channel-answers.ts';
import { gatesOf, steady } from './explore-scene.ts';
import { AnswerSource, CubeSource, type FigureSource, type Place } from './figure-source.ts';

/** A figure with everything that its trace is read from. */
export interface Traced {
  workspace: Workspace;
  figure: TracedFigure;
  cube: ChannelCube;
  answers: ChannelAnswers;
  place: Place;
  /** Codes of the items it is made of. */
  items: readonly string[];
  whole: boolean;
  source: FigureSource;
}

export async function tracedOf(context: Context, figure: TracedFigure): Promise<Traced> {
  const workspace = context.workspace();
  const cube = workspace.cube(figure.scheme, figure.channel, figure.basis);
  const node = cube.tree.byId.get(figure.scope);
  if (node === undefined) throw new AppError('scope-unknown', { scope: figure.scope });
  const answers = channelAnswers(workspace, figure.channel);
  for (const { code } of figure.attributes)
    if (!answers.attributes.has(code)) throw new AppError('attribute-unknown', { attribute: code });
  const { items, whole } = partsOf(workspace, cube, figure.indicator);
  const codes = items.map((item) => cube.cube.items[item]!.code);
  const [first, last] = [Math.min(figure.from, figure.to), Math.max(figure.from, figure.to)];
  const place: Place = {
    channel: figure.channel,
    node,
    first,
    last,
    indicator: figure.indicator,
    choices: [],
  };
  const source =
    figure.attributes.length === 0
      ? new CubeSource(workspace, cube)
      : await AnswerSource.read(workspace, cube, answers, {
          places: [place, ...codes.map((indicator) => ({ ...place, indicator }))],
          groups: [],
          gates: gatesOf(figure.attributes, answers.attributes),
          respondents: false,
          breathe: steady(context, workspace),
        });
  return { workspace, figure, cube, answers, place, items: codes, whole, source };
}

export function isHidden({ source, cube }: Traced, place: Place, cell: CellStatistics): boolean {
  if (cell.sumW === 0) return false;
  if (source.hidden(place)) return true;
  return cell.n > 0 && tierOf(nEffOf(cell), cube.tiers) === 'hidden';
}
