import { Button, Select, Table } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { ImportEffect, ImportPreview } from '../../../shared/calls/import.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { BaseFigure, MarginFigure, ScoreFigure } from '../../components/marks.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault, Nothing } from '../../components/states.tsx';
import { ABSENT } from '../../format.ts';
import { scoreFormat } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';
import { importSource, useImportDraft } from './import-draft.ts';
import { RestingList } from './resting-list.tsx';

/** What the batch would change: scores before and after, and the results that become outdated. */
export function PreviewEffect({ preview }: { preview: ImportPreview }) {
  const text = useText(importText);
  const common = useText(commonText);
  const draft = useImportDraft();
  const effect = useJob('import.effect');
  const [of, setOf] = useState<{ preview: ImportPreview; newItems: string } | null>(null);
  const run = effect.run;
  const running = effect.running;
  useEffect(() => {
    const { newItems } = draft;
    const done = of?.preview === preview && of.newItems === newItems;
    if (done || running || preview.counts.accepted === 0) return;
    setOf({ preview, newItems });
    void run(importSource(draft, preview.mapping));
  }, [of, preview, running, run, draft]);
  if (preview.counts.accepted === 0) return <Nothing>{text.effectNone}</Nothing>;
  return (
    <div className="stack">
      <p className="soft">{text.effectLead}</p>
      <JobProgress of={effect} />
      {effect.fault && (
        <>
          <Fault error={effect.fault} />
          <Button onClick={() => setOf(null)}>{common.retry}</Button>
        </>
      )}
      {effect.value && !running && <Effect effect={effect.value} />}
    </div>
  );
}

function Effect({ effect }: { effect: ImportEffect }) {
  const text = useText(importText);
  const common = useText(commonText);
  const name = useName();
  const quarters = useMemo(
    () => [...new Set(effect.rows.map((row) => row.quarter))].sort((a, b) => b - a),
    [effect],
  );
  const scopes = useMemo(
    () => [...new Map(effect.rows.map((row) => [row.scope, row.scopeName])).entries()],
    [effect],
  );
  const { display, language } = useSession();
  const as = (row: EffectRow) => scoreFormat(display, row.scale, language);
  const side = (title: string, key: 'before' | 'after') => [
    {
      title,
      key,
      ...NUMBER,
      render: (_: unknown, row: EffectRow) => <ScoreFigure score={row[key]} as={as(row)} />,
    },
    {
      title: common.margin,
      key: `${key} margin`,
      ...NUMBER,
      render: (_: unknown, row: EffectRow) => <MarginFigure score={row[key]} as={as(row)} />,
    },
    {
      title: text.baseSize,
      key: `${key} n`,
      ...NUMBER,
      render: (_: unknown, row: EffectRow) => <BaseFigure score={row[key]} />,
    },
  ];
  const [quarter, setQuarter] = useState(quarters[0]);
  const [scope, setScope] = useState(scopes[0]?.[0] ?? '');
  const { forecasts, alertCount, plans, reportBatches } = effect.outdated;
  const none = forecasts.length + alertCount + plans.length + reportBatches.length === 0;
  return (
    <>
      <div className="filters">
        <Field label={common.quarter} width={110}>
          {(id) => (
            <Select
              id={id}
              value={quarter}
              onChange={setQuarter}
              options={quarters.map((value) => ({ value, label: formatQuarter(value) }))}
            />
          )}
        </Field>
        <Field label={text.area} width={200}>
          {(id) => (
            <Select
              id={id}
              value={scope}
              onChange={setScope}
              options={scopes.map(([value, label]) => ({ value, label: name(label) }))}
            />
          )}
        </Field>
      </div>
      <Table
        size="small"
        rowKey="indicator"
        dataSource={effect.rows.filter((row) => row.quarter === quarter && row.scope === scope)}
        pagination={false}
        scroll={{ y: 300 }}
        locale={{ emptyText: <Nothing>{text.effectNone}</Nothing> }}
        columns={[
          {
            title: common.indicator,
            key: 'indicator',
            ellipsis: true,
            render: (_, row) => name(row.indicatorName),
          },
          ...side(text.before, 'before'),
          ...side(text.after, 'after'),
          {
            title: text.difference,
            key: 'change',
            ...NUMBER,
            render: (_, row) =>
              row.before && row.after ? (
                as(row).points(row.after.score100 - row.before.score100)
              ) : (
                <span className="soft">{row.after ? text.newFigure : ABSENT}</span>
              ),
          },
        ]}
      />
      {none ? (
        <p className="soft">{text.effectNothing}</p>
      ) : (
        <>
          <p>{text.effectOutdated}</p>
          <RestingList resting={effect.outdated} />
        </>
      )}
    </>
  );
}

type EffectRow = ImportEffect['rows'][number];

const NUMBER = { className: 'number', align: 'right', width: 90 } as const;
