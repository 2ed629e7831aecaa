/** Choices for names that no place has, as values of a list: `match:<code>`, `new:<province>`, `leave:`. */
import type { UnmatchedPlace } from '../../shared/calls/import.ts';
import type { CallInput } from '../../shared/contract.ts';

/** Choices as the engine takes them. */
export type PlaceChoices = NonNullable<CallInput<'import.preview'>['places']>;

/** The choice that the engine already follows, as a value. */
export function choiceOf({ choice }: UnmatchedPlace): { value: string; label: string } | null {
  return (
    choice && {
      value: `${choice.action}:${choice.action === 'leave' ? '' : choice.target}`,
      label: choice.label,
    }
  );
}

const isSame = (
  a: Pick<UnmatchedPlace, 'kind' | 'name'> & { province?: string | undefined },
  b: UnmatchedPlace,
) => a.kind === b.kind && a.name === b.name && (a.province ?? '') === b.province;

/** What a name is set to: the choice made now, else the one that is followed. */
export function choiceValue(places: PlaceChoices, one: UnmatchedPlace): string | undefined {
  const made = places.find((place) => isSame(place, one));
  return made ? `${made.action}:${made.target ?? ''}` : choiceOf(one)?.value;
}

/** The choices with another value for a name. */
export function withChoice(places: PlaceChoices, one: UnmatchedPlace, value: string): PlaceChoices {
  const cut = value.indexOf(':');
  const action = value.slice(0, cut) as PlaceChoices[number]['action'];
  const { kind, name, province } = one;
  return [
    ...places.filter((place) => !isSame(place, one)),
    { kind, name, province, action, target: value.slice(cut + 1) },
  ];
}
