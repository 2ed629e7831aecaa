import { Button, Checkbox, Input, InputNumber, Select, Table } from 'antd';
import { useState } from 'react';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import { LEFT_COLUMNS, LEFT_ROWS } from '../../../shared/domain/leave-out.ts';
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { waveOf } from '../../../shared/domain/wave-name.ts';
import { Field } from '../../components/slice.tsx';
import { count } from '../../format.ts';
import { importText } from '../../text/import.ts';
import { useText } from '../../text/use-text.ts';

type Layout = StudyMapping['table'];

interface Props {
  preview: ImportPreview;
  mapping: StudyMapping;
  busy: boolean;
  onChange: (mapping: StudyMapping) => void;
  /** Reads the file anew with another header or delimiter. */
  onRead: (table: Partial<Layout>) => void;
}

/** How the table is read before any column has a meaning: header, waves side by side, totals and changes. */
export function PreviewTable(props: Props) {
  const text = useText(importText);
  const { preview, mapping, onChange } = props;
  const layout = mapping.table;
  const set = (change: Partial<Layout>) => onChange({ ...mapping, table: { ...layout, ...change } });
  return (
    <div className="stack">
      <HeaderFields {...props} />
      <Checkbox
        checked={layout.unpivot !== undefined}
        disabled={preview.waves === null && layout.unpivot === undefined}
        onChange={(event) => set({ unpivot: event.target.checked ? { columns: {} } : undefined })}
      >
        {text.turnWaves}
        <span className="soft">
          {' '}
          {preview.waves ? text.wavesFound(preview.waves.map(({ wave }) => wave).join(' · ')) : text.noWaves}
        </span>
      </Checkbox>
      {layout.unpivot && <WaveColumns preview={preview} layout={layout} set={set} />}
      <Checkbox
        checked={layout.leaveOut !== undefined}
        onChange={(event) =>
          set({
            leaveOut: event.target.checked ? { rows: [...LEFT_ROWS], columns: [...LEFT_COLUMNS] } : undefined,
          })
        }
      >
        {text.leaveOut}
      </Checkbox>
      {layout.leaveOut && <Rules layout={layout} set={set} />}
      {layout.leaveOut && <LeftOut preview={preview} />}
    </div>
  );
}

function HeaderFields({ preview, busy, mapping, onRead }: Props) {
  const text = useText(importText);
  const layout = mapping.table;
  const [headerRows, setHeaderRows] = useState<number | null>(preview.headerRows);
  const [skipRows, setSkipRows] = useState<number | null>(layout.skipRows ?? null);
  const [delimiter, setDelimiter] = useState(preview.file.delimiter ?? '');
  if (preview.headerRows === null) return null;
  const shown = delimiter === '\t' ? '\\t' : delimiter;
  const read = () =>
    onRead({
      headerRows: headerRows ?? undefined,
      skipRows: skipRows ?? undefined,
      ...(preview.file.delimiter !== null && delimiter !== '' ? { delimiter } : {}),
    });
  return (
    <div className="filters">
      <Field label={text.headerRows} width={110}>
        {(id) => <InputNumber id={id} min={1} max={10} value={headerRows} onChange={setHeaderRows} />}
      </Field>
      <Field label={text.skipRows} width={150}>
        {(id) => (
          <InputNumber
            id={id}
            min={0}
            max={50}
            value={skipRows}
            placeholder={text.byItself}
            onChange={setSkipRows}
          />
        )}
      </Field>
      {preview.file.delimiter !== null && (
        <Field label={text.delimiter} width={110}>
          {(id) => (
            <Input
              id={id}
              maxLength={4}
              value={shown}
              onChange={(event) => setDelimiter(event.target.value.replace('\\t', '\t'))}
            />
          )}
        </Field>
      )}
      <Button disabled={busy} onClick={read}>
        {text.apply}
      </Button>
    </div>
  );
}

type Part = NonNullable<Layout['unpivot']>['columns'][string];

/** What each column of the wide table is: told from its header, or said by the user. */
function WaveColumns(props: {
  preview: ImportPreview;
  layout: Layout;
  set: (change: Partial<Layout>) => void;
}) {
  const text = useText(importText);
  const { preview, layout, set } = props;
  const said = layout.unpivot!.columns;
  const say = (header: string, part: Part | undefined) => {
    const { [header]: _, ...others } = said;
    set({ unpivot: { columns: part === undefined ? others : { ...others, [header]: part } } });
  };
  return (
    <Table
      size="small"
      rowKey="header"
      dataSource={preview.wideHeaders.map((header) => ({ header }))}
      pagination={false}
      scroll={{ y: 240 }}
      columns={[
        { title: text.column, dataIndex: 'header', width: 260, ellipsis: true },
        {
          title: text.part,
          key: 'part',
          width: 190,
          render: (_, { header }) => {
            const part = said[header];
            return (
              <Select
                aria-label={`${header} ${text.part}`}
                style={{ width: 170 }}
                value={typeof part === 'object' ? 'wave' : (part ?? 'auto')}
                onChange={(kind) => {
                  const found = waveOf(header) ?? { wave: '', measure: '' };
                  say(header, kind === 'auto' ? undefined : kind === 'wave' ? found : (kind as 'keep'));
                }}
                options={[
                  { value: 'auto', label: text.partAuto },
                  { value: 'keep', label: text.partKeep },
                  { value: 'leave', label: text.partLeave },
                  { value: 'wave', label: text.partWave },
                ]}
              />
            );
          },
        },
        {
          title: text.wave,
          key: 'wave',
          width: 130,
          render: (_, { header }) => {
            const part = said[header];
            if (typeof part !== 'object') return <span className="soft">{waveText(preview, header)}</span>;
            return (
              <Input
                aria-label={`${header} ${text.wave}`}
                value={part.wave}
                placeholder="2026Q3"
                onChange={(event) => say(header, { ...part, wave: event.target.value.toUpperCase() })}
              />
            );
          },
        },
        {
          title: text.measure,
          key: 'measure',
          render: (_, { header }) => {
            const part = said[header];
            if (typeof part !== 'object') return <span className="soft">{waveOf(header)?.measure}</span>;
            return (
              <Input
                aria-label={`${header} ${text.measure}`}
                value={part.measure}
                onChange={(event) => say(header, { ...part, measure: event.target.value })}
              />
            );
          },
        },
      ]}
    />
  );
}

function waveText(preview: ImportPreview, header: string): string {
  return preview.waves?.find(({ columns }) => columns.includes(header))?.wave ?? '';
}

function Rules({ layout, set }: { layout: Layout; set: (change: Partial<Layout>) => void }) {
  const text = useText(importText);
  const rules = layout.leaveOut!;
  return (
    <div className="stack">
      {(['rows', 'columns'] as const).map((side) => (
        <Field key={side} label={side === 'rows' ? text.leaveRows : text.leaveColumns}>
          {(id) => (
            <Select
              id={id}
              mode="tags"
              open={false}
              suffixIcon={null}
              maxTagCount={20}
              value={rules[side]}
              onChange={(words) => set({ leaveOut: { ...rules, [side]: words } })}
              style={{ width: '100%' }}
            />
          )}
        </Field>
      ))}
      <p className="soft">{text.leaveHint}</p>
    </div>
  );
}

function LeftOut({ preview }: { preview: ImportPreview }) {
  const text = useText(importText);
  const { rows, firstRows, columns } = preview.left;
  const lines = [
    ...columns.map(({ header, rule }) => ({ key: `c ${header}`, where: text.column, what: header, rule })),
    ...firstRows.map(({ row, text: what, rule }) => ({
      key: `r ${row}`,
      where: `${text.row} ${row}`,
      what,
      rule,
    })),
  ];
  return (
    <>
      <p>{text.leftNow(count(rows), count(columns.length))}</p>
      {lines.length > 0 && (
        <Table
          size="small"
          className="narrow"
          dataSource={lines}
          pagination={false}
          scroll={{ y: 200 }}
          columns={[
            { title: text.where, dataIndex: 'where', width: 110 },
            { title: text.value, dataIndex: 'what', ellipsis: true },
            { title: text.rule, dataIndex: 'rule', width: 130 },
          ]}
        />
      )}
    </>
  );
}
