/** Where the report fonts are: in the packaged resources folder, or in the font package during development. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const REPORT_FONT = 'Noto Sans SC';

const FILES = [
  { folder: '400Regular', file: 'NotoSansSC_400Regular.ttf' },
  { folder: '700Bold', file: 'NotoSansSC_700Bold.ttf' },
];

/** The Regular and Bold files: `<resources>/fonts` when both are there, else the package. Throws when neither is. */
export function reportFontFiles(resourcesFolder: string): string[] {
  const shipped = FILES.map(({ file }) => join(resourcesFolder, 'fonts', file));
  if (shipped.every((path) => existsSync(path))) return shipped;
  const packaged = createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json');
  const files = FILES.map(({ folder, file }) => join(dirname(packaged), folder, file));
  const absent = files.find((path) => !existsSync(path));
  if (absent) throw new Error(`reportFontFiles: ${absent} is missing`);
  return files;
}
