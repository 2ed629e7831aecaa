/** Alerts, their pages and the work on them. Scores named `score100` and every difference are points on 0-100, more is better. */
import { z } from 'zod';
import { ALERT_CAUSES, type AlertCause } from '../domain/alert/cause.ts';
import type { Bilingual } from '../domain/language.ts';
import type { Quarter } from '../domain/quarter.ts';
import type { ScopeId, ScopeLevel } from '../domain/scope.ts';
import type { Channel } from '../domain/study-mapping.ts';
import { call, channel, quarter, scheme } from './call.ts';
import type { Score, SplitView, SurpriseRow } from './figure.ts';

/** One alert with where it stands and what it rests on. */
export interface AlertView {
  id: number;
  channel: Channel;
  channelName: Bilingual;
  quarter: Quarter;
  rank: number;
  /** Which kind of component moved: the whole, an indicator, an area, an area x indicator; nobody singled out; or slowly. */
  kind: 'overall' | 'indicator' | 'area' | 'area-indicator' | 'diffuse' | 'drift';
  scope: ScopeId;
  scopeLevel: ScopeLevel;
  scopeName: Bilingual;
  /** The area that contains the scope; null for the whole. */
  within: Bilingual | null;
  /** '' is the index. */
  indicator: string;
  indicatorName: Bilingual;
  direction: 'above' | 'below';
  /** Estimated size of what happened at this place, with its effect elsewhere taken out. */
  shift100: number;
  /** Half the width of the 95 % interval of `shift100`. */
  shiftMargin100: number;
  actual100: number;
  /** Half the width of the 95 % interval of `actual100`; null where it is not known or hidden by now. */
  actualMargin100: number | null;
  /** The actual with the effects of the other alerts and of the respondents' shares taken out. */
  adjusted100: number;
  /** What the other alerts of the quarter did to this figure, points, largest first. */
  effects: {
    scope: ScopeId;
    scopeName: Bilingual;
    indicator: string;
    indicatorName: Bilingual;
    points: number;
  }[];
  /** What the shares of respondents, other than expected, did to this figure. */
  mix100: number;
  /** Points by which this shift moved the index of the whole. */
  overallEffect100: number;
  expected100: number;
  low95: number;
  high95: number;
  /**
   * Share of false alarms to expect among this and the more certain alerts of the same channel and quarter, after
   * correction for everything that was tested.
   */
  p: number;
  n: number;
  /** The change since the quarter before, split into what the children's scores did and what their shares did. */
  split: { change: number; rate: number; mix: number } | null;
  /** The data have changed since the alert was raised. */
  stale: boolean;
  state: 'new' | 'acknowledged' | 'explained' | 'closed';
  /** '' while none is given. */
  cause: AlertCause | '';
  note: string;
  action: string;
  owner: string;
  /** ISO day. */
  due: string | null;
  /** Confirmed as happening once: later fits leave this place's quarter out. */
  oneOff: boolean;
  /**
   * The shift that people had before them when they last worked on it, and whether the data have since moved it beyond
   * its own uncertainty or turned its direction, so that what they said needs another look; null where nobody did.
   */
  worked: { shift100: number; moved: boolean } | null;
}

/** What people made of an alert that no longer stands: the work is kept, and its one-off can be taken back. */
export interface ClearedCase
  extends Pick<
    AlertView,
    | 'channel'
    | 'channelName'
    | 'quarter'
    | 'scope'
    | 'scopeName'
    | 'indicator'
    | 'indicatorName'
    | 'state'
    | 'cause'
    | 'note'
    | 'action'
    | 'owner'
    | 'due'
    | 'oneOff'
  > {
  /** The shift it was made of; null where that was not kept. */
  shift100: number | null;
  updatedAt: string;
  /**
   * `data-undone`: the place has no data in the quarter any more. `not-judged`: the quarter has no forecast run.
   * `within-chance`: judged anew, it is no alert any more.
   */
  why: 'data-undone' | 'not-judged' | 'within-chance';
  words: Bilingual;
}

/** Everything beside an alert that helps to explain it. */
export interface AlertPage {
  alert: AlertView;
  /** The run that raised it: when, from which version of the data, by which method. */
  raised: { at: string; dataVersion: number; method: string } | null;
  /** The standing of the whole in the same channel and quarter, said before the particular. */
  overall: SurpriseRow | null;
  splits: SplitView[];
  /** Of an index: each item's part in actual minus expected, weight times surprise. */
  items: { indicator: string; name: Bilingual; points: number; z: number }[];
  /** Surprises of the scope and those below it (or beside it, of a single shop) by indicator; null where not shown. */
  heat: {
    indicators: { code: string; name: Bilingual }[];
    rows: { scope: ScopeId; name: Bilingual; own: boolean; z: (number | null)[] }[];
  };
  /** The scope and those beside it, the most surprising first. */
  siblings: (SurpriseRow & { own: boolean })[];
}

/** The answers that an alert rests on. */
export interface AlertResponses {
  /** The item that rows and counts are of: the alert's own, or of an index the one that most answered. */
  indicator: string;
  indicatorName: Bilingual;
  files: { fileName: string; study: Bilingual; n: number }[];
  /** Respondents, or for a study of scores the lines of scores. */
  total: number;
  kind: 'responses' | 'scores';
  /** By each attribute, the largest groups first; a group whose base is too small has no score. */
  attributes: {
    code: string;
    label: Bilingual;
    groups: {
      label: Bilingual;
      score: Score | null;
      /** Since the quarter before, null where either is hidden; the mark after false-discovery control. */
      sincePrevious100: number | null;
      mark: 'higher' | 'lower' | 'none' | null;
    }[];
  }[];
  rows: {
    fileName: string;
    /** Line of the file, the header is line 1. */
    sourceRow: number;
    day: string | null;
    dealer: Bilingual;
    native: number;
    score100: number;
    n: number | null;
    attributes: string[];
  }[];
}

/** The calls of this area. */
export const alertsCalls = {
  /** Cases whose alert no longer stands. */
  'alerts.cleared': call<ClearedCase[]>()(
    z.strictObject({ scheme, quarter: quarter.optional(), channel: channel.optional() }),
  ),
  /** Closes a case whose alert no longer stands and lets later fits use its quarter again; its words are kept. */
  'alerts.settle': call<ClearedCase>()(
    z.strictObject({ scheme, channel, quarter, scope: z.string(), indicator: z.string() }),
    { alone: true },
  ),
  'alerts.list': call<AlertView[]>()(
    z.strictObject({ scheme, quarter: quarter.optional(), channel: channel.optional() }),
  ),
  'alerts.get': call<AlertPage>()(z.strictObject({ alert: z.number().int() })),
  'alerts.responses': call<AlertResponses>()(
    z.strictObject({
      alert: z.number().int(),
      offset: z.number().int().min(0).default(0),
      limit: z.number().int().min(1).max(200).default(20),
    }),
  ),
  'alerts.update': call<AlertView>()(
    z.strictObject({
      alert: z.number().int(),
      state: z.enum(['new', 'acknowledged', 'explained', 'closed']),
      /** What is left out of the following stays as it is. */
      cause: z.enum(['', ...ALERT_CAUSES]).optional(),
      note: z.string().trim().max(2000).optional(),
      action: z.string().trim().max(2000).optional(),
      owner: z.string().trim().max(120).optional(),
      due: z.iso.date().nullable().optional(),
      oneOff: z.boolean().optional(),
    }),
    { alone: true },
  ),
} as const;
