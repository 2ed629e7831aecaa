import { Select } from 'antd';
import { useMemo } from 'react';
import type { PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { useCall } from '../../api.ts';
import { commonText } from '../../text/common.ts';
import { useName, useText } from '../../text/use-text.ts';

/** The plan's areas, and, where asked, the places above them. */
export function AreaSelect(props: {
  plan: PlanView | undefined;
  scheme: number;
  value: string;
  onChange: (area: string) => void;
  none?: string;
  withGroups?: boolean;
}) {
  const { plan, scheme, value, onChange, none, withGroups } = props;
  const common = useText(commonText);
  const name = useName();
  const tree = useCall('scopes.tree', withGroups ? { scheme } : null);
  const options = useMemo(() => {
    const own = (plan?.areas ?? []).map((area) => ({ value: area.id, label: name(area.name) }));
    const first = none === undefined ? [] : [{ value: '', label: none }];
    const known = new Set(own.map((one) => one.value));
    const level = plan?.input.areaLevel;
    const groups =
      level && level !== 'region'
        ? (tree.data ?? [])
            .filter((node) => node.level === 'region' && !known.has(node.id))
            .map((node) => ({ value: node.id, label: `${name(node.name)} (${common.region})` }))
        : [];
    return [...first, ...groups, ...own];
  }, [plan, tree.data, none, name, common]);
  return (
    <Select
      aria-label={common.area}
      style={{ width: 180 }}
      placeholder={common.area}
      value={value === '' && none === undefined ? undefined : value}
      onChange={onChange}
      showSearch={{ optionFilterProp: 'label' }}
      options={options}
    />
  );
}

export function ItemSelect(props: {
  plan: PlanView | undefined;
  value: string;
  onChange: (indicator: string) => void;
  none?: string;
}) {
  const { plan, value, onChange, none } = props;
  const common = useText(commonText);
  const name = useName();
  const items = (plan?.items ?? []).map((item) => ({ value: item.code, label: name(item.name) }));
  return (
    <Select
      aria-label={common.indicator}
      style={{ width: 180 }}
      placeholder={common.indicator}
      value={value === '' && none === undefined ? undefined : value}
      onChange={onChange}
      showSearch={{ optionFilterProp: 'label' }}
      options={none === undefined ? items : [{ value: '', label: none }, ...items]}
    />
  );
}
