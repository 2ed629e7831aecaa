import { Input } from 'antd';
import { Field } from '../../components/slice.tsx';
import { importText } from '../../text/import.ts';
import { useText } from '../../text/use-text.ts';

/** What something is called, in both languages. */
export function Labels(props: {
  label: { zh: string; en: string };
  onChange: (label: { zh: string; en: string }) => void;
}) {
  const text = useText(importText);
  const { label, onChange } = props;
  return (
    <div className="filters">
      <Field label={text.nameZh} width={210}>
        {(id) => (
          <Input
            id={id}
            maxLength={200}
            value={label.zh}
            onChange={(event) => onChange({ ...label, zh: event.target.value })}
          />
        )}
      </Field>
      <Field label={text.nameEn} width={210}>
        {(id) => (
          <Input
            id={id}
            maxLength={200}
            value={label.en}
            onChange={(event) => onChange({ ...label, en: event.target.value })}
          />
        )}
      </Field>
    </div>
  );
}
