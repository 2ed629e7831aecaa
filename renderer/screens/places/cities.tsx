import { Checkbox, Input, type TableProps } from 'antd';
import { useMemo, useState } from 'react';
import type { CityView } from '../../../shared/calls/places.ts';
import { useCall } from '../../api.ts';
import { LongTable } from '../../components/long-table.tsx';
import { Ready } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { placesText } from '../../text/places.ts';
import { schemesText } from '../../text/schemes.ts';
import { useName, useText } from '../../text/use-text.ts';

/** The national list with its codes, and what files named beside it. */
export function Cities() {
  const text = useText(placesText);
  const common = useText(commonText);
  const schemes = useText(schemesText);
  const name = useName();
  const cities = useCall('places.cities', {});
  const [words, setWords] = useState('');
  const [standing, setStanding] = useState(false);
  const all = cities.data;
  const shown = useMemo(
    () =>
      (all ?? []).filter(
        (city) =>
          (!standing || city.dealers > 0) &&
          `${city.code} ${city.name.zh} ${city.name.en} ${city.province.zh} ${city.province.en}`
            .toLowerCase()
            .includes(words.toLowerCase()),
      ),
    [all, words, standing],
  );
  const columns: TableProps<CityView>['columns'] = [
    { title: text.national, dataIndex: 'code', width: 200, sorter: (a, b) => (a.code < b.code ? -1 : 1) },
    { title: common.city, key: 'city', render: (_, city) => name(city.name) },
    {
      title: text.province,
      key: 'province',
      sorter: (a, b) => (a.provinceCode < b.provinceCode ? -1 : 1),
      render: (_, city) => `${name(city.province)}  ${city.national ? city.provinceCode : ''}`,
    },
    {
      title: text.standing,
      key: 'dealers',
      width: 120,
      align: 'right',
      className: 'number',
      sorter: (a, b) => a.dealers - b.dealers,
      render: (_, city) => count(city.dealers),
    },
    {
      title: text.openToday,
      key: 'open',
      width: 120,
      align: 'right',
      className: 'number',
      sorter: (a, b) => a.open - b.open,
      render: (_, city) => count(city.open),
    },
  ];
  return (
    <Ready of={cities} height={600}>
      {(list) => (
        <div className="stack">
          <div className="filters">
            <Input.Search
              allowClear
              aria-label={schemes.filterCities}
              placeholder={schemes.filterCities}
              style={{ width: 260 }}
              onChange={(event) => setWords(event.target.value)}
            />
            <Checkbox checked={standing} onChange={(event) => setStanding(event.target.checked)}>
              {text.onlyStanding}
            </Checkbox>
            <span className="soft">{`${count(shown.length)} / ${count(list.length)}`}</span>
          </div>
          <LongTable<CityView>
            rowKey="code"
            columns={columns}
            dataSource={shown}
            scroll={{ y: 620, x: 800 }}
          />
        </div>
      )}
    </Ready>
  );
}
