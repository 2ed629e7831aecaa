import { AutoComplete, Button, Checkbox, Input, InputNumber, Select, Table, type TableProps } from 'antd';
import { useMemo, useState } from 'react';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { useCall } from '../../api.ts';
import { count } from '../../format.ts';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';
import { ColumnDialog } from './column-dialog.tsx';
import { MANY_COLUMNS, matchesColumn } from './column-search.ts';
import { joinedWith } from './joined-view.ts';
import {
  COLUMN_ROLES,
  likeFirstItem,
  readCodes,
  roleNames,
  rolesOf,
  withAttribute,
  withItem,
  withNewIndicators,
  withRoles,
} from './mapping-view.ts';

interface Column {
  header: string;
  example: string;
}

/** One line a column of the file: what it is used for, and for a rated item its indicator and scale. */
export function MappingColumns(props: {
  mapping: StudyMapping;
  preview: ImportPreview;
  onChange: (mapping: StudyMapping) => void;
}) {
  const { mapping, preview, onChange } = props;
  const text = useText(importText);
  const name = useName();
  const catalog = useCall('catalog.get', {});
  const indicators = useMemo(
    () => (catalog.data?.indicators ?? []).filter((one) => one.role === 'item' || one.role === 'question'),
    [catalog.data],
  );
  const known = useMemo(() => new Set(catalog.data?.indicators.map((one) => one.code)), [catalog.data]);
  const change = (next: StudyMapping) => onChange(withNewIndicators(next, known));
  const names = roleNames(text);
  const [open, setOpen] = useState<string | null>(null);
  const [sought, setSought] = useState('');
  const rows = preview.headers.map((header, i) => ({
    header,
    example: preview.rows.find(({ cells }) => cells[i])?.cells[i] ?? '',
  }));
  const shown = rows.filter(({ header }) =>
    matchesColumn(sought, header, preview.columns[header]?.label ?? '', mapping),
  );
  const itemOf = (header: string) => mapping.items.find((item) => item.column === header);
  const partOf = (header: string) => {
    const question = joinedWith(mapping, header);
    return question === undefined ? text.ignore : text.partOfQuestion(question);
  };
  const attributeOf = (header: string) => mapping.attributes.find((one) => one.column === header);
  const columns: TableProps<Column>['columns'] = [
    {
      title: text.column,
      key: 'header',
      width: 200,
      ellipsis: true,
      render: (_, { header }) => <ColumnName header={header} label={preview.columns[header]?.label ?? ''} />,
    },
    {
      title: text.value,
      key: 'example',
      width: 130,
      ellipsis: true,
      render: (_, { example }) => <span className="soft">{example}</span>,
    },
    {
      title: text.role,
      key: 'role',
      width: 220,
      render: (_, { header }) => (
        <Select
          aria-label={`${header} ${text.role}`}
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          value={rolesOf(mapping, header)}
          placeholder={partOf(header)}
          onChange={(roles) => change(withRoles(mapping, header, roles, preview.columns[header]))}
          options={COLUMN_ROLES.map((value) => ({ value, label: names[value] }))}
          style={{ width: '100%' }}
        />
      ),
    },
    {
      title: text.indicator,
      key: 'indicator',
      width: 210,
      render: (_, { header }) => {
        const item = itemOf(header);
        const attribute = attributeOf(header);
        if (item) {
          return (
            <AutoComplete
              aria-label={`${header} ${text.indicator}`}
              value={item.indicator}
              showSearch={{ filterOption: (typed, option) => String(option?.label).includes(typed) }}
              onChange={(indicator: string) =>
                change(withItem(mapping, header, { indicator: indicator.trim() }))
              }
              options={indicators.map((one) => ({ value: one.code, label: `${one.code} ${name(one.name)}` }))}
              style={{ width: '100%' }}
            />
          );
        }
        return attribute ? (
          <Input
            aria-label={`${header} ${text.attributeCode}`}
            value={attribute.code}
            onChange={(event) => change(withAttribute(mapping, header, { code: event.target.value.trim() }))}
          />
        ) : null;
      },
    },
    {
      title: text.scaleFromTo,
      key: 'scale',
      width: 140,
      render: (_, { header }) => {
        const item = itemOf(header);
        if (!item) return null;
        const { scale } = item;
        return (
          <span className="row nowrap">
            <InputNumber
              aria-label={`${header} ${text.from}`}
              value={scale.min}
              controls={false}
              onChange={(min) => change(withItem(mapping, header, { scale: { ...scale, min: min ?? 0 } }))}
              style={{ width: 52 }}
            />
            –
            <InputNumber
              aria-label={`${header} ${text.to}`}
              value={scale.max}
              controls={false}
              onChange={(max) => change(withItem(mapping, header, { scale: { ...scale, max: max ?? 10 } }))}
              style={{ width: 60 }}
            />
          </span>
        );
      },
    },
    {
      title: text.reversed,
      key: 'reversed',
      width: 84,
      render: (_, { header }) => {
        const item = itemOf(header);
        return item ? (
          <Checkbox
            aria-label={`${header} ${text.reversed}`}
            checked={item.reversed}
            onChange={(event) => change(withItem(mapping, header, { reversed: event.target.checked }))}
          />
        ) : null;
      },
    },
    {
      title: text.missing,
      key: 'missing',
      render: (_, { header }) => {
        const item = itemOf(header);
        const attribute = attributeOf(header);
        const owner = item ?? attribute;
        if (!owner) return null;
        const set = (codes: string[]) => {
          const missing = readCodes(codes);
          change(item ? withItem(mapping, header, { missing }) : withAttribute(mapping, header, { missing }));
        };
        return (
          <Select
            aria-label={`${header} ${text.missing}`}
            mode="tags"
            open={false}
            suffixIcon={null}
            value={owner.missing.map(String)}
            onChange={set}
            style={{ width: '100%' }}
          />
        );
      },
    },
    {
      title: text.codeList,
      key: 'more',
      width: 150,
      render: (_, { header }) => {
        const attribute = attributeOf(header);
        if (!attribute && !itemOf(header)) return null;
        const codes = Object.keys(attribute?.values ?? {}).length;
        const said = [
          codes > 0 ? text.codes(String(codes)) : '',
          attribute?.multiple ? text.multipleShort : '',
          attribute?.bands ? text.bandCount(String(attribute.bands.limits.length + 1)) : '',
        ];
        return (
          <span className="row nowrap">
            <Button size="small" aria-label={`${header} ${text.edit}`} onClick={() => setOpen(header)}>
              {text.edit}
            </Button>
            <span className="soft">{said.filter(Boolean).join(' · ')}</span>
          </span>
        );
      },
    },
  ];
  return (
    <>
      {mapping.items.length > 1 && (
        <div className="row">
          <Button onClick={() => change(likeFirstItem(mapping))}>{text.sameForAll}</Button>
          <span className="soft">{text.sameForAllHint}</span>
        </div>
      )}
      {rows.length > MANY_COLUMNS && (
        <div className="row">
          <Input.Search
            className="wide-select"
            aria-label={text.findColumn}
            placeholder={text.findColumn}
            allowClear
            value={sought}
            onChange={(event) => setSought(event.target.value)}
          />
          <span className="soft" role="status">
            {text.columnsFound(count(shown.length), count(rows.length))}
          </span>
        </div>
      )}
      <Table<Column>
        size="small"
        rowKey="header"
        columns={columns}
        dataSource={shown}
        locale={{ emptyText: text.noColumnFound }}
        pagination={shown.length > 60 ? { pageSize: 40, showSizeChanger: false } : false}
        scroll={{ y: 360, x: 1230 }}
      />
      {open !== null && (
        <ColumnDialog
          column={open}
          mapping={mapping}
          preview={preview}
          onChange={change}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

/** The header, and beneath it what the file says the question is. */
function ColumnName({ header, label }: { header: string; label: string }) {
  const text = useText(importText);
  const shown = header === '#wave' ? text.waveColumn : header === '#value' ? text.valueColumn : header;
  return (
    <span title={label === '' ? header : `${header}\n${label}`}>
      {shown}
      {label !== '' && <span className="soft block-line">{label}</span>}
    </span>
  );
}
