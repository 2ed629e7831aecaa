// Pseudonyms: an HMAC of what makes a person the same, under a key that stays outside the database.
import { createHmac, hash, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Identity, personKeys } from '../../../../shared/domain/identity.ts';
import type { Context } from '../../context.ts';

/** The key of the pseudonyms; it stays outside the database, so that a copy of the database names nobody. */
export function pseudonymKey(context: Context): string {
  const path = join(context.options.dataFolder, 'identity-key');
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString('hex'), { mode: 0o600 });
  return readFileSync(path, 'utf8');
}

/** The pseudonym of a key that a customer is known by. */
export function pseudonymOfText(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('hex');
}

/**
 * The same pseudonyms for very many keys: the HMAC written out (RFC 2104), since an object for each of a million
 * customers stays in memory long after its use.
 */
export function pseudonymizer(secret: string): (text: string) => string {
  const given = Buffer.from(secret);
  const block = Buffer.alloc(BLOCK_BYTES);
  (given.length > BLOCK_BYTES ? hash('sha256', given, 'buffer') : given).copy(block);
  const [inner, outer] = [block.map((byte) => byte ^ 0x36), block.map((byte) => byte ^ 0x5c)];
  return (text) => {
    const message = hash('sha256', Buffer.concat([inner, Buffer.from(text)]), 'buffer');
    return hash('sha256', Buffer.concat([outer, message]), 'hex');
  };
}

/** Of SHA-256. */
const BLOCK_BYTES = 64;

/** The pseudonym of a person; somebody known by name alone is nobody else's same, and gets that of the `row`. */
export function pseudonymOf(secret: string, identity: Identity, row: string): string {
  return pseudonymsOf(secret, identity)[0] ?? pseudonymOfText(secret, `row:${row}`);
}

/** Every pseudonym under which a person may be kept; none for somebody known by name alone. */
export function pseudonymsOf(secret: string, identity: Identity): string[] {
  return personKeys(identity).map((key) => pseudonymOfText(secret, key));
}
