import { Button } from 'antd';
import { useState } from 'react';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import type { JoinedColumns, StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';
import { JoinDialog } from './join-dialog.tsx';
import { stillJoinable, withJoined, withoutJoined } from './joined-view.ts';

interface Props {
  preview: ImportPreview;
  mapping: StudyMapping;
  onChange: (mapping: StudyMapping) => void;
}

/** Questions with several answers that the file spreads over several columns: those joined, and those that could be. */
export function JoinedQuestions({ preview, mapping, onChange }: Props) {
  const text = useText(importText);
  const [editing, setEditing] = useState<{ joined: JoinedColumns; former?: string } | null>(null);
  const joined = mapping.table.joined ?? [];
  const proposed = stillJoinable(mapping, preview.joinable);
  const start = { name: '', columns: [], chosen: ['1'], empty: [] };
  return (
    <section className="stack tight">
      <div className="row">
        <Button onClick={() => setEditing({ joined: start })}>{text.joinBySelf}</Button>
        <span className="soft">{proposed.length > 0 ? text.joinFound : text.joinHint}</span>
        {proposed.length > 1 && (
          <Button onClick={() => onChange(proposed.reduce((made, one) => withJoined(made, one), mapping))}>
            {text.joinAll}
          </Button>
        )}
      </div>
      {joined.length + proposed.length > 0 && (
        <ul className="stack tight">
          {joined.map((one) => (
            <Question key={one.name} of={one}>
              <Button size="small" onClick={() => setEditing({ joined: one, former: one.name })}>
                {text.edit}
              </Button>
              <Button size="small" onClick={() => onChange(withoutJoined(mapping, one.name))}>
                {text.takeApart}
              </Button>
            </Question>
          ))}
          {proposed.map((one) => (
            <Question key={one.name} of={one} proposed>
              <Button
                size="small"
                type="primary"
                aria-label={`${text.join} ${one.name}`}
                onClick={() => onChange(withJoined(mapping, one))}
              >
                {text.join}
              </Button>
              <Button size="small" onClick={() => setEditing({ joined: one })}>
                {text.edit}
              </Button>
            </Question>
          ))}
        </ul>
      )}
      {editing && (
        <JoinDialog
          start={editing.joined}
          headers={preview.headers.filter((header) => header !== editing.former)}
          others={joined.map(({ name }) => name).filter((name) => name !== editing.former)}
          onSave={(made) => {
            onChange(withJoined(mapping, made, editing.former));
            setEditing(null);
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </section>
  );
}

const SHOWN = 6;

function Question(props: { of: JoinedColumns; proposed?: boolean; children: React.ReactNode }) {
  const text = useText(importText);
  const name = useName();
  const { of, proposed = false, children } = props;
  const parts = of.columns.map(({ column, choice }) => (of.chosen && choice) || column);
  const shown = [...parts.slice(0, SHOWN), ...(parts.length > SHOWN ? ['…'] : [])];
  const list = name({ zh: shown.join('、'), en: shown.join(', ') });
  return (
    <li className="row">
      <b>{of.name}</b>
      <span className="soft" title={of.columns.map(({ column }) => column).join('\n')}>
        {`${proposed ? text.joinableColumns(parts.length) : text.joinedColumns(parts.length)} · ${list}`}
      </span>
      {children}
    </li>
  );
}
