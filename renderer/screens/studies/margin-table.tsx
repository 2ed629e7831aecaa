import { App, Button, Input, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import type { MarginChoice } from '../../../shared/calls/weightings.ts';
import { LIST_ENDINGS } from '../../../shared/domain/import-format.ts';
import { call, host } from '../../api.ts';
import { Fault } from '../../components/states.tsx';
import { count, decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';
import { weightingText } from '../../text/weighting.ts';
import { matchShares, pastedShares, presentTargets } from './weighting-view.ts';

type Shares = Record<string, number | null>;

/** The categories of one margin with their present and target shares, typed, pasted or read from a table. */
export function MarginTable(props: {
  choice: MarginChoice;
  targets: Shares;
  onChange: (targets: Shares) => void;
}) {
  const { choice, targets, onChange } = props;
  const text = useText(weightingText);
  const name = useName();
  const { message } = App.useApp();
  const [pasting, setPasting] = useState(false);
  const sum = Object.values(targets).reduce<number>((total, share) => total + (share ?? 0), 0);
  const take = (rows: { category: string; share: number }[]) => {
    const found = matchShares(choice, rows);
    if (Object.keys(found).length > 0)
      onChange({ ...Object.fromEntries(choice.categories.map(({ value }) => [value, null])), ...found });
    void message.info(text.matched(count(Object.keys(found).length), count(rows.length)));
  };
  return (
    <div className="stack tight">
      <div className="row between">
        <b>{name(choice.label)}</b>
        <span className="row">
          <Button size="small" onClick={() => onChange(presentTargets(choice))}>
            {text.usePresent}
          </Button>
          <Button size="small" onClick={() => setPasting(true)}>
            {text.paste}
          </Button>
          <TargetImport choice={choice} onRead={take} />
        </span>
      </div>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{text.category}</th>
            <th scope="col">{text.n}</th>
            <th scope="col">{text.present}</th>
            <th scope="col">{text.target}</th>
          </tr>
        </thead>
        <tbody>
          {choice.categories.map((one) => (
            <tr key={one.value}>
              <th scope="row">{name(one.label)}</th>
              <td>{count(one.n)}</td>
              <td>{`${decimal(one.share)}%`}</td>
              <td>
                <InputNumber
                  size="small"
                  aria-label={`${name(one.label)} ${text.target}`}
                  min={0}
                  value={targets[one.value] ?? null}
                  onChange={(share) => onChange({ ...targets, [one.value]: share })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={decimal(sum) === decimal(100) ? 'hint' : 'hint warned'}>
        {text.sum(decimal(sum))}
        {choice.unknown > 0 && ` · ${text.unknown(count(choice.unknown))}`}
      </p>
      {pasting && (
        <PasteDialog
          onClose={() => setPasting(false)}
          onPaste={(pasted) => {
            setPasting(false);
            take(pastedShares(pasted));
          }}
        />
      )}
    </div>
  );
}

function PasteDialog({ onClose, onPaste }: { onClose: () => void; onPaste: (text: string) => void }) {
  const text = useText(weightingText);
  const common = useText(commonText);
  const [pasted, setPasted] = useState('');
  return (
    <Modal
      open
      title={text.pasteTitle}
      okText={text.paste}
      cancelText={common.cancel}
      onCancel={onClose}
      onOk={() => onPaste(pasted)}
    >
      <div className="stack">
        <p className="hint">{text.pasteHint}</p>
        <Input.TextArea
          aria-label={text.pasteTitle}
          rows={10}
          value={pasted}
          onChange={(event) => setPasted(event.target.value)}
        />
      </div>
    </Modal>
  );
}

function TargetImport(props: {
  choice: MarginChoice;
  onRead: (rows: { category: string; share: number }[]) => void;
}) {
  const { choice, onRead } = props;
  const text = useText(weightingText);
  const studies = useText(studiesText);
  const { modal } = App.useApp();
  const read = async () => {
    const file = await host().native.openFile([{ name: studies.tableFilter, extensions: LIST_ENDINGS }]);
    if (!file) return;
    try {
      const { rows } = await call('weightings.readTable', { path: file.path, fileName: file.name });
      const own = rows.filter(
        ({ dimension }) =>
          dimension === '' || [choice.label.zh, choice.label.en, choice.dimension].includes(dimension),
      );
      onRead(own);
    } catch (error) {
      modal.error({ content: <Fault error={error} /> });
    }
  };
  return (
    <Button size="small" onClick={() => void read()}>
      {text.fromTable}
    </Button>
  );
}
