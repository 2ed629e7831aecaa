import { DatePicker, Input, Modal } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { StudyView, WaveView } from '../../../shared/calls/studies.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { useChange } from '../../api.ts';
import { Field } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { commonText } from '../../text/common.ts';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';

export function StudyForm({ study, onClose }: { study: StudyView; onClose: () => void }) {
  const text = useText(studiesText);
  const common = useText(commonText);
  const [draft, setDraft] = useState({ ...study.name, provider: study.provider });
  const update = useChange('studies.update');
  const fields = [
    ['zh', text.nameZh],
    ['en', text.nameEn],
    ['provider', text.provider],
  ] as const;
  return (
    <Modal
      open
      title={text.editStudy}
      okText={common.save}
      cancelText={common.cancel}
      okButtonProps={{ disabled: draft.zh.trim() === '' || draft.en.trim() === '' }}
      confirmLoading={update.isPending}
      onCancel={onClose}
      onOk={() =>
        update.mutate(
          { study: study.id, name: { zh: draft.zh, en: draft.en }, provider: draft.provider },
          { onSuccess: onClose },
        )
      }
    >
      <div className="stack">
        {fields.map(([field, label]) => (
          <Field key={field} label={label}>
            {(id) => (
              <Input
                id={id}
                value={draft[field]}
                maxLength={200}
                onChange={(event) => setDraft({ ...draft, [field]: event.target.value })}
              />
            )}
          </Field>
        ))}
        {update.error && <Fault error={update.error} />}
      </div>
    </Modal>
  );
}

export function WaveForm(props: { study: StudyView; wave: WaveView; onClose: () => void }) {
  const { study, wave, onClose } = props;
  const text = useText(studiesText);
  const common = useText(commonText);
  const name = useName();
  const [from, setFrom] = useState(wave.fieldworkFrom);
  const [to, setTo] = useState(wave.fieldworkTo);
  const [provider, setProvider] = useState(wave.ownProvider ?? '');
  const update = useChange('studies.wave');
  return (
    <Modal
      open
      title={`${text.editWave} · ${name(study.name)} ${formatQuarter(wave.quarter)}`}
      okText={common.save}
      cancelText={common.cancel}
      confirmLoading={update.isPending}
      onCancel={onClose}
      onOk={() =>
        update.mutate(
          {
            wave: wave.id,
            fieldworkFrom: from,
            fieldworkTo: to,
            provider: provider.trim() === '' ? null : provider,
          },
          { onSuccess: onClose },
        )
      }
    >
      <div className="stack">
        <Field label={text.fieldwork}>
          {(id) => (
            <DatePicker.RangePicker
              id={{ start: id, end: `${id}-to` }}
              allowEmpty={[true, true]}
              value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
              onChange={(days) => {
                setFrom(days?.[0]?.format('YYYY-MM-DD') ?? null);
                setTo(days?.[1]?.format('YYYY-MM-DD') ?? null);
              }}
            />
          )}
        </Field>
        <Field label={text.provider}>
          {(id) => (
            <Input
              id={id}
              value={provider}
              maxLength={200}
              placeholder={text.providerOfStudy(study.provider || text.providerUnknown)}
              onChange={(event) => setProvider(event.target.value)}
            />
          )}
        </Field>
        <p className="hint">{text.providerHint}</p>
        {update.error && <Fault error={update.error} />}
      </div>
    </Modal>
  );
}
