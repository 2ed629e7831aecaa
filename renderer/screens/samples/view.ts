import type { SampleFilter } from '../../../shared/domain/sample-filter.ts';

/** A sample as it is being edited; rows may be unfinished. */
export interface SampleDraft {
  id: number | null;
  name: string;
  note: string;
  channels: SampleFilter['channels'];
  from: number | null;
  to: number | null;
  scheme: number;
  scopes: string[];
  hits: SampleFilter['hits'];
  attributes: { code: string; choices: string[] }[];
  scores: { indicator: string; from: number | null; to: number | null }[];
}

export function emptyDraft(scheme: number): SampleDraft {
  return {
    id: null,
    name: '',
    note: '',
    channels: undefined,
    from: null,
    to: null,
    scheme,
    scopes: [],
    hits: undefined,
    attributes: [],
    scores: [],
  };
}

/** The finished conditions of a draft: rows without a choice or an end are no condition yet. */
export function filterOf(draft: SampleDraft, first: number, last: number): SampleFilter {
  const { channels, from, to, scheme, scopes, hits, attributes, scores } = draft;
  const chosen = attributes.filter(({ code, choices }) => code !== '' && choices.length > 0);
  const ranges = scores.filter((one) => one.from !== null || one.to !== null);
  const quarters = { from: Math.min(from ?? first, to ?? last), to: Math.max(from ?? first, to ?? last) };
  return {
    ...(channels && channels.length > 0 && { channels }),
    ...((from !== null || to !== null) && { quarters }),
    ...((scopes.length > 0 || hits) && { scheme }),
    ...(scopes.length > 0 && { scopes }),
    ...(hits && { hits }),
    ...(chosen.length > 0 && {
      attributes: Object.fromEntries(chosen.map(({ code, choices }) => [code, choices])),
    }),
    ...(ranges.length > 0 && {
      scores: ranges.map(({ indicator, from: low, to: high }) => ({
        indicator,
        ...(low !== null && { from: low }),
        ...(high !== null && { to: high }),
      })),
    }),
  };
}

/** A saved sample back in the form. */
export function draftOf(
  sample: { id: number; name: string; note: string; filter: SampleFilter },
  scheme: number,
): SampleDraft {
  const { filter } = sample;
  return {
    id: sample.id,
    name: sample.name,
    note: sample.note,
    channels: filter.channels,
    from: filter.quarters?.from ?? null,
    to: filter.quarters?.to ?? null,
    scheme: filter.scheme ?? scheme,
    scopes: filter.scopes ?? [],
    hits: filter.hits,
    attributes: Object.entries(filter.attributes ?? {}).map(([code, choices]) => ({ code, choices })),
    scores: (filter.scores ?? []).map(({ indicator, from, to }) => ({
      indicator,
      from: from ?? null,
      to: to ?? null,
    })),
  };
}
