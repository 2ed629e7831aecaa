import { InputNumber, Segmented, Select, Slider } from 'antd';
import { useEffect, useState } from 'react';
import type { PlanRequest } from '../../../shared/calls/plan.ts';
import { OVERALL } from '../../../shared/domain/scope.ts';
import { displayUnit } from '../../../shared/domain/score/score-format.ts';
import { PROPORTIONAL_CONSEQUENCE } from '../../../shared/report/plan-words.ts';
import { useCall } from '../../api.ts';
import {
  ChannelPicker,
  Field,
  type ReadySlice,
  SamplePicker,
  SchemePicker,
} from '../../components/slice.tsx';
import { decimal, signed } from '../../format.ts';
import { useScoreFormat } from '../../score-format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import { planYears } from './view.ts';

const STEP = 0.1;
const MOST_UPLIFT = 10;

export function PlanSettings(props: {
  slice: ReadySlice;
  request: PlanRequest;
  target: number | undefined;
  onChange: (change: Partial<PlanRequest>) => void;
}) {
  const { slice, request, target, onChange } = props;
  const text = useText(planText);
  const common = useText(commonText);
  const name = useName();
  return (
    <div className="stack">
      <div className="filters">
        <Field label={text.year} width={90}>
          {(id) => (
            <Select
              id={id}
              value={request.year}
              onChange={(year) => onChange({ year })}
              options={planYears(slice.catalog).map((year) => ({ value: year, label: String(year) }))}
            />
          )}
        </Field>
        <ChannelPicker slice={slice} />
        <SchemePicker slice={slice} />
        <SamplePicker />
        <Field label={text.areaLevel} width={100}>
          {(id) => (
            <Select
              id={id}
              value={request.areaLevel}
              onChange={(areaLevel) => onChange({ areaLevel })}
              options={[
                { value: 'province', label: common.province },
                { value: 'region', label: common.region },
                { value: 'city', label: common.city },
                { value: 'dealer', label: common.dealer },
              ]}
            />
          )}
        </Field>
        <WithinPicker slice={slice} request={request} onChange={onChange} />
        <div className="field">
          <span className="field-label">{text.method}</span>
          <Segmented<'diminishing' | 'proportional'>
            aria-label={text.method}
            value={request.method}
            onChange={(method) => onChange({ method })}
            options={[
              { value: 'diminishing', label: text.diminishing },
              { value: 'proportional', label: text.proportional },
            ]}
          />
        </div>
        <Field label={`${text.ceiling} (${common.points})`} width={124}>
          {(id) => (
            <InputNumber
              id={id}
              min={50}
              max={100}
              value={request.ceiling}
              onChange={(ceiling) => onChange({ ceiling: ceiling ?? 100 })}
            />
          )}
        </Field>
        <Field label={`${text.largestStep} (${common.points})`} width={170}>
          {(id) => (
            <InputNumber
              id={id}
              min={0.5}
              max={100}
              step={0.5}
              placeholder={text.noLimit}
              value={request.largestStep}
              onChange={(largestStep) => onChange({ largestStep })}
            />
          )}
        </Field>
      </div>
      <p className="hint">
        {request.method === 'proportional' ? name(PROPORTIONAL_CONSEQUENCE) : text.methodHint}
      </p>
      <Uplift uplift={request.uplift} target={target} onChange={(uplift) => onChange({ uplift })} />
    </div>
  );
}

/** Regions and provinces that a plan of cities or dealers can be kept to. */
function WithinPicker(props: {
  slice: ReadySlice;
  request: PlanRequest;
  onChange: (change: Partial<PlanRequest>) => void;
}) {
  const { slice, request, onChange } = props;
  const work = useText(planWorkText);
  const name = useName();
  const tree = useCall('scopes.tree', { scheme: slice.scheme });
  const nodes = (tree.data ?? []).filter(({ level }) =>
    ['overall', 'region', ...(request.areaLevel === 'region' ? [] : ['province'])].includes(level),
  );
  return (
    <Field label={work.within} width={150}>
      {(id) => (
        <Select
          id={id}
          value={request.within ?? OVERALL}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={(within) => onChange({ within })}
          options={nodes.map((node) => ({ value: node.id, label: name(node.name) }))}
        />
      )}
    </Field>
  );
}

/** The slider moves at once; the plan follows when it is let go. */
function Uplift(props: { uplift: number; target: number | undefined; onChange: (uplift: number) => void }) {
  const { uplift, target, onChange } = props;
  const text = useText(planText);
  const common = useText(commonText);
  const name = useName();
  const as = useScoreFormat(undefined, '');
  const [shown, setShown] = useState(uplift);
  useEffect(() => setShown(uplift), [uplift]);
  return (
    <div className="uplift">
      <span className="field-label">{text.uplift}</span>
      <Slider
        min={0}
        max={MOST_UPLIFT}
        step={STEP}
        value={shown}
        onChange={setShown}
        onChangeComplete={onChange}
        tooltip={{ formatter: (value) => signed(value ?? 0) }}
        ariaLabelForHandle={text.uplift}
      />
      <InputNumber
        aria-label={text.uplift}
        min={-50}
        max={50}
        step={STEP}
        precision={1}
        value={shown}
        onChange={(value) => setShown(value ?? 0)}
        onBlur={() => shown !== uplift && onChange(shown)}
        onPressEnter={() => onChange(shown)}
        onStep={(value) => onChange(Number(value))}
        suffix={common.points}
      />
      <span className="uplift-target">
        {text.target} <b>{decimal(target)}</b> {common.points}
        {as.display !== 'harmonised' && target !== undefined && (
          <span className="soft"> {text.onDisplay(as.score(target), name(displayUnit(as.display)))}</span>
        )}
      </span>
    </div>
  );
}
