import { Table, type TableProps } from 'antd';

type Fixed = 'size' | 'pagination' | 'virtual' | 'showSorterTooltip';

/** A table of any number of rows in one scrolled body: only the rows in view are drawn. */
export function LongTable<T extends object>(
  props: Omit<TableProps<T>, Fixed> & { scroll: { x: number; y: number } },
) {
  return <Table<T> {...props} size="small" pagination={false} virtual showSorterTooltip={false} />;
}
