import { AutoComplete, Button, Input, Modal, Select, Table } from 'antd';
import { useState } from 'react';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import { readCodeList } from '../../../shared/domain/code-list.ts';
import type { MappedAttribute, StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { Field } from '../../components/slice.tsx';
import { commonText } from '../../text/common.ts';
import { importText } from '../../text/import.ts';
import { useText } from '../../text/use-text.ts';
import { BandsForm } from './bands-form.tsx';
import { Labels } from './label-fields.tsx';
import {
  attributeFrom,
  bandsFrom,
  type CodeRow,
  codeRows,
  seenAnswers,
  withAttribute,
} from './mapping-view.ts';

interface Props {
  column: string;
  mapping: StudyMapping;
  preview: ImportPreview;
  attribute: MappedAttribute;
  onChange: (mapping: StudyMapping) => void;
  onClose: () => void;
}

type AnswerKind = 'none' | 'separator' | 'choices' | 'bands';

/** The finer points of an attribute: its wording, its answers, several answers in one cell, amounts as bands. */
export function AttributeDialog({ column, mapping, preview, attribute, onChange, onClose }: Props) {
  const text = useText(importText);
  const common = useText(commonText);
  const [label, setLabel] = useState(attribute.label);
  const suggested = preview.columns[column]?.bands ?? null;
  const [rows, setRows] = useState<CodeRow[]>(() =>
    codeRows(attribute, seenAnswers(preview.columns[column]?.seen ?? [], attribute, suggested)),
  );
  const { multiple } = attribute;
  const [kind, setKind] = useState<AnswerKind>(() => kindOf(attribute));
  const [separator, setSeparator] = useState(multiple && 'separator' in multiple ? multiple.separator : '、');
  const [choices, setChoices] = useState(
    multiple && 'choices' in multiple ? multiple.choices.join('\n') : '',
  );
  const [limits, setLimits] = useState((attribute.bands ?? suggested)?.limits.join('、') ?? '');
  const [unit, setUnit] = useState((attribute.bands ?? suggested)?.unit ?? '');
  const bands = bandsFrom(limits, unit);
  const keep = () => {
    const listed = choices
      .split(/\r?\n/)
      .map((one) => one.trim())
      .filter(Boolean);
    onChange(
      withAttribute(mapping, column, {
        ...attributeFrom(rows),
        label: { zh: label.zh.trim() || column, en: label.en.trim() || column },
        multiple:
          kind === 'separator' && separator !== ''
            ? { separator }
            : kind === 'choices' && listed.length > 0
              ? { choices: listed }
              : undefined,
        bands: kind === 'bands' ? (bands ?? undefined) : undefined,
      }),
    );
    onClose();
  };
  return (
    <Modal
      open
      width={760}
      title={text.attributeTitle(column)}
      okText={common.save}
      cancelText={common.cancel}
      okButtonProps={{ disabled: kind === 'bands' && bands === null }}
      onOk={keep}
      onCancel={onClose}
    >
      <div className="stack">
        <Labels label={label} onChange={setLabel} />
        <div className="filters">
          <Field label={text.answerKind} width={230}>
            {(id) => (
              <Select
                id={id}
                value={kind}
                onChange={setKind}
                options={[
                  { value: 'none', label: text.multipleNone },
                  { value: 'separator', label: text.multipleSeparator },
                  { value: 'choices', label: text.multipleChoices },
                  { value: 'bands', label: text.answerBands },
                ]}
              />
            )}
          </Field>
          {kind === 'separator' && (
            <Field label={text.separator} width={110}>
              {(id) => (
                <Input
                  id={id}
                  maxLength={8}
                  value={separator}
                  onChange={(event) => setSeparator(event.target.value)}
                />
              )}
            </Field>
          )}
        </div>
        {kind === 'choices' && (
          <Field label={text.choices}>
            {(id) => (
              <Input.TextArea
                id={id}
                rows={4}
                value={choices}
                onChange={(event) => setChoices(event.target.value)}
              />
            )}
          </Field>
        )}
        {kind === 'bands' && (
          <BandsForm
            limits={limits}
            unit={unit}
            bands={bands}
            suggested={suggested}
            onLimits={setLimits}
            onUnit={setUnit}
          />
        )}
        <CodeTable rows={rows} known={Object.keys(attribute.values)} onChange={setRows} />
        <CodePaste
          onRead={(read) => setRows((now) => mergeCodes(now, read))}
          stated={preview.columns[column]?.values ?? []}
        />
      </div>
    </Modal>
  );
}

function kindOf({ multiple, bands }: MappedAttribute): AnswerKind {
  if (multiple) return 'separator' in multiple ? 'separator' : 'choices';
  return bands ? 'bands' : 'none';
}

function mergeCodes(now: readonly CodeRow[], read: readonly { value: string; label: string }[]): CodeRow[] {
  const rows = now.map((row) => {
    const found = read.find((one) => one.value === row.value);
    return found ? { ...row, zh: found.label, en: found.label } : row;
  });
  const known = new Set(rows.map((row) => row.value));
  const fresh = read
    .filter((one) => !known.has(one.value))
    .map((one) => ({ value: one.value, zh: one.label, en: one.label, code: '' }));
  return [...rows, ...fresh];
}

function CodeTable(props: { rows: CodeRow[]; known: string[]; onChange: (rows: CodeRow[]) => void }) {
  const text = useText(importText);
  const common = useText(commonText);
  const { rows, known, onChange } = props;
  const set = (at: number, change: Partial<CodeRow>) =>
    onChange(rows.map((row, i) => (i === at ? { ...row, ...change } : row)));
  const field = (name: 'value' | 'zh' | 'en', title: string) => ({
    title,
    key: name,
    render: (_: unknown, row: CodeRow & { at: number }) => (
      <Input
        aria-label={`${title} ${row.at + 1}`}
        value={row[name]}
        onChange={(event) => set(row.at, { [name]: event.target.value })}
      />
    ),
  });
  return (
    <>
      {rows.length > 0 && (
        <Table
          size="small"
          rowKey="at"
          dataSource={rows.map((row, at) => ({ ...row, at }))}
          pagination={false}
          scroll={{ y: 220 }}
          columns={[
            field('value', text.code),
            field('zh', text.nameZh),
            field('en', text.nameEn),
            {
              title: <span title={text.countsAsHint}>{text.countsAs}</span>,
              key: 'code',
              width: 110,
              render: (_, row) => (
                <AutoComplete
                  aria-label={`${text.countsAs} ${row.at + 1}`}
                  value={row.code}
                  onChange={(code: string) => set(row.at, { code })}
                  options={known.map((value) => ({ value }))}
                  style={{ width: '100%' }}
                />
              ),
            },
            {
              key: 'delete',
              width: 76,
              render: (_, row) => (
                <Button size="small" onClick={() => onChange(rows.filter((_, i) => i !== row.at))}>
                  {common.delete}
                </Button>
              ),
            },
          ]}
        />
      )}
      <Button size="small" onClick={() => onChange([...rows, { value: '', zh: '', en: '', code: '' }])}>
        {text.addCode}
      </Button>
    </>
  );
}

function CodePaste(props: {
  stated: { value: string; label: string }[];
  onRead: (read: { value: string; label: string }[]) => void;
}) {
  const text = useText(importText);
  const [typed, setTyped] = useState('');
  const read = readCodeList(typed);
  return (
    <div className="stack">
      <Field label={text.pasteCodes}>
        {(id) => (
          <Input.TextArea id={id} rows={3} value={typed} onChange={(event) => setTyped(event.target.value)} />
        )}
      </Field>
      <span className="row">
        <Button
          disabled={read.length === 0}
          onClick={() => {
            props.onRead(read);
            setTyped('');
          }}
        >
          {text.readCodes}
          {read.length > 0 ? ` (${read.length})` : ''}
        </Button>
        {props.stated.length > 0 && (
          <Button onClick={() => props.onRead(props.stated)}>
            {text.fromFile} ({props.stated.length})
          </Button>
        )}
      </span>
    </div>
  );
}
