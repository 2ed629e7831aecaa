import { Alert, App, Button, Checkbox, Input } from 'antd';
import { useState } from 'react';
import type { BatchView, ImportPreview } from '../../../shared/calls/import.ts';
import { host, useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { importText } from '../../text/import.ts';
import { useText } from '../../text/use-text.ts';
import { importSource, NO_DRAFT, useImportDraft } from './import-draft.ts';

export function CommitBar({ preview, ready, why }: { preview: ImportPreview; ready: boolean; why: string }) {
  const text = useText(importText);
  const draft = useImportDraft();
  const commit = useJob('import.commit');
  const [goodOnly, setGoodOnly] = useState(false);
  const [saveAs, setSaveAs] = useState('');
  const { counts } = preview;
  const blocked =
    !ready ||
    preview.duplicateOf !== null ||
    counts.accepted === 0 ||
    (counts.rejected > 0 && !goodOnly) ||
    commit.running;
  const reason = !ready
    ? why
    : preview.duplicateOf !== null
      ? text.blockedDuplicate
      : counts.accepted === 0
        ? text.blockedEmpty
        : counts.rejected > 0 && !goodOnly
          ? text.blockedFaults
          : '';
  const run = () =>
    void commit.run({
      ...importSource(draft, preview.mapping),
      acceptGoodRows: goodOnly,
      saveMappingAs: saveAs.trim() || undefined,
    });
  return (
    <div className="panel padded commit-bar">
      {commit.fault && <Fault error={commit.fault} />}
      <JobProgress of={commit} />
      <div className="filters">
        <Field label={text.saveAs} width={220}>
          {(id) => (
            <Input
              id={id}
              maxLength={120}
              value={saveAs}
              onChange={(event) => setSaveAs(event.target.value)}
            />
          )}
        </Field>
        {counts.rejected > 0 && (
          <Checkbox checked={goodOnly} onChange={(event) => setGoodOnly(event.target.checked)}>
            {text.goodOnly(count(counts.rejected))}
          </Checkbox>
        )}
        {counts.rejected > 0 && ready && <ExportFaults preview={preview} />}
        <span className="grow" />
        {reason !== '' && <span className="soft">{reason}</span>}
        <Button type="primary" size="medium" disabled={blocked} onClick={run}>
          {text.commit(count(counts.accepted))}
        </Button>
      </div>
    </div>
  );
}

/** Writes the rows with faults to a file that can be corrected and brought in again. */
function ExportFaults({ preview }: { preview: ImportPreview }) {
  const text = useText(importText);
  const draft = useImportDraft();
  const { message } = App.useApp();
  const language = useSession((session) => session.language);
  const write = useJob('import.exportFaults');
  const [fault, setFault] = useState<unknown>(null);
  const run = async () => {
    setFault(null);
    try {
      const name = `${preview.file.name.replace(/\.[^.]*$/, '').replaceAll(':', '')} - ${text.rejected}.xlsx`;
      const file = await host().native.saveFile(name, [{ name: 'Excel', extensions: ['xlsx', 'csv'] }]);
      if (!file) return;
      const source = importSource(draft, preview.mapping);
      const made = await write.run({ ...source, target: file.path, language });
      if (!made) return;
      await host().fetchSaved?.(file);
      void message.success(text.exportedFaults(count(made.rows)));
    } catch (error) {
      setFault(error);
    }
  };
  return (
    <>
      <Button disabled={write.running} onClick={() => void run()}>
        {text.exportFaults}
      </Button>
      {(fault ?? write.fault) != null && <Fault error={fault ?? write.fault} />}
    </>
  );
}

export function ImportDone({ batch }: { batch: BatchView }) {
  const text = useText(importText);
  const draft = useImportDraft();
  const commit = useJob('import.commit');
  const preview = useJob('import.preview');
  const go = useSession((session) => session.go);
  const clear = () => {
    draft.change(NO_DRAFT);
    commit.clear();
    preview.clear();
  };
  return (
    <Alert
      type="success"
      showIcon
      title={text.done(count(batch.rowsLoaded), batch.fileName)}
      description={[
        text.doneNext,
        batch.rowsRejected > 0 ? text.doneOpen(count(batch.rowsRejected)) : '',
        batch.treeVersion === null ? '' : text.treeMade(batch.treeVersion),
      ]
        .filter(Boolean)
        .join(' ')}
      action={
        <span className="row">
          <Button onClick={() => go('overview')}>{text.toOverview}</Button>
          <Button type="primary" onClick={() => go('forecast')}>
            {text.toForecast}
          </Button>
          <Button onClick={clear}>{text.clear}</Button>
        </span>
      }
    />
  );
}
