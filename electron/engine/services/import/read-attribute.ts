// What a row says of its respondent: one value, or the choices of a multiple answer.
import { bandOf } from '../../../../shared/domain/band.ts';
import type { MappedAttribute } from '../../../../shared/domain/study-mapping.ts';
import type { RawCell } from '../../importers/table.ts';
import { cellText, isMissingCode, plainText } from '../../importers/values.ts';

export function readAttribute(cell: RawCell, attribute: MappedAttribute): string | string[] | null {
  if (cell === null || cell === '' || isMissingCode(cell, attribute.missing)) return null;
  const written = plainText(cellText(cell));
  if (written === '') return null;
  const text = recoded(attribute, written);
  if (!attribute.multiple) return (attribute.bands && bandOf(text, attribute.bands)) ?? text;
  if ('choices' in attribute.multiple) return splitChoices(text, attribute.multiple.choices);
  const parts = text.split(attribute.multiple.separator);
  return [...new Set(parts.map((one) => recoded(attribute, one.trim())).filter(Boolean))];
}

/** What the file wrote where a band stands for it; null otherwise. */
export function writtenAmount(cell: RawCell, answer: string | string[] | null): string | null {
  if (typeof answer !== 'string') return null;
  const written = plainText(cellText(cell)).slice(0, MOST_WRITTEN);
  return written === answer ? null : written;
}

const MOST_WRITTEN = 60;

function recoded({ recode }: MappedAttribute, text: string): string {
  return recode && Object.hasOwn(recode, text) ? recode[text]! : text;
}

/** Choices that the file runs together, longest first; what is left over is a choice of its own. */
function splitChoices(text: string, choices: readonly string[]): string[] {
  const found: string[] = [];
  let rest = text;
  for (const choice of [...choices].sort((a, b) => b.length - a.length))
    if (rest.includes(choice)) {
      found.push(choice);
      rest = rest.replace(choice, '\u0000');
    }
  const over = rest
    .split('\u0000')
    .map((one) => one.trim())
    .filter(Boolean);
  return [...new Set([...found, ...over])].sort();
}
