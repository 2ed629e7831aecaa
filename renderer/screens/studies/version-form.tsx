import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import type { QuestionnaireInfo, StudyView } from '../../../shared/calls/studies.ts';
import { useChange } from '../../api.ts';
import { Field } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { studiesText } from '../../text/studies.ts';
import { useText } from '../../text/use-text.ts';
import { nextVersion } from './view.ts';

/** The next version of a questionnaire, begun from this one and kept as a mapping for the import wizard. */
export function VersionForm(props: { study: StudyView; from: QuestionnaireInfo; onClose: () => void }) {
  const { study, from, onClose } = props;
  const text = useText(studiesText);
  const common = useText(commonText);
  const { message } = App.useApp();
  const go = useSession((session) => session.go);
  const [version, setVersion] = useState(nextVersion(from.version));
  const [name, setName] = useState(`${study.code}-${nextVersion(from.version)}`);
  const draft = useChange('questionnaires.draft');
  const create = () =>
    draft.mutate(
      { from: from.id, version, name },
      {
        onSuccess: () => {
          onClose();
          void message.success(
            <>
              {text.created}{' '}
              <Button type="link" size="small" onClick={() => go('data')}>
                {text.toImport}
              </Button>
            </>,
            6,
          );
        },
      },
    );
  return (
    <Modal
      open
      title={text.newVersionTitle(from.version)}
      okText={text.create}
      cancelText={common.cancel}
      okButtonProps={{ disabled: version.trim() === '' || name.trim() === '' }}
      confirmLoading={draft.isPending}
      onCancel={onClose}
      onOk={create}
    >
      <div className="stack">
        <p className="hint">{text.newVersionHint}</p>
        <Field label={text.versionName}>
          {(id) => (
            <Input
              id={id}
              value={version}
              maxLength={80}
              onChange={(event) => setVersion(event.target.value)}
            />
          )}
        </Field>
        <Field label={text.mappingName}>
          {(id) => (
            <Input id={id} value={name} maxLength={120} onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
        {draft.error && <Fault error={draft.error} />}
      </div>
    </Modal>
  );
}
