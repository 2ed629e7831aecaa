import { Alert, App, Button, Input, Popconfirm, Select } from 'antd';
import { useState } from 'react';
import type { SchemeTableView, SchemeView } from '../../../shared/calls/places.ts';
import { LIST_ENDINGS } from '../../../shared/domain/import-format.ts';
import { call, host, useCall, useChange } from '../../api.ts';
import { ExportButton } from '../../components/export-button.tsx';
import { Panel } from '../../components/panel.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault, Ready } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { placesText } from '../../text/places.ts';
import { schemesText } from '../../text/schemes.ts';
import { useName, useText } from '../../text/use-text.ts';
import { CityAssign } from './city-assign.tsx';
import { DayField } from './dealer-form.tsx';
import { Meaning, TableRead } from './scheme-notes.tsx';
import { byProvince, draftOf, isLocked, placed, type SchemeDraft, saveInput } from './scheme-view.ts';

/** One version of a scheme: names, day, regions and which cities they hold. */
export function SchemeEditor(props: {
  start: SchemeDraft;
  schemes: readonly SchemeView[];
  onSaved: (scheme: number) => void;
  onGone: () => void;
}) {
  const { start, schemes, onSaved, onGone } = props;
  const text = useText(schemesText);
  const common = useText(commonText);
  const places = useText(placesText);
  const name = useName();
  const language = useSession((session) => session.language);
  const { message } = App.useApp();
  const cities = useCall('places.cities', {});
  const [draft, setDraft] = useState(start);
  const [table, setTable] = useState<SchemeTableView | null>(null);
  const [readFault, setReadFault] = useState<unknown>(null);
  const save = useChange('schemes.save');
  const remove = useChange('schemes.delete');
  const from = schemes.find(({ id }) => id === draft.scheme);
  const locked = isLocked(draft, from);
  const set = (change: Partial<SchemeDraft>) => setDraft((now) => ({ ...now, ...change }));
  const sameVersion = from?.validFrom === draft.validFrom && from.code === draft.code;
  const isChanged = draft !== start;
  const readTable = async () => {
    setReadFault(null);
    setTable(null);
    try {
      const file = await host().native.openFile([{ name: text.cities, extensions: LIST_ENDINGS }]);
      if (!file) return;
      const read = await call('schemes.readTable', { path: file.path, fileName: file.name });
      setTable(read);
      if (read.problems.length === 0) set(placed(read.regions));
    } catch (error) {
      setReadFault(error);
    }
  };
  const write = () =>
    save.mutate(saveInput(draft), {
      onSuccess: (made) => {
        void message.success(text.saved);
        onSaved(made.id);
      },
    });
  return (
    <Panel
      title={name({ zh: draft.nameZh, en: draft.nameEn || draft.nameZh }) || text.newScheme}
      note={isChanged ? text.unsaved : undefined}
      extra={
        <>
          {from && (
            <ExportButton
              size="small"
              name={name({ zh: draft.nameZh, en: draft.nameEn || draft.nameZh })}
              write={(path) => call('schemes.export', { scheme: from.id, path, language })}
            />
          )}
          {from && (
            <Popconfirm
              title={text.deleteAsk}
              okText={common.delete}
              cancelText={common.cancel}
              onConfirm={() => remove.mutate({ scheme: from.id }, { onSuccess: onGone })}
            >
              <Button size="small" danger>
                {common.delete}
              </Button>
            </Popconfirm>
          )}
        </>
      }
    >
      <Ready of={cities}>
        {(known) => (
          <div className="stack">
            <Heading draft={draft} isNew={draft.scheme === null} set={set} />
            <div className="filters">
              <StartFrom
                schemes={schemes}
                onPick={(pick) => {
                  if (pick === 'provinces') set(byProvince(known));
                  else if (pick === 'empty') set({ regions: [], regionOf: new Map() });
                  else
                    call('schemes.get', { scheme: pick }).then((content) => {
                      const { regions, regionOf } = draftOf(content);
                      set({ regions, regionOf });
                    }, setReadFault);
                }}
              />
              <Button onClick={() => void readTable()} title={text.tableHelp}>
                {text.fromTable}
              </Button>
              <span className="facts-gap" />
              {isChanged && <Button onClick={() => setDraft(start)}>{text.discard}</Button>}
              <Button
                type="primary"
                loading={save.isPending}
                disabled={locked || !isChanged || draft.code.trim() === '' || draft.nameZh.trim() === ''}
                onClick={write}
              >
                {draft.scheme === null ? text.saveNew : sameVersion ? text.saveChange : text.saveVersion}
              </Button>
            </div>
            {locked && from && (
              <Alert
                type="info"
                showIcon
                title={text.usedBy(
                  count(from.uses.forecasts),
                  count(from.uses.plans),
                  count(from.uses.reports),
                )}
              />
            )}
            {save.error && <Fault error={save.error} />}
            {remove.error && <Fault error={remove.error} />}
            {readFault !== null && <Fault error={readFault} />}
            {table && (
              <TableRead
                table={table}
                nearest={places.nearest}
                onTake={() => {
                  set(placed(table.regions));
                  setTable(null);
                }}
              />
            )}
            <Meaning draft={draft} schemes={schemes} cities={known} />
            <CityAssign draft={draft} cities={known} onChange={setDraft} />
          </div>
        )}
      </Ready>
    </Panel>
  );
}

function Heading(props: { draft: SchemeDraft; isNew: boolean; set: (change: Partial<SchemeDraft>) => void }) {
  const { draft, isNew, set } = props;
  const text = useText(schemesText);
  return (
    <div className="filters">
      <Field label={text.code} width={130}>
        {(id) => (
          <Input
            id={id}
            value={draft.code}
            disabled={!isNew}
            onChange={(event) => set({ code: event.target.value })}
          />
        )}
      </Field>
      <Field label={text.nameZh} width={200}>
        {(id) => (
          <Input id={id} value={draft.nameZh} onChange={(event) => set({ nameZh: event.target.value })} />
        )}
      </Field>
      <Field label={text.nameEn} width={200}>
        {(id) => (
          <Input id={id} value={draft.nameEn} onChange={(event) => set({ nameEn: event.target.value })} />
        )}
      </Field>
      <DayField
        label={text.validFrom}
        value={draft.validFrom}
        onChange={(day) => day && set({ validFrom: day })}
      />
    </div>
  );
}

function StartFrom(props: {
  schemes: readonly SchemeView[];
  onPick: (pick: number | 'empty' | 'provinces') => void;
}) {
  const text = useText(schemesText);
  const name = useName();
  return (
    <Field label={text.copyFrom} width={240}>
      {(id) => (
        <Select<number | 'empty' | 'provinces'>
          id={id}
          value={null}
          placeholder="…"
          popupMatchSelectWidth={false}
          onChange={props.onPick}
          options={[
            { value: 'empty', label: text.empty },
            { value: 'provinces', label: text.provinces },
            ...props.schemes
              .filter((one) => one.timing === 'as-is' && one.regions.length > 0)
              .map((one) => ({ value: one.id, label: `${name(one.name)} ${one.validFrom}` })),
          ]}
        />
      )}
    </Field>
  );
}
