/**
 * The page's nonce for every style sheet written at run time. antd takes it from its configuration, but two of its
 * parts (scroll-bar measurement, scroll lock) write theirs without it and would be refused by the content policy.
 */
export const STYLE_NONCE = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content;

export function signStyles(): void {
  const plain = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = plain(name, options);
    if (STYLE_NONCE && element instanceof HTMLStyleElement) element.nonce = STYLE_NONCE;
    return element;
  }) as typeof document.createElement;
}
