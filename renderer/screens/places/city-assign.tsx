import { Button, Checkbox, Input, Select, type TableProps } from 'antd';
import { type Key, useMemo, useState } from 'react';
import type { CityView } from '../../../shared/calls/places.ts';
import { PROVINCE_TILES, PROVINCES, regionName } from '../../../shared/domain/geography.ts';
import { LongTable } from '../../components/long-table.tsx';
import { tileName } from '../../components/tile-name.ts';
import { count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { schemesText } from '../../text/schemes.ts';
import { useName, useText } from '../../text/use-text.ts';
import { assign, regionsOfProvince, type SchemeDraft, sizes, withoutRegion } from './scheme-view.ts';

const COLOURS = 10;

/** Which city belongs to which region: chosen in a list or by province, then put into a region. */
export function CityAssign(props: {
  draft: SchemeDraft;
  cities: readonly CityView[];
  onChange: (draft: SchemeDraft) => void;
}) {
  const { draft, cities, onChange } = props;
  const text = useText(schemesText);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [region, setRegion] = useState<string | null>(null);
  const target = draft.regions.find(({ code }) => code === region) ?? draft.regions[0];
  const put = (to: string | null) => {
    onChange(assign(draft, chosen, to));
    setChosen(new Set());
  };
  const toggle = (codes: readonly string[]) => {
    const next = new Set(chosen);
    const add = codes.some((code) => !next.has(code));
    for (const code of codes)
      if (add) next.add(code);
      else next.delete(code);
    setChosen(next);
  };
  const national =
    cities.some((city) => city.national && city.dealers > 0) || !cities.some((c) => !c.national);
  return (
    <div className={national ? 'two assign-frame' : 'stack'}>
      <div className="stack">
        {national && <ProvinceTiles draft={draft} cities={cities} chosen={chosen} onToggle={toggle} />}
        <Regions draft={draft} active={target?.code ?? null} onPick={setRegion} onChange={onChange} />
      </div>
      <div className="stack">
        <div className="filters">
          <span className="soft">{chosen.size > 0 ? text.chosen(count(chosen.size)) : text.assignHint}</span>
          <Button
            type="primary"
            disabled={!target || chosen.size === 0}
            onClick={() => target && put(target.code)}
          >
            {target && chosen.size > 0 ? text.assignTo(count(chosen.size), target.name) : text.assign}
          </Button>
          <Button disabled={chosen.size === 0} onClick={() => put(null)}>
            {text.takeOut}
          </Button>
        </div>
        <CityTable draft={draft} cities={cities} chosen={chosen} onChoose={setChosen} />
      </div>
    </div>
  );
}

function colourOf(draft: SchemeDraft, region: string): string {
  const place = draft.regions.findIndex(({ code }) => code === region);
  return place < 0 ? 'none' : `hue${place % COLOURS}`;
}

function ProvinceTiles(props: {
  draft: SchemeDraft;
  cities: readonly CityView[];
  chosen: ReadonlySet<string>;
  onToggle: (cities: readonly string[]) => void;
}) {
  const { draft, cities, chosen, onToggle } = props;
  const text = useText(schemesText);
  const language = useSession((session) => session.language);
  return (
    <>
      <div className="tiles assign-tiles">
        {PROVINCES.map((province) => {
          const [column, row] = PROVINCE_TILES[province.code]!;
          const own = cities.filter((city) => city.provinceCode === province.code);
          const regions = regionsOfProvince(draft, own);
          const picked = own.filter((city) => chosen.has(city.code)).length;
          const colour = regions.length > 1 ? 'mixed' : colourOf(draft, regions[0] ?? '');
          const names = regions.map((one) => draft.regions.find(({ code }) => code === one)?.name);
          return (
            <button
              key={province.code}
              type="button"
              className={`tile assign ${colour} ${picked > 0 ? 'picked' : ''}`}
              style={{ gridColumn: column + 1, gridRow: row + 1 }}
              aria-pressed={picked > 0 && picked === own.length}
              title={`${language === 'en' ? province.nameEn : province.name}: ${names.join(' / ') || text.unplaced}`}
              onClick={() => onToggle(own.map((city) => city.code))}
            >
              <span>{tileName(province, language)}</span>
              {picked > 0 && <small>{`${picked}/${own.length}`}</small>}
            </button>
          );
        })}
      </div>
      <p className="hint">{text.tileHint}</p>
    </>
  );
}

function Regions(props: {
  draft: SchemeDraft;
  active: string | null;
  onPick: (region: string) => void;
  onChange: (draft: SchemeDraft) => void;
}) {
  const { draft, active, onPick, onChange } = props;
  const text = useText(schemesText);
  const common = useText(commonText);
  const [name, setName] = useState('');
  const counts = useMemo(() => sizes(draft), [draft]);
  const add = () => {
    const own = name.trim();
    if (own === '' || draft.regions.some((one) => one.name === own || one.code === own)) return;
    onChange({ ...draft, regions: [...draft.regions, { code: own, name: own }] });
    onPick(own);
    setName('');
  };
  const rename = (code: string, to: string) =>
    onChange({
      ...draft,
      regions: draft.regions.map((one) => (one.code === code ? { ...one, name: to } : one)),
    });
  return (
    <div className="stack tight wide">
      {draft.regions.map((region) => (
        <div key={region.code} className={`region-line ${active === region.code ? 'active' : ''}`}>
          <button
            type="button"
            className={`swatch ${colourOf(draft, region.code)}`}
            aria-label={`${text.assign} ${region.name}`}
            aria-pressed={active === region.code}
            onClick={() => onPick(region.code)}
          />
          <Input
            size="small"
            variant="borderless"
            aria-label={text.regionName}
            value={region.name}
            onFocus={() => onPick(region.code)}
            onChange={(event) => rename(region.code, event.target.value)}
          />
          <span className="soft number">{count(counts.get(region.code) ?? 0)}</span>
          <Button
            size="small"
            type="text"
            aria-label={`${common.delete} ${region.name}`}
            onClick={() => onChange(withoutRegion(draft, region.code))}
          >
            ×
          </Button>
        </div>
      ))}
      <div className="region-line">
        <Input
          size="small"
          aria-label={text.addRegion}
          placeholder={text.regionName}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onPressEnter={add}
        />
        <Button size="small" disabled={name.trim() === ''} onClick={add}>
          {text.addRegion}
        </Button>
      </div>
    </div>
  );
}

function CityTable(props: {
  draft: SchemeDraft;
  cities: readonly CityView[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
}) {
  const { draft, cities, chosen, onChoose } = props;
  const text = useText(schemesText);
  const common = useText(commonText);
  const name = useName();
  const [words, setWords] = useState('');
  const [withDealers, setWithDealers] = useState(cities.some((city) => city.dealers > 0));
  const [region, setRegion] = useState<string | undefined>(undefined);
  const nameOf = useMemo(() => new Map(draft.regions.map((one) => [one.code, one.name])), [draft.regions]);
  const shown = cities.filter(
    (city) =>
      (!withDealers || city.dealers > 0 || draft.regionOf.has(city.code)) &&
      (region === undefined || (draft.regionOf.get(city.code) ?? '') === region) &&
      `${city.code} ${city.name.zh} ${city.name.en} ${city.province.zh} ${city.province.en}`
        .toLowerCase()
        .includes(words.toLowerCase()),
  );
  const columns: TableProps<CityView>['columns'] = [
    { title: common.city, key: 'city', ellipsis: true, render: (_, city) => name(city.name) },
    { title: common.province, key: 'province', ellipsis: true, render: (_, city) => name(city.province) },
    {
      title: text.dealers,
      key: 'dealers',
      width: 84,
      align: 'right',
      className: 'number',
      sorter: (a, b) => a.dealers - b.dealers,
      render: (_, city) => count(city.dealers),
    },
    {
      title: common.region,
      key: 'region',
      width: 170,
      ellipsis: true,
      render: (_, city) => {
        const own = draft.regionOf.get(city.code);
        return own === undefined ? (
          <span className="faint">{text.unplaced}</span>
        ) : (
          <>
            <i className={`swatch small ${colourOf(draft, own)}`} />{' '}
            {name(regionName(nameOf.get(own) ?? own))}
          </>
        );
      },
    },
  ];
  return (
    <>
      <div className="filters">
        <Input.Search
          allowClear
          aria-label={text.filterCities}
          placeholder={text.filterCities}
          style={{ width: 200 }}
          onChange={(event) => setWords(event.target.value)}
        />
        <Select
          allowClear
          aria-label={common.region}
          placeholder={common.region}
          style={{ width: 150 }}
          value={region}
          onChange={setRegion}
          options={[
            { value: '', label: text.unplaced },
            ...draft.regions.map((one) => ({ value: one.code, label: one.name })),
          ]}
        />
        <Checkbox checked={withDealers} onChange={(event) => setWithDealers(event.target.checked)}>
          {text.withDealers}
        </Checkbox>
      </div>
      <LongTable<CityView>
        rowKey="code"
        columns={columns}
        dataSource={shown}
        scroll={{ y: 520, x: 520 }}
        rowSelection={{
          selectedRowKeys: [...chosen],
          preserveSelectedRowKeys: true,
          onChange: (keys: Key[]) => onChoose(new Set(keys.map(String))),
        }}
      />
    </>
  );
}
