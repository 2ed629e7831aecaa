import { Alert, Button, Checkbox, Select, Tabs } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import { STUDY_ENDINGS } from '../../../shared/domain/import-format.ts';
import type { StudyMapping, StudyMappingInput } from '../../../shared/domain/study-mapping.ts';
import { host, useCall, useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { Later } from '../../components/later.tsx';
import { Panel } from '../../components/panel.tsx';
import { PlaceMatching } from '../../components/place-matching.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault, Nothing } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { askForFile, type ChosenFile } from '../../host.ts';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';
import { CommitBar, ImportDone } from './commit-bar.tsx';
import { IMPORT_STEPS, type ImportStep, importSource, NO_DRAFT, useImportDraft } from './import-draft.ts';
import { JoinedQuestions } from './joined-columns.tsx';
import { BasisLine, CarriedColumns } from './mapping-basis.tsx';
import { MappingColumns } from './mapping-columns.tsx';
import { MappingStudy } from './mapping-study.tsx';
import { blankMapping, mappingGaps } from './mapping-view.ts';
import { NewItems } from './new-items.tsx';
import { PasteTable } from './paste-table.tsx';
import { PreviewEffect } from './preview-effect.tsx';
import { PreviewFacts } from './preview-facts.tsx';
import { PreviewIssues } from './preview-issues.tsx';
import { PreviewQuarters } from './preview-quarters.tsx';
import { PreviewRows } from './preview-rows.tsx';
import { PreviewTable } from './preview-table.tsx';

/** Choose a file or paste a table, look at how it would be read, correct that, import it. */
export function ImportPanel() {
  const text = useText(importText);
  const draft = useImportDraft();
  const preview = useJob('import.preview');
  const commit = useJob('import.commit');
  const [choosing, setChoosing] = useState(false);
  const [pasting, setPasting] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);

  const begin = async (file: ChosenFile) => {
    commit.clear();
    draft.change({ ...NO_DRAFT, file });
    await preview.run({ path: file.path, fileName: file.name });
  };
  const choose = async () => {
    setRefused(null);
    setChoosing(true);
    try {
      const file = await host().native.openFile([{ name: text.kind, extensions: STUDY_ENDINGS }]);
      if (file) await begin(file);
    } catch (error) {
      setRefused(error);
    } finally {
      setChoosing(false);
    }
  };
  const busy = choosing || preview.running || commit.running;
  return (
    <div className="stack">
      <Panel
        title={draft.file?.name ?? text.start}
        extra={
          draft.file && (
            <span className="row">
              <Button disabled={busy} onClick={() => setPasting(true)}>
                {text.paste}
              </Button>
              <Button disabled={busy} onClick={() => void choose()}>
                {text.another}
              </Button>
            </span>
          )
        }
      >
        <div className="stack">
          {!draft.file && (
            <Start busy={busy} onChoose={() => void choose()} onPaste={() => setPasting(true)} />
          )}
          {choosing && !preview.running && <p role="status">{text.uploading}</p>}
          {refused !== null && <Fault error={refused} />}
          {draft.file && !commit.value && <MappingChoice busy={busy} />}
          <JobProgress of={preview} />
          {preview.fault && <Fault error={preview.fault} />}
          {commit.value && <ImportDone batch={commit.value} />}
        </div>
      </Panel>
      {draft.file && preview.value && !commit.value && (
        <Review key={draft.file.path} preview={preview.value} />
      )}
      {pasting && (
        <PasteTable
          onClose={() => setPasting(false)}
          onUse={(file) => {
            setPasting(false);
            setRefused(null);
            void begin(file);
          }}
        />
      )}
    </div>
  );
}

/** The two ways in, for a user who has not chosen yet. */
function Start(props: { busy: boolean; onChoose: () => void; onPaste: () => void }) {
  const text = useText(importText);
  return (
    <>
      <p className="soft">{text.startBody}</p>
      <div className="start-ways">
        <section className="start-way">
          <h3>{text.startFile}</h3>
          <p className="soft">{text.startFileBody}</p>
          <Button type="primary" disabled={props.busy} onClick={props.onChoose}>
            {text.choose}
          </Button>
        </section>
        <section className="start-way">
          <h3>{text.startPaste}</h3>
          <p className="soft">{text.startPasteBody}</p>
          <Button disabled={props.busy} onClick={props.onPaste}>
            {text.paste}
          </Button>
        </section>
      </div>
      <p className="soft">{text.startNext}</p>
    </>
  );
}

/** Which mapping to read the file with: the guess, a saved one, or one from a file. */
function MappingChoice({ busy }: { busy: boolean }) {
  const text = useText(importText);
  const draft = useImportDraft();
  const preview = useJob('import.preview');
  const saved = useCall('mappings.list', {});
  const [badJson, setBadJson] = useState(false);
  const read = (change: { mappingName: string | null; given: StudyMappingInput | null }) => {
    draft.change({ ...change, edited: null });
    void preview.run(importSource({ ...draft, ...change }, change.given));
  };
  const load = async () => {
    const file = await askForFile([{ name: 'JSON', extensions: ['json'] }]);
    if (!file) return;
    try {
      const given = JSON.parse(await file.text()) as StudyMappingInput;
      setBadJson(false);
      read({ mappingName: file.name.replace(/(\.mapping)?\.json$/, ''), given });
    } catch {
      setBadJson(true);
    }
  };
  const shown = draft.mappingName ?? preview.value?.mappingName ?? '';
  const names = new Set([...(saved.data ?? []).map((one) => one.name), ...(shown ? [shown] : [])]);
  return (
    <div className="filters">
      <Field label={text.savedMapping} width={260}>
        {(id) => (
          <Select
            id={id}
            disabled={busy}
            value={shown}
            onChange={(name) => read({ mappingName: name || null, given: null })}
            options={[
              { value: '', label: text.guessed },
              ...[...names].map((name) => ({ value: name, label: name })),
            ]}
          />
        )}
      </Field>
      <Button disabled={busy} onClick={() => void load()}>
        {text.loadJson}
      </Button>
      {badJson && <Alert type="error" showIcon title={text.badJson} />}
    </div>
  );
}

function Review({ preview }: { preview: ImportPreview }) {
  const text = useText(importText);
  const name = useName();
  const draft = useImportDraft();
  const job = useJob('import.preview');
  const mapping = draft.edited ?? preview.mapping ?? blankMapping(preview.file.name);
  const edit = (edited: StudyMapping) => draft.change({ edited });
  const gaps = mappingGaps(mapping, text);
  const tab = draft.step ?? (preview.mappingProblems.length > 0 ? 'columns' : 'rows');
  const setTab = (step: ImportStep) => draft.change({ step });
  const again = async (next: StudyMapping = mapping) => {
    // The choices about the table are in the mapping from here on.
    const made = await job.run(importSource({ ...useImportDraft.getState(), table: {} }, next));
    if (!made) return;
    const step = made.mappingProblems.length > 0 && tab !== 'table' ? 'columns' : tab;
    draft.change({ edited: null, placesChanged: false, given: next, table: {}, step });
  };
  const changed = draft.edited !== null || draft.placesChanged;
  const tabs: Record<ImportStep, { label: string; children: ReactNode }> = {
    table: {
      label: text.tabTable,
      children: (
        <PreviewTable
          key={preview.file.sha256}
          preview={preview}
          mapping={mapping}
          busy={job.running}
          onChange={edit}
          onRead={(table) => {
            const chosen = { ...draft.table, ...table };
            const kept = preview.mapping ?? draft.given;
            draft.change({ table: chosen, edited: null });
            void job.run(importSource({ ...draft, table: chosen }, kept));
          }}
        />
      ),
    },
    columns: {
      label: text.tabColumns,
      children: (
        <div className="stack">
          <CarriedColumns preview={preview} mapping={mapping} onChange={edit} />
          <MappingStudy mapping={mapping} headers={preview.headers} onChange={edit} />
          <JoinedQuestions preview={preview} mapping={mapping} onChange={edit} />
          <MappingColumns mapping={mapping} preview={preview} onChange={edit} />
        </div>
      ),
    },
    places: {
      label: text.tabPlaces(count(preview.unmatched.length)),
      children: (
        <PlaceMatching
          unmatched={preview.unmatched}
          places={draft.places}
          mayMakeNew
          onChange={(places) => draft.change({ places, placesChanged: true })}
        />
      ),
    },
    rows: {
      label: text.tabRows,
      children: (
        <Later height={440} key={preview.file.sha256}>
          <PreviewRows preview={preview} />
        </Later>
      ),
    },
    issues: {
      label: text.tabIssues(count(preview.issueTotals.length)),
      children: <PreviewIssues preview={preview} />,
    },
    quarters: { label: text.tabQuarters, children: <PreviewQuarters preview={preview} /> },
    effect: {
      label: text.tabEffect,
      children: changed ? <Nothing>{text.blockedEdited}</Nothing> : <PreviewEffect preview={preview} />,
    },
  };
  const next = IMPORT_STEPS[IMPORT_STEPS.indexOf(tab) + 1];
  return (
    <>
      <PreviewFacts preview={preview} mapping={mapping} />
      <BasisLine preview={preview} />
      {preview.duplicateOf !== null && (
        <Alert type="warning" showIcon title={text.duplicate(preview.duplicateOf)} />
      )}
      {preview.mappingProblems.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={text.problems}
          description={preview.mappingProblems.map((problem) => <div key={problem.en}>{name(problem)}</div>)}
        />
      )}
      {changed && (
        <Alert
          type="info"
          showIcon
          title={gaps.length > 0 ? gaps.join(' ') : text.changed}
          action={
            <Button type="primary" disabled={gaps.length > 0 || job.running} onClick={() => void again()}>
              {text.previewAgain}
            </Button>
          }
        />
      )}
      <NewItems preview={preview} />
      <LoadedBefore preview={preview} onRead={() => void again()} />
      <div className="panel padded">
        <Tabs
          activeKey={tab}
          onChange={(key) => setTab(key as ImportStep)}
          destroyOnHidden
          tabBarExtraContent={
            next && (
              <Button size="small" onClick={() => setTab(next)}>
                {text.next}
              </Button>
            )
          }
          items={IMPORT_STEPS.map((key, i) => ({
            key,
            ...tabs[key],
            label: text.step(i + 1, tabs[key].label),
          }))}
        />
      </div>
      <CommitBar
        preview={preview}
        ready={!changed && preview.mappingProblems.length === 0}
        why={changed ? text.blockedEdited : preview.mappingProblems.length > 0 ? text.blockedProblems : ''}
      />
    </>
  );
}

/** Rows that came in before: said, and left out unless the user wants them twice. */
function LoadedBefore({ preview, onRead }: { preview: ImportPreview; onRead: () => void }) {
  const text = useText(importText);
  const draft = useImportDraft();
  const { loadedBefore, loadedBatches, skipLoaded, leftByChoice } = preview.counts;
  if (loadedBefore + leftByChoice === 0) return null;
  return (
    <Alert
      type="info"
      showIcon
      title={[
        loadedBefore > 0 ? text.loadedBefore(count(loadedBefore), loadedBatches.join(text.listComma)) : '',
        leftByChoice > 0 ? text.leftByChoice(count(leftByChoice)) : '',
      ]
        .filter(Boolean)
        .join(' · ')}
      action={
        loadedBatches.length > 0 && (
          <Checkbox
            checked={draft.skipLoaded ?? skipLoaded}
            onChange={(event) => {
              draft.change({ skipLoaded: event.target.checked, placesChanged: true });
              onRead();
            }}
          >
            {text.skipLoaded}
          </Checkbox>
        )
      }
    />
  );
}
