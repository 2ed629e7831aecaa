import { Button, Input, Select, type TableProps } from 'antd';
import { useMemo, useState } from 'react';
import type { DealerView } from '../../../shared/calls/places.ts';
import { call, useCall } from '../../api.ts';
import { ExportButton } from '../../components/export-button.tsx';
import { LongTable } from '../../components/long-table.tsx';
import { Verbatim } from '../../components/marks.tsx';
import { Nothing, Ready } from '../../components/states.tsx';
import { ABSENT, count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { placesText } from '../../text/places.ts';
import { useName, useText } from '../../text/use-text.ts';
import { DealerForm } from './dealer-form.tsx';
import { History, States } from './dealer-marks.tsx';
import { ListImport } from './list-import.tsx';
import { answeredSpan, DEALER_STATES, type DealerState, filterDealers } from './view.ts';

/** Every dealer with its place, dates and answers; each can be edited, and a list can be loaded. */
export function Dealers() {
  const text = useText(placesText);
  const language = useSession((session) => session.language);
  const dealers = useCall('places.dealers', {});
  const [words, setWords] = useState('');
  const [states, setStates] = useState<DealerState[]>([]);
  const [editing, setEditing] = useState<DealerView | 'new' | null>(null);
  const all = dealers.data;
  const shown = useMemo(() => (all ? filterDealers(all, words, states) : []), [all, words, states]);
  return (
    <Ready of={dealers} height={600}>
      {(list) => (
        <div className="stack">
          <div className="filters">
            <Input.Search
              allowClear
              aria-label={text.search}
              placeholder={text.search}
              style={{ width: 260 }}
              onChange={(event) => setWords(event.target.value)}
            />
            <Select<DealerState[]>
              mode="multiple"
              allowClear
              aria-label={text.state}
              placeholder={text.state}
              style={{ minWidth: 220 }}
              value={states}
              onChange={setStates}
              options={DEALER_STATES.map((state) => ({ value: state, label: text[state] }))}
            />
            <span className="soft">{text.count(count(shown.length), count(list.length))}</span>
            <span className="facts-gap" />
            <ListImport />
            <ExportButton
              name={text.dealers}
              disabled={list.length === 0}
              write={(path) => call('places.export', { path, language })}
            />
            <Button type="primary" onClick={() => setEditing('new')}>
              {text.add}
            </Button>
          </div>
          {list.length === 0 ? (
            <Nothing height={420}>{text.noneYet}</Nothing>
          ) : (
            <DealerTable dealers={shown} onEdit={setEditing} />
          )}
          {editing && (
            <DealerForm
              dealer={editing === 'new' ? null : (list.find(({ code }) => code === editing.code) ?? null)}
              dealers={list}
              onClose={() => setEditing(null)}
            />
          )}
        </div>
      )}
    </Ready>
  );
}

const by =
  (key: (dealer: DealerView) => string) =>
  (a: DealerView, b: DealerView): number =>
    key(a).localeCompare(key(b), 'zh-CN');

function DealerTable({ dealers, onEdit }: { dealers: DealerView[]; onEdit: (dealer: DealerView) => void }) {
  const text = useText(placesText);
  const common = useText(commonText);
  const name = useName();
  const columns: TableProps<DealerView>['columns'] = [
    {
      title: text.code,
      dataIndex: 'code',
      width: 92,
      ellipsis: true,
      sorter: by((one) => one.code),
      render: (code: string) => <Verbatim>{code}</Verbatim>,
    },
    {
      title: common.name,
      dataIndex: 'name',
      width: 212,
      ellipsis: true,
      sorter: by((one) => one.name),
      render: (own: string, one) => (
        <button type="button" className="link-button cut" onClick={() => onEdit(one)}>
          <Verbatim>{own}</Verbatim>
        </button>
      ),
    },
    {
      title: common.city,
      key: 'city',
      width: 104,
      ellipsis: true,
      sorter: by((one) => one.city.code),
      render: (_, one) => name(one.city.name),
    },
    {
      title: text.province,
      key: 'province',
      width: 100,
      ellipsis: true,
      sorter: by((one) => one.city.code),
      render: (_, one) => name(one.city.province),
    },
    { title: text.opened, key: 'opened', width: 94, render: (_, one) => one.opened ?? ABSENT },
    { title: text.closedOn, key: 'closed', width: 94, render: (_, one) => one.closed ?? ABSENT },
    { title: text.state, key: 'state', width: 124, render: (_, one) => <States dealer={one} /> },
    {
      title: text.history,
      key: 'history',
      width: 156,
      ellipsis: true,
      render: (_, one) => <History dealer={one} />,
    },
    {
      title: text.answered,
      key: 'answered',
      width: 142,
      align: 'right',
      className: 'number',
      render: (_, one) => answeredSpan(one) || ABSENT,
    },
    {
      title: text.answers,
      key: 'answers',
      width: 112,
      align: 'right',
      className: 'number',
      sorter: (a, b) => a.respondents - b.respondents,
      render: (_, one) => count(one.respondents),
    },
  ];
  return (
    <LongTable<DealerView>
      rowKey="code"
      columns={columns}
      dataSource={dealers}
      scroll={{ y: 620, x: 1234 }}
      locale={{ emptyText: text.noDealers }}
    />
  );
}
