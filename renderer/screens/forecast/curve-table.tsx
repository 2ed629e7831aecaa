import { Button, Checkbox, Table, type TableProps } from 'antd';
import type { CurveView } from '../../../shared/calls/forecast.ts';
import { ABSENT, count } from '../../format.ts';
import type { ScoreFormat } from '../../score-format.ts';
import { forecastText } from '../../text/forecast.ts';
import { useName, useText } from '../../text/use-text.ts';

/** Every curve with what it would give and how it did; ticked ones are drawn, one can be forced upon the forecast. */
export function CurveTable(props: {
  curves: readonly CurveView[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
  forced: string | null;
  onForce: (id: string | null) => void;
  as: ScoreFormat;
}) {
  const { curves, chosen, onChange, forced, onForce, as } = props;
  const text = useText(forecastText);
  const name = useName();
  const best = Math.min(...curves.flatMap((curve) => curve.pastError ?? []));
  const number = { className: 'number', align: 'right' } as const;
  const columns: TableProps<CurveView>['columns'] = [
    {
      title: text.curve,
      key: 'curve',
      render: (_, curve) => (
        <Checkbox
          checked={chosen.includes(curve.id)}
          disabled={curve.next === null}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, curve.id] : chosen.filter((id) => id !== curve.id))
          }
        >
          <span title={name(curve.note)}>{name(curve.name)}</span>
        </Checkbox>
      ),
    },
    {
      title: text.wouldGive,
      key: 'next',
      ...number,
      width: 76,
      render: (_, curve) =>
        curve.next === null ? (
          <span className="faint">{curve.refusal === 'not-positive' ? text.notPositive : text.tooFew}</span>
        ) : (
          as.figure(curve.next)
        ),
    },
    {
      title: text.interval95,
      key: 'band',
      ...number,
      width: 104,
      render: (_, { band }) =>
        band ? (
          <span className="soft" title={text.forcedBand(count(band.errors))}>
            {as.range(band.low95, band.high95)}
          </span>
        ) : (
          <span className="faint">{ABSENT}</span>
        ),
    },
    {
      title: text.pastError,
      key: 'error',
      ...number,
      width: 96,
      sorter: (a, b) => (a.pastError ?? 1e9) - (b.pastError ?? 1e9),
      render: (_, curve) =>
        curve.pastError === best ? <b>{as.length(curve.pastError, 1)}</b> : as.length(curve.pastError, 1),
    },
    {
      title: text.pastQuarters,
      key: 'n',
      ...number,
      width: 64,
      render: (_, curve) => (curve.pastQuarters > 0 ? count(curve.pastQuarters) : ABSENT),
    },
    {
      key: 'force',
      width: 82,
      render: (_, curve) =>
        curve.next !== null && (
          <Button
            size="small"
            type={forced === curve.id ? 'primary' : 'default'}
            aria-pressed={forced === curve.id}
            onClick={() => onForce(forced === curve.id ? null : curve.id)}
          >
            {text.force}
          </Button>
        ),
    },
  ];
  return (
    <Table<CurveView>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...curves]}
      pagination={false}
      showSorterTooltip={false}
    />
  );
}
