import { App, Button, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import type { WeightSetView } from '../../../shared/calls/weights.ts';
import { useCall, useChange } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault, Ready } from '../../components/states.tsx';
import { commonText } from '../../text/common.ts';
import { studiesText } from '../../text/studies.ts';
import { useText } from '../../text/use-text.ts';
import { Judgements } from './judgements.tsx';
import { TreeTable } from './tree-table.tsx';
import { editableRows, freeCode, hasRenamed, type TreeRow, withWeights } from './view.ts';
import { WeightImport } from './weight-import.tsx';

/** One version of the tree; edited, it becomes a new version. */
export function TreePanel({ set, onSaved }: { set: WeightSetView; onSaved: (id: number) => void }) {
  const detail = useCall('weights.get', { weightSet: set.id });
  return (
    <Ready of={detail} height={400}>
      {({ rows, set: read }) =>
        read.id === set.id ? <Tree set={set} rows={editableRows(rows)} onSaved={onSaved} /> : null
      }
    </Ready>
  );
}

function Tree(props: { set: WeightSetView; rows: TreeRow[]; onSaved: (id: number) => void }) {
  const { set, rows, onSaved } = props;
  const text = useText(studiesText);
  const common = useText(commonText);
  const [draft, setDraft] = useState<TreeRow[] | null>(null);
  const [dialog, setDialog] = useState<'save' | 'judge' | null>(null);
  const shown = draft ?? rows;
  const root = shown.find(({ role }) => role === 'index')?.code ?? null;
  const add = (role: 'factor' | 'item') => {
    const code = freeCode(shown, role === 'factor' ? 'G' : 'I');
    const name = role === 'factor' ? studiesText.newFactor : studiesText.newItem;
    const row: TreeRow = { code, parent: root, role, name, weight: role === 'item' ? 1 : 0, asked: false };
    setDraft([...shown, row]);
  };
  return (
    <Panel
      title={text.treeOf(String(set.version))}
      note={draft ? text.editing : <span translate="no">{set.note}</span>}
      flush
      extra={
        draft ? (
          <>
            <Button size="small" onClick={() => add('factor')}>
              {text.addFactor}
            </Button>
            <Button size="small" onClick={() => add('item')}>
              {text.addItem}
            </Button>
            <Button size="small" onClick={() => setDialog('judge')}>
              {text.ahp}
            </Button>
            <WeightImport onRead={(weights) => setDraft(withWeights(draft, weights))} />
            <Button size="small" onClick={() => setDraft(null)}>
              {text.discard}
            </Button>
            <Button size="small" type="primary" onClick={() => setDialog('save')}>
              {text.saveVersion}
            </Button>
          </>
        ) : (
          <Button size="small" type="primary" onClick={() => setDraft(rows)}>
            {text.editTree}
          </Button>
        )
      }
    >
      <TreeTable rows={shown} onChange={draft ? setDraft : null} />
      {draft && dialog === 'judge' && (
        <Judgements
          rows={draft}
          onClose={() => setDialog(null)}
          onApply={(weights) => {
            setDraft(withWeights(draft, weights));
            setDialog(null);
          }}
        />
      )}
      {draft && dialog === 'save' && (
        <SaveVersion
          rows={draft}
          renamed={hasRenamed(rows, draft)}
          cancel={common.cancel}
          onClose={() => setDialog(null)}
          onSaved={(id) => {
            setDialog(null);
            setDraft(null);
            onSaved(id);
          }}
        />
      )}
    </Panel>
  );
}

function SaveVersion(props: {
  rows: readonly TreeRow[];
  renamed: boolean;
  cancel: string;
  onClose: () => void;
  onSaved: (id: number) => void;
}) {
  const { rows, renamed, cancel, onClose, onSaved } = props;
  const text = useText(studiesText);
  const { message } = App.useApp();
  const [note, setNote] = useState('');
  const [makeCurrent, setMakeCurrent] = useState(false);
  const save = useChange('weights.save');
  const run = () =>
    save.mutate(
      { note, makeCurrent, rows: rows.map(({ asked: _, ...row }) => row) },
      {
        onSuccess: (made) => {
          void message.success(text.saved(String(made.version)));
          onSaved(made.id);
        },
      },
    );
  return (
    <Modal
      open
      title={text.saveTitle}
      okText={text.saveVersion}
      cancelText={cancel}
      confirmLoading={save.isPending}
      onCancel={onClose}
      onOk={run}
    >
      <div className="stack">
        <Field label={text.note}>
          {(id) => (
            <Input
              id={id}
              value={note}
              maxLength={300}
              placeholder={text.noteHint}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
        <Checkbox checked={makeCurrent} onChange={(event) => setMakeCurrent(event.target.checked)}>
          {text.makeCurrent}
        </Checkbox>
        {renamed && <p className="hint">{text.renamedEverywhere}</p>}
        {makeCurrent && <p className="hint">{text.activateAsk}</p>}
        {save.error && <Fault error={save.error} />}
      </div>
    </Modal>
  );
}
