import type { AuditEntry } from '../../../shared/calls/audit.ts';
import { type Bilingual, inLanguage, type Language } from '../../../shared/domain/language.ts';
import { CHANNEL_NAMES, CHANNELS } from '../../../shared/domain/study-mapping.ts';
import { ABSENT } from '../../format.ts';
import type { auditFieldText } from '../../text/audit-fields.ts';
import type { Said } from '../../text/both.ts';

type Fields = Said<typeof auditFieldText>;
type Detail = AuditEntry['detail'];

/** A field that was changed, in words. */
export interface FieldChange {
  field: string;
  before: string;
  after: string;
}

/** What an entry says was changed, field by field; nothing where it tells of no change. */
export function changesOf(detail: Detail, fields: Fields, language: Language): FieldChange[] {
  const before = asFields(detail.before);
  const after = asFields(detail.after);
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((name) => ({
    field: fieldName(name, fields),
    before: shown(before[name], language),
    after: shown(after[name], language),
  }));
}

/** What was acted on, channels by their names. Example: `in-house 2026Q3` is `自有调研 2026Q3`. */
export function subjectText(subject: string, language: Language): string {
  const [first = '', ...rest] = subject.split(' ');
  const channel = CHANNELS.find((one) => one === first);
  return channel ? [inLanguage(CHANNEL_NAMES[channel], language), ...rest].join(' ') : subject;
}

/** Everything else that an entry says, a text each. */
export function restOfDetail(detail: Detail, fields: Fields, language: Language): string[] {
  return Object.entries(detail)
    .filter(([name, value]) => name !== 'before' && name !== 'after' && value !== null && value !== undefined)
    .map(
      ([name, value]) =>
        `${fieldName(name, fields)}: ${shown(value, language).slice(0, name === 'sha256' ? 10 : undefined)}`,
    );
}

function asFields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function shown(value: unknown, language: Language): string {
  if (value === undefined || value === null || value === '') return ABSENT;
  if (isBilingual(value)) return inLanguage(value, language);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function isBilingual(value: unknown): value is Bilingual {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === 'zh,en';
}

/** A field of an entry in words; the name of a thing, and one that is not known yet, stay as they are. */
function fieldName(name: string, fields: Fields): string {
  return Object.hasOwn(fields, name) ? fields[name as keyof Fields] : name;
}
