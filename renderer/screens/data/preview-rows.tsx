import { Table, type TableProps } from 'antd';
import { useMemo } from 'react';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import { ABSENT, decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';
import { answersText } from './preview-view.ts';

/** A wide file shows its first columns here; the list of columns has them all. */
const MOST_COLUMNS = 30;

type Row = ImportPreview['rows'][number] & { key: number };

/** The first rows: what they were taken to mean on the left, what the file holds on the right. */
export function PreviewRows({ preview }: { preview: ImportPreview }) {
  const text = useText(importText);
  const common = useText(commonText);
  const name = useName();
  const shown = useMemo(() => preview.headers.slice(0, MOST_COLUMNS), [preview]);
  // A row of a wide table comes once a wave.
  const rows = useMemo(() => preview.rows.map((row, key) => ({ ...row, key })), [preview]);
  const more = preview.headers.length - shown.length;
  const columns = useMemo<TableProps<Row>['columns']>(
    () => [
      { title: text.row, dataIndex: 'row', className: 'number', align: 'right', width: 56, fixed: 'left' },
      {
        title: text.meaning,
        fixed: 'left',
        children: [
          {
            title: common.quarter,
            key: 'quarter',
            width: 84,
            fixed: 'left',
            render: (_, row) => (
              <Meaning row={row} mapped={preview.mappingProblems.length === 0}>
                {row.meaning?.quarter}
              </Meaning>
            ),
          },
          {
            title: text.place,
            key: 'place',
            width: 150,
            ellipsis: true,
            fixed: 'left',
            render: (_, row) => row.meaning?.place ?? ABSENT,
          },
          {
            title: text.weight,
            key: 'weight',
            width: 64,
            className: 'number',
            align: 'right',
            fixed: 'left',
            render: (_, row) => (row.meaning?.weight == null ? ABSENT : decimal(row.meaning.weight, 2)),
          },
          {
            title: text.answers,
            key: 'answers',
            width: 260,
            ellipsis: true,
            render: (_, row) => (
              <span className="soft">
                {row.meaning ? answersText(row.meaning.answers, preview.mapping) : ABSENT}
              </span>
            ),
          },
          {
            title: text.attributes,
            key: 'attributes',
            width: 180,
            ellipsis: true,
            render: (_, row) => (
              <span className="soft">
                {row.meaning?.attributes.flatMap((one) => (one ? [name(one)] : [])).join(' · ')}
              </span>
            ),
          },
        ],
      },
      {
        title: more > 0 ? text.rawFirst(MOST_COLUMNS, more) : text.raw,
        children: shown.map((header, i) => ({
          title: header === '#wave' ? text.waveColumn : header === '#value' ? text.valueColumn : header,
          key: `raw-${i}`,
          width: 110,
          ellipsis: true,
          render: (_: unknown, row: Row) => row.cells[i] ?? '',
        })),
      },
    ],
    [preview, shown, more, text, common, name],
  );
  return (
    <Table<Row>
      size="small"
      bordered
      rowKey="key"
      columns={columns}
      dataSource={rows}
      pagination={false}
      scroll={{ x: 800 + shown.length * 110, y: 360 }}
      rowClassName={(row) => (row.rejected ? 'rejected' : '')}
    />
  );
}

/** The quarter of a row that is read; otherwise why there is none. */
function Meaning(props: { row: Row; mapped: boolean; children: string | null | undefined }) {
  const { row, mapped, children } = props;
  const text = useText(importText);
  if (row.rejected) return <span className="bad">{text.rejectedRow}</span>;
  return children ?? <span className="faint">{mapped ? text.leftOutRow : text.notMapped}</span>;
}
