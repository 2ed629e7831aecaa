import type { Bilingual } from '../../shared/domain/language.ts';
import { useName } from '../text/use-text.ts';

/** What a figure's basis leaves out, in the engine's words. */
export function BasisNotes({ notes }: { notes: readonly Bilingual[] }) {
  const name = useName();
  if (notes.length === 0) return null;
  return (
    <ul className="hint">
      {notes.map((note) => (
        <li key={note.en}>{name(note)}</li>
      ))}
    </ul>
  );
}
