import { Button, Select, Table } from 'antd';
import { useMemo } from 'react';
import type { UnmatchedPlace } from '../../shared/calls/import.ts';
import { PROVINCES } from '../../shared/domain/geography.ts';
import { useCall } from '../api.ts';
import { count } from '../format.ts';
import { importText } from '../text/import.ts';
import { useName, useText } from '../text/use-text.ts';
import { choiceOf, choiceValue, type PlaceChoices, withChoice } from './place-choice.ts';
import { Nothing } from './states.tsx';

const keyOf = (one: Pick<UnmatchedPlace, 'kind' | 'name' | 'province'>) =>
  `${one.kind}|${one.province}|${one.name}`;

/** Names that no place has: the nearest three, any other, make it new where that may be, or leave its rows out. */
export function PlaceMatching(props: {
  unmatched: readonly UnmatchedPlace[];
  places: PlaceChoices;
  mayMakeNew: boolean;
  onChange: (places: PlaceChoices) => void;
}) {
  const { unmatched, places, mayMakeNew, onChange } = props;
  const text = useText(importText);
  const others = useOthers(unmatched);
  const choose = (one: UnmatchedPlace, value: string) => onChange(withChoice(places, one, value));
  const open = unmatched.filter((one) => one.state === 'unknown' && one.nearest.length > 0);
  return (
    <div className="stack">
      <div className="row">
        <p className="soft grow">{text.placesHint}</p>
        {open.length > 0 && (
          <Button
            onClick={() =>
              onChange(
                open.reduce((made, one) => withChoice(made, one, `match:${one.nearest[0]!.code}`), places),
              )
            }
          >
            {text.useNearest}
          </Button>
        )}
      </div>
      <Table
        size="small"
        rowKey={keyOf}
        dataSource={[...unmatched]}
        pagination={false}
        scroll={{ y: 320 }}
        locale={{ emptyText: <Nothing>{text.placesAllKnown}</Nothing> }}
        columns={[
          {
            title: text.kindOf,
            key: 'kind',
            width: 90,
            render: (_, one) => (one.kind === 'dealer' ? text.kindDealer : text.kindCity),
          },
          {
            title: text.writtenAs,
            key: 'name',
            width: 220,
            ellipsis: true,
            render: (_, one) => [one.province, one.name].filter(Boolean).join(' '),
          },
          {
            title: text.rowsUnit,
            key: 'rows',
            width: 80,
            className: 'number',
            align: 'right',
            render: (_, one) => (one.rows > 0 ? count(one.rows) : ''),
          },
          {
            title: text.nearest,
            key: 'nearest',
            ellipsis: true,
            render: (_, one) => (
              <>
                {one.nearest.map(({ name }) => name).join(' · ')}
                {one.state === 'new' && <span className="soft block-line">{text.looksLike}</span>}
                {one.choice?.remembered && <span className="soft block-line">{text.remembered}</span>}
              </>
            ),
          },
          {
            title: text.choice,
            key: 'choice',
            width: 280,
            render: (_, one) => (
              <Select
                aria-label={`${one.name} ${text.choice}`}
                showSearch={{ optionFilterProp: 'label' }}
                style={{ width: 260 }}
                placeholder={text.choose3}
                value={choiceValue(places, one)}
                onChange={(value) => choose(one, value)}
                options={optionsFor(one, others, mayMakeNew, text)}
              />
            ),
          },
        ]}
      />
    </div>
  );
}

interface Others {
  dealer: { value: string; label: string }[];
  city: { value: string; label: string }[];
}

function optionsFor(
  one: UnmatchedPlace,
  others: Others,
  mayMakeNew: boolean,
  text: Record<'nearestGroup' | 'otherGroup' | 'makeNew' | 'leaveRowsOut' | 'choice', string>,
) {
  const nearest = one.nearest.map(({ code, name }) => ({ value: `match:${code}`, label: name }));
  const known = new Set(nearest.map(({ value }) => value));
  const chosen = choiceOf(one);
  const kept =
    chosen?.value.startsWith('match:') && !known.has(chosen.value) && chosen.label !== ''
      ? [{ value: chosen.value, label: chosen.label }]
      : [];
  const made = !mayMakeNew
    ? []
    : one.kind === 'city' && one.province === ''
      ? PROVINCES.map((province) => ({
          value: `new:${province.code}`,
          label: `${text.makeNew}（${province.shortName}）`,
        }))
      : [{ value: 'new:', label: text.makeNew }];
  const rest = others[one.kind].filter(({ value }) => !known.has(value) && value !== kept[0]?.value);
  return [
    ...(nearest.length + kept.length > 0
      ? [{ label: text.nearestGroup, options: [...nearest, ...kept] }]
      : []),
    { label: text.choice, options: [{ value: 'leave:', label: text.leaveRowsOut }, ...made] },
    { label: text.otherGroup, options: rest },
  ];
}

/** Every dealer and city, for a name that none of the nearest is. */
function useOthers(unmatched: readonly UnmatchedPlace[]): Others {
  const name = useName();
  const wants = (kind: UnmatchedPlace['kind']) => unmatched.some((one) => one.kind === kind);
  const dealers = useCall('places.dealers', wants('dealer') ? {} : null);
  const cities = useCall('places.cities', wants('city') ? {} : null);
  return useMemo(
    () => ({
      dealer: (dealers.data ?? []).map((one) => ({
        value: `match:${one.code}`,
        label: one.name === one.code ? one.code : `${one.code} ${one.name}`,
      })),
      city: (cities.data ?? []).map((one) => ({
        value: `match:${one.code}`,
        label: `${name(one.name)}（${name(one.province)}）`,
      })),
    }),
    [dealers.data, cities.data, name],
  );
}
