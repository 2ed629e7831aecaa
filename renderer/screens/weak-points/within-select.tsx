import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { OVERALL } from '../../../shared/domain/scope.ts';
import { useCall } from '../../api.ts';
import { Field } from '../../components/slice.tsx';
import { scopeOptions } from '../../components/slice-view.ts';
import { useSession } from '../../session.ts';
import { useText } from '../../text/use-text.ts';
import { weakText } from '../../text/weak-points.ts';

/** One place that the units have to lie in. */
export function WithinSelect(props: { scheme: number; value: string; onChange: (scope: string) => void }) {
  const { scheme, value, onChange } = props;
  const text = useText(weakText);
  const language = useSession((session) => session.language);
  const tree = useCall('scopes.tree', { scheme });
  const options = useMemo(() => (tree.data ? scopeOptions(tree.data, language) : []), [tree.data, language]);
  return (
    <Field label={text.within} width={170}>
      {(id) => (
        <TreeSelect
          id={id}
          showSearch={{ treeNodeFilterProp: 'label' }}
          treeData={options}
          fieldNames={{ label: 'label', value: 'value', children: 'children' }}
          treeDefaultExpandedKeys={[OVERALL]}
          value={value}
          onChange={onChange}
          popupMatchSelectWidth={280}
        />
      )}
    </Field>
  );
}
