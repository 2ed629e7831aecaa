// What a table can be made of beyond the catalog: the levels that exist and every attribute with its values.

import type { ExploreOptions } from '../../../../shared/calls/explore.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { SCOPE_LEVELS } from '../../../../shared/domain/scope.ts';
import type { Context } from '../../context.ts';
import { channelAnswers } from './channel-answers.ts';

export function exploreOptions(
  context: Context,
  { scheme }: CallArguments<'explore.options'>,
): ExploreOptions {
  const workspace = context.workspace();
  const present = new Set(workspace.tree(scheme).nodes.map((node) => node.level));
  const attributes = workspace.channels().flatMap((channel) =>
    [...channelAnswers(workspace, channel).attributes.values()].map(
      ({ batches: _, sameAs: __, ...attribute }) => ({
        channel,
        ...attribute,
      }),
    ),
  );
  return { levels: SCOPE_LEVELS.filter((level) => present.has(level)), attributes };
}
