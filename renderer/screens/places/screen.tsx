import { Tabs } from 'antd';
import { useState } from 'react';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { placesText } from '../../text/places.ts';
import { useText } from '../../text/use-text.ts';
import { Cities } from './cities.tsx';
import { Compare } from './compare.tsx';
import { DealerLists } from './dealer-lists.tsx';
import { Dealers } from './dealers.tsx';
import { Schemes } from './schemes.tsx';

/** The lists of places count everybody; the comparisons follow the chosen sample. */
export function PlacesScreen() {
  const text = useText(placesText);
  const common = useText(commonText);
  const sample = useSession((session) => session.sample);
  const [tab, setTab] = useState('dealers');
  return (
    <div className="screen">
      {sample !== null && tab !== 'compare' && <p className="hint">{common.alwaysEverybody}</p>}
      <Tabs
        className="screen-tabs"
        destroyOnHidden
        activeKey={tab}
        onChange={setTab}
        items={[
          { key: 'dealers', label: text.dealers, children: <Dealers /> },
          { key: 'schemes', label: text.schemes, children: <Schemes /> },
          { key: 'compare', label: text.compare, children: <Compare /> },
          { key: 'cities', label: text.cities, children: <Cities /> },
          { key: 'lists', label: text.loadedLists, children: <DealerLists /> },
        ]}
      />
    </div>
  );
}
