import { Table, type TableProps } from 'antd';
import { count } from '../format.ts';
import { useOnPaper } from '../print.ts';
import { commonText } from '../text/common.ts';
import { useText } from '../text/use-text.ts';

type Fixed = 'size' | 'pagination' | 'virtual' | 'showSorterTooltip';

/** More rows make the system's print dialog wait for minutes. */
const MOST_PRINTED = 3000;

/** One page of the table, so that the first rows as they are sorted are printed. */
const ON_PAPER = { pageSize: MOST_PRINTED, className: 'no-print' };

/** A table of any number of rows in one scrolled body: only the rows in view are drawn, on paper all of them. */
export function LongTable<T extends object>(
  props: Omit<TableProps<T>, Fixed> & { scroll: { x: number; y: number } },
) {
  const { scroll, ...rest } = props;
  const paper = useOnPaper();
  const all = rest.dataSource?.length ?? 0;
  return (
    <>
      <Table<T>
        {...rest}
        {...(paper ? {} : { scroll })}
        size="small"
        pagination={paper && ON_PAPER}
        virtual={!paper}
        showSorterTooltip={false}
      />
      {paper && <LeftOut of={all} />}
    </>
  );
}

/** A table that is browsed by page, and printed whole. `sizes`: numbers of rows a page that one may choose from. */
export function PagedTable<T extends object>(
  props: Omit<TableProps<T>, Fixed> & { pageSize: number; sizes?: number[] },
) {
  const { pageSize, sizes, ...rest } = props;
  const paper = useOnPaper();
  const all = rest.dataSource?.length ?? 0;
  const onScreen = {
    defaultPageSize: pageSize,
    hideOnSinglePage: all <= pageSize,
    showSizeChanger: sizes !== undefined,
    ...(sizes && { pageSizeOptions: sizes }),
    size: 'small' as const,
  };
  return (
    <>
      <Table<T> {...rest} size="small" pagination={paper ? ON_PAPER : onScreen} showSorterTooltip={false} />
      {paper && <LeftOut of={all} />}
    </>
  );
}

function LeftOut({ of }: { of: number }) {
  const text = useText(commonText);
  if (of <= MOST_PRINTED) return null;
  return <p className="hint padded">{text.printedRows(count(MOST_PRINTED), count(of))}</p>;
}
