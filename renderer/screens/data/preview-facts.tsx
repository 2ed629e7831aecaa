import { Select } from 'antd';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { useJob } from '../../api.ts';
import { Field } from '../../components/slice.tsx';
import { bytes, count } from '../../format.ts';
import { importText } from '../../text/import.ts';
import { useText } from '../../text/use-text.ts';
import { TEXT_ENCODINGS } from './encodings.ts';
import { importSource, useImportDraft } from './import-draft.ts';

/** What the file is and what it would bring, in figures. */
export function PreviewFacts({ preview, mapping }: { preview: ImportPreview; mapping: StudyMapping }) {
  const text = useText(importText);
  const { file, counts } = preview;
  return (
    <div className="panel facts-band">
      <Fact label={text.format} value={file.format.toUpperCase()} />
      <Fact label={text.size} value={bytes(file.bytes)} />
      <Fact label={text.checksum} value={file.sha256.slice(0, 10)} title={file.sha256} />
      {file.delimiter && (
        <Fact label={text.delimiter} value={file.delimiter === '\t' ? text.tab : file.delimiter} />
      )}
      <TableChoices preview={preview} mapping={mapping} />
      <span className="facts-gap" />
      <Fact label={text.read} value={count(counts.read)} strong />
      <Fact label={text.accepted} value={count(counts.accepted)} strong />
      <Fact label={text.rejected} value={count(counts.rejected)} strong bad={counts.rejected > 0} />
      {counts.blank > 0 && (
        <Fact
          label={mapping.kind === 'scores' ? text.unscored : text.blank}
          value={count(counts.blank)}
          title={mapping.kind === 'scores' ? text.unscoredHint : text.blankHint}
        />
      )}
      <Fact label={text.newDealers} value={count(counts.newDealers)} />
      <Fact label={text.newCities} value={count(counts.newCities)} />
    </div>
  );
}

function Fact(props: { label: string; value: string; title?: string; strong?: boolean; bad?: boolean }) {
  return (
    <div className="fact" title={props.title}>
      <span className="field-label">{props.label}</span>
      <span className={`fact-value ${props.strong ? 'strong' : ''} ${props.bad ? 'bad' : ''}`}>
        {props.value}
      </span>
    </div>
  );
}

/** Encoding of a text file, sheet of a workbook: choosing another one reads the file again. */
function TableChoices({ preview, mapping }: { preview: ImportPreview; mapping: StudyMapping }) {
  const text = useText(importText);
  const draft = useImportDraft();
  const job = useJob('import.preview');
  const { file, sheets } = preview;
  const read = (choice: { sheet?: string; encoding?: string }) => {
    const table = { ...draft.table, ...choice };
    draft.change({ table });
    void job.run(importSource({ ...draft, table }, preview.mapping ?? draft.given));
  };
  return (
    <>
      {file.encoding !== null && (
        <Field label={text.encoding} width={116}>
          {(id) => (
            <Select
              id={id}
              disabled={job.running}
              value={file.encoding}
              onChange={(encoding) => encoding && read({ encoding })}
              options={TEXT_ENCODINGS.map((value) => ({ value, label: value.toUpperCase() }))}
            />
          )}
        </Field>
      )}
      {sheets.length > 0 && (
        <Field label={text.sheet} width={180}>
          {(id) => (
            <Select
              id={id}
              disabled={job.running}
              value={draft.table.sheet ?? mapping.table.sheet ?? ''}
              onChange={(sheet) => read({ sheet: sheet === '' ? undefined : sheet })}
              options={[
                { value: '', label: text.firstSheet },
                ...sheets.map((sheet) => ({
                  value: sheet.name,
                  label: sheet.name + (sheet.hidden ? text.hidden : ''),
                })),
              ]}
            />
          )}
        </Field>
      )}
    </>
  );
}
