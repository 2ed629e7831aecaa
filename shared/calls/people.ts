/** Who answered: found to be forgotten, never shown in full. */
import { z } from 'zod';
import type { IdentityKind } from '../domain/identity.ts';
import type { Bilingual } from '../domain/language.ts';
import { call, nothing } from './call.ts';

/**
 * A person as far as a screen shows it: masked texts, the lines of files it comes from, its service visits. Visits name
 * nobody; `number` is the customer number that was typed.
 */
export interface PersonView {
  pseudonym: string;
  shown: { kind: IdentityKind | 'number'; text: string }[];
  rows: { batch: number; fileName: string; study: Bilingual; sourceRow: number }[];
  visits: { batch: number; fileName: string; visits: number }[];
}

/** People found by a text; `more` when there are others beyond those listed. */
export interface PeopleFound {
  people: PersonView[];
  more: boolean;
}

/** What was removed: lines that named the person, visits cut loose; the backups that hold it until they expire. */
export interface ErasedPerson {
  rows: number;
  visits: number;
  backups: string[];
  /** Databases put aside by restores that still name the person. */
  replaced: string[];
}

/** How many lines name somebody, how many people they are, how many visits there are, how many people were erased. */
export interface PeopleSummary {
  rows: number;
  visits: number;
  people: number;
  erased: number;
}

const pseudonym = z.string().regex(/^[0-9a-f]{64}$/);

/** The calls of this area. */
export const peopleCalls = {
  'people.summary': call<PeopleSummary>()(nothing),
  'people.find': call<PeopleFound>()(z.strictObject({ text: z.string().trim().min(2).max(100) })),
  /** Removes everything that names the person from the database and its log; the answers stay, of nobody. */
  'people.erase': call<ErasedPerson>()(z.strictObject({ pseudonym }), { alone: true }),
} as const;
