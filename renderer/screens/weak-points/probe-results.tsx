import { App, Button, Checkbox, Input, Modal, Radio, type TableProps } from 'antd';
import { useState } from 'react';
import type { ProbeResult, ProbeUnit } from '../../../shared/calls/probes.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { call, useChange } from '../../api.ts';
import { BasisNotes } from '../../components/basis-notes.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { PagedTable } from '../../components/long-table.tsx';
import { BaseFigure, baseColumn, MarginFigure, ScoreFigure, Verbatim } from '../../components/marks.tsx';
import { Panel } from '../../components/panel.tsx';
import { Fault, Nothing } from '../../components/states.tsx';
import { ABSENT, count } from '../../format.ts';
import { type ScoreFormat, useScoreFormats } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';
import { weakText } from '../../text/weak-points.ts';
import { type Definition, hitLatest } from './view.ts';

export function ProbeResults({ result, definition }: { result: ProbeResult; definition: Definition }) {
  const text = useText(weakText);
  const name = useName();
  const { language, display } = useSession();
  const [latest, setLatest] = useState(false);
  const units = latest ? hitLatest(result) : result.units;
  return (
    <Panel
      title={text.results}
      note={text.found(count(result.units.length), count(result.hits), count(result.looked))}
      extra={
        <>
          <Checkbox checked={latest} onChange={(event) => setLatest(event.target.checked)}>
            {text.latestOnly}
          </Checkbox>
          {definition.level !== 'sample' && <KeepAsSample definition={definition} hits={result.hits} />}
          <ExportButton
            name={text.results}
            size="small"
            write={(path) => call('probes.export', { definition, path, language, display })}
          />
        </>
      }
      flush
    >
      <div className="padded">
        <p className="soft">{name(result.words)}</p>
        <BasisNotes notes={result.notes} />
      </div>
      {units.length === 0 ? (
        <Nothing height={180}>{text.nothing}</Nothing>
      ) : (
        <Units units={units} definition={definition} />
      )}
    </Panel>
  );
}

function Units({ units, definition }: { units: ProbeUnit[]; definition: Definition }) {
  const text = useText(weakText);
  const common = useText(commonText);
  const name = useName();
  const { go, select } = useSession();
  const formats = useScoreFormats();
  const as = (row: ProbeUnit) => formats(definition.channel, row.indicator);
  const open = ({ unit, level, indicator, hits }: ProbeUnit) =>
    level === 'sample'
      ? go('overview', { sample: Number(unit.slice('sample:'.length)), indicator })
      : go('overview', { scope: unit, indicator, quarter: hits[0]!.quarter, channel: definition.channel });
  const base = baseColumn(
    units.map(({ hits }) => hits[0]!.score),
    common,
  );
  const number = { className: 'number', align: 'right' } as const;
  const columns: TableProps<ProbeUnit>['columns'] = [
    {
      title: text.unit,
      key: 'unit',
      sorter: (a, b) => name(a.name).localeCompare(name(b.name)),
      render: (_, row) => (
        <button type="button" className="link-button" onClick={() => open(row)}>
          <Verbatim>{name(row.name)}</Verbatim>
        </button>
      ),
    },
    {
      title: text.path,
      key: 'path',
      ellipsis: true,
      render: (_, row) => <span className="soft">{row.path.map(name).join(' / ') || ABSENT}</span>,
    },
    {
      title: text.indicators,
      key: 'indicator',
      ellipsis: true,
      render: (_, row) => name(row.indicatorName),
    },
    {
      title: text.latestHit,
      key: 'quarter',
      width: 90,
      sorter: (a, b) => a.hits[0]!.quarter - b.hits[0]!.quarter,
      render: (_, row) => formatQuarter(row.hits[0]!.quarter),
    },
    {
      title: common.score,
      key: 'score',
      ...number,
      width: 80,
      sorter: (a, b) => a.hits[0]!.score.score100 - b.hits[0]!.score.score100,
      render: (_, row) => <ScoreFigure score={row.hits[0]!.score} as={as(row)} />,
    },
    {
      title: common.margin,
      key: 'margin',
      ...number,
      width: 76,
      render: (_, row) => <MarginFigure score={row.hits[0]!.score} as={as(row)} />,
    },
    {
      ...base,
      key: 'base',
      ...number,
      render: (_, row) => <BaseFigure score={row.hits[0]!.score} />,
    },
    {
      title: text.rankOf,
      key: 'rank',
      ...number,
      width: 178,
      sorter: (a, b) => (a.hits[0]!.rank ?? 1e9) - (b.hits[0]!.rank ?? 1e9),
      render: (_, row) => {
        const { rank, peers } = row.hits[0]!;
        if (rank === null)
          return (
            <span className="faint" title={text.unranked}>
              {ABSENT}
            </span>
          );
        return text.rankOfShort(count(rank), count(peers));
      },
    },
    {
      title: text.lastingShort,
      key: 'lasting',
      ...number,
      width: 116,
      sorter: (a, b) => a.hits[0]!.hitWaves - b.hits[0]!.hitWaves,
      render: (_, row) => `${row.hits[0]!.hitWaves}/${row.hits[0]!.ofWaves}`,
    },
    { title: text.wave, key: 'waves', width: 176, render: (_, row) => <Waves unit={row} as={as(row)} /> },
  ];
  return (
    <PagedTable<ProbeUnit>
      rowKey={(row) => `${row.unit} ${row.indicator}`}
      columns={columns}
      dataSource={units}
      pageSize={15}
      sizes={[15, 50, 200]}
      onRow={(row) => ({ onDoubleClick: () => select({ scope: row.unit }) })}
    />
  );
}

const CELL = 13;

/** One square a quarter: hit, measured, or without a figure. */
function Waves({ unit, as }: { unit: ProbeUnit; as: ScoreFormat }) {
  const text = useText(weakText);
  return (
    <svg className="waves" width={unit.waves.length * CELL} height={14} role="img" aria-label={text.wave}>
      {unit.waves.map(({ quarter, score100, hit }, i) => (
        <rect
          key={quarter}
          x={i * CELL}
          y={1}
          width={CELL - 2}
          height={12}
          rx={2}
          className={hit ? 'hit' : score100 === null ? 'none' : 'seen'}
        >
          <title>{`${formatQuarter(quarter)}  ${as.score(score100)}`}</title>
        </rect>
      ))}
    </svg>
  );
}

function KeepAsSample({ definition, hits }: { definition: Definition; hits: number }) {
  const text = useText(weakText);
  const { message } = App.useApp();
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [quarters, setQuarters] = useState<'hit' | 'all'>('hit');
  const keep = useChange('probes.sample');
  const save = () =>
    keep.mutate(
      { definition, name: name.trim(), quarters },
      {
        onSuccess: () => {
          setOpen(false);
          setName('');
          void message.success(text.sampleSaved);
        },
      },
    );
  return (
    <>
      <Button size="small" disabled={hits === 0} onClick={() => setOpen(true)}>
        {text.asSample}
      </Button>
      <Modal
        open={open}
        title={text.asSample}
        onCancel={() => setOpen(false)}
        onOk={save}
        okButtonProps={{ disabled: name.trim() === '', loading: keep.isPending }}
      >
        <div className="stack">
          <Input
            aria-label={text.sampleName}
            placeholder={text.sampleName}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <Radio.Group
            value={quarters}
            onChange={(event) => setQuarters(event.target.value as 'hit' | 'all')}
          >
            <Radio value="hit">{text.onlyHit}</Radio>
            <Radio value="all">{text.allQuarters}</Radio>
          </Radio.Group>
          {keep.error && <Fault error={keep.error} />}
        </div>
      </Modal>
    </>
  );
}
