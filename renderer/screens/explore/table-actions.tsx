import { CopyOutlined, DownloadOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Dropdown, Select } from 'antd';
import type { ExploreQuery, ExploreTable } from '../../../shared/calls/explore.ts';
import { type CallFault, call, host } from '../../api.ts';
import { useWritten } from '../../components/export-button.tsx';
import { count } from '../../format.ts';
import { useSession } from '../../session.ts';
import { exploreText } from '../../text/explore.ts';
import { useName, useText } from '../../text/use-text.ts';
import { useExplore } from './explore-store.ts';
import { useCellFormat } from './use-cell-format.ts';
import { type ChartKind, tableText } from './view.ts';

/** Copies the table, and writes it or its chart to a file. */
export function TableActions(props: {
  query: ExploreQuery;
  table: ExploreTable;
  picture: ((title: string | null) => string) | null;
}) {
  const { query, table, picture } = props;
  const text = useText(exploreText);
  const name = useName();
  const { message } = App.useApp();
  const sayWritten = useWritten();
  const { language, display } = useSession();
  const { heat, setHeat, bases, setBases, chart, setChart, view } = useExplore();
  const formatOf = useCellFormat(query);
  const title = view?.name ?? text.fileName;
  const copy = async () => {
    const words = tableText(table, name, formatOf, bases);
    try {
      await navigator.clipboard.writeText(words);
      void message.success(text.copied(count(table.rows.length), count(table.columns.length)));
    } catch {
      void message.error(text.notCopied);
    }
  };
  const write = async (format: 'xlsx' | 'csv' | 'png') => {
    try {
      const filter = { name: format.toUpperCase(), extensions: [format] };
      const file = await host().native.saveFile(`${title}.${format}`, [filter]);
      if (!file) return;
      const { path } = file;
      const written =
        format === 'png'
          ? await call('explore.picture', { path, png: picture?.(view?.name ?? null) ?? '' })
          : await call('explore.export', { query, path, format, title, language, display });
      await host().fetchSaved?.(file);
      sayWritten(written);
    } catch (error) {
      const { report } = error as CallFault;
      void message.error(report ? name(report.message) : String(error));
    }
  };
  return (
    <>
      <Checkbox checked={heat} onChange={(event) => setHeat(event.target.checked)}>
        {text.heat}
      </Checkbox>
      <Checkbox checked={bases} onChange={(event) => setBases(event.target.checked)}>
        {text.bases}
      </Checkbox>
      {chart === 'none' && (
        <Select<ChartKind>
          value={chart}
          aria-label={text.chart}
          options={[
            { value: 'none', label: text.none },
            { value: 'auto', label: text.auto },
          ]}
          onChange={setChart}
        />
      )}
      <Button icon={<CopyOutlined />} onClick={() => void copy()}>
        {text.copy}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'xlsx', label: text.toXlsx },
            { key: 'csv', label: text.toCsv },
            { key: 'png', label: text.toPng, disabled: picture === null },
          ],
          onClick: ({ key }) => void write(key as 'xlsx' | 'csv' | 'png'),
        }}
      >
        <Button icon={<DownloadOutlined />}>{text.exportAs}</Button>
      </Dropdown>
    </>
  );
}
