/** Speaks to a browser host as anybody could: every header can be left out, changed or doubled. */
import { type IncomingHttpHeaders, request } from 'node:http';
import type { LoopbackHost } from '../../electron/loopback.ts';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  json: Record<string, unknown>;
}

export interface Ask {
  method?: string;
  /** Undefined leaves a header out that `send` would otherwise add. */
  headers?: Record<string, string | undefined>;
  body?: string | Buffer;
}

export function send(port: number, path: string, ask: Ask = {}): Promise<Reply> {
  const wanted = { host: `127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin', ...ask.headers };
  const headers = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const sent = request({
      host: '127.0.0.1',
      port,
      path,
      method: ask.method ?? 'GET',
      headers,
      agent: false,
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const isJson = response.headers['content-type']?.startsWith('application/json');
        const json = isJson ? JSON.parse(text) : {};
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
      });
    });
    sent.end(ask.body);
  });
}

export function post(
  port: number,
  path: string,
  value: unknown,
  headers: Ask['headers'] = {},
): Promise<Reply> {
  const body = JSON.stringify(value);
  return send(port, path, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** Takes a link as the page does. */
export async function openSession(host: LoopbackHost): Promise<Record<string, string>> {
  const code = new URL(host.newLink()).hash.replace('#code=', '');
  const { json } = await post(host.port, '/session', { code });
  return { authorization: `Bearer ${json.token}` };
}
