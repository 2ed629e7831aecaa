/** How each part is built: the page as one bundle, the Node side file by file, the sandboxed preload as one script. */
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import { CALL_NAMES } from '../../shared/contract.ts';

const ROOT = join(import.meta.dirname, '../..');
const DIST = join(ROOT, 'dist');

/** The page. Nothing is inlined: the content policy allows neither inline scripts nor data: fonts. */
export const pageBuild: InlineConfig = {
  configFile: false,
  root: join(ROOT, 'renderer'),
  base: '/',
  plugins: [react()],
  build: {
    outDir: join(DIST, 'renderer'),
    emptyOutDir: true,
    target: 'chrome130',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 3000,
  },
  logLevel: 'warn',
};

/**
 * Main process, engine process, command line and worker threads. Every module keeps its place under dist/, so that
 * files found beside a module (migrations, workers) are found in the build as in the source. Packages stay outside.
 */
export function nodeBuild(entries: string[], outDir = DIST): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    publicDir: false,
    plugins: [{ name: 'built-extensions', transform: nameBuiltFiles }],
    build: {
      ssr: true,
      outDir,
      emptyOutDir: false,
      target: 'node20.18',
      minify: false,
      rolldownOptions: {
        input: entries.map((entry) => join(ROOT, entry)),
        external: isPackage,
        output: {
          format: 'es',
          preserveModules: true,
          preserveModulesRoot: ROOT,
          entryFileNames: ({ name }) => `${name.replace('node_modules', 'packages')}.js`,
        },
      },
    },
    logLevel: 'warn',
  };
}

/**
 * A bare package name; never a Windows path, whose second character is a colon. JSON is taken into the build: the
 * bundler drops the import attribute that Node asks for.
 */
function isPackage(id: string): boolean {
  return /^(node:|@[\w.-]+\/|\w[\w.-]*(\/|$))/.test(id) && !id.endsWith('.json');
}

/** `new URL('./x-worker.ts', import.meta.url)` names a source file; in the build it is the .js beside it. */
function nameBuiltFiles(code: string): string | null {
  const pattern = /(new URL\(\s*['"`][^'"`]+)\.ts(['"`]\s*,\s*import\.meta\.url)/g;
  return pattern.test(code) ? code.replace(pattern, '$1.js$2') : null;
}

/** The preload: a sandboxed one can only be a single CommonJS file. */
export function preloadBuild(outDir = DIST): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    publicDir: false,
    define: { __CALL_NAMES__: JSON.stringify(CALL_NAMES) },
    build: {
      ssr: join(ROOT, 'electron/preload.ts'),
      outDir: join(outDir, 'electron'),
      emptyOutDir: false,
      target: 'chrome130',
      minify: false,
      rolldownOptions: {
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
    logLevel: 'warn',
  };
}
