import { userInfo } from 'node:os';

/** Who works here, as the operating system says; '' where it does not. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
