/**
 * Paper is white and narrower than the screen: before the system prints, the page turns light, takes the width of the
 * paper and its charts are drawn again for it; afterwards everything is as it was.
 */
import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { applyPalette } from './palette.ts';
import { type Appearance, useSession } from './session.ts';

const redrawings = new Set<() => void>();

let onPaper = false;
const watchers = new Set<() => void>();

function watch(changed: () => void): () => void {
  watchers.add(changed);
  return () => watchers.delete(changed);
}

/** Whether the page is being printed: what draws only its rows in view then draws them all. */
export function useOnPaper(): boolean {
  return useSyncExternalStore(watch, () => onPaper);
}

/** Calls `redraw` when the width of the page has changed for paper, and again when it is back. */
export function redrawOnPaper(redraw: () => void): () => void {
  redrawings.add(redraw);
  return () => redrawings.delete(redraw);
}

function turn(appearance: Appearance, printing: boolean): void {
  document.documentElement.classList.toggle('printing', printing);
  applyPalette(appearance);
  onPaper = printing;
  flushSync(() => {
    useSession.setState({ appearance });
    for (const changed of watchers) changed();
  });
  for (const redraw of redrawings) redraw();
}

export function preparePaper(): void {
  let screen: Appearance | null = null;
  addEventListener('beforeprint', () => {
    screen ??= useSession.getState().appearance;
    turn('light', true);
  });
  addEventListener('afterprint', () => {
    if (screen !== null) turn(screen, false);
    screen = null;
  });
}

/** The texts in the margins of every printed page; a function that takes them away. Browsers without page margins leave them out. */
export function setPageMargins(margins: { top: string; bottom: string }): () => void {
  const sheet = new CSSStyleSheet();
  const quoted = (text: string) => `"${text.replace(/["\\]/g, '\\$&').replace(/\s+/g, ' ')}"`;
  const style = 'font: 8pt "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; color: #555;';
  sheet.replaceSync(`@page {
    @top-left { content: ${quoted(margins.top)}; white-space: nowrap; ${style} }
    @bottom-left { content: ${quoted(margins.bottom)}; white-space: nowrap; ${style} }
    @bottom-right { content: counter(page) " / " counter(pages); ${style} }
  }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
  };
}
