// The structure that ARCHITECTURE in the README describes, held by reading the imports of every source file.
import { globSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '..');
const SOURCES = globSync('{electron,renderer,shared,resources}/**/*.{ts,tsx}', { cwd: ROOT }).sort();

/** Layer of a file, the longest prefix wins; each may import itself and what is listed. */
const LAYERS: Record<string, readonly string[]> = {
  'shared/math': [],
  'shared/domain': ['shared/math', 'shared/errors.ts'],
  'shared/errors.ts': ['shared/domain'],
  'shared/report': ['shared/domain', 'shared/math', 'shared/errors.ts'],
  'shared/calls': ['shared/domain', 'shared/report'],
  'shared/contract.ts': ['shared/domain', 'shared/errors.ts', 'shared/calls'],
  'electron/engine/importers': ['shared'],
  'electron/engine/documents': ['shared'],
  'electron/engine/store': ['shared'],
  'electron/engine/options.ts': [],
  'electron/engine/context.ts': [
    'shared',
    'electron/engine/services/workspace/workspace.ts',
    'electron/engine/options.ts',
  ],
  'electron/engine/services': [
    'shared',
    'electron/engine/importers',
    'electron/engine/documents',
    'electron/engine/store',
    'electron/engine/context.ts',
    'electron/engine/options.ts',
  ],
  'electron/engine/handlers.ts': ['shared', 'electron/engine/services', 'electron/engine/context.ts'],
  'electron/engine/engine.ts': [
    'shared',
    'electron/engine/handlers.ts',
    'electron/engine/context.ts',
    'electron/engine/options.ts',
    'electron/engine/services/workspace/workspace.ts',
  ],
  electron: ['shared', 'electron/engine/engine.ts'],
  renderer: ['shared'],
  resources: ['shared'],
};

const MAY_IMPORT_ELECTRON = [
  'electron/main.ts',
  'electron/preload.ts',
  'electron/native.ts',
  'electron/window.ts',
];

interface Import {
  from: string;
  /** Path inside the project, or the package's name. */
  to: string;
  internal: boolean;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|(?:^|\n)import\s+['"]([^'"]+)['"]/g,
  );
  return [...found].map((match) => {
    const target = match[1] ?? match[2] ?? match[3]!;
    const internal = target.startsWith('.');
    return {
      from: file,
      to: internal ? relative(ROOT, resolve(ROOT, dirname(file), target)) : target,
      internal,
    };
  });
}

const IMPORTS = SOURCES.flatMap(importsOf);

function within(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

function layerOf(path: string): string | undefined {
  return Object.keys(LAYERS)
    .filter((layer) => within(path, layer))
    .sort((a, b) => b.length - a.length)[0];
}

describe('architecture', () => {
  it('reads the sources it is about', () => {
    expect(SOURCES.length).toBeGreaterThan(100);
    expect(IMPORTS.filter((one) => one.internal).length).toBeGreaterThan(300);
  });

  it('puts every source file into a layer', () => {
    expect(SOURCES.filter((file) => layerOf(file) === undefined)).toEqual([]);
  });

  it('lets a layer import only itself and what stands below it', () => {
    const breaches = IMPORTS.filter(({ from, to, internal }) => {
      if (!internal) return false;
      const own = layerOf(from)!;
      return !within(to, own) && !LAYERS[own]!.some((allowed) => within(to, allowed));
    });
    expect(breaches.map(({ from, to }) => `${from} -> ${to}`)).toEqual([]);
  });

  it('has no import cycle', () => {
    const edges = new Map<string, string[]>();
    for (const { from, to, internal } of IMPORTS)
      if (internal) edges.set(from, [...(edges.get(from) ?? []), to]);
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]) => {
      if (state.get(file) === 'done') return;
      if (state.get(file) === 'open') {
        cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
        return;
      }
      state.set(file, 'open');
      for (const next of edges.get(file) ?? []) visit(next, [...path, file]);
      state.set(file, 'done');
    };
    for (const file of SOURCES) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('orders the areas of the services, so that none rests on one that rests on it', () => {
    const areaOf = (file: string) => /^electron\/engine\/services\/([^/]+)\//.exec(file)?.[1];
    const edges = new Map<string, Set<string>>();
    for (const { from, to, internal } of IMPORTS) {
      const [own, other] = [areaOf(from), areaOf(to)];
      if (internal && own && other && own !== other) edges.set(own, (edges.get(own) ?? new Set()).add(other));
    }
    const reached = (start: string) => {
      const seen = new Set<string>();
      const open = [...(edges.get(start) ?? [])];
      for (let area = open.pop(); area !== undefined; area = open.pop()) {
        if (seen.has(area)) continue;
        seen.add(area);
        open.push(...(edges.get(area) ?? []));
      }
      return seen;
    };
    expect(edges.size).toBeGreaterThan(5);
    expect([...edges.keys()].filter((area) => reached(area).has(area))).toEqual([]);
  });

  it('imports electron in the window files only and SQLite in store/database.ts only', () => {
    const users = (name: string) => [
      ...new Set(IMPORTS.filter(({ to }) => to === name).map(({ from }) => from)),
    ];
    expect(users('electron').filter((file) => !MAY_IMPORT_ELECTRON.includes(file))).toEqual([]);
    expect(users('better-sqlite3')).toEqual(['electron/engine/store/database.ts']);
    const charts = IMPORTS.filter(({ to }) => /^echarts(\/|$)/.test(to)).map(({ from }) => from);
    expect(charts.filter((file) => file !== 'renderer/components/chart.tsx')).toEqual([]);
  });

  it('keeps SQL in the store', () => {
    const sql =
      /['"`]\s*(SELECT\s|INSERT\s+(OR\s+\w+\s+)?INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|PRAGMA\s|CREATE\s+TABLE\s)/;
    const outside = SOURCES.filter((file) => !within(file, 'electron/engine/store'));
    expect(outside.filter((file) => sql.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  it('keeps statistics out of the page: it rounds and places, nothing else', () => {
    const maths = /Math\.(sqrt|log\w*|exp\w*|pow|random|hypot|cbrt|sin|cos|tan)\b/;
    const page = SOURCES.filter((file) => within(file, 'renderer'));
    expect(page.filter((file) => maths.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([]);
  });

  it('keeps shared free of clocks and chance', () => {
    const ambient = /Date\.now\(|new Date\(\)|Math\.random\(|performance\.now\(/;
    const shared = SOURCES.filter((file) => within(file, 'shared'));
    const stripped = (file: string) =>
      readFileSync(join(ROOT, file), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    expect(shared.filter((file) => ambient.test(stripped(file)))).toEqual([]);
  });

  it('has no barrels and no grab-bag files', () => {
    expect(SOURCES.filter((file) => /(^|\/)(index|utils?|helpers?|manager|misc)\.tsx?$/.test(file))).toEqual(
      [],
    );
  });

  it('keeps the top level to what was agreed', () => {
    const agreed = [
      ...['electron', 'renderer', 'shared', 'resources', 'test', 'node_modules', 'dist'],
      ...[
        'package.json',
        'package-lock.json',
        'tsconfig.json',
        'electron-builder.yml',
        'README.md',
        'LICENSE',
      ],
    ];
    const visible = readdirSync(ROOT).filter((name) => !name.startsWith('.'));
    expect(visible.filter((name) => !agreed.includes(name))).toEqual([]);
  });
});
