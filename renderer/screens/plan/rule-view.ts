/** Rules of a plan as a planner reads and changes them. */
import type { LearntEffectView, PlanRequest } from '../../../shared/calls/plan.ts';
import type { AssumptionSource, PlanInput } from '../../../shared/domain/plan/plan-facts.ts';
import type { PlanRule, RuleField } from '../../../shared/domain/plan/rules.ts';
import type { Said } from '../../text/both.ts';
import type { planWorkText } from '../../text/plan-work.ts';

type Text = Said<typeof planWorkText>;
type Rules = NonNullable<PlanRequest['rules']>;
export type RuleDraft = Rules[number];

/** Fields that hold a number, in the order in which they are offered. */
export const NUMBER_FIELDS = [
  'ceiling',
  'effectFactor',
  'effect',
  'costFactor',
  'largestStep',
  'mostExtra',
  'floor',
  'cap',
  'lockScore',
  'lockExtra',
  'packageExtra',
] as const satisfies readonly RuleField[];

export type NumberField = (typeof NUMBER_FIELDS)[number];

const PERCENTS: readonly NumberField[] = ['mostExtra', 'lockExtra', 'packageExtra'];
const SCORES: readonly NumberField[] = ['ceiling', 'floor', 'cap', 'lockScore', 'largestStep'];

export function fieldName(field: RuleField, text: Text): string {
  return text[field];
}

/** Shares are typed in percent. */
export function shownValue(field: NumberField, value: number): number {
  return PERCENTS.includes(field) ? Number((value * 100).toFixed(6)) : value;
}

export function storedValue(field: NumberField, shown: number): number {
  return PERCENTS.includes(field) ? shown / 100 : shown;
}

/** What may be typed. */
export function rangeOf(field: NumberField): { min: number; max: number; step: number } {
  if (SCORES.includes(field)) return { min: 0, max: 100, step: 0.5 };
  if (PERCENTS.includes(field)) return { min: field === 'packageExtra' ? 0.01 : 0, max: 100_000, step: 1 };
  return { min: field === 'costFactor' ? 0 : 0.001, max: field === 'effect' ? 1e6 : 100, step: 0.1 };
}

const isOf = (rule: RuleDraft, area: string, indicator: string) =>
  (rule.area ?? '') === area && (rule.indicator ?? '') === indicator;

/** The rules with what was set by hand for one place replaced; `null` takes it away. */
export function withRule(
  rules: readonly RuleDraft[],
  area: string,
  indicator: string,
  settings: Omit<RuleDraft, 'area' | 'indicator' | 'source'> | null,
): Rules {
  const others = rules.filter((rule) => !isOf(rule, area, indicator));
  const isEmpty = settings === null || Object.values(settings).every((value) => value === undefined);
  return isEmpty ? others : [...others, { area, indicator, source: 'given', ...settings }];
}

/** What stands for one place, later rules over earlier ones. */
export function settingsAt(
  rules: readonly RuleDraft[],
  area: string,
  indicator: string,
): Partial<Omit<PlanRule, 'area' | 'indicator' | 'source'>> {
  const found: Partial<PlanRule> = {};
  for (const rule of rules) if (isOf(rule, area, indicator)) Object.assign(found, rule);
  const { area: _area, indicator: _indicator, source: _source, ...settings } = found;
  return settings;
}

/** One line for every number that a rule sets. */
export function ruleLines(rules: readonly RuleDraft[]) {
  return rules.flatMap((rule, index) =>
    NUMBER_FIELDS.flatMap((field) => {
      const value = rule[field];
      return value === undefined ? [] : [{ key: `${index} ${field}`, index, field, value, rule }];
    }),
  );
}

export type RuleLine = ReturnType<typeof ruleLines>[number];

/** The rules without one of their numbers. */
export function withoutLine(rules: readonly RuleDraft[], line: RuleLine): Rules {
  return rules.flatMap((rule, index) => {
    if (index !== line.index) return [rule];
    const rest = { ...rule, [line.field]: undefined };
    const says = NUMBER_FIELDS.some((field) => rest[field] !== undefined) || rest.note !== undefined;
    return says ? [rest] : [];
  });
}

/** What an assessed plan taught, as rules by item. */
export function learntRules(rules: readonly RuleDraft[], effects: readonly LearntEffectView[]): Rules {
  const kept = rules.filter((rule) => rule.source !== 'learnt');
  return [
    ...kept,
    ...effects.map(({ indicator, offered }) => ({
      area: '',
      indicator,
      source: 'learnt' as const,
      effectFactor: Number(offered.toFixed(4)),
    })),
  ];
}

export function sourceName(source: AssumptionSource, text: Text): string {
  return {
    default: text.sourceDefault,
    given: text.sourceGiven,
    imported: text.sourceImported,
    learnt: text.sourceLearnt,
  }[source];
}

/** A stored plan's choices to go on with; its channel and scheme are those of the slice. */
export function choicesOf({
  channel: _channel,
  scheme: _scheme,
  ...choices
}: PlanInput): Partial<PlanRequest> {
  return choices;
}
