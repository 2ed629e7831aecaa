/**
 * Who may talk to the browser host: a one-time code from the printed link is exchanged for a token that only the
 * page's memory holds. Each wrong guess makes the next wrong answer come later, up to two seconds.
 */
import { createSecret, sameSecret } from './security.ts';

const LONGEST_DELAY_MS = 2000;

export interface LoopbackSession {
  /** A new one-time code; the former one is void. */
  newCode(): string;
  /** The token for a code, once. Null, and late, for anything else. */
  exchange(code: unknown): Promise<string | null>;
  /** Whether a request's Authorization header carries the token. False comes late. */
  admits(authorization: string | undefined): Promise<boolean>;
}

export function createLoopbackSession(delay: (ms: number) => Promise<void>): LoopbackSession {
  let code: string | null = null;
  let token: string | null = null;
  let wrong = 0;

  const refuse = async (): Promise<void> => {
    wrong = Math.min(wrong + 1, 10);
    await delay(Math.min(LONGEST_DELAY_MS, 50 * 2 ** wrong));
  };

  return {
    newCode() {
      code = createSecret();
      return code;
    },
    async exchange(given) {
      if (typeof given !== 'string' || code === null || !sameSecret(given, code)) {
        await refuse();
        return null;
      }
      code = null;
      wrong = 0;
      token = createSecret();
      return token;
    },
    async admits(authorization) {
      const given = /^Bearer ([0-9a-f]+)$/.exec(authorization ?? '')?.[1];
      if (given !== undefined && token !== null && sameSecret(given, token)) return true;
      await refuse();
      return false;
    },
  };
}
