import { App, Button } from 'antd';
import { useState } from 'react';
import { LIST_ENDINGS } from '../../../shared/domain/import-format.ts';
import type { VisitMapping } from '../../../shared/domain/visits/visit-mapping.ts';
import { host, useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import type { PlaceChoices } from '../../components/place-choice.ts';
import { Fault } from '../../components/states.tsx';
import { count } from '../../format.ts';
import type { ChosenFile } from '../../host.ts';
import { lostText } from '../../text/lost.ts';
import { useText } from '../../text/use-text.ts';
import { VisitReading } from './visit-reading.tsx';

/** How the user wants the file read, as far as it was said. */
interface Draft {
  file: ChosenFile;
  sheet?: string | undefined;
  mapping?: VisitMapping | undefined;
  places: PlaceChoices;
}

const sourceOf = ({ file, sheet, mapping, places }: Draft) => ({
  path: file.path,
  fileName: file.name,
  table: sheet === undefined ? undefined : { sheet },
  mapping,
  places: places.flatMap((one) => (one.action === 'new' ? [] : [{ ...one, action: one.action }])),
});

/** Choose a file of visits, see how it is read, correct the columns and dealers, import it. */
export function ImportVisits() {
  const text = useText(lostText);
  const { message } = App.useApp();
  const [draft, setDraft] = useState<Draft | null>(null);
  const preview = useJob('visits.preview');
  const commit = useJob('visits.import');
  const look = async (next: Draft) => {
    setDraft(next);
    await preview.run(sourceOf(next));
  };
  const choose = async () => {
    try {
      const file = await host().native.openFile([{ name: text.visitFile, extensions: LIST_ENDINGS }]);
      if (!file) return;
      commit.clear();
      await look({ file, places: [] });
    } catch (error) {
      void message.error(<Fault error={error} />);
    }
  };
  const leave = () => {
    setDraft(null);
    preview.clear();
    commit.clear();
  };
  const bring = async (mapping: VisitMapping, acceptGoodRows: boolean) => {
    const done = await commit.run({ ...sourceOf(draft!), mapping, acceptGoodRows });
    if (!done) return;
    leave();
    void message.success(done.rowsOpen > 0 ? text.importedOpen(count(done.rowsOpen)) : text.imported, 6);
  };
  const busy = preview.running || commit.running;
  return (
    <div className="stack tight">
      <div className="row">
        <Button disabled={busy} onClick={() => void choose()}>
          {text.importVisits}
        </Button>
        {draft && <span className="soft">{draft.file.name}</span>}
        {draft && !busy && (
          <Button type="link" onClick={leave}>
            {text.leaveFile}
          </Button>
        )}
      </div>
      <JobProgress of={preview} />
      <JobProgress of={commit} />
      {preview.fault && <Fault error={preview.fault} />}
      {commit.fault && <Fault error={commit.fault} />}
      {draft && preview.value && (
        <VisitReading
          key={`${draft.file.path} ${draft.sheet}`}
          preview={preview.value}
          busy={busy}
          onMapping={(mapping, places) => void look({ ...draft, mapping, places })}
          onSheet={(sheet) => void look({ file: draft.file, sheet, places: draft.places })}
          onImport={(mapping, good) => void bring(mapping, good)}
        />
      )}
    </div>
  );
}
