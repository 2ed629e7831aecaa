import type { AttributeGroup } from './attribute-group.ts';
import type { Bilingual } from './language.ts';

/** One rated question of a questionnaire. */
export interface RatedQuestion {
  /** The stable indicator it measures. */
  indicator: string;
  /** Its wording; the header of its column where no wording is known. */
  label: Bilingual;
  scale: { min: number; max: number };
  /** True where the low end is the satisfied end. */
  reversed: boolean;
  /** Codes that mean "no answer". */
  missing: readonly (string | number)[];
}

/** One question about the respondent. */
export interface AttributeQuestion {
  code: string;
  label: Bilingual;
  group: AttributeGroup;
  multiple: boolean;
  missing: readonly (string | number)[];
  /** Labels of the answer codes. */
  values: Readonly<Record<string, Bilingual>>;
}

/** One version of a questionnaire. */
export interface Questionnaire {
  items: readonly RatedQuestion[];
  attributes: readonly AttributeQuestion[];
}

/** What differs in a question; `moved`: the same wording measures another indicator now. */
export const QUESTION_CHANGES = [
  'added',
  'removed',
  'moved',
  'wording',
  'scale',
  'direction',
  'missing',
  'codes',
  'multiple',
  'group',
] as const;

/** One kind of difference. */
export type QuestionChangeKind = (typeof QUESTION_CHANGES)[number];

/** One question that differs between two versions. */
export interface QuestionChange {
  role: 'item' | 'attribute';
  kinds: QuestionChangeKind[];
  before: RatedQuestion | AttributeQuestion | null;
  after: RatedQuestion | AttributeQuestion | null;
}

const wordingOf = ({ label }: { label: Bilingual }) => label.zh.replace(/\s+/g, ' ').trim().toLowerCase();

const sameSet = (a: readonly (string | number)[], b: readonly (string | number)[]) =>
  JSON.stringify(a.map(String).sort()) === JSON.stringify(b.map(String).sort());

/** Codes with their labels, whatever the order. */
const codesOf = (values: AttributeQuestion['values']) =>
  JSON.stringify(
    Object.entries(values)
      .map(([code, { zh, en }]) => [code, zh, en])
      .sort((a, b) => (a[0]! < b[0]! ? -1 : 1)),
  );

/**
 * Pairs the questions of two versions: first those that keep both key and wording, then those of the same wording
 * (moved to another key), then those of the same key (worded anew); what is left was removed or added.
 */
function paired<Q extends { label: Bilingual }>(
  before: readonly Q[],
  after: readonly Q[],
  keyOf: (question: Q) => string,
): { before: Q | null; after: Q | null }[] {
  const left = new Set(before);
  const found = new Map<Q, Q>();
  const match = (same: (was: Q, is: Q) => boolean) => {
    for (const is of after) {
      if (found.has(is)) continue;
      const was = [...left].find((one) => same(one, is));
      if (!was) continue;
      left.delete(was);
      found.set(is, was);
    }
  };
  const sameKey = (was: Q, is: Q) => keyOf(was) === keyOf(is);
  const sameWording = (was: Q, is: Q) => wordingOf(was) === wordingOf(is);
  match((was, is) => sameKey(was, is) && sameWording(was, is));
  match(sameWording);
  match(sameKey);
  return [
    ...after.map((is) => ({ before: found.get(is) ?? null, after: is })),
    ...[...left].map((was) => ({ before: was, after: null })),
  ];
}

function sharedKinds<Q extends { label: Bilingual; missing: readonly (string | number)[] }>(
  was: Q,
  is: Q,
  keyOf: (question: Q) => string,
): QuestionChangeKind[] {
  const worded = wordingOf(was) !== wordingOf(is) || was.label.en !== is.label.en;
  return [
    ...(keyOf(was) === keyOf(is) ? [] : (['moved'] as const)),
    ...(worded ? (['wording'] as const) : []),
    ...(sameSet(was.missing, is.missing) ? [] : (['missing'] as const)),
  ];
}

/**
 * What changed from one version of a questionnaire to the next, question by question: added, removed, moved to another
 * indicator, or with another wording, scale, direction, missing codes, code list, kind of choice or group. A question
 * is known by its wording first, so that two questions that swap their indicators are both said to have moved.
 * Questions that stayed the same are left out; two equal versions give an empty list. Order: the later version's, what
 * was removed last.
 * Example: a scale of 1-10 that becomes 1-5 gives one change with kinds `['scale']`.
 */
export function compareQuestionnaires(before: Questionnaire, after: Questionnaire): QuestionChange[] {
  const ofItem = ({ indicator }: RatedQuestion) => indicator;
  const ofAttribute = ({ code }: AttributeQuestion) => code;
  const items = paired(before.items, after.items, ofItem).map(
    ({ before: was, after: is }): QuestionChange => {
      if (!was || !is) return { role: 'item', kinds: [was ? 'removed' : 'added'], before: was, after: is };
      const kinds = sharedKinds(was, is, ofItem);
      if (was.scale.min !== is.scale.min || was.scale.max !== is.scale.max) kinds.push('scale');
      if (was.reversed !== is.reversed) kinds.push('direction');
      return { role: 'item', kinds, before: was, after: is };
    },
  );
  const attributes = paired(before.attributes, after.attributes, ofAttribute).map(
    ({ before: was, after: is }): QuestionChange => {
      if (!was || !is)
        return { role: 'attribute', kinds: [was ? 'removed' : 'added'], before: was, after: is };
      const kinds = sharedKinds(was, is, ofAttribute);
      if (codesOf(was.values) !== codesOf(is.values)) kinds.push('codes');
      if (was.multiple !== is.multiple) kinds.push('multiple');
      if (was.group !== is.group) kinds.push('group');
      return { role: 'attribute', kinds, before: was, after: is };
    },
  );
  return [...items, ...attributes].filter(({ kinds }) => kinds.length > 0);
}
