/** The kinds of text that name a person. */
export const IDENTITY_KINDS = ['name', 'phone', 'vin', 'email'] as const;

/** One kind of text that names a person. */
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** What is known of who answered. */
export type Identity = Partial<Record<IdentityKind, string>>;

/** Nothing to change in most of millions of visits. */
const PLAIN_VIN = /^[A-Z0-9]+$/;

/**
 * A text that names a person in the one form under which it is compared: full-width forms folded, phones by their
 * digits without the Chinese country code, car numbers and addresses without blanks in one case.
 * Example: `normalIdentity('phone', '+86 138-0000-1111')` is `13800001111`.
 */
export function normalIdentity(kind: IdentityKind, text: string): string {
  if (kind === 'vin' && PLAIN_VIN.test(text)) return text;
  const folded = text.normalize('NFKC').trim();
  if (kind === 'phone') return folded.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
  if (kind === 'vin') return folded.replace(/\s/g, '').toUpperCase();
  if (kind === 'email') return folded.replace(/\s/g, '').toLowerCase();
  return folded.replace(/\s+/g, ' ');
}

/**
 * Everything that a person may be known by elsewhere: the phone, the address, the car, in this order. Empty for
 * somebody known by name alone. Example: `personKeys({ vin: 'lsv 1', phone: '138' })` is `['phone:138', 'vin:LSV1']`.
 */
export function personKeys(identity: Identity): string[] {
  return (['phone', 'email', 'vin'] as const).flatMap((kind) => {
    const given = identity[kind];
    const text = given === undefined ? '' : normalIdentity(kind, given);
    return text === '' ? [] : [`${kind}:${text}`];
  });
}

/**
 * What makes two rows the same person: the phone, else the address, else the car. A name alone makes nobody the same,
 * since names repeat; then the answer is null. Example: `personKey({ name: '王芳', phone: '138 0000 1111' })` is
 * `phone:13800001111`.
 */
export function personKey(identity: Identity): string | null {
  return personKeys(identity)[0] ?? null;
}

/**
 * A customer number of the maker's own in the one form under which customers are compared; '' for a blank.
 * Example: `customerNumberKey(' Ａ12 ')` is `customer:A12`.
 */
export function customerNumberKey(text: string): string {
  const plain = text.normalize('NFKC').trim();
  return plain === '' ? '' : `customer:${plain}`;
}

const looksLikePhone = (text: string) => /^[\d\s+()-]*$/.test(text.normalize('NFKC'));

/**
 * What a text that names a customer in full may stand for, as visits are kept: a phone where it holds no letters, a
 * car, a number of the maker's. Empty for a blank. Example: `customerKeys('lsv1')` is
 * `[{ kind: 'vin', key: 'vin:LSV1' }, { kind: 'number', key: 'customer:lsv1' }]`.
 */
export function customerKeys(text: string): { kind: 'vin' | 'phone' | 'number'; key: string }[] {
  return [
    { kind: 'phone' as const, key: looksLikePhone(text) ? (personKey({ phone: text }) ?? '') : '' },
    { kind: 'vin' as const, key: personKey({ vin: text }) ?? '' },
    { kind: 'number' as const, key: customerNumberKey(text) },
  ].filter(({ key }) => key !== '');
}

/**
 * Enough of a text to tell people apart on a screen, and no more. Examples: `王*`, `138****1111`, `LSV****2345`,
 * `w***@example.com`. Texts of one or two letters keep the first.
 */
export function maskIdentity(kind: IdentityKind | 'number', text: string): string {
  const letters = [...(kind === 'number' ? text.normalize('NFKC').trim() : normalIdentity(kind, text))];
  if (kind === 'email') {
    const at = letters.lastIndexOf('@');
    return at > 0 ? `${letters[0]}***${letters.slice(at).join('')}` : `${letters[0] ?? ''}***`;
  }
  if (kind === 'name' || letters.length < 9)
    return `${letters[0] ?? ''}${'*'.repeat(Math.max(0, Math.min(letters.length - 1, 3)))}`;
  return `${letters.slice(0, 3).join('')}****${letters.slice(-4).join('')}`;
}

/**
 * Whether a person is meant by a text that somebody typed: any part of one of the texts, compared in its normal form;
 * a phone is not meant by a text with letters.
 * Example: `meansPerson({ phone: '138-0000-1111' }, '00001111')` is true.
 */
export function meansPerson(identity: Identity, typed: string): boolean {
  return IDENTITY_KINDS.some((kind) => {
    const wanted = kind === 'phone' && !looksLikePhone(typed) ? '' : normalIdentity(kind, typed);
    const known = identity[kind];
    return wanted !== '' && known !== undefined && normalIdentity(kind, known).includes(wanted);
  });
}
