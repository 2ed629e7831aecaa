import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { afterPack, FUSES, setFuses } from '../../electron/fuses.ts';

const ROOT = join(import.meta.dirname, '../..');
const config = parse(readFileSync(join(ROOT, 'electron-builder.yml'), 'utf8'));
const pack = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const scheme = JSON.parse(readFileSync(join(ROOT, 'node_modules/app-builder-lib/scheme.json'), 'utf8'));

function binary(wire: string, version = 1, count = wire.length): Buffer {
  const head = Buffer.from(`....dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX`);
  return Buffer.concat([head, Buffer.from([version, count]), Buffer.from(wire), Buffer.from('....')]);
}

describe('the packaging', () => {
  it('is described as the packager expects', () => {
    // The scheme names formats and marks unions with keywords of its own.
    const valid = new Ajv({ strict: false, validateFormats: false }).compile(scheme);
    expect([valid(config), valid.errors]).toEqual([true, null]);
    expect(valid({ ...config, appIdd: 'x' })).toBe(false);
  });

  it('makes a Windows installer for x64 and a Linux folder', () => {
    expect(config.win.target).toEqual([{ target: 'nsis', arch: ['x64'] }]);
    expect(config.linux.target).toEqual([{ target: 'dir' }]);
  });

  it('decides on the eight fuses that the packager knows as on the nine of the hook', () => {
    const known = FUSES.filter(({ name }) => name !== 'wasmTrapHandlers');
    expect(config.electronFuses).toEqual(Object.fromEntries(known.map(({ name, on }) => [name, on])));
    expect(config.afterPack).toBe('./electron/fuses.ts');
    expect(afterPack).toBeTypeOf('function');
  });

  it('keeps the Node for development out', () => {
    expect(config.files).toContain('!node_modules/node-*/**');
    expect(Object.keys(pack.optionalDependencies).every((name) => name.startsWith('node-'))).toBe(true);
  });

  it('keeps every package in that the Node side imports', () => {
    const excluded = (config.files as string[])
      .flatMap((pattern) => /^!node_modules\/\{?([^}]*?)\}?\/\*\*$/.exec(pattern)?.[1]?.split(',') ?? [])
      .filter((name) => !name.includes('*'));
    const sources = globSync(['electron/**/*.ts', 'shared/**/*.ts'], { cwd: ROOT });
    const imported = sources.flatMap((path) =>
      [
        ...readFileSync(join(ROOT, path), 'utf8').matchAll(
          /^import (?!type).*from '((?:@[\w-]+\/)?[\w-]+)(?!.*\.json')/gm,
        ),
      ].map((match) => match[1]!),
    );
    const needed = [...new Set(imported)].filter((name) => name !== 'electron' && name !== 'node');
    expect(needed).toContain('better-sqlite3');
    expect(excluded).toContain('antd');
    for (const name of needed) {
      expect(
        excluded.some((prefix) => name === prefix || name.startsWith(`${prefix}/`)),
        name,
      ).toBe(false);
      expect(Object.keys(pack.dependencies), `${name} must be no devDependency`).toContain(name);
    }
  });
});

describe('the fuses', () => {
  it('are all set, whatever they were', () => {
    const bytes = binary('111111110');
    setFuses(bytes);
    expect(bytes.toString('latin1').slice(38, 47)).toBe('010011001');
  });

  it.each([
    ['eight', binary('11111111'), '8 fuses in this binary, 9 are decided on'],
    ['ten', binary('1111111111'), '10 fuses in this binary, 9 are decided on'],
    ['another wire version', binary('111111111', 2), 'fuse wire version 2, wanted 1'],
    ['a removed fuse', binary('1r1111111'), 'enableCookieEncryption has been removed'],
    ['no wire', Buffer.from('nothing'), 'not one fuse wire'],
    ['two wires', Buffer.concat([binary('111111111'), binary('111111111')]), 'not one fuse wire'],
  ])('stop the packaging of a binary with %s', (_what, bytes, message) => {
    expect(() => setFuses(bytes)).toThrow(message);
  });
});
