/** What a printed screen begins with and carries on every page: its title, what it shows, the state of the data. */
import { Button } from 'antd';
import { useEffect } from 'react';
import { useCall } from '../api.ts';
import { moment } from '../format.ts';
import { setPageMargins } from '../print.ts';
import { useSession } from '../session.ts';
import { commonText } from '../text/common.ts';
import { shellText } from '../text/shell.ts';
import { useText } from '../text/use-text.ts';

export function PrintHead(props: {
  title: string;
  /** Scheme, quarter, channel and the like, in the order of reading. */
  facts: readonly string[];
  /** Said of what the screen shows beyond the database's own state, such as the run behind it. */
  source?: string;
}) {
  const { title, facts, source } = props;
  const text = useText(commonText);
  const shell = useText(shellText);
  const database = useCall('app.status', {}).data?.database;
  const display = useSession((session) => session.display);
  const shown = [...facts, `${shell.display} ${shell[display]}`];
  const top = [title, ...facts].join(' · ');
  const bottom = [
    shell.product,
    ...(database ? [`${database.name} · ${text.dataVersion(String(database.dataVersion))}`] : []),
    text.printedAt(moment(new Date().toISOString())),
    ...(source ? [source] : []),
  ].join(' · ');
  useEffect(() => setPageMargins({ top, bottom }), [top, bottom]);
  return (
    <header className="print-head">
      <h1>{title}</h1>
      <p>{shown.join(' · ')}</p>
    </header>
  );
}

export function PrintButton() {
  const text = useText(commonText);
  return (
    <Button title={text.printHint} onClick={() => window.print()}>
      {text.print}
    </Button>
  );
}
