import { Modal, Select } from 'antd';
import { useMemo, useState } from 'react';
import { useCall } from '../../api.ts';
import { Field } from '../../components/slice.tsx';
import { decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';
import { shareText } from './share-text.ts';
import type { TreeRow } from './view.ts';

const STEPS = [9, 8, 7, 6, 5, 4, 3, 2, 1] as const;
const MOST = 10;

/** `3` and its reciprocal `1/3`, from utterly more to utterly less important. */
const CHOICES = [
  ...STEPS.map((step) => ({ value: step as number, label: String(step) })),
  ...[...STEPS]
    .reverse()
    .filter((step) => step > 1)
    .map((step) => ({ value: 1 / step, label: `1/${step}` })),
];

const judgementLabel = (value: number) => (value >= 1 ? decimal(value, 1) : `1/${decimal(1 / value, 1)}`);

/** Weights of the items of a group from pairwise judgements; together they keep what the group weighed. */
export function Judgements(props: {
  rows: readonly TreeRow[];
  onApply: (weights: Map<string, number>) => void;
  onClose: () => void;
}) {
  const { rows, onApply, onClose } = props;
  const text = useText(studiesText);
  const common = useText(commonText);
  const name = useName();
  const groups = rows.filter(
    (row) => rows.filter(({ parent, role }) => parent === row.code && role === 'item').length >= 2,
  );
  const [group, setGroup] = useState(groups[0]?.code ?? '');
  const [given, setGiven] = useState<Record<string, number>>({});
  const items = rows.filter(({ parent, role }) => parent === group && role === 'item');
  const matrix = useMemo(
    () =>
      items.map((row, i) =>
        items.map((column, j) => {
          if (i === j) return 1;
          const value = given[`${i < j ? row.code : column.code}|${i < j ? column.code : row.code}`] ?? 1;
          return i < j ? value : 1 / value;
        }),
      ),
    [items, given],
  );
  const fits = items.length >= 2 && items.length <= MOST;
  const judged = useCall('weights.judge', fits ? { matrix } : null).data;
  const apply = () => {
    const sum = items.reduce((total, { weight }) => total + weight, 0) || items.length;
    const weights = judged?.weights ?? [];
    onApply(new Map(items.map(({ code }, i) => [code, Number(((weights[i] ?? 0) * sum).toFixed(4))])));
  };
  return (
    <Modal
      open
      width={920}
      title={text.ahp}
      okText={text.ahpApply}
      cancelText={common.cancel}
      okButtonProps={{ disabled: !judged || judged.weights.length !== items.length }}
      onCancel={onClose}
      onOk={apply}
    >
      <div className="stack">
        <p className="hint">{text.ahpHint}</p>
        <Field label={text.ahpOf} width={260}>
          {(id) => (
            <Select
              id={id}
              value={group}
              onChange={setGroup}
              options={groups.map((row) => ({ value: row.code, label: name(row.name) }))}
            />
          )}
        </Field>
        {!fits && <p className="soft">{text.ahpTooMany}</p>}
        {fits && (
          <div className="heat-frame">
            <table className="heat">
              <thead>
                <tr>
                  <th />
                  {items.map((one) => (
                    <th key={one.code} scope="col">
                      <span>{name(one.name)}</span>
                    </th>
                  ))}
                  <th scope="col">{text.share}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((row, i) => (
                  <tr key={row.code}>
                    <th scope="row">{name(row.name)}</th>
                    {items.map((column, j) => (
                      <td key={column.code} className={isWorst(judged?.worst, i, j) ? 'locked' : undefined}>
                        {i < j ? (
                          <Select
                            size="small"
                            aria-label={`${name(row.name)} / ${name(column.name)}`}
                            value={given[`${row.code}|${column.code}`] ?? 1}
                            onChange={(value) =>
                              setGiven({ ...given, [`${row.code}|${column.code}`]: value })
                            }
                            options={CHOICES}
                          />
                        ) : (
                          <span className="faint">{judgementLabel(matrix[i]![j]!)}</span>
                        )}
                      </td>
                    ))}
                    <td>{shareText(judged?.weights[i] ?? 0)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {judged && (
          <p className={judged.consistent ? 'soft' : 'bad'}>
            {text.ahpRatio(decimal(judged.consistencyRatio, 3))} ·{' '}
            {judged.consistent ? text.ahpGood : text.ahpBad}
            {!judged.consistent && judged.worst && items[judged.worst.row] && items[judged.worst.column] && (
              <>
                {' · '}
                {text.ahpWorst(
                  name(items[judged.worst.row]!.name),
                  name(items[judged.worst.column]!.name),
                  judgementLabel(judged.worst.given),
                  judgementLabel(judged.worst.implied),
                )}
              </>
            )}
          </p>
        )}
      </div>
    </Modal>
  );
}

function isWorst(worst: { row: number; column: number } | null | undefined, i: number, j: number): boolean {
  return worst?.row === i && worst.column === j;
}
