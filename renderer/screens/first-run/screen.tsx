import { Button } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { AppStatus } from '../../../shared/calls/app.ts';
import { host, useChange, useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { Fault, Nothing } from '../../components/states.tsx';
import { moment } from '../../format.ts';
import { firstRunText } from '../../text/first-run.ts';
import { useText } from '../../text/use-text.ts';
import { fileNameOf } from './view.ts';

/** Before a database is open: the sample, a new one, an existing one, or one of the last. */
export function FirstRunScreen({ status }: { status: AppStatus }) {
  const text = useText(firstRunText);
  const sample = useJob('app.sample');
  const open = useChange('app.open');
  const create = useChange('app.create');
  const [refused, setRefused] = useState<unknown>(null);
  const busy = sample.running || open.isPending || create.isPending;
  const filters = [{ name: text.kind, extensions: ['csi'] }];

  const begun = useRef(false);
  useEffect(() => {
    if (!status.startWithSample || begun.current) return;
    begun.current = true;
    void sample.run({});
  }, [status.startWithSample, sample]);

  const choose = async (kind: 'open' | 'create') => {
    setRefused(null);
    try {
      const { native } = host();
      const file =
        kind === 'open' ? await native.openFile(filters) : await native.saveFile(text.newName, filters);
      if (file) (kind === 'open' ? open : create).mutate({ path: file.path });
    } catch (error) {
      setRefused(error);
    }
  };
  const fault = sample.fault ?? open.error ?? create.error ?? refused;
  return (
    <div className="welcome">
      <div>
        <h1>{text.title}</h1>
        <p className="soft">{text.lead}</p>
      </div>
      {fault ? <Fault error={fault} /> : null}
      <div className="choices">
        <Choice title={text.sampleTitle} body={text.sampleBody}>
          <Button
            type="primary"
            disabled={busy || !status.sampleAvailable}
            onClick={() => void sample.run({})}
          >
            {text.sampleRun}
          </Button>
        </Choice>
        <Choice title={text.createTitle} body={text.createBody}>
          <Button disabled={busy} onClick={() => void choose('create')}>
            {text.createRun}
          </Button>
        </Choice>
        <Choice title={text.openTitle} body={text.openBody}>
          <Button disabled={busy} onClick={() => void choose('open')}>
            {text.openRun}
          </Button>
        </Choice>
      </div>
      <div className="job-room">
        <JobProgress of={sample} />
      </div>
      <Recent recent={status.recent} busy={busy} onOpen={(path) => open.mutate({ path })} />
    </div>
  );
}

function Choice({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  return (
    <section className="choice">
      <h2>{title}</h2>
      <p className="soft">{body}</p>
      {children}
    </section>
  );
}

function Recent(props: { recent: AppStatus['recent']; busy: boolean; onOpen: (path: string) => void }) {
  const text = useText(firstRunText);
  return (
    <section>
      <h2 className="section-title">{text.recent}</h2>
      {props.recent.length === 0 ? (
        <Nothing height={80}>{text.noRecent}</Nothing>
      ) : (
        <ul className="recent">
          {props.recent.map((one) => (
            <li key={one.path}>
              <button
                type="button"
                disabled={props.busy || !one.exists}
                onClick={() => props.onOpen(one.path)}
              >
                <b translate="no">{fileNameOf(one.path)}</b>
                <span className="faint">{one.exists ? one.path : text.gone}</span>
                <span className="faint number">{moment(one.openedAt)}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
