// Names of a file that no place has, with what was chosen for them and the nearest places.
import type { UnmatchedPlace } from '../../../../shared/calls/import.ts';
import type { PlaceDirectory } from './place-directory.ts';
import type { Pass } from './read-rows.ts';

export function unmatchedPlaces({ unmatched }: Pass, directory: PlaceDirectory): UnmatchedPlace[] {
  return [
    ...[...unmatched.values()].map(
      ({ kind, name, province, rows, nearest, choice }): UnmatchedPlace => ({
        kind,
        name,
        province,
        rows,
        state: choice === null ? 'unknown' : 'chosen',
        choice: choice && { ...choice, label: directory.labelOf(kind, choice.target) },
        nearest,
      }),
    ),
    ...directory.lookAlikes().map(
      ({ name, nearest }): UnmatchedPlace => ({
        kind: 'dealer',
        name,
        province: '',
        rows: 0,
        state: 'new',
        choice: null,
        nearest,
      }),
    ),
  ];
}
