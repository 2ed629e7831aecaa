// The sample studies as panels: imported into a database of their own and read the way a forecast run reads them.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine } from '../../electron/engine/engine.ts';
import { defaultScheme } from '../../electron/engine/services/figures/catalog.ts';
import { channelPanel } from '../../electron/engine/services/forecast/forecast-panel.ts';
import { openWorkspace } from '../../electron/engine/services/workspace/workspace.ts';
import type { ForecastPanel } from '../../shared/domain/forecast/panel.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';

const RESOURCES = join(import.meta.dirname, '../../resources');

/** One panel a channel of the sample studies; none where they were not built. */
export async function samplePanels(): Promise<{ channel: Channel; panel: ForecastPanel }[]> {
  if (!existsSync(join(RESOURCES, 'sample/data/manifest.json'))) {
    console.log('\nsample studies: not built, run "npm run build" first');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'csi-forecast-'));
  const options = {
    dataFolder: folder,
    resourcesFolder: RESOURCES,
    clock: () => new Date(),
    log: console.error,
  };
  try {
    const engine = createEngine(options);
    const built = await engine.call('app.sample', { fresh: true });
    if (!built.ok) throw new Error(built.error.message.en);
    await engine.close();
    const workspace = openWorkspace(join(folder, 'sample.csi'), options);
    const scheme = defaultScheme(workspace);
    const panels = workspace.channels().map((channel) => {
      const source = workspace.cube(scheme, channel);
      return { channel, panel: channelPanel(workspace, source, source.cube.quarters.at(-1)!).panel };
    });
    workspace.close();
    return panels;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
