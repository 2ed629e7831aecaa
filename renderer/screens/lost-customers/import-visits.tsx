import { App, Button, Select } from 'antd';
import { useState } from 'react';
import type { VisitPreview } from '../../../shared/calls/lost.ts';
import type { VisitMapping } from '../../../shared/domain/visits/visit-mapping.ts';
import { host, useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { count } from '../../format.ts';
import type { ChosenFile } from '../../host.ts';
import { lostText } from '../../text/lost.ts';
import { useName, useText } from '../../text/use-text.ts';

/** Choose a file of visits, see how it is read, correct the columns, import it. */
export function ImportVisits() {
  const text = useText(lostText);
  const { message } = App.useApp();
  const [file, setFile] = useState<ChosenFile | null>(null);
  const preview = useJob('visits.preview');
  const commit = useJob('visits.import');
  const look = (chosen: ChosenFile, mapping?: VisitMapping) =>
    preview.run({ path: chosen.path, fileName: chosen.name, mapping });
  const choose = async () => {
    try {
      const chosen = await host().native.openFile([
        { name: text.visitFile, extensions: ['csv', 'txt', 'xlsx'] },
      ]);
      if (!chosen) return;
      commit.clear();
      setFile(chosen);
      await look(chosen);
    } catch (error) {
      void message.error(<Fault error={error} />);
    }
  };
  const bring = async (mapping: VisitMapping, acceptGoodRows: boolean) => {
    const done = await commit.run({ path: file!.path, fileName: file!.name, mapping, acceptGoodRows });
    if (!done) return;
    setFile(null);
    preview.clear();
    void message.success(text.imported);
  };
  const busy = preview.running || commit.running;
  return (
    <div className="stack tight">
      <div className="row">
        <Button disabled={busy} onClick={() => void choose()}>
          {text.importVisits}
        </Button>
        {file && <span className="soft">{file.name}</span>}
      </div>
      <JobProgress of={preview} />
      <JobProgress of={commit} />
      {preview.fault && <Fault error={preview.fault} />}
      {commit.fault && <Fault error={commit.fault} />}
      {file && preview.value && (
        <Reading
          preview={preview.value}
          busy={busy}
          onMapping={(mapping) => void look(file, mapping)}
          onImport={(mapping, good) => void bring(mapping, good)}
        />
      )}
    </div>
  );
}

function Reading(props: {
  preview: VisitPreview;
  busy: boolean;
  onMapping: (mapping: VisitMapping) => void;
  onImport: (mapping: VisitMapping, acceptGoodRows: boolean) => void;
}) {
  const { preview, busy, onMapping, onImport } = props;
  const text = useText(lostText);
  const name = useName();
  const { counts, headers, mapping, problems, issues, duplicateOf } = preview;
  const blank: Partial<VisitMapping> = { customerKind: 'number' };
  const [draft, setDraft] = useState<Partial<VisitMapping>>(mapping ?? blank);
  const change = (part: Partial<VisitMapping>) => {
    const next = { ...draft, ...part };
    setDraft(next);
    const { customer, customerKind, date, dealerCode, dealerName } = next;
    if (customer && customerKind && date && (dealerCode ?? dealerName))
      onMapping({ ...next, customer, customerKind, date });
  };
  const columns = [
    ['customer', text.customerColumn, false],
    ['dealerCode', text.dealerColumn, true],
    ['dealerName', text.dealerNameColumn, true],
    ['adviser', text.adviserColumn, true],
    ['date', text.dateColumn, false],
  ] as const;
  return (
    <section className="panel padded stack">
      <div className="filters">
        {columns.map(([field, label, optional]) => (
          <Field key={field} label={label} width={150}>
            {(id) => (
              <Select
                id={id}
                allowClear={optional}
                placeholder={text.none}
                value={draft[field]}
                onChange={(header?: string) => change({ [field]: header })}
                options={headers.map((header) => ({ value: header, label: header }))}
              />
            )}
          </Field>
        ))}
        <Field label={text.customerKind} width={130}>
          {(id) => (
            <Select
              id={id}
              value={draft.customerKind}
              onChange={(customerKind) => change({ customerKind })}
              options={(['vin', 'phone', 'number'] as const).map((kind) => ({
                value: kind,
                label: text[kind],
              }))}
            />
          )}
        </Field>
      </div>
      {problems.map((problem) => (
        <p key={problem.en} className="change lower">
          {name(problem)}
        </p>
      ))}
      {duplicateOf !== null && <p className="change lower">{text.duplicate(count(duplicateOf))}</p>}
      {mapping && problems.length === 0 && (
        <>
          <p>
            {text.read(count(counts.accepted), count(counts.customers), count(counts.dealers))}
            {counts.from && <span className="soft">{` · ${counts.from} – ${counts.to}`}</span>}
          </p>
          {counts.rejected > 0 && (
            <>
              <p className="change lower">{text.rejected(count(counts.rejected))}</p>
              <ul className="bullets">
                {issues.slice(0, 5).map((issue) => (
                  <li key={`${issue.row} ${issue.code}`}>{name(issue.message)}</li>
                ))}
              </ul>
            </>
          )}
          <Button
            type="primary"
            className="self-start"
            disabled={busy || duplicateOf !== null || counts.accepted === 0}
            onClick={() => onImport(mapping, counts.rejected > 0)}
          >
            {counts.rejected > 0 ? text.importGood : text.import}
          </Button>
        </>
      )}
    </section>
  );
}
