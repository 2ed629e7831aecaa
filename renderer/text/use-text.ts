import { type Bilingual, inLanguage } from '../../shared/domain/language.ts';
import { useSession } from '../session.ts';
import { type Said, say, type TextTable } from './both.ts';

export function useText<T extends TextTable>(table: T): Said<T> {
  return say(
    table,
    useSession((session) => session.language),
  );
}

/** Reads names that the engine gives in both languages. */
export function useName(): (name: Bilingual) => string {
  const language = useSession((session) => session.language);
  return (name) => inLanguage(name, language);
}
