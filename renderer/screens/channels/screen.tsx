import { Tabs } from 'antd';
import { WithSlice } from '../../components/with-slice.tsx';
import { channelsText } from '../../text/channels.ts';
import { useText } from '../../text/use-text.ts';
import { CrosswalkTable } from './crosswalk-table.tsx';
import { LinkSeries } from './link-series.tsx';
import { PairView } from './pair.tsx';
import { PlaceView } from './place.tsx';

/** The channels beside each other: as a pair, in one place, question by question, linked. */
export function ChannelsScreen() {
  const text = useText(channelsText);
  return (
    <div className="screen">
      <WithSlice>
        {(slice) => (
          <Tabs
            className="screen-tabs"
            destroyOnHidden
            items={[
              { key: 'pair', label: text.pair, children: <PairView slice={slice} /> },
              { key: 'place', label: text.place, children: <PlaceView slice={slice} /> },
              { key: 'crosswalk', label: text.crosswalk, children: <CrosswalkTable /> },
              { key: 'link', label: text.link, children: <LinkSeries slice={slice} /> },
            ]}
          />
        )}
      </WithSlice>
    </div>
  );
}
