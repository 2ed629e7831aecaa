/** The process that the import's kill test kills: opens a database and imports one file, telling each step. */
import { writeSync } from 'node:fs';
import { createEngine } from '../../electron/engine/engine.ts';
import { responsesMapping } from './survey-files.ts';

const [database, file, dataFolder] = process.argv.slice(2) as [string, string, string];
const say = (line: string) => void writeSync(1, `${line}\n`);

const engine = createEngine({
  dataFolder,
  resourcesFolder: dataFolder,
  clock: () => new Date('2026-11-21T08:00:00Z'),
  log: say,
});
const opened = await engine.call('app.open', { path: database });
say(opened.ok ? 'open' : opened.error.code);
engine.subscribe((event) => {
  if (event.name === 'job.progress') say(`row ${event.payload.done}`);
});
const answer = await engine.call('import.commit', { path: file, mapping: responsesMapping() });
say(answer.ok ? 'imported' : answer.error.code);
await engine.close();
say('closed');
