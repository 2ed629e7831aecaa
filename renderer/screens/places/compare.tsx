import { Segmented } from 'antd';
import { useState } from 'react';
import type { ReadySlice } from '../../components/slice.tsx';
import { WithSlice } from '../../components/with-slice.tsx';
import { schemesText } from '../../text/schemes.ts';
import { useText } from '../../text/use-text.ts';
import { CompareInside } from './compare-inside.tsx';
import { CompareLike } from './compare-like.tsx';
import { CompareRegroup } from './compare-regroup.tsx';

type Kind = 'inside' | 'like' | 'regroup';

/** Places against places: inside and outside a scheme, like for like, before and after a reorganisation. */
export function Compare() {
  return <WithSlice>{(slice) => <Comparisons slice={slice} />}</WithSlice>;
}

function Comparisons({ slice }: { slice: ReadySlice }) {
  const text = useText(schemesText);
  const [kind, setKind] = useState<Kind>('inside');
  const lead = { inside: text.insideLead, like: text.likeLead, regroup: text.regroupLead }[kind];
  return (
    <div className="stack">
      <div className="filters">
        <Segmented<Kind>
          aria-label={text.kind}
          value={kind}
          onChange={setKind}
          options={[
            { value: 'inside', label: text.inside },
            { value: 'like', label: text.like },
            { value: 'regroup', label: text.regroup },
          ]}
        />
        <span className="soft">{lead}</span>
      </div>
      {kind === 'inside' && <CompareInside slice={slice} />}
      {kind === 'like' && <CompareLike slice={slice} />}
      {kind === 'regroup' && <CompareRegroup slice={slice} />}
    </div>
  );
}
