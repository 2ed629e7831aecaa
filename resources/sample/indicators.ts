/* The stable indicators and who asks what, read from indicators.json. */
import type { Quarter } from '../../shared/domain/quarter.ts';
import { parseQuarter } from '../../shared/domain/quarter.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';
import source from './indicators.json' with { type: 'json' };

export interface SampleItem {
  indicator: string;
  column: string;
  min: number;
  max: number;
  reversed: boolean;
  missing: number[];
}

export interface Questionnaire {
  channel: Channel;
  version: string;
  items: SampleItem[];
}

/** Weights R of the items, in the order of the tree. */
export const ITEM_WEIGHTS: ReadonlyMap<string, number> = new Map(
  source.indicators.flatMap((i) => (i.role === 'item' ? [[i.code, i.weight ?? 0] as const] : [])),
);

/** The questionnaire a channel used in a quarter. */
export function questionnaireOf(channel: Channel, quarter: Quarter): Questionnaire {
  const found = source.questionnaires.find(
    (q) =>
      q.channel === channel &&
      quarter >= parseQuarter(q.from)! &&
      (q.to === null || quarter <= parseQuarter(q.to)!),
  );
  if (!found) throw new RangeError(`questionnaireOf: ${channel} asked nothing in quarter ${quarter}`);
  const items = found.items.map((item) => ({ reversed: false, missing: [], ...item }));
  return { channel, version: found.version, items };
}
