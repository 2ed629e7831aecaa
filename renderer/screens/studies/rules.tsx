import { App, Button, InputNumber, Popconfirm } from 'antd';
import { useState } from 'react';
import { DEFAULT_RULES, type DisplayRules } from '../../../shared/domain/display-rules.ts';
import { useCall, useChange } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault, Ready } from '../../components/states.tsx';
import { commonText } from '../../text/common.ts';
import { useText } from '../../text/use-text.ts';
import { weightingText } from '../../text/weighting.ts';

/** From which base figures are shown, and how many marks may be false. */
export function RulesTab() {
  const rules = useCall('rules.get', {});
  return <Ready of={rules}>{(saved) => <RulesForm key={JSON.stringify(saved)} saved={saved} />}</Ready>;
}

function RulesForm({ saved }: { saved: DisplayRules }) {
  const text = useText(weightingText);
  const common = useText(commonText);
  const { message } = App.useApp();
  const [draft, setDraft] = useState(saved);
  const save = useChange('rules.save');
  const fields = [
    ['greyFrom', text.greyFrom, { min: 1, max: draft.fullFrom, step: 1, precision: 0 }],
    ['fullFrom', text.fullFrom, { min: draft.greyFrom, max: 1000, step: 1, precision: 0 }],
    ['q', text.q, { min: 0.001, max: 0.5, step: 0.01, precision: 3 }],
  ] as const;
  const changed = JSON.stringify(draft) !== JSON.stringify(saved);
  return (
    <Panel title={text.tabRules}>
      <div className="stack">
        <p className="soft">{text.rulesIntro}</p>
        <div className="filters">
          {fields.map(([field, label, limits]) => (
            <Field key={field} label={label} width={240}>
              {(id) => (
                <InputNumber
                  id={id}
                  {...limits}
                  value={draft[field]}
                  onChange={(value) => value !== null && setDraft({ ...draft, [field]: value })}
                />
              )}
            </Field>
          ))}
        </div>
        <p className="hint">{text.qHint}</p>
        <div className="row">
          <Popconfirm
            title={text.rulesAsk}
            styles={{ root: { maxWidth: 380 } }}
            disabled={!changed}
            onConfirm={() => save.mutate(draft, { onSuccess: () => void message.success(text.rulesSaved) })}
          >
            <Button type="primary" disabled={!changed} loading={save.isPending}>
              {common.save}
            </Button>
          </Popconfirm>
          <Button onClick={() => setDraft(DEFAULT_RULES)}>{text.defaults}</Button>
        </div>
        {save.error && <Fault error={save.error} />}
      </div>
    </Panel>
  );
}
