#!/usr/bin/env node
// The engine from the command line: every step of the main job is a command, and `csi demo` does them all.
import { CommanderError } from 'commander';
import { chosenLanguage } from './cli/language.ts';
import { createOutput } from './cli/output.ts';
import { usageSentence } from './cli/usage.ts';

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write('csi needs Node 24: run it with npx csi or npm run csi from the project folder.\n');
  process.exit(1);
}

// Whoever reads may have had enough (`csi audit | head`): the rest is not wanted.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(process.exitCode ?? 0);
  });

const words = process.argv.slice(2);
const language = chosenLanguage(words, process.env, Intl.DateTimeFormat().resolvedOptions().locale);
const { createProgram } = await import('./cli/commands.ts');
try {
  await createProgram(language).parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode !== 0) process.exitCode = 2;
  // Without a command the help has been shown.
  if (error.exitCode !== 0 && error.code !== 'commander.help') {
    const message = usageSentence(error);
    createOutput({ json: words.includes('--json'), language }).fault({ code: 'usage', message });
  }
}
