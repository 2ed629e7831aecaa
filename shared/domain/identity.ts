/** The kinds of text that name a person. */
export const IDENTITY_KINDS = ['name', 'phone', 'vin', 'email'] as const;

/** One kind of text that names a person. */
export type IdentityKind = (typeof IDENTITY_KINDS)[number];

/** What is known of who answered. */
export type Identity = Partial<Record<IdentityKind, string>>;

/**
 * A text that names a person in the one form under which it is compared: full-width forms folded, phones by their
 * digits without the Chinese country code, car numbers and addresses without blanks in one case.
 * Example: `normalIdentity('phone', '+86 138-0000-1111')` is `13800001111`.
 */
export function normalIdentity(kind: IdentityKind, text: string): string {
  const folded = text.normalize('NFKC').trim();
  if (kind === 'phone') return folded.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '');
  if (kind === 'vin') return folded.replace(/\s/g, '').toUpperCase();
  if (kind === 'email') return folded.replace(/\s/g, '').toLowerCase();
  return folded.replace(/\s+/g, ' ');
}

/**
 * What makes two rows the same person: the phone, else the address, else the car. A name alone makes nobody the same,
 * since names repeat; then the answer is null. Example: `personKey({ name: '王芳', phone: '138 0000 1111' })` is
 * `phone:13800001111`.
 */
export function personKey(identity: Identity): string | null {
  for (const kind of ['phone', 'email', 'vin'] as const) {
    const text = normalIdentity(kind, identity[kind] ?? '');
    if (text !== '') return `${kind}:${text}`;
  }
  return null;
}

/**
 * Enough of a text to tell people apart on a screen, and no more. Examples: `王*`, `138****1111`, `LSV****2345`,
 * `w***@example.com`. Texts of one or two letters keep the first.
 */
export function maskIdentity(kind: IdentityKind, text: string): string {
  const letters = [...normalIdentity(kind, text)];
  if (kind === 'email') {
    const at = letters.lastIndexOf('@');
    return at > 0 ? `${letters[0]}***${letters.slice(at).join('')}` : `${letters[0] ?? ''}***`;
  }
  if (kind === 'name' || letters.length < 9)
    return `${letters[0] ?? ''}${'*'.repeat(Math.max(0, Math.min(letters.length - 1, 3)))}`;
  return `${letters.slice(0, 3).join('')}****${letters.slice(-4).join('')}`;
}

/**
 * Whether a person is meant by a text that somebody typed: any part of one of the texts, compared in its normal form.
 * Example: `meansPerson({ phone: '138-0000-1111' }, '00001111')` is true.
 */
export function meansPerson(identity: Identity, typed: string): boolean {
  return IDENTITY_KINDS.some((kind) => {
    const wanted = normalIdentity(kind, typed);
    const known = identity[kind];
    return wanted !== '' && known !== undefined && normalIdentity(kind, known).includes(wanted);
  });
}
