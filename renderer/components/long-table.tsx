import { Table, type TableProps } from 'antd';
import { count } from '../format.ts';
import { useOnPaper } from '../print.ts';
import { commonText } from '../text/common.ts';
import { useText } from '../text/use-text.ts';

type Fixed = 'size' | 'pagination' | 'virtual' | 'showSorterTooltip';

/** More rows make the system's print dialog wait for minutes. */
const MOST_PRINTED = 3000;

/** A table of any number of rows in one scrolled body: only the rows in view are drawn, on paper all of them. */
export function LongTable<T extends object>(
  props: Omit<TableProps<T>, Fixed> & { scroll: { x: number; y: number } },
) {
  const { scroll, ...rest } = props;
  const text = useText(commonText);
  const paper = useOnPaper();
  const all = rest.dataSource?.length ?? 0;
  return (
    <>
      <Table<T>
        {...rest}
        {...(paper ? {} : { scroll })}
        size="small"
        // A page of the table, so that the first rows as they are sorted are printed.
        pagination={paper && { pageSize: MOST_PRINTED, className: 'no-print' }}
        virtual={!paper}
        showSorterTooltip={false}
      />
      {paper && all > MOST_PRINTED && (
        <p className="hint padded">{text.printedRows(count(MOST_PRINTED), count(all))}</p>
      )}
    </>
  );
}
