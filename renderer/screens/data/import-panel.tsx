import { Alert, Button, Select, Tabs } from 'antd';
import { useEffect, useState } from 'react';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import type { StudyMapping, StudyMappingInput } from '../../../shared/domain/study-mapping.ts';
import { host, useCall, useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { Later } from '../../components/later.tsx';
import { Panel } from '../../components/panel.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { askForFile } from '../../host.ts';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';
import { CommitBar, ImportDone } from './commit-bar.tsx';
import { importSource, NO_DRAFT, useImportDraft } from './import-draft.ts';
import { MappingColumns } from './mapping-columns.tsx';
import { MappingStudy } from './mapping-study.tsx';
import { blankMapping, mappingGaps } from './mapping-view.ts';
import { PreviewFacts } from './preview-facts.tsx';
import { PreviewIssues } from './preview-issues.tsx';
import { PreviewPlaces, PreviewQuarters } from './preview-places.tsx';
import { PreviewRows } from './preview-rows.tsx';

const KINDS = ['csv', 'txt', 'tsv', 'xlsx', 'sav'];

/** Choose a file, look at how it would be read, correct that, import it. */
export function ImportPanel() {
  const text = useText(importText);
  const draft = useImportDraft();
  const preview = useJob('import.preview');
  const commit = useJob('import.commit');
  const [choosing, setChoosing] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);

  const choose = async () => {
    setRefused(null);
    setChoosing(true);
    try {
      const file = await host().native.openFile([{ name: text.kind, extensions: KINDS }]);
      if (!file) return;
      commit.clear();
      draft.change({ ...NO_DRAFT, file });
      await preview.run({ path: file.path, fileName: file.name });
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
          <Button type={draft.file ? 'default' : 'primary'} disabled={busy} onClick={() => void choose()}>
            {draft.file ? text.another : text.choose}
          </Button>
        }
      >
        <div className="stack">
          {!draft.file && <p className="soft">{text.startBody}</p>}
          {choosing && !preview.running && <p role="status">{text.uploading}</p>}
          {refused !== null && <Fault error={refused} />}
          {draft.file && <MappingChoice busy={busy} />}
          <JobProgress of={preview} />
          {preview.fault && <Fault error={preview.fault} />}
          {commit.value && <ImportDone batch={commit.value} />}
        </div>
      </Panel>
      {draft.file && preview.value && !commit.value && <Review preview={preview.value} />}
    </div>
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
  const [tab, setTab] = useState(preview.mappingProblems.length > 0 ? 'columns' : 'rows');
  useEffect(() => {
    if (preview.mappingProblems.length > 0) setTab('columns');
  }, [preview]);
  const again = async () => {
    const made = await job.run(importSource(draft, mapping));
    if (made) draft.change({ edited: null, given: mapping });
  };
  return (
    <>
      <PreviewFacts preview={preview} mapping={mapping} />
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
      {draft.edited && (
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
      <div className="panel padded">
        <Tabs
          activeKey={tab}
          onChange={setTab}
          items={[
            {
              key: 'rows',
              label: text.tabRows,
              children: (
                <Later height={440} key={preview.file.sha256}>
                  <PreviewRows preview={preview} />
                </Later>
              ),
            },
            {
              key: 'columns',
              label: text.tabColumns,
              children: (
                <div className="stack">
                  <MappingStudy mapping={mapping} headers={preview.headers} onChange={edit} />
                  <MappingColumns mapping={mapping} preview={preview} onChange={edit} />
                </div>
              ),
            },
            {
              key: 'issues',
              label: text.tabIssues(count(preview.issueTotals.length)),
              children: <PreviewIssues preview={preview} />,
            },
            {
              key: 'places',
              label: text.tabPlaces(count(preview.unmatched.length)),
              children: <PreviewPlaces preview={preview} />,
            },
            { key: 'quarters', label: text.tabQuarters, children: <PreviewQuarters preview={preview} /> },
          ]}
        />
      </div>
      <CommitBar preview={preview} ready={!draft.edited && preview.mappingProblems.length === 0} />
    </>
  );
}
