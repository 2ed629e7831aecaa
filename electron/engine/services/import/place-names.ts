// The place names of a file: as a row writes them, as people chose them, and what they turn out to be.
import type { IssueCode } from '../../../../shared/domain/import-issue.ts';
import { placeKey } from '../../importers/places.ts';
import type { DealerRow } from '../../store/places.ts';

/** The place columns of one row, as plain text; '' where the file says nothing. */
export interface PlaceText {
  dealerCode: string;
  dealerName: string;
  city: string;
  province: string;
  region: string;
}

/** A place as it may be chosen for a name. */
export interface NearPlace {
  code: string;
  name: string;
}

/** What the user decided for a name, now or in an earlier import. */
export interface KnownChoice {
  action: 'match' | 'new' | 'leave';
  target: string;
  /** From an earlier import. */
  remembered: boolean;
}

/** The name that an answer is about, as the file writes it. */
export interface AskedName {
  kind: 'dealer' | 'city';
  name: string;
  province: string;
}

export type PlaceAnswer =
  | { kind: 'dealer'; id: number; asked?: AskedName & { choice: KnownChoice } }
  | LeftOut
  | UnknownPlace;

/** The user's choice leaves it out. */
export interface LeftOut {
  kind: 'left';
  asked: AskedName & { choice: KnownChoice };
}

export interface UnknownPlace {
  kind: 'unknown';
  code: IssueCode;
  field: keyof PlaceText;
  value: string;
  nearest: NearPlace[];
  asked?: AskedName;
}

/** The form under which the choice for a name is kept. Example: `choiceKey({kind: 'city', name: '吉林', province: ''})`. */
export function choiceKey({ kind, name, province }: AskedName): string {
  return kind === 'dealer' ? placeKey(name) : `${placeKey(province)}|${placeKey(name)}`;
}

/** A dealer for people: its code, and its name where that is another. */
export function labelOf(row: Pick<DealerRow, 'code' | 'name'>): string {
  return row.name === row.code ? row.code : `${row.code} ${row.name}`;
}
