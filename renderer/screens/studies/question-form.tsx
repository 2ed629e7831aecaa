import { Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { QuestionView } from '../../../shared/calls/studies.ts';
import { ATTRIBUTE_GROUP_NAMES, ATTRIBUTE_GROUPS } from '../../../shared/domain/attribute-group.ts';
import { useChange } from '../../api.ts';
import { Field } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { commonText } from '../../text/common.ts';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';
import { twiceGiven } from './view.ts';

type Code = { key: number; value: string; zh: string; en: string };

/** Words alone: wording, group, labels of the codes. */
export function QuestionForm({ question, onClose }: { question: QuestionView; onClose: () => void }) {
  const text = useText(studiesText);
  const common = useText(commonText);
  const name = useName();
  const [label, setLabel] = useState(question.label);
  const [group, setGroup] = useState(question.group);
  const [codes, setCodes] = useState<Code[]>(() =>
    question.values.map(({ value, label: said }, key) => ({ key, value, ...said })),
  );
  const update = useChange('questionnaires.question');
  const isItem = question.role === 'item';
  const set = (key: number, part: Partial<Code>) =>
    setCodes(codes.map((code) => (code.key === key ? { ...code, ...part } : code)));
  const twice = twiceGiven(codes.map(({ value }) => value));
  const complete =
    twice === null &&
    label.zh.trim() !== '' &&
    label.en.trim() !== '' &&
    codes.every(({ value, zh, en }) => value.trim() !== '' && zh.trim() !== '' && en.trim() !== '');
  const save = () =>
    update.mutate(
      {
        question: question.id,
        label,
        group: isItem ? null : group,
        values: codes.map(({ value, zh, en }) => ({ value, label: { zh, en } })),
      },
      { onSuccess: onClose },
    );
  return (
    <Modal
      open
      width={680}
      title={`${text.editQuestion} · ${question.code}`}
      okText={common.save}
      cancelText={common.cancel}
      okButtonProps={{ disabled: !complete }}
      confirmLoading={update.isPending}
      onCancel={onClose}
      onOk={save}
    >
      <div className="stack">
        <p className="hint">{text.questionHint}</p>
        {(['zh', 'en'] as const).map((side) => (
          <Field key={side} label={side === 'zh' ? text.labelZh : text.labelEn}>
            {(id) => (
              <Input
                id={id}
                value={label[side]}
                maxLength={200}
                onChange={(event) => setLabel({ ...label, [side]: event.target.value })}
              />
            )}
          </Field>
        ))}
        {!isItem && (
          <Field label={text.group} width={220}>
            {(id) => (
              <Select
                id={id}
                value={group}
                onChange={setGroup}
                options={ATTRIBUTE_GROUPS.map((value) => ({
                  value,
                  label: name(ATTRIBUTE_GROUP_NAMES[value]),
                }))}
              />
            )}
          </Field>
        )}
        {!isItem && (
          <div className="stack tight code-list">
            {codes.map((code) => (
              <div key={code.key} className="row nowrap">
                <Input
                  aria-label={text.code}
                  className="code-value"
                  placeholder={text.code}
                  value={code.value}
                  onChange={(event) => set(code.key, { value: event.target.value })}
                />
                <Input
                  aria-label={text.labelZh}
                  placeholder={text.labelZh}
                  value={code.zh}
                  onChange={(event) => set(code.key, { zh: event.target.value })}
                />
                <Input
                  aria-label={text.labelEn}
                  placeholder={text.labelEn}
                  value={code.en}
                  onChange={(event) => set(code.key, { en: event.target.value })}
                />
                <Button
                  type="text"
                  danger
                  onClick={() => setCodes(codes.filter(({ key }) => key !== code.key))}
                >
                  {common.delete}
                </Button>
              </div>
            ))}
            <Button
              className="self-start"
              size="small"
              onClick={() =>
                setCodes([
                  ...codes,
                  { key: Math.max(-1, ...codes.map(({ key }) => key)) + 1, value: '', zh: '', en: '' },
                ])
              }
            >
              {text.addCode}
            </Button>
          </div>
        )}
        {twice !== null && (
          <p role="alert" className="hint warned">
            {text.codeTwice(twice)}
          </p>
        )}
        {update.error && <Fault error={update.error} />}
      </div>
    </Modal>
  );
}
