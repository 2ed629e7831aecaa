import { Alert, App, Button, Input, Popconfirm, Table, type TableProps } from 'antd';
import { useState } from 'react';
import type { ErasedPerson, PersonView } from '../../../shared/calls/people.ts';
import { useCall, useChange } from '../../api.ts';
import { Verbatim } from '../../components/marks.tsx';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { peopleText } from '../../text/people.ts';
import { useName, useText } from '../../text/use-text.ts';

/** Who answered: found by what is known of them, shown masked, erased on request. */
export function People() {
  const text = useText(peopleText);
  const [wanted, setWanted] = useState('');
  const [erased, setErased] = useState<ErasedPerson | null>(null);
  const summary = useCall('people.summary', {});
  return (
    <div className="stack">
      <p className="soft">{text.lead}</p>
      <Ready of={summary}>
        {(held) => (
          <>
            <div className="filters">
              <Input.Search
                aria-label={text.find}
                placeholder={text.find}
                enterButton={text.search}
                allowClear
                style={{ width: 380 }}
                maxLength={100}
                disabled={held.rows + held.visits === 0}
                onSearch={(typed) => {
                  setErased(null);
                  setWanted(typed.trim().length >= 2 ? typed.trim() : '');
                }}
              />
              <span className="faint">
                {text.held(count(held.people), count(held.rows), count(held.visits), count(held.erased))}
              </span>
            </div>
            {erased && <Erased erased={erased} />}
            {held.rows + held.visits === 0 ? (
              <Nothing>{text.nobody}</Nothing>
            ) : wanted === '' ? (
              <Nothing>{text.howToFind}</Nothing>
            ) : (
              <Found wanted={wanted} onErased={setErased} />
            )}
          </>
        )}
      </Ready>
    </div>
  );
}

function Erased({ erased }: { erased: ErasedPerson }) {
  const text = useText(peopleText);
  const { backups, replaced } = erased;
  const left = [
    backups.length > 0 ? text.inBackups(backups.join(text.comma)) : '',
    replaced.length > 0 ? text.inReplaced(replaced.join(text.comma)) : '',
  ].filter(Boolean);
  return (
    <Alert
      type={left.length > 0 ? 'warning' : 'success'}
      showIcon
      title={text.erased(count(erased.rows), count(erased.visits))}
      description={left.length > 0 ? left.map((line) => <div key={line}>{line}</div>) : text.nothingLeft}
    />
  );
}

function Found({ wanted, onErased }: { wanted: string; onErased: (erased: ErasedPerson) => void }) {
  const text = useText(peopleText);
  const found = useCall('people.find', { text: wanted });
  return (
    <Ready of={found}>
      {({ people, more }) => (
        <>
          {more && <Alert type="info" showIcon title={text.more(count(people.length))} />}
          <PeopleTable people={people} onErased={onErased} />
        </>
      )}
    </Ready>
  );
}

function PeopleTable({
  people,
  onErased,
}: {
  people: PersonView[];
  onErased: (erased: ErasedPerson) => void;
}) {
  const text = useText(peopleText);
  const name = useName();
  const language = useSession((session) => session.language);
  const { message } = App.useApp();
  const erase = useChange('people.erase');
  const onErase = (pseudonym: string) =>
    erase.mutate(
      { pseudonym },
      { onSuccess: onErased, onError: (error) => void message.error(<Fault error={error} />) },
    );
  const columns: TableProps<PersonView>['columns'] = [
    {
      title: text.person,
      key: 'shown',
      width: 320,
      render: (_, person) => (
        <Verbatim>{person.shown.map((one) => `${text[one.kind]} ${one.text}`).join(' · ')}</Verbatim>
      ),
    },
    {
      title: text.pseudonym,
      key: 'pseudonym',
      width: 130,
      render: (_, person) => <code title={person.pseudonym}>{person.pseudonym.slice(0, 12)}</code>,
    },
    {
      title: text.rows,
      key: 'rows',
      render: (_, person) =>
        [
          ...person.rows.map(
            (row) => `${name(row.study)} · ${row.fileName} · ${text.line(count(row.sourceRow))}`,
          ),
          ...person.visits.map((one) => `${one.fileName} · ${text.visits(count(one.visits))}`),
        ].join(language === 'en' ? '; ' : '；'),
    },
    {
      key: 'erase',
      width: 110,
      render: (_, person) => (
        <Popconfirm
          title={text.eraseAsk}
          description={text.eraseEffect}
          okText={text.erase}
          okButtonProps={{ danger: true }}
          onConfirm={() => onErase(person.pseudonym)}
        >
          <Button
            danger
            size="small"
            loading={erase.isPending && erase.variables.pseudonym === person.pseudonym}
          >
            {text.erase}
          </Button>
        </Popconfirm>
      ),
    },
  ];
  return (
    <Table<PersonView>
      size="small"
      rowKey="pseudonym"
      columns={columns}
      dataSource={people}
      pagination={false}
      locale={{ emptyText: <Nothing>{text.none}</Nothing> }}
    />
  );
}
