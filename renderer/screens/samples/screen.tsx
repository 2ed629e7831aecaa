import { useState } from 'react';
import { OVERALL } from '../../../shared/domain/scope.ts';
import { Panel } from '../../components/panel.tsx';
import type { ReadySlice } from '../../components/slice.tsx';
import { WithSlice } from '../../components/with-slice.tsx';
import { samplesText } from '../../text/samples.ts';
import { useText } from '../../text/use-text.ts';
import { SampleForm } from './sample-form.tsx';
import { SampleHolds } from './sample-holds.tsx';
import { SampleList } from './sample-list.tsx';
import { emptyDraft, filterOf, type SampleDraft } from './view.ts';

export function SamplesScreen() {
  return <WithSlice>{(slice) => <SamplesOf slice={slice} />}</WithSlice>;
}

function SamplesOf({ slice }: { slice: ReadySlice }) {
  const text = useText(samplesText);
  const [draft, setDraft] = useState<SampleDraft>(() => ({
    ...emptyDraft(slice.scheme),
    // What was being looked at is the likeliest sample.
    scopes: slice.scope === OVERALL ? [] : [slice.scope],
  }));
  const { quarters } = slice.catalog;
  const filter = filterOf(draft, quarters[0]!, quarters.at(-1)!);
  return (
    <div className="screen">
      <div className="two">
        <div className="stack">
          <Panel title={text.list} note={text.listNote} flush>
            <SampleList scheme={slice.scheme} editing={draft.id} onEdit={setDraft} />
          </Panel>
          <SampleHolds scheme={slice.scheme} filter={filter} id={draft.id ?? undefined} />
        </div>
        <SampleForm slice={slice} draft={draft} filter={filter} onChange={setDraft} />
      </div>
    </div>
  );
}
