import { useState } from 'react';
import type { ProbeInfo } from '../../../shared/calls/probes.ts';
import { PROBE_PRESETS } from '../../../shared/domain/probe.ts';
import { useCall, useChange } from '../../api.ts';
import type { ReadySlice } from '../../components/slice.tsx';
import { Fault, Ready } from '../../components/states.tsx';
import { WithSlice } from '../../components/with-slice.tsx';
import { ProbeForm } from './probe-form.tsx';
import { ProbeHistory } from './probe-history.tsx';
import { ProbeResults } from './probe-results.tsx';
import type { Definition } from './view.ts';

export function WeakPointsScreen() {
  return (
    <WithSlice>
      {(slice) => <WeakPointsOf key={`${slice.scheme} ${slice.basis.sample ?? ''}`} slice={slice} />}
    </WithSlice>
  );
}

function WeakPointsOf({ slice }: { slice: ReadySlice }) {
  const { scheme, channel, basis } = slice;
  const [saved, setSaved] = useState<ProbeInfo | null>(null);
  const [draft, setDraft] = useState<Definition>(() => ({
    scheme,
    channel,
    sample: basis.sample,
    ...PROBE_PRESETS[0]!.probe,
  }));
  const [asked, setAsked] = useState(draft);
  const result = useCall('probes.try', { definition: asked });
  const keep = useChange('probes.run');
  const open = (definition: Definition, probe: ProbeInfo | null) => {
    setDraft(definition);
    setAsked(definition);
    setSaved(probe);
  };
  return (
    <div className="screen">
      <ProbeForm
        slice={slice}
        draft={draft}
        saved={saved}
        onChange={setDraft}
        onOpen={open}
        onRun={() => setAsked(draft)}
        onKeep={() => {
          setAsked(draft);
          if (saved) keep.mutate({ id: saved.id });
        }}
        keeping={keep.isPending}
      />
      {keep.error && <Fault error={keep.error} />}
      <Ready of={result} height={400}>
        {(found) => <ProbeResults result={found} definition={asked} />}
      </Ready>
      <ProbeHistory probe={saved} />
    </div>
  );
}
