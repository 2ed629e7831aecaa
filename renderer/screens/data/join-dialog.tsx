import { Input, Modal, Select, Table } from 'antd';
import { useState } from 'react';
import type { JoinedColumns } from '../../../shared/domain/study-mapping.ts';
import { Field } from '../../components/slice.tsx';
import { commonText } from '../../text/common.ts';
import { importText } from '../../text/import.ts';
import { useText } from '../../text/use-text.ts';
import { joinGap } from './joined-view.ts';

/** Which columns are one question, how they mark an answer, and what each stands for. */
export function JoinDialog(props: {
  start: JoinedColumns;
  headers: string[];
  others: string[];
  onSave: (joined: JoinedColumns) => void;
  onClose: () => void;
}) {
  const { start, headers, others, onSave, onClose } = props;
  const text = useText(importText);
  const common = useText(commonText);
  const [draft, setDraft] = useState(start);
  const change = (part: Partial<JoinedColumns>) => setDraft({ ...draft, ...part });
  const gap = joinGap(draft, { headers, others });
  const gaps = { name: text.joinNameGap, columns: text.joinColumnsGap, marks: text.joinMarksGap };
  const choose = (columns: string[]) =>
    change({
      columns: columns.map(
        (column) => draft.columns.find((one) => one.column === column) ?? { column, choice: '' },
      ),
    });
  return (
    <Modal
      open
      width={760}
      title={text.joinTitle}
      okText={text.join}
      cancelText={common.cancel}
      okButtonProps={{ disabled: gap !== null }}
      onOk={() => onSave({ ...draft, name: draft.name.trim() })}
      onCancel={onClose}
    >
      <div className="stack">
        <Field label={text.joinName}>
          {(id) => (
            <Input
              id={id}
              maxLength={200}
              value={draft.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        <Field label={text.joinColumns}>
          {(id) => (
            <Select
              id={id}
              mode="multiple"
              value={draft.columns.map(({ column }) => column)}
              onChange={choose}
              options={headers.map((value) => ({ value, label: value }))}
              style={{ width: '100%' }}
            />
          )}
        </Field>
        <Marks draft={draft} change={change} />
        {draft.chosen && draft.columns.length > 0 && <Choices draft={draft} change={change} />}
        {gap !== null && <p className="soft">{gaps[gap]}</p>}
      </div>
    </Modal>
  );
}

interface Part {
  draft: JoinedColumns;
  change: (part: Partial<JoinedColumns>) => void;
}

/** What the cells hold, and what counts as an empty one. */
function Marks({ draft, change }: Part) {
  const text = useText(importText);
  return (
    <div className="filters">
      <Field label={text.answerKind} width={300}>
        {(id) => (
          <Select
            id={id}
            value={draft.chosen ? 'marks' : 'answers'}
            onChange={(kind) => change({ chosen: kind === 'marks' ? ['1'] : undefined })}
            options={[
              { value: 'marks', label: text.cellsHoldMarks },
              { value: 'answers', label: text.cellsHoldAnswers },
            ]}
          />
        )}
      </Field>
      {draft.chosen && (
        <Field label={text.marksOfChosen} width={170}>
          {(id) => <Words id={id} value={draft.chosen!} onChange={(chosen) => change({ chosen })} />}
        </Field>
      )}
      <Field label={text.countsAsEmpty} width={200}>
        {(id) => <Words id={id} value={draft.empty} onChange={(empty) => change({ empty })} />}
      </Field>
    </div>
  );
}

function Words(props: { id: string; value: string[]; onChange: (words: string[]) => void }) {
  return (
    <Select
      id={props.id}
      mode="tags"
      open={false}
      suffixIcon={null}
      value={props.value}
      onChange={(words: string[]) => props.onChange(words.map((word) => word.trim()).filter(Boolean))}
      style={{ width: '100%' }}
    />
  );
}

/** The answer that a mark in each column stands for. */
function Choices({ draft, change }: Part) {
  const text = useText(importText);
  return (
    <Table
      size="small"
      rowKey="column"
      dataSource={draft.columns}
      pagination={false}
      scroll={{ y: 240 }}
      columns={[
        { title: text.column, dataIndex: 'column', ellipsis: true },
        {
          title: text.standsFor,
          key: 'choice',
          width: 300,
          render: (_, { column, choice }) => (
            <Input
              aria-label={`${column} ${text.standsFor}`}
              maxLength={200}
              value={choice}
              placeholder={column}
              onChange={(event) =>
                change({
                  columns: draft.columns.map((one) =>
                    one.column === column ? { column, choice: event.target.value } : one,
                  ),
                })
              }
            />
          ),
        },
      ]}
    />
  );
}
