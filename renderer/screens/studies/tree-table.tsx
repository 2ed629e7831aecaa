import { Button, Input, InputNumber, Select, Table, type TableProps, Tooltip } from 'antd';
import { useMemo } from 'react';
import { inTreeOrder, weightShares } from '../../../shared/domain/indicator-tree.ts';
import { decimal } from '../../format.ts';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';
import { shareText } from './share-text.ts';
import { depthOf, moved, possibleParents, type TreeRow } from './view.ts';

interface Shares {
  own: Map<string, number>;
  /** What the items below a row have in all. */
  below(code: string): number;
}

/** The tree as a table, parents before their children; `onChange` null: to look at. */
export function TreeTable(props: { rows: TreeRow[]; onChange: ((rows: TreeRow[]) => void) | null }) {
  const { rows, onChange } = props;
  const text = useText(studiesText);
  const name = useName();
  const shown = useMemo(() => inTreeOrder(rows), [rows]);
  const shares = useMemo((): Shares => {
    const own = weightShares(rows);
    const below = (code: string): number =>
      rows
        .filter((row) => row.parent === code)
        .reduce((sum, row) => sum + (own.get(row.code) ?? 0) + below(row.code), 0);
    return { own, below };
  }, [rows]);
  const set = (code: string, part: Partial<TreeRow>) =>
    onChange?.(rows.map((row) => (row.code === code ? { ...row, ...part } : row)));
  const roles = {
    index: text.roleIndex,
    factor: text.roleFactor,
    item: text.roleItem,
    question: text.roleQuestion,
  };
  const columns: TableProps<TreeRow>['columns'] = [
    {
      title: text.anIndicator,
      key: 'name',
      ...(onChange ? { width: 460 } : { ellipsis: true }),
      render: (_, row) => (
        <div className={`row nowrap depth${Math.min(3, depthOf(rows, row))}`}>
          {onChange ? (
            <>
              <Input
                size="small"
                aria-label={text.nameZh}
                value={row.name.zh}
                onChange={(event) => set(row.code, { name: { ...row.name, zh: event.target.value } })}
              />
              <Input
                size="small"
                aria-label={text.nameEn}
                value={row.name.en}
                onChange={(event) => set(row.code, { name: { ...row.name, en: event.target.value } })}
              />
            </>
          ) : (
            <span className={row.role === 'item' || row.role === 'question' ? '' : 'strong'}>
              {name(row.name)}
            </span>
          )}
          <code translate="no">{row.code}</code>
        </div>
      ),
    },
    {
      title: text.kind,
      key: 'role',
      width: onChange ? 160 : 150,
      render: (_, row) =>
        onChange && (row.role === 'item' || row.role === 'question') ? (
          <Select
            size="small"
            aria-label={text.kind}
            className="full"
            value={row.role}
            onChange={(role) => set(row.code, { role, weight: role === 'item' ? row.weight : 0 })}
            options={(['item', 'question'] as const).map((value) => ({ value, label: roles[value] }))}
          />
        ) : (
          <span className="soft">{roles[row.role]}</span>
        ),
    },
    ...(onChange
      ? [
          {
            title: text.parent,
            key: 'parent',
            width: 190,
            render: (_: unknown, row: TreeRow) =>
              row.role === 'index' ? null : (
                <Select<string>
                  size="small"
                  aria-label={text.parent}
                  className="full"
                  value={row.parent ?? ''}
                  onChange={(parent) => set(row.code, { parent: parent === '' ? null : parent })}
                  options={[
                    { value: '', label: text.top },
                    ...possibleParents(rows, row).map((one) => ({ value: one.code, label: name(one.name) })),
                  ]}
                />
              ),
          },
        ]
      : []),
    {
      title: text.weight,
      key: 'weight',
      width: 116,
      className: 'number',
      align: 'right',
      render: (_, row) => {
        if (row.role !== 'item') return null;
        if (!onChange) return decimal(row.weight, 2);
        return (
          <InputNumber
            size="small"
            aria-label={text.weight}
            className="full"
            min={0}
            value={row.weight}
            onChange={(weight) => set(row.code, { weight: weight ?? 0 })}
          />
        );
      },
    },
    {
      title: text.share,
      key: 'share',
      width: 130,
      className: 'number',
      align: 'right',
      render: (_, row) => {
        const sum = row.role === 'factor' ? shares.below(row.code) : 0;
        return row.role === 'factor' ? (
          <span className="soft">{sum > 0 ? text.groupShare(shareText(sum)) : ''}</span>
        ) : (
          shareText(shares.own.get(row.code) ?? 0)
        );
      },
    },
    ...(onChange ? [actionColumn(rows, onChange, text)] : []),
  ];
  return (
    <Table<TreeRow>
      size="small"
      rowKey="code"
      columns={columns}
      dataSource={shown}
      pagination={false}
      scroll={{ y: 560 }}
    />
  );
}

function actionColumn(
  rows: readonly TreeRow[],
  onChange: (rows: TreeRow[]) => void,
  text: { up: string; down: string; remove: string; inUse: string; hasChildren: string },
) {
  return {
    key: 'actions',
    width: 150,
    render: (_: unknown, row: TreeRow) => {
      const hasChildren = rows.some(({ parent }) => parent === row.code);
      const why = row.asked ? text.inUse : hasChildren ? text.hasChildren : undefined;
      return (
        <span className="row nowrap">
          <Button
            size="small"
            type="text"
            aria-label={text.up}
            title={text.up}
            onClick={() => onChange(moved(rows, row.code, -1))}
          >
            ↑
          </Button>
          <Button
            size="small"
            type="text"
            aria-label={text.down}
            title={text.down}
            onClick={() => onChange(moved(rows, row.code, 1))}
          >
            ↓
          </Button>
          <Tooltip title={why}>
            <Button
              size="small"
              type="text"
              danger
              disabled={why !== undefined || row.role === 'index'}
              onClick={() => onChange(rows.filter(({ code }) => code !== row.code))}
            >
              {text.remove}
            </Button>
          </Tooltip>
        </span>
      );
    },
  };
}
