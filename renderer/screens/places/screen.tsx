import { Tabs } from 'antd';
import { placesText } from '../../text/places.ts';
import { useText } from '../../text/use-text.ts';
import { Cities } from './cities.tsx';
import { Compare } from './compare.tsx';
import { DealerLists } from './dealer-lists.tsx';
import { Dealers } from './dealers.tsx';
import { Schemes } from './schemes.tsx';

export function PlacesScreen() {
  const text = useText(placesText);
  return (
    <div className="screen">
      <Tabs
        className="screen-tabs"
        destroyOnHidden
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
