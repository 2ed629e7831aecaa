import { Tabs } from 'antd';
import type { ReadySlice } from '../../components/slice.tsx';
import { WithSlice } from '../../components/with-slice.tsx';
import { lostText } from '../../text/lost.ts';
import { useText } from '../../text/use-text.ts';
import { LostSalesPart } from './lost-sales.tsx';
import { ServiceLoss } from './service-loss.tsx';

export function LostCustomersScreen() {
  return <WithSlice>{(slice) => <LostCustomersOf slice={slice} />}</WithSlice>;
}

function LostCustomersOf({ slice }: { slice: ReadySlice }) {
  const text = useText(lostText);
  return (
    <div className="screen">
      <Tabs
        className="screen-tabs"
        destroyOnHidden
        items={[
          { key: 'service', label: text.service, children: <ServiceLoss slice={slice} /> },
          { key: 'sales', label: text.sales, children: <LostSalesPart slice={slice} /> },
        ]}
      />
    </div>
  );
}
