import { App, Button } from 'antd';
import type { WrittenFile } from '../../shared/calls/figure.ts';
import { host } from '../api.ts';
import { commonText } from '../text/common.ts';
import { useText } from '../text/use-text.ts';
import { Fault } from './states.tsx';

const SECONDS_TO_READ = 8;

/** Asks for a place, lets a call write the tables there, and hands them over where the host downloads. */
export function ExportButton(props: {
  /** File name without its ending. */
  name: string;
  disabled?: boolean;
  size?: 'small';
  write: (path: string) => Promise<WrittenFile>;
}) {
  const text = useText(commonText);
  const { message } = App.useApp();
  const run = async () => {
    try {
      const file = await host().native.saveFile(`${props.name}.xlsx`, [
        { name: 'Excel', extensions: ['xlsx'] },
        { name: text.csvTable, extensions: ['csv'] },
      ]);
      if (!file) return;
      const written = await props.write(file.path);
      await host().fetchSaved?.(file);
      const { leftOut = [] } = written;
      if (leftOut.length === 0) void message.success(text.written(written.file));
      else void message.warning(text.writtenFirst(written.file, leftOut.join(text.listed)), SECONDS_TO_READ);
    } catch (error) {
      void message.error(<Fault error={error} />);
    }
  };
  return (
    <Button size={props.size} disabled={props.disabled} onClick={() => void run()}>
      {text.export}
    </Button>
  );
}
