import { App, Button } from 'antd';
import { LIST_ENDINGS } from '../../../shared/domain/import-format.ts';
import { call, host } from '../../api.ts';
import { Fault } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { studiesText } from '../../text/studies.ts';
import { useName, useText } from '../../text/use-text.ts';

/** Reads weights from a table and says which of its rows could not be used. */
export function WeightImport({ onRead }: { onRead: (weights: ReadonlyMap<string, number>) => void }) {
  const text = useText(studiesText);
  const name = useName();
  const { message, modal } = App.useApp();
  const choose = async () => {
    const file = await host().native.openFile([{ name: text.tableFilter, extensions: LIST_ENDINGS }]);
    if (!file) return;
    try {
      const { weights, problems } = await call('weights.readTable', { path: file.path, fileName: file.name });
      onRead(new Map(weights.map(({ code, weight }) => [code, weight])));
      const read = text.importedWeights(count(weights.length));
      if (problems.length === 0) void message.success(read);
      else
        modal.info({
          title: read,
          content: (
            <ul className="bullets">
              {problems.slice(0, 20).map((one) => (
                <li key={`${one.row} ${one.value}`}>
                  {text.rowOf(String(one.row))} “{one.value}” {name(one.message)}
                </li>
              ))}
            </ul>
          ),
        });
    } catch (error) {
      modal.error({ content: <Fault error={error} /> });
    }
  };
  return (
    <Button size="small" onClick={() => void choose()}>
      {text.importWeights}
    </Button>
  );
}
