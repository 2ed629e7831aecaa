import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { useCall } from '../api.ts';
import { useSession } from '../session.ts';
import { scopeOptions } from './slice-view.ts';

/** Places of any level under a region scheme, several at once. */
export function PlaceTree(props: {
  id: string;
  scheme: number;
  value: string[];
  onChange: (scopes: string[]) => void;
  placeholder: string;
}) {
  const { id, scheme, value, onChange, placeholder } = props;
  const language = useSession((session) => session.language);
  const tree = useCall('scopes.tree', { scheme });
  const options = useMemo(
    () => (tree.data ? (scopeOptions(tree.data, language)[0]?.children ?? []) : []),
    [tree.data, language],
  );
  return (
    <TreeSelect<string[]>
      id={id}
      multiple
      allowClear
      showSearch={{ treeNodeFilterProp: 'label' }}
      treeData={options}
      fieldNames={{ label: 'label', value: 'value', children: 'children' }}
      value={value}
      onChange={onChange}
      placeholder={placeholder}
      maxTagCount={3}
      style={{ width: '100%' }}
      popupMatchSelectWidth={320}
    />
  );
}
