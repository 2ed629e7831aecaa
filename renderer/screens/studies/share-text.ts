import { decimal } from '../../format.ts';

/** A share of the index: `12.5%`; what has none shows nothing. */
export function shareText(share: number): string {
  return share > 0 ? `${decimal(share * 100, 2)}%` : '';
}
