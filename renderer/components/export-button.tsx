import { App, Button } from 'antd';
import type { WrittenFile } from '../../shared/calls/figure.ts';
import { host } from '../api.ts';
import { commonText } from '../text/common.ts';
import { useText } from '../text/use-text.ts';
import { Fault } from './states.tsx';

const SECONDS_TO_READ = 8;

/** Names a file that was written, and what a CSV file could not hold. */
export function useWritten(): (written: WrittenFile) => void {
  const text = useText(commonText);
  const { message } = App.useApp();
  return ({ file, leftOut = [] }) => {
    if (leftOut.length === 0) void message.success(text.written(file));
    else void message.warning(text.writtenFirst(file, leftOut.join(text.listed)), SECONDS_TO_READ);
  };
}

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
  const sayWritten = useWritten();
  const run = async () => {
    try {
      const file = await host().native.saveFile(`${props.name}.xlsx`, [
        { name: 'Excel', extensions: ['xlsx'] },
        { name: text.csvTable, extensions: ['csv'] },
      ]);
      if (!file) return;
      const written = await props.write(file.path);
      await host().fetchSaved?.(file);
      sayWritten(written);
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
