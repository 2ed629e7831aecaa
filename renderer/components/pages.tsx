import { Pagination } from 'antd';

/** Leafs through what a list shows a page of at a time; nothing where one page holds all. `total` says how many there are. */
export function Pages(props: {
  page: number;
  size: number;
  total: number;
  words?: (total: number) => string;
  onChange: (page: number) => void;
}) {
  const { page, size, total, words, onChange } = props;
  if (total <= size) return null;
  return (
    <Pagination
      className="no-print"
      size="small"
      align="end"
      current={page}
      pageSize={size}
      total={total}
      showSizeChanger={false}
      showTotal={words}
      onChange={onChange}
    />
  );
}
