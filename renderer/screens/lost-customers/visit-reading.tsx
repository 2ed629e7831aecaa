import { Button, Select } from 'antd';
import { useState } from 'react';
import type { VisitPreview } from '../../../shared/calls/lost.ts';
import type { VisitMapping } from '../../../shared/domain/visits/visit-mapping.ts';
import { DateOrderSelect } from '../../components/date-order.tsx';
import type { PlaceChoices } from '../../components/place-choice.ts';
import { PlaceMatching } from '../../components/place-matching.tsx';
import { Field } from '../../components/slice.tsx';
import { count } from '../../format.ts';
import { importText } from '../../text/import.ts';
import { lostText } from '../../text/lost.ts';
import { useName, useText } from '../../text/use-text.ts';

const SHOWN_ISSUES = 10;

/** How a file of visits is read: its columns, what came of them, the dealers that nobody knows. */
export function VisitReading(props: {
  preview: VisitPreview;
  busy: boolean;
  onMapping: (mapping: VisitMapping, places: PlaceChoices) => void;
  onSheet: (sheet: string) => void;
  onImport: (mapping: VisitMapping, acceptGoodRows: boolean) => void;
}) {
  const { preview, busy, onMapping, onImport } = props;
  const text = useText(lostText);
  const name = useName();
  const { counts, mapping, problems, duplicateOf, unmatched, correctionOf } = preview;
  const [places, setPlaces] = useState<PlaceChoices>([]);
  const [changed, setChanged] = useState(false);
  const read = (next: VisitMapping) => {
    setChanged(false);
    onMapping(next, places);
  };
  return (
    <section className="panel padded stack">
      <VisitColumns preview={preview} busy={busy} onMapping={read} onSheet={props.onSheet} />
      {correctionOf && (
        <p>{text.corrects(correctionOf.fileName, count(correctionOf.batch), count(correctionOf.open))}</p>
      )}
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
          <Faults preview={preview} />
          {unmatched.length > 0 && (
            <PlaceMatching
              unmatched={unmatched}
              places={places}
              mayMakeNew={false}
              onChange={(next) => {
                setPlaces(next);
                setChanged(true);
              }}
            />
          )}
          <div className="row">
            {changed && (
              <Button type="primary" disabled={busy} onClick={() => read(mapping)}>
                {text.readAgain}
              </Button>
            )}
            <Button
              type={changed ? 'default' : 'primary'}
              disabled={busy || changed || duplicateOf !== null || counts.accepted === 0}
              onClick={() => onImport(mapping, counts.rejected > 0)}
            >
              {counts.rejected > 0 ? text.importGood(count(counts.accepted)) : text.import}
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

function Faults({ preview: { counts, issues } }: { preview: VisitPreview }) {
  const text = useText(lostText);
  const name = useName();
  if (counts.rejected === 0) return null;
  // Each unknown dealer stands once in the list below.
  const told = issues.filter(({ code }) => code !== 'unknown-dealer');
  return (
    <>
      <p className="change lower">{text.rejected(count(counts.rejected))}</p>
      {told.length > 0 && (
        <ul className="bullets">
          {told.slice(0, SHOWN_ISSUES).map((issue) => (
            <li key={`${issue.row} ${issue.code}`}>{name(issue.message)}</li>
          ))}
          {told.length > SHOWN_ISSUES && <li className="soft">…</li>}
        </ul>
      )}
    </>
  );
}

/** Which column says what; the file is read again once customer, dealer and date are told. */
function VisitColumns(props: {
  preview: VisitPreview;
  busy: boolean;
  onMapping: (mapping: VisitMapping) => void;
  onSheet: (sheet: string) => void;
}) {
  const { preview, busy, onMapping, onSheet } = props;
  const text = useText(lostText);
  const words = useText(importText);
  const { headers, sheets } = preview;
  const [draft, setDraft] = useState<Partial<VisitMapping>>(preview.mapping ?? { customerKind: 'number' });
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
    <div className="filters">
      {sheets.length > 1 && (
        <Field label={text.sheet} width={150}>
          {(id) => (
            <Select
              id={id}
              disabled={busy}
              value={preview.sheet}
              onChange={(sheet) => sheet && onSheet(sheet)}
              options={sheets.map((sheet) => ({ value: sheet.name, label: sheet.name }))}
            />
          )}
        </Field>
      )}
      {columns.map(([field, label, optional]) => (
        <Field key={field} label={label} width={150}>
          {(id) => (
            <Select
              id={id}
              disabled={busy}
              allowClear={optional}
              placeholder={text.none}
              value={draft[field]}
              onChange={(header?: string) => change({ [field]: header })}
              options={headers.map((header) => ({ value: header, label: header }))}
            />
          )}
        </Field>
      ))}
      <Field label={words.dateOrder} width={200}>
        {(id) => (
          <DateOrderSelect
            id={id}
            disabled={busy}
            value={draft.order}
            onChange={(order) => change({ order })}
          />
        )}
      </Field>
      <Field label={text.customerKind} width={130}>
        {(id) => (
          <Select
            id={id}
            disabled={busy}
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
  );
}
