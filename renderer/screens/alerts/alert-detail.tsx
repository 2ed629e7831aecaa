import { Button } from 'antd';
import type { AlertView } from '../../../shared/calls/alerts.ts';
import { useCall } from '../../api.ts';
import { SeriesChart } from '../../components/series-chart.tsx';
import { Ready } from '../../components/states.tsx';
import { useSession } from '../../session.ts';
import { alertText } from '../../text/alerts.ts';
import { useText } from '../../text/use-text.ts';
import { Findings } from './alert-findings.tsx';
import { CaseForm } from './case-form.tsx';

/** An alert beside the list: what was found, the series, and what people make of it. */
export function AlertDetail(props: { alert: AlertView; scheme: number; onOpen: () => void }) {
  const { alert, scheme, onOpen } = props;
  const text = useText(alertText);
  const go = useSession((session) => session.go);
  const { scope, quarter, channel, indicator } = alert;
  const series = useCall('forecast.series', { scheme, channel, scope, indicator, quarter });
  return (
    <div className="stack">
      <div className="row">
        <Button type="primary" ghost onClick={onOpen}>
          {text.openPage}
        </Button>
        <Button onClick={() => go('overview', { scope, quarter, channel, indicator })}>
          {text.openThere}
        </Button>
      </div>
      <Findings alert={alert} overall={null} scheme={scheme} />
      <Ready of={series} height={220}>
        {(data) => <SeriesChart series={data} height={220} />}
      </Ready>
      <CaseForm key={alert.id} alert={alert} />
    </div>
  );
}
