import { Button, DatePicker, Input, Select, type TableProps } from 'antd';
import type { Dayjs } from 'dayjs';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { AuditEntry } from '../../../shared/calls/audit.ts';
import { AUDIT_AREAS, type AuditArea } from '../../../shared/domain/audit-action.ts';
import { call, useCall } from '../../api.ts';
import { ExportButton } from '../../components/export-button.tsx';
import { LongTable } from '../../components/long-table.tsx';
import { Verbatim } from '../../components/marks.tsx';
import { Field } from '../../components/slice.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { ABSENT, count, moment } from '../../format.ts';
import { useSession } from '../../session.ts';
import { auditFieldText } from '../../text/audit-fields.ts';
import { dataText } from '../../text/data.ts';
import { useName, useText } from '../../text/use-text.ts';
import { changesOf, restOfDetail, subjectText } from './audit-view.ts';

const PAGE = 200;

interface Chosen {
  areas: AuditArea[];
  actors: string[];
  from?: string;
  to?: string;
  text: string;
}

const EVERYTHING: Chosen = { areas: [], actors: [], text: '' };

/** The append-only log, the latest first, narrowed by what, who, when and words. */
export function Audit() {
  const text = useText(dataText);
  const [chosen, setChosen] = useState(EVERYTHING);
  const [before, setBefore] = useState<number[]>([]);
  const filter = { ...chosen, offsetMinutes: dayjs().utcOffset() };
  const entries = useCall('audit.list', { ...filter, limit: PAGE, before: before.at(-1) });
  const choose = (next: Partial<Chosen>) => {
    setChosen({ ...chosen, ...next });
    setBefore([]);
  };
  return (
    <div className="stack">
      <Filters chosen={chosen} onChange={choose} filter={filter} />
      <Ready of={entries}>
        {(all) => (
          <>
            <Entries rows={all} filtered={JSON.stringify(chosen) !== JSON.stringify(EVERYTHING)} />
            {(before.length > 0 || all.length === PAGE) && (
              <div className="row">
                <Button disabled={before.length === 0} onClick={() => setBefore(before.slice(0, -1))}>
                  {text.later}
                </Button>
                <Button disabled={all.length < PAGE} onClick={() => setBefore([...before, all.at(-1)!.id])}>
                  {text.earlier}
                </Button>
              </div>
            )}
          </>
        )}
      </Ready>
    </div>
  );
}

function Filters({
  chosen,
  onChange,
  filter,
}: {
  chosen: Chosen;
  onChange: (next: Partial<Chosen>) => void;
  filter: Chosen & { offsetMinutes: number };
}) {
  const text = useText(dataText);
  const language = useSession((session) => session.language);
  const name = useName();
  const summary = useCall('audit.summary', {});
  const span: [Dayjs | null, Dayjs | null] = [
    chosen.from ? dayjs(chosen.from) : null,
    chosen.to ? dayjs(chosen.to) : null,
  ];
  return (
    <div className="filters">
      <Field label={text.area} width={220}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            allowClear
            placeholder={text.everything}
            value={chosen.areas}
            onChange={(areas) => onChange({ areas })}
            options={Object.entries(AUDIT_AREAS).map(([value, label]) => ({ value, label: name(label) }))}
          />
        )}
      </Field>
      <Field label={text.actor} width={180}>
        {(id) => (
          <Select
            id={id}
            mode="multiple"
            allowClear
            placeholder={text.everybody}
            value={chosen.actors}
            onChange={(actors) => onChange({ actors })}
            options={(summary.data?.actors ?? []).map((value) => ({ value, label: value }))}
          />
        )}
      </Field>
      <Field label={text.days} width={240}>
        {(id) => (
          <DatePicker.RangePicker
            id={id}
            value={span}
            allowEmpty={[true, true]}
            onChange={(days) =>
              onChange({
                from: days?.[0]?.format('YYYY-MM-DD'),
                to: days?.[1]?.format('YYYY-MM-DD'),
              })
            }
          />
        )}
      </Field>
      <Field label={text.words} width={200}>
        {(id) => (
          <Input.Search
            id={id}
            allowClear
            defaultValue={chosen.text}
            onSearch={(words) => onChange({ text: words.trim() })}
          />
        )}
      </Field>
      <ExportButton name={text.audit} write={(path) => call('audit.export', { ...filter, path, language })} />
      {summary.data && <span className="faint">{text.entries(count(summary.data.entries))}</span>}
    </div>
  );
}

function Entries({ rows, filtered }: { rows: AuditEntry[]; filtered: boolean }) {
  const text = useText(dataText);
  const fields = useText(auditFieldText);
  const name = useName();
  const language = useSession((session) => session.language);
  const columns: TableProps<AuditEntry>['columns'] = [
    { title: '#', dataIndex: 'id', className: 'number', align: 'right', width: 64 },
    { title: text.at, key: 'at', width: 140, render: (_, entry) => moment(entry.at) },
    {
      title: text.actor,
      key: 'actor',
      width: 110,
      ellipsis: true,
      render: (_, entry) => <Verbatim>{entry.actor || ABSENT}</Verbatim>,
    },
    { title: text.action, key: 'action', width: 150, render: (_, entry) => name(entry.actionName) },
    {
      title: text.subject,
      key: 'subject',
      width: 240,
      ellipsis: true,
      render: (_, entry) => <Verbatim>{subjectText(entry.subject, language)}</Verbatim>,
    },
    {
      title: text.changed,
      key: 'detail',
      width: 480,
      ellipsis: true,
      render: (_, entry) => {
        const changes = changesOf(entry.detail, fields, language);
        const line = [
          ...changes.map((one) => `${one.field}: ${one.before} → ${one.after}`),
          ...restOfDetail(entry.detail, fields, language),
        ].join(' · ');
        return <span title={line}>{line}</span>;
      },
    },
  ];
  return (
    <LongTable<AuditEntry>
      rowKey="id"
      columns={columns}
      dataSource={rows}
      scroll={{ y: 560, x: 1220 }}
      expandable={{
        columnWidth: 36,
        rowExpandable: (entry) => changesOf(entry.detail, fields, language).length > 0,
        expandedRowRender: (entry) => <Changes entry={entry} />,
      }}
      locale={{ emptyText: <Nothing>{filtered ? text.noAuditMatch : text.noAudit}</Nothing> }}
    />
  );
}

/** Field by field, before and after. */
function Changes({ entry }: { entry: AuditEntry }) {
  const text = useText(dataText);
  const fields = useText(auditFieldText);
  const language = useSession((session) => session.language);
  return (
    <table className="plain">
      <thead>
        <tr>
          <th scope="col">{text.field}</th>
          <th scope="col">{text.fieldBefore}</th>
          <th scope="col">{text.fieldAfter}</th>
        </tr>
      </thead>
      <tbody>
        {changesOf(entry.detail, fields, language).map((one) => (
          <tr key={one.field}>
            <th scope="row">{one.field}</th>
            <td>{one.before}</td>
            <td>{one.after}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
