import { App, Button, Checkbox, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { ExploreOptions, ExploreQuery } from '../../../shared/calls/explore.ts';
import { useCall, useChange } from '../../api.ts';
import type { ReadySlice } from '../../components/slice.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { exploreText } from '../../text/explore.ts';
import { useText } from '../../text/use-text.ts';
import { useExplore } from './explore-store.ts';
import { firstQuery } from './view.ts';

type Asking = 'save-as' | 'rename' | null;

/** Saved views: open, save, rename, delete. */
export function ViewsBar({
  query,
  slice,
  options,
}: {
  query: ExploreQuery;
  slice: ReadySlice;
  options: ExploreOptions;
}) {
  const text = useText(exploreText);
  const { message, modal } = App.useApp();
  const views = useCall('explore.views', {});
  const { view, open, named, chart, column, heat, bases, begin, of, change } = useExplore();
  const select = useSession((session) => session.select);
  const save = useChange('explore.saveView');
  const rename = useChange('explore.renameView');
  const remove = useChange('explore.deleteView');
  const [asking, setAsking] = useState<Asking>(null);
  const known = views.data?.find((one) => one.id === view?.id);
  const content = { query, chart, column, heat, bases };
  const done = (saved: { id: number; name: string }) => {
    named({ id: saved.id, name: saved.name });
    setAsking(null);
    void message.success(text.saved(saved.name));
  };
  const fault = save.error ?? rename.error ?? remove.error;
  return (
    <>
      <div className="filters no-print">
        <Field label={text.views} width={260}>
          {(id) => (
            <Select
              id={id}
              value={known?.id ?? null}
              placeholder={text.newView}
              showSearch={{ optionFilterProp: 'label' }}
              options={(views.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
              onChange={(chosen) => {
                const found = views.data?.find((one) => one.id === chosen);
                if (!found) return;
                select({ sample: found.content.query.basis.sample ?? null });
                open(found);
              }}
            />
          )}
        </Field>
        <Button
          disabled={!known || JSON.stringify(known.content) === JSON.stringify(content)}
          onClick={() =>
            known && save.mutate({ view: known.id, name: known.name, content }, { onSuccess: done })
          }
        >
          {text.saveView}
        </Button>
        <Button onClick={() => setAsking('save-as')}>{text.saveAs}</Button>
        <Button disabled={!known} onClick={() => setAsking('rename')}>
          {text.rename}
        </Button>
        <Button
          disabled={!known}
          onClick={() =>
            known &&
            modal.confirm({
              title: text.removeSure(known.name),
              okText: text.remove,
              onOk: () =>
                remove.mutateAsync({ view: known.id }).then(() => {
                  named(null);
                  void message.success(text.removed(known.name));
                }),
            })
          }
        >
          {text.remove}
        </Button>
        <Button onClick={() => begin(of, firstQuery({ ...slice, levels: options.levels }))}>
          {text.startOver}
        </Button>
        <div className="explore-switches">
          <Checkbox
            checked={query.sparks}
            onChange={(event) => change({ ...query, sparks: event.target.checked })}
          >
            {text.sparks}
          </Checkbox>
          <Checkbox
            checked={query.falseDiscovery}
            onChange={(event) => change({ ...query, falseDiscovery: event.target.checked })}
          >
            {text.together}
          </Checkbox>
        </div>
      </div>
      {fault && <Fault error={fault} />}
      {asking && (
        <NameForm
          start={asking === 'rename' ? (known?.name ?? '') : ''}
          title={asking === 'rename' ? text.rename : text.saveAs}
          onCancel={() => setAsking(null)}
          onName={(name) =>
            asking === 'rename' && known
              ? rename.mutate({ view: known.id, name }, { onSuccess: done })
              : save.mutate({ name, content }, { onSuccess: done })
          }
        />
      )}
    </>
  );
}

function NameForm(props: {
  start: string;
  title: string;
  onCancel: () => void;
  onName: (name: string) => void;
}) {
  const text = useText(exploreText);
  const common = useText(commonText);
  const [name, setName] = useState(props.start);
  const give = () => {
    if (name.trim() !== '') props.onName(name.trim());
  };
  return (
    <Modal
      open
      title={props.title}
      okText={common.save}
      cancelText={common.cancel}
      okButtonProps={{ disabled: name.trim() === '' }}
      onOk={give}
      onCancel={props.onCancel}
    >
      <Input
        autoFocus
        aria-label={text.viewName}
        placeholder={text.viewName}
        maxLength={120}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={give}
      />
    </Modal>
  );
}
