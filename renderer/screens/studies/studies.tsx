import { Button, Table, type TableProps, Tag } from 'antd';
import { useState } from 'react';
import type { StudyView, WaveView } from '../../../shared/calls/studies.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import type { ReadySlice } from '../../components/slice.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { ABSENT, count } from '../../format.ts';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';
import { CoveragePanel } from './coverage.tsx';
import { StudyForm, WaveForm } from './study-forms.tsx';

const NUMBER = { className: 'number', align: 'right' } as const;

export function StudiesTab({ slice }: { slice: ReadySlice }) {
  const text = useText(studiesText);
  const studies = useCall('studies.list', {});
  return (
    <div className="screen">
      <p className="soft">{text.metaNote}</p>
      <Ready of={studies} height={400}>
        {(all) => {
          const held = all.filter((study) => study.waves.length > 0);
          if (held.length === 0) return <Nothing>{text.none}</Nothing>;
          return (
            <div className="two self-start-items">
              {held.map((study) => (
                <StudyPanel key={study.id} study={study} />
              ))}
            </div>
          );
        }}
      </Ready>
      <CoveragePanel slice={slice} />
    </div>
  );
}

function StudyPanel({ study }: { study: StudyView }) {
  const text = useText(studiesText);
  const name = useName();
  const [editing, setEditing] = useState<'study' | WaveView | null>(null);
  const close = () => setEditing(null);
  return (
    <Panel
      title={name(study.name)}
      note={
        <>
          {`${name(study.channelName)} · ${study.kind === 'responses' ? text.responses : text.scores} · ${
            study.period === 'year' ? text.periodYear : text.periodQuarter
          } · ${text.provider} `}
          {study.provider ? <span translate="no">{study.provider}</span> : text.providerUnknown}
        </>
      }
      extra={
        <Button size="small" onClick={() => setEditing('study')}>
          {text.edit}
        </Button>
      }
      flush
    >
      <WaveTable study={study} onEdit={setEditing} />
      {editing === 'study' && <StudyForm study={study} onClose={close} />}
      {editing !== null && editing !== 'study' && <WaveForm study={study} wave={editing} onClose={close} />}
    </Panel>
  );
}

function WaveTable({ study, onEdit }: { study: StudyView; onEdit: (wave: WaveView) => void }) {
  const text = useText(studiesText);
  const columns: TableProps<WaveView>['columns'] = [
    { title: text.wave, key: 'wave', width: 70, render: (_, wave) => formatQuarter(wave.quarter) },
    {
      title: text.fieldwork,
      key: 'fieldwork',
      width: 112,
      render: (_, { fieldworkFrom: from, fieldworkTo: to }) =>
        from || to ? (
          <span className="number" title={`${from ?? '…'} – ${to ?? '…'}`}>
            {`${from?.slice(5) ?? '…'} – ${to?.slice(5) ?? '…'}`}
          </span>
        ) : (
          <span className="faint">{ABSENT}</span>
        ),
    },
    {
      title: text.questionnaire,
      key: 'version',
      width: 78,
      render: (_, wave) => <Tag>{wave.questionnaire}</Tag>,
    },
    {
      title: text.provider,
      key: 'provider',
      ellipsis: true,
      render: (_, wave) => (
        <span
          translate="no"
          className={wave.ownProvider === null ? 'faint' : undefined}
          title={wave.provider}
        >
          {wave.provider || ABSENT}
        </span>
      ),
    },
    { title: text.respondents, key: 'n', ...NUMBER, width: 70, render: (_, wave) => count(wave.respondents) },
    { title: text.dealers, key: 'dealers', ...NUMBER, width: 64, render: (_, wave) => count(wave.dealers) },
    { title: text.asked, key: 'asked', ...NUMBER, width: 76, render: (_, wave) => count(wave.asked) },
    {
      key: 'edit',
      width: 50,
      render: (_, wave) => (
        <button type="button" className="link-button" onClick={() => onEdit(wave)}>
          {text.edit}
        </button>
      ),
    },
  ];
  return (
    <Table<WaveView>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...study.waves].reverse()}
      pagination={false}
      scroll={{ y: 260 }}
    />
  );
}
