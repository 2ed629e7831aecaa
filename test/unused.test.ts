// Texts and styles that nothing on the page names are found here, since neither the compiler nor the linter sees them.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const SOURCES = globSync('{electron,renderer,shared}/**/*.{ts,tsx}', { cwd: ROOT }).map((file) => ({
  file,
  source: read(file),
}));
const TABLES = SOURCES.filter(({ file }) => file.startsWith('renderer/text/')).flatMap(({ file, source }) =>
  [...source.matchAll(/^export const (\w+) = \{$(.*?)^\}/gms)].map(([whole, name, entries]) => ({
    file,
    name: name!,
    keys: [...entries!.matchAll(/^ {2}(?:'([^']+)'|(\w+)):/gm)].map(([, quoted, plain]) => quoted ?? plain!),
    rest: source.replace(whole, ''),
  })),
);
/** A text may be chosen by a value: a screen, a state, a field of the audit log. */
const VALUES = new Set(
  SOURCES.filter(({ file }) => !file.startsWith('renderer/text/')).flatMap(({ source }) =>
    [...source.matchAll(/'([A-Za-z][\w-]*)'/g)].map(([, value]) => value!),
  ),
);
const FIELDS = new Set(
  SOURCES.filter(({ file }) => !file.startsWith('renderer/')).flatMap(
    ({ source }) => source.match(/\w+/g) ?? [],
  ),
);

describe('the page', () => {
  it('says every text that it holds', () => {
    const unsaid = TABLES.flatMap(({ file, name, keys, rest }) => {
      const users = SOURCES.filter((one) => one.file !== file && one.source.includes(name));
      const words = new Set([rest, ...users.map(({ source }) => source)].join('\n').match(/[\w-]+/g));
      const known = (key: string) =>
        words.has(key) || VALUES.has(key) || (name === 'auditFieldText' && FIELDS.has(key));
      return keys.filter((key) => !known(key)).map((key) => `${name}.${key}`);
    });
    expect(TABLES.length).toBeGreaterThan(20);
    expect(unsaid).toEqual([]);
  });

  it('uses every class that its styles are for', () => {
    const styles = read('renderer/app.css').replace(/\/\*.*?\*\//gs, '');
    const classes = new Set([...styles.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name!));
    const page = SOURCES.filter(({ file }) => file.startsWith('renderer/')).map(({ source }) => source);
    const words = new Set(page.join('\n').match(/[a-z][\w-]*/g));
    // `hue${i}` and `grade-${grade}` make a name of a stem and a value.
    const stem = (name: string) => name.replace(/(\d+|[A-Z])$/, '');
    expect(classes.size).toBeGreaterThan(100);
    expect(
      [...classes].filter((name) => !name.startsWith('ant-') && !words.has(name) && !words.has(stem(name))),
    ).toEqual([]);
  });
});

describe('the faults', () => {
  it('are all raised somewhere', () => {
    const errors = read('shared/errors.ts');
    const codes = [...errors.matchAll(/^ {2}'([a-z-]+)': \{/gm)].map(([, code]) => code!);
    const raised = new Set(
      SOURCES.filter(({ file }) => file !== 'shared/errors.ts').flatMap(({ source }) =>
        [...source.matchAll(/'([a-z]+(?:-[a-z]+)+)'/g)].map(([, code]) => code!),
      ),
    );
    expect(codes.length).toBeGreaterThan(80);
    expect(codes.filter((code) => !raised.has(code))).toEqual([]);
  });
});
