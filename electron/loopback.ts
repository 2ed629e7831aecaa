/**
 * The same engine and the same page for a browser on this computer, where Electron is not installed.
 *
 * The page sees one object on both hosts (Electron's preload puts it on `window.csi`; in a browser
 * `renderer/host.ts` builds it over the HTTP protocol below):
 *
 *   interface Host {
 *     host: 'electron' | 'browser';
 *     call(name: string, input: unknown): Promise<Envelope>;     // never rejects: a fault is an envelope
 *     subscribe(listener: (event: EngineEvent) => void): () => void;
 *     native: {
 *       openFile(filters: FileFilter[]): Promise<ChosenFile | null>;      // null: the user changed their mind
 *       openFiles(filters: FileFilter[]): Promise<ChosenFile[]>;          // empty: likewise
 *       openFolder(): Promise<ChosenFile | null>;                         // browser: always null
 *       saveFile(suggestedName: string, filters: FileFilter[]): Promise<ChosenFile | null>; // browser: POST /outbox
 *       fetchSaved(path: string): Promise<void>;                          // browser: GET /outbox; Electron: nothing
 *       revealExport(batchId: number): Promise<boolean>;                  // shows the folder of a report batch
 *       openLink(link: 'manual' | 'licences'): Promise<boolean>;          // fixed links only; browser: false
 *     };
 *   }
 *   interface FileFilter { name: string; extensions: string[] }           // extensions without the dot
 *   interface ChosenFile { path: string; name: string; sizeBytes: number }
 *
 * `path` is a token (`granted:<hex>`), never a place on disk: put it into a call's input wherever the
 * contract asks for a path, the host replaces it by the real one. `name` is for display.
 *
 * The page is opened as `http://127.0.0.1:PORT/#code=<one-time code>`. It must read the code, remove the
 * fragment at once (`history.replaceState`), and exchange it. The token lives in memory only, so a reload
 * needs a new link (Enter in the terminal prints one); a new session ends the former.
 * Every request below is same-origin `fetch`; all but /session carry `Authorization: Bearer <token>`.
 *
 *   POST /session  {"code"}                   -> 200 {"token"} | 401
 *   POST /call     {"name", "input"}          -> 200 Envelope (faults of a call are 200 too)
 *   GET  /events                              -> 200 application/x-ndjson: one EngineEvent a line, for as long as
 *                                                the page lives; an empty line every 15 s says "still here".
 *                                                When it ends, show "the workstation has stopped".
 *   POST /upload?name=<encoded file name>     -> body application/octet-stream, the File itself, at most 2 GB
 *                                                200 ChosenFile | 413
 *   POST /outbox   {"name"}                   -> 200 ChosenFile: a place a call may write to, then
 *   GET  /outbox/<token's hex>                -> 200 the bytes written there (make a Blob, offer as download)
 *   GET  /export/<batchId>                    -> 200 {"files": [{"name", "sizeBytes"}]}
 *   GET  /export/<batchId>/<n>                -> 200 the n-th file of that list, from 0
 *   POST /reveal   {"batchId"}                -> 200 {"opened": boolean}: opens the folder on this computer
 *
 * Anything else: 401 wrong or missing token (answered late on purpose), 403 wrong Host or not same-origin,
 * 404, 405, 413, 415. Bodies of faults are {"error": "<code>"}. POST with JSON needs
 * `Content-Type: application/json`.
 *
 * The page's style nonce: the host replaces `__CSP_NONCE__` everywhere in index.html, so
 * `<meta name="csp-nonce" content="__CSP_NONCE__">` gives antd's `<ConfigProvider csp={{ nonce }}>`.
 * `style="…"` in markup (innerHTML, HTML tooltips of charts) is refused; `element.style.x = …` is fine.
 */
export const PROTOCOL_VERSION = 1;
