import { Alert, App, Button, Checkbox, DatePicker, Modal, Select, type TableProps, Tag } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import type { DealerListPreview, ListedDealer } from '../../../shared/calls/places.ts';
import type { CallInput } from '../../../shared/contract.ts';
import { LIST_ENDINGS } from '../../../shared/domain/import-format.ts';
import { call, host, useChange } from '../../api.ts';
import { LongTable } from '../../components/long-table.tsx';
import { Verbatim } from '../../components/marks.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { ABSENT, count } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { placesText } from '../../text/places.ts';
import { useName, useText } from '../../text/use-text.ts';

type Input = CallInput<'places.readList'>;

/** Choose a list, look at what it changes, load it. */
export function ListImport() {
  const text = useText(placesText);
  const [input, setInput] = useState<Input | null>(null);
  const [preview, setPreview] = useState<DealerListPreview | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const read = (next: Input) => {
    setFault(null);
    setInput(next);
    call('places.readList', next).then(setPreview, setFault);
  };
  const choose = async () => {
    try {
      const file = await host().native.openFile([{ name: text.dealers, extensions: LIST_ENDINGS }]);
      if (file) read({ path: file.path, fileName: file.name });
    } catch (error) {
      setFault(error);
    }
  };
  const close = () => {
    setInput(null);
    setPreview(null);
    setFault(null);
  };
  return (
    <>
      <Button onClick={() => void choose()} title={text.listHelp}>
        {text.importList}
      </Button>
      {fault !== null && !preview && (
        <Modal open title={text.importList} footer={null} onCancel={close}>
          <div className="stack">
            <Fault error={fault} />
            <p className="soft">{text.listHelp}</p>
          </div>
        </Modal>
      )}
      {preview && input && <ListPreview input={input} preview={preview} onRead={read} onClose={close} />}
    </>
  );
}

/** The first day of the present quarter. */
function thisQuarter(): string {
  const now = dayjs();
  return now.month(now.month() - (now.month() % 3)).format('YYYY-MM-01');
}

const KINDS = {
  new: { word: 'isNew', color: 'success' },
  changed: { word: 'isChanged', color: 'processing' },
  same: { word: 'isSame', color: 'default' },
  faulty: { word: 'isFaulty', color: 'error' },
} as const;

function ListPreview(props: {
  input: Input;
  preview: DealerListPreview;
  onRead: (input: Input) => void;
  onClose: () => void;
}) {
  const { input, preview, onRead, onClose } = props;
  const text = useText(placesText);
  const { message } = App.useApp();
  const [goodOnly, setGoodOnly] = useState(false);
  const [shown, setShown] = useState<ListedDealer['kind'] | null>(null);
  const load = useChange('places.loadList');
  const { counts } = preview;
  const nothing = counts.new + counts.changed === 0;
  return (
    <Modal
      open
      width={1180}
      title={text.listTitle(preview.fileName)}
      onCancel={onClose}
      okText={text.load}
      okButtonProps={{
        disabled: nothing || (counts.faulty > 0 && !goodOnly),
        loading: load.isPending,
      }}
      onOk={() =>
        load.mutate(
          { ...input, acceptGoodRows: goodOnly },
          {
            onSuccess: (list) => {
              void message.success(text.loaded(count(list.added), count(list.changed)));
              onClose();
            },
          },
        )
      }
    >
      <div className="stack">
        <div className="filters">
          {(Object.keys(KINDS) as ListedDealer['kind'][]).map((kind) => (
            <Tag.CheckableTag
              key={kind}
              checked={shown === kind}
              onChange={(on) => setShown(on ? kind : null)}
            >
              {text[KINDS[kind].word]} {count(counts[kind])}
            </Tag.CheckableTag>
          ))}
          {preview.sheets.length > 1 && (
            <Field label={text.sheet} width={160}>
              {(id) => (
                <Select
                  id={id}
                  value={input.sheet ?? preview.sheets[0]}
                  onChange={(sheet) => onRead({ ...input, sheet })}
                  options={preview.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
                />
              )}
            </Field>
          )}
          <CityMeaning input={input} onRead={onRead} />
        </div>
        <ListRows rows={shown ? preview.rows.filter(({ kind }) => kind === shown) : preview.rows} />
        {preview.unnamed.length > 0 && (
          <p className="hint" title={preview.unnamed.map(({ code }) => code).join(' ')}>
            {text.unnamed(count(preview.unnamed.length))}
          </p>
        )}
        {counts.faulty > 0 && (
          <Alert
            type="warning"
            title={
              <Checkbox checked={goodOnly} onChange={(event) => setGoodOnly(event.target.checked)}>
                {text.acceptGood(count(counts.new + counts.changed), count(counts.faulty))}
              </Checkbox>
            }
          />
        )}
        {load.error && <Fault error={load.error} />}
        {nothing && counts.faulty === 0 && <p className="soft">{text.nothingNew}</p>}
      </div>
    </Modal>
  );
}

function CityMeaning({ input, onRead }: { input: Input; onRead: (input: Input) => void }) {
  const text = useText(placesText);
  const means = input.cityChange ?? { kind: 'correct' };
  return (
    <>
      <Field label={text.cityMeans} width={300}>
        {(id) => (
          <Select
            id={id}
            value={means.kind}
            onChange={(kind) =>
              onRead({
                ...input,
                cityChange: kind === 'move' ? { kind, from: thisQuarter() } : { kind: 'correct' },
              })
            }
            options={[
              { value: 'correct', label: text.cityCorrect },
              { value: 'move', label: text.cityMove },
            ]}
          />
        )}
      </Field>
      {means.kind === 'move' && (
        <DatePicker
          aria-label={text.from}
          allowClear={false}
          value={dayjs(means.from)}
          onChange={(day) =>
            day && onRead({ ...input, cityChange: { kind: 'move', from: day.format('YYYY-MM-DD') } })
          }
        />
      )}
    </>
  );
}

function ListRows({ rows }: { rows: ListedDealer[] }) {
  const text = useText(placesText);
  const common = useText(commonText);
  const name = useName();
  const nearest = (row: ListedDealer) => `${text.nearest}${row.nearest.map(name).join(' ')}`;
  const fields = { name: common.name, city: common.city, opened: text.opened, closed: text.closedOn };
  const columns: TableProps<ListedDealer>['columns'] = [
    { title: text.row, dataIndex: 'row', width: 60, align: 'right', className: 'number' },
    {
      title: text.code,
      dataIndex: 'code',
      width: 110,
      ellipsis: true,
      render: (code: string) => <Verbatim>{code}</Verbatim>,
    },
    { title: common.name, dataIndex: 'name', width: 180, ellipsis: true },
    { title: common.city, key: 'city', width: 110, ellipsis: true, render: (_, row) => name(row.city) },
    {
      title: text.state,
      key: 'kind',
      width: 84,
      render: (_, row) => <Tag color={KINDS[row.kind].color}>{text[KINDS[row.kind].word]}</Tag>,
    },
    {
      title: text.what,
      key: 'what',
      ellipsis: true,
      render: (_, row) =>
        row.problem
          ? [name(row.problem), ...(row.nearest.length > 0 ? [nearest(row)] : [])].join(' · ')
          : row.changes
              .map(({ field, before, after }) =>
                row.kind === 'new'
                  ? `${fields[field]} ${name(after)}`
                  : `${fields[field]} ${name(before) || ABSENT} → ${name(after) || ABSENT}`,
              )
              .join(' · '),
    },
  ];
  return (
    <LongTable<ListedDealer> rowKey="row" columns={columns} dataSource={rows} scroll={{ y: 380, x: 900 }} />
  );
}
