import { Button, Select, Table, type TableProps, Tag } from 'antd';
import { useState } from 'react';
import type { QuestionView, StudyView } from '../../../shared/calls/studies.ts';
import { ATTRIBUTE_GROUP_NAMES, ATTRIBUTE_GROUPS } from '../../../shared/domain/attribute-group.ts';
import { useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Field } from '../../components/slice.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { ABSENT, count } from '../../format.ts';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';
import { QuestionForm } from './question-form.tsx';
import { QuestionnaireDifference } from './questionnaire-difference.tsx';
import { VersionForm } from './version-form.tsx';
import { codeText, versionLabel } from './view.ts';

export function Questionnaires() {
  const text = useText(studiesText);
  const studies = useCall('studies.list', {});
  return (
    <Ready of={studies} height={400}>
      {(all) => {
        const held = all.filter((study) => study.questionnaires.some((one) => one.items > 0));
        return held.length === 0 ? <Nothing>{text.none}</Nothing> : <Chosen studies={held} />;
      }}
    </Ready>
  );
}

function Chosen({ studies }: { studies: StudyView[] }) {
  const text = useText(studiesText);
  const name = useName();
  const [code, setCode] = useState(studies[0]!.code);
  const [version, setVersion] = useState<number | null>(null);
  const [making, setMaking] = useState(false);
  const study = studies.find((one) => one.code === code) ?? studies[0]!;
  const versions = study.questionnaires.filter((one) => one.items > 0);
  const chosen = versions.find(({ id }) => id === version) ?? versions.at(-1)!;
  return (
    <div className="screen">
      <div className="filters">
        <Field label={text.study} width={240}>
          {(id) => (
            <Select
              id={id}
              value={study.code}
              onChange={setCode}
              options={studies.map((one) => ({ value: one.code, label: name(one.name) }))}
            />
          )}
        </Field>
        <Field label={text.version} width={220}>
          {(id) => (
            <Select
              id={id}
              value={chosen.id}
              onChange={setVersion}
              options={versions.map((one) => ({ value: one.id, label: versionLabel(one, text) }))}
            />
          )}
        </Field>
        <Button disabled={chosen.firstQuarter === null} onClick={() => setMaking(true)}>
          {text.newVersion}
        </Button>
      </div>
      <QuestionnaireDifference key={chosen.id} study={study} chosen={chosen} />
      <Questions questionnaire={chosen.id} />
      {making && <VersionForm study={study} from={chosen} onClose={() => setMaking(false)} />}
    </div>
  );
}

function Questions({ questionnaire }: { questionnaire: number }) {
  const text = useText(studiesText);
  const view = useCall('questionnaires.get', { questionnaire });
  const [editing, setEditing] = useState<QuestionView | null>(null);
  return (
    <Ready of={view} height={400}>
      {({ questions }) => {
        const items = questions.filter((one) => one.role === 'item');
        const attributes = questions.filter((one) => one.role === 'attribute');
        return (
          <>
            <Panel title={text.items} note={count(items.length)} flush>
              <ItemTable items={items} onEdit={setEditing} />
            </Panel>
            {attributes.length > 0 && (
              <Panel title={text.attributes} note={count(attributes.length)} flush>
                <AttributeTable attributes={attributes} onEdit={setEditing} />
              </Panel>
            )}
            {editing && <QuestionForm question={editing} onClose={() => setEditing(null)} />}
          </>
        );
      }}
    </Ready>
  );
}

interface Rows {
  onEdit: (question: QuestionView) => void;
}

function editColumn(edit: string, onEdit: Rows['onEdit']) {
  return {
    key: 'edit',
    width: 66,
    render: (_: unknown, one: QuestionView) => (
      <Button type="link" size="small" onClick={() => onEdit(one)}>
        {edit}
      </Button>
    ),
  };
}

function ItemTable({ items, onEdit }: Rows & { items: QuestionView[] }) {
  const text = useText(studiesText);
  const name = useName();
  const columns: TableProps<QuestionView>['columns'] = [
    { title: text.question, key: 'label', ellipsis: true, render: (_, one) => name(one.label) },
    {
      title: text.indicator,
      key: 'indicator',
      width: 280,
      ellipsis: true,
      render: (_, one) => (
        <>
          {one.indicatorName ? name(one.indicatorName) : one.code} <code translate="no">{one.code}</code>
        </>
      ),
    },
    {
      title: text.scale,
      key: 'scale',
      width: 90,
      render: (_, { scale }) => (scale ? `${scale.min}–${scale.max}` : ABSENT),
    },
    {
      title: text.direction,
      key: 'direction',
      width: 110,
      render: (_, one) => (one.reversed ? <Tag color="warning">{text.lowGood}</Tag> : text.highGood),
    },
    {
      title: text.missing,
      key: 'missing',
      width: 120,
      render: (_, one) =>
        one.missing.length === 0 ? <span className="faint">{text.noCodes}</span> : one.missing.join(', '),
    },
    editColumn(text.edit, onEdit),
  ];
  return (
    <Table<QuestionView>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={items}
      pagination={false}
      scroll={{ y: 420 }}
    />
  );
}

function AttributeTable({ attributes, onEdit }: Rows & { attributes: QuestionView[] }) {
  const text = useText(studiesText);
  const name = useName();
  const order = (one: QuestionView) => ATTRIBUTE_GROUPS.indexOf(one.group ?? 'other');
  const columns: TableProps<QuestionView>['columns'] = [
    {
      title: text.group,
      key: 'group',
      width: 170,
      render: (_, one) => name(ATTRIBUTE_GROUP_NAMES[one.group ?? 'other']),
    },
    {
      title: text.question,
      key: 'label',
      width: 260,
      ellipsis: true,
      render: (_, one) => (
        <>
          {name(one.label)} <code translate="no">{one.code}</code>
        </>
      ),
    },
    {
      title: text.choice,
      key: 'choice',
      width: 100,
      render: (_, one) => (one.multiple ? <Tag color="processing">{text.multiple}</Tag> : text.single),
    },
    {
      title: text.codes,
      key: 'codes',
      ellipsis: true,
      render: (_, one) => {
        const said = one.values.slice(0, 8).map(({ value, label }) => codeText(value, name(label)));
        const more = one.values.length > 8 ? ` … ${text.codesMore(count(one.values.length))}` : '';
        return one.values.length === 0 ? (
          <span className="faint">{text.noCodes}</span>
        ) : (
          said.join(' · ') + more
        );
      },
    },
    {
      title: text.missing,
      key: 'missing',
      width: 110,
      render: (_, one) =>
        one.missing.length === 0 ? <span className="faint">{text.noCodes}</span> : one.missing.join(', '),
    },
    editColumn(text.edit, onEdit),
  ];
  return (
    <Table<QuestionView>
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...attributes].sort((a, b) => order(a) - order(b))}
      pagination={false}
      scroll={{ y: 420 }}
    />
  );
}
