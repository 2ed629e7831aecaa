import { Alert, Input, Modal } from 'antd';
import { useMemo, useState } from 'react';
import { MOST_PASTED, pastedTable } from '../../../shared/domain/pasted-table.ts';
import { host } from '../../api.ts';
import { Fault } from '../../components/states.tsx';
import { count } from '../../format.ts';
import type { ChosenFile } from '../../host.ts';
import { commonText } from '../../text/common.ts';
import { importText } from '../../text/import.ts';
import { useText } from '../../text/use-text.ts';

/** A table from the clipboard, kept as a file that is previewed like any other. */
export function PasteTable(props: { onUse: (file: ChosenFile) => void; onClose: () => void }) {
  const text = useText(importText);
  const common = useText(commonText);
  const [typed, setTyped] = useState('');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const tooLong = typed.length > MOST_PASTED;
  const table = useMemo(() => (tooLong ? null : pastedTable(typed)), [typed, tooLong]);
  const use = async () => {
    setBusy(true);
    setFault(null);
    try {
      const file = await host().native.keepText(table!.text);
      props.onUse({ ...file, name: text.pastedName(nowText()) });
    } catch (error) {
      setFault(error);
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      width={720}
      title={text.pasteTitle}
      okText={text.pasteUse}
      cancelText={common.cancel}
      okButtonProps={{ disabled: (table?.rows ?? 0) < 2, loading: busy }}
      onOk={() => void use()}
      onCancel={props.onClose}
    >
      <div className="stack">
        <p className="soft">{text.pasteHint}</p>
        <Input.TextArea
          aria-label={text.pasteTitle}
          autoFocus
          rows={12}
          wrap="off"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        {tooLong && <Alert type="error" showIcon title={text.pasteTooLong} />}
        {table && table.rows > 0 && (
          <p role="status">{text.pasteSize(count(table.rows), count(table.columns))}</p>
        )}
        {fault !== null && <Fault error={fault} />}
      </div>
    </Modal>
  );
}

/** `2026-11-22 10:20`, by the clock of this computer. */
function nowText(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${day} ${two(now.getHours())}:${two(now.getMinutes())}`;
}
