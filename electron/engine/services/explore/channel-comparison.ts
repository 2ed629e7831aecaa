// A figure beside the same figure of another channel: only where both asked the same items, and of a span only over
// the quarters that both have.

import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES, type Channel } from '../../../../shared/domain/study-mapping.ts';
import { sharedItems } from '../channels/shared-items.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import type { Place } from './figure-source.ts';

export class ChannelComparison {
  readonly cube: ChannelCube;
  readonly name: Bilingual;
  readonly #workspace: Workspace;
  readonly #own: ReadonlyMap<Channel, ChannelCube>;
  readonly #items = new Map<string, ReturnType<typeof sharedItems>>();
  readonly #spans = new Map<string, { first: Quarter; last: Quarter } | null>();

  constructor(workspace: Workspace, own: readonly ChannelCube[], cube: ChannelCube) {
    this.#workspace = workspace;
    this.#own = new Map(own.map((one) => [one.channel, one]));
    this.cube = cube;
    const { zh, en } = CHANNEL_NAMES[cube.channel];
    this.name = { zh: `与${zh}相比`, en: `vs ${en}` };
  }

  /** The items that an indicator is made of in both, in the channel alone and in the other alone. */
  items(channel: Channel, indicator: string): ReturnType<typeof sharedItems> {
    const key = `${channel} ${indicator}`;
    let items = this.#items.get(key);
    if (!items) {
      items = sharedItems(this.#workspace, this.#own.get(channel)!, this.cube, indicator);
      this.#items.set(key, items);
    }
    return items;
  }

  /** The two figures that are compared, the place's own channel first; null where they would not be alike. */
  sides(place: Place): readonly [Place, Place] | null {
    if (place.channel === this.cube.channel) return null;
    if (this.items(place.channel, place.indicator).shared === 0) return null;
    const span = this.#spanOf(place);
    if (!span) return null;
    const own = { ...place, ...span };
    return [own, { ...own, channel: this.cube.channel }];
  }

  /** From the first to the last quarter of a span that both have; null where there is none, or only one has data between. */
  #spanOf({ channel, first, last }: Place): { first: Quarter; last: Quarter } | null {
    const key = `${channel} ${first} ${last}`;
    const known = this.#spans.get(key);
    if (known !== undefined) return known;
    const [own, other] = [this.#own.get(channel)!, this.cube].map(({ cube }) =>
      cube.quarters.filter((q) => q >= first && q <= last && cube.hasData(0, q)),
    ) as [Quarter[], Quarter[]];
    const common = own.filter((q) => other.includes(q));
    const [from = 0, to = 0] = [common[0], common.at(-1)];
    const gapless = [own, other].every(
      (quarters) => quarters.filter((q) => q >= from && q <= to).length === common.length,
    );
    const span = common.length > 0 && gapless ? { first: from, last: to } : null;
    this.#spans.set(key, span);
    return span;
  }
}
