/** The host this page runs in: Electron's preload, or the HTTP protocol described in electron/loopback.ts. */

import type { EngineEvent } from '../shared/calls/app.ts';
import type { Envelope } from '../shared/contract.ts';

export interface FileFilter {
  name: string;
  extensions: string[];
}

/** `path` is a token that stands for a place on disk; `name` is for people. */
export interface ChosenFile {
  path: string;
  name: string;
  sizeBytes: number;
}

export interface Host {
  host: 'electron' | 'browser';
  call(name: string, input: unknown): Promise<Envelope>;
  subscribe(listener: (event: EngineEvent) => void): () => void;
  native: {
    openFile(filters: FileFilter[]): Promise<ChosenFile | null>;
    /** Pasted text as a file to import; it goes with the workstation. */
    keepText(text: string): Promise<ChosenFile>;
    openFolder(): Promise<ChosenFile | null>;
    saveFile(suggestedName: string, filters: FileFilter[]): Promise<ChosenFile | null>;
    revealExport(batch: number): Promise<boolean>;
    setLanguage(language: 'zh-CN' | 'en'): Promise<void>;
  };
  /** Browser only: the files of a report batch as downloads. */
  download?(batch: number, file: string): Promise<void>;
  /** Browser only: what a call wrote to a place from `saveFile`, as a download. */
  fetchSaved?(file: ChosenFile): Promise<void>;
  /** Browser only: settles when the workstation behind the page has stopped. */
  stopped?: Promise<void>;
}

declare global {
  interface Window {
    csi?: Host;
  }
}

/** The link was used before, or the page was reloaded. */
export class LinkRefused extends Error {}

export async function connectHost(): Promise<Host> {
  if (window.csi) return window.csi;
  const code = new URLSearchParams(location.hash.slice(1)).get('code') ?? '';
  history.replaceState(null, '', location.pathname);
  const session = await postJson('/session', { code });
  if (!session.ok) throw new LinkRefused();
  const { token } = (await session.json()) as { token: string };
  return browserHost({ Authorization: `Bearer ${token}` });
}

type Headers = Record<string, string>;

function postJson(path: string, body: unknown, headers: Headers = {}): Promise<Response> {
  return fetch(path, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

async function expectOk(response: Response): Promise<Response> {
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
}

const NO_ANSWER: Envelope = {
  ok: false,
  error: {
    code: 'engine-stopped',
    details: {},
    message: {
      zh: '工作站没有应答。请在启动它的窗口查看是否仍在运行，再取一个新链接打开。',
      en: 'The workstation does not answer. See whether it still runs in the window you started it from, and open a new link.',
    },
  },
};

function browserHost(headers: Headers): Host {
  const listeners = new Set<(event: EngineEvent) => void>();
  return {
    host: 'browser',
    async call(name, input) {
      try {
        return (await (await expectOk(await postJson('/call', { name, input }, headers))).json()) as Envelope;
      } catch {
        return NO_ANSWER;
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    native: {
      openFile: async (filters) => {
        const file = await askForFile(filters);
        return file ? upload(file, headers) : null;
      },
      keepText: (text) => upload(new File([text], 'pasted.csv'), headers),
      openFolder: async () => null,
      saveFile: async (name) =>
        (await (await expectOk(await postJson('/outbox', { name }, headers))).json()) as ChosenFile,
      revealExport: async (batch) => {
        const answer = await (await expectOk(await postJson('/reveal', { batch }, headers))).json();
        return (answer as { opened: boolean }).opened;
      },
      setLanguage: async () => undefined,
    },
    download: (batch, file) => download(batch, file, headers),
    async fetchSaved({ path, name }) {
      offer(await (await expectOk(await postJson('/written', { path }, headers))).blob(), name);
    },
    stopped: followEvents(headers, (event) => {
      for (const listener of listeners) listener(event);
    }),
  };
}

async function upload(file: File, headers: Headers): Promise<ChosenFile> {
  const response = await fetch(`/upload?name=${encodeURIComponent(file.name)}`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/octet-stream' },
    body: file,
  });
  return (await (await expectOk(response)).json()) as ChosenFile;
}

/** The browser's own file dialog; null when the user changed their mind. */
export function askForFile(filters: FileFilter[]): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = filters.flatMap((filter) => filter.extensions.map((extension) => `.${extension}`)).join(',');
  input.hidden = true;
  document.body.append(input);
  return new Promise((resolve) => {
    const settle = (file: File | null) => {
      input.remove();
      resolve(file);
    };
    input.addEventListener('change', () => settle(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => settle(null));
    input.click();
  });
}

async function download(batch: number, file: string, headers: Headers): Promise<void> {
  const list = await (await expectOk(await fetch(`/export/${batch}`, { headers }))).json();
  const place = (list as { files: { name: string }[] }).files.findIndex(({ name }) => name === file);
  if (place < 0) throw new Error(file);
  offer(await (await expectOk(await fetch(`/export/${batch}/${place}`, { headers }))).blob(), file);
}

/** Hands bytes to the browser's downloads. */
function offer(bytes: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(bytes);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Reads the stream of events, a line each, until it ends. */
async function followEvents(headers: Headers, tell: (event: EngineEvent) => void): Promise<void> {
  try {
    const response = await expectOk(await fetch('/events', { headers }));
    const lines = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (let chunk = await lines.read(); !chunk.done; chunk = await lines.read()) {
      const parts = (rest + chunk.value).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) if (line !== '') tell(JSON.parse(line) as EngineEvent);
    }
  } catch {
    // A broken stream and an ended one mean the same: nobody is there any more.
  }
}
