import type { Context } from '../../context.ts';

/** Tells the page to read again what it shows: names changed, the data did not. */
export function emitRenamed(context: Context): void {
  const { dataVersion } = context.workspace();
  context.emit({ name: 'data.changed', payload: { dataVersion } });
}
