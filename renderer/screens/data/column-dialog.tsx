import { Modal, Select } from 'antd';
import { useState } from 'react';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import type { MappedItem, StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { Field } from '../../components/slice.tsx';
import { commonText } from '../../text/common.ts';
import { importText } from '../../text/import.ts';
import { useText } from '../../text/use-text.ts';
import { AttributeDialog } from './attribute-dialog.tsx';
import { Labels } from './label-fields.tsx';
import { withItem } from './mapping-view.ts';

interface Props {
  column: string;
  mapping: StudyMapping;
  preview: ImportPreview;
  onChange: (mapping: StudyMapping) => void;
  onClose: () => void;
}

/** The finer points of a column: its wording, its answers, several answers in one cell, its own base size. */
export function ColumnDialog(props: Props) {
  const { mapping, column } = props;
  const item = mapping.items.find((one) => one.column === column);
  const attribute = mapping.attributes.find((one) => one.column === column);
  if (item) return <ItemDialog {...props} item={item} />;
  return attribute ? <AttributeDialog {...props} attribute={attribute} /> : null;
}

function ItemDialog({ column, mapping, preview, item, onChange, onClose }: Props & { item: MappedItem }) {
  const text = useText(importText);
  const common = useText(commonText);
  const [label, setLabel] = useState(item.label ?? { zh: column, en: column });
  const [base, setBase] = useState(item.baseColumn ?? '');
  const [spread, setSpread] = useState(item.sdColumn ?? '');
  const keep = () => {
    const named = { zh: label.zh.trim() || column, en: label.en.trim() || column };
    const indicators = mapping.indicators.map((one) =>
      one.code === item.indicator ? { ...one, name: named } : one,
    );
    onChange(
      withItem({ ...mapping, indicators }, column, {
        label: named,
        baseColumn: base || undefined,
        sdColumn: spread || undefined,
      }),
    );
    onClose();
  };
  const columns = [
    { value: '', label: text.none },
    ...preview.headers.map((value) => ({ value, label: value })),
  ];
  return (
    <Modal
      open
      title={text.itemTitle(column)}
      okText={common.save}
      cancelText={common.cancel}
      onOk={keep}
      onCancel={onClose}
    >
      <div className="stack">
        <Labels label={label} onChange={setLabel} />
        {mapping.kind === 'scores' && (
          <div className="filters">
            <Field label={text.baseColumn} width={210}>
              {(id) => <Select id={id} value={base} onChange={setBase} options={columns} />}
            </Field>
            <Field label={text.sdColumn} width={210}>
              {(id) => <Select id={id} value={spread} onChange={setSpread} options={columns} />}
            </Field>
          </div>
        )}
      </div>
    </Modal>
  );
}
