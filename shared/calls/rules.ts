/** The rules by which figures are shown and marked. */
import { z } from 'zod';
import { DEFAULT_RULES, type DisplayRules } from '../domain/display-rules.ts';
import { call, nothing } from './call.ts';

const base = z.number().int().min(1).max(1000);

/** The calls of this area. */
export const rulesCalls = {
  'rules.get': call<DisplayRules>()(nothing),
  'rules.save': call<DisplayRules>()(
    z
      .strictObject({
        greyFrom: base.default(DEFAULT_RULES.greyFrom),
        fullFrom: base.default(DEFAULT_RULES.fullFrom),
        q: z.number().min(0.001).max(0.5).default(DEFAULT_RULES.q),
      })
      .refine(({ greyFrom, fullFrom }) => greyFrom <= fullFrom, {
        path: ['fullFrom'],
        message: 'must not be less than greyFrom',
      }),
    { alone: true },
  ),
} as const;
