import { Select, Table, type TableProps, Tag } from 'antd';
import { useState } from 'react';
import type { QuestionnaireComparison, QuestionnaireInfo, StudyView } from '../../../shared/calls/studies.ts';
import { ATTRIBUTE_GROUP_NAMES } from '../../../shared/domain/attribute-group.ts';
import type { QuestionChange } from '../../../shared/domain/questionnaire.ts';
import { useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Ready } from '../../components/states.tsx';
import { ABSENT, count } from '../../format.ts';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';
import { changeNames, changeTone, codeText, comesAfter, versionLabel } from './view.ts';

/** What a version changed against the one before it, any other, or a mapping drafted for the next. */
export function QuestionnaireDifference(props: { study: StudyView; chosen: QuestionnaireInfo }) {
  const { study, chosen } = props;
  const text = useText(studiesText);
  const mappings = useCall('mappings.list', {});
  const versions = study.questionnaires.filter((one) => one.items > 0);
  const place = versions.findIndex((one) => one.id === chosen.id);
  const drafts = (mappings.data ?? []).filter((one) => one.study === study.code);
  const previous = versions[place - 1];
  const [other, setOther] = useState<string | null>(previous ? `q${previous.id}` : null);
  const options = [
    ...versions
      .filter((one) => one.id !== chosen.id)
      .map((one) => ({ value: `q${one.id}`, label: versionLabel(one, text) })),
    ...drafts.map((one) => ({ value: `m${one.name}`, label: text.savedDraft(one.name) })),
  ];
  if (options.length === 0) return null;
  const known = options.some((one) => one.value === other) ? other : null;
  const mapped = drafts.find((one) => `m${one.name}` === known);
  const isLater = comesAfter(
    versions.map((one) => one.version),
    chosen.version,
    mapped?.questionnaire ?? versions.find((one) => `q${one.id}` === known)?.version,
  );
  const own = { questionnaire: chosen.id };
  const against = known?.startsWith('m')
    ? { mapping: known.slice(1) }
    : { questionnaire: Number(known?.slice(1)) };
  return (
    <Panel
      title={text.compare}
      flush
      extra={
        <Select
          aria-label={text.compareWith}
          className="wide-select"
          placeholder={text.compareWith}
          value={known}
          allowClear
          onChange={(value) => setOther(value ?? null)}
          options={options}
        />
      }
    >
      {known && <Difference before={isLater ? own : against} after={isLater ? against : own} />}
    </Panel>
  );
}

type Version = { questionnaire: number } | { mapping: string };

function Difference({ before, after }: { before: Version; after: Version }) {
  const text = useText(studiesText);
  const compared = useCall('questionnaires.compare', { before, after });
  return (
    <Ready of={compared}>
      {(data) =>
        data.changes.length === 0 ? (
          <p className="soft pad">{text.noDifference}</p>
        ) : (
          <>
            <p className="soft pad">{text.differences(count(data.changes.length), count(data.same))}</p>
            <ChangeTable data={data} />
          </>
        )
      }
    </Ready>
  );
}

type Side = QuestionChange['before'];

function ChangeTable({ data }: { data: QuestionnaireComparison }) {
  const text = useText(studiesText);
  const name = useName();
  const names = changeNames(text);
  const describe = (side: Side) => {
    if (!side) return ABSENT;
    if ('indicator' in side) {
      const known = data.indicatorNames[side.indicator];
      const indicator = known ? name(known) : side.indicator;
      const direction = side.reversed ? ` · ${text.lowGood}` : '';
      const missing = side.missing.length > 0 ? ` · ${text.missing} ${side.missing.join(', ')}` : '';
      return `${name(side.label)} → ${indicator} · ${side.scale.min}–${side.scale.max}${direction}${missing}`;
    }
    const codes = Object.entries(side.values).map(([value, label]) => codeText(value, name(label)));
    const choice = side.multiple ? text.multiple : text.single;
    return [name(side.label), name(ATTRIBUTE_GROUP_NAMES[side.group]), choice, ...codes.slice(0, 6)].join(
      ' · ',
    );
  };
  const columns: TableProps<QuestionChange>['columns'] = [
    {
      title: text.what,
      key: 'what',
      width: 220,
      render: (_, change) =>
        change.kinds.map((kind) => (
          <Tag key={kind} color={changeTone(kind)}>
            {names[kind]}
          </Tag>
        )),
    },
    { title: text.before, key: 'before', render: (_, change) => describe(change.before) },
    { title: text.after, key: 'after', render: (_, change) => describe(change.after) },
  ];
  return (
    <Table<QuestionChange>
      size="small"
      rowKey={(change) => JSON.stringify([change.role, change.before?.label, change.after?.label])}
      columns={columns}
      dataSource={data.changes}
      pagination={false}
      scroll={{ y: 320 }}
    />
  );
}
