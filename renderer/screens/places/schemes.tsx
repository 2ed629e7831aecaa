import { Button, Empty } from 'antd';
import { useState } from 'react';
import type { SchemeView } from '../../../shared/calls/places.ts';
import { call, useCall } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Fault, Ready } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { schemesText } from '../../text/schemes.ts';
import { useName, useText } from '../../text/use-text.ts';
import { SchemeEditor } from './scheme-editor.tsx';
import { draftOf, type SchemeDraft } from './scheme-view.ts';

/** Schemes with their versions beside the editor of one of them. */
export function Schemes() {
  const text = useText(schemesText);
  const schemes = useCall('schemes.list', {});
  const [draft, setDraft] = useState<SchemeDraft | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const open = (scheme: number) => {
    setFault(null);
    call('schemes.get', { scheme }).then((content) => setDraft(draftOf(content)), setFault);
  };
  const start = () =>
    setDraft({
      scheme: null,
      code: '',
      nameZh: '',
      nameEn: '',
      validFrom: `${new Date().getFullYear()}-01-01`,
      regions: [],
      regionOf: new Map(),
    });
  return (
    <Ready of={schemes} height={600}>
      {(all) => (
        <div className="two scheme-frame">
          <Panel
            title={text.versions}
            flush
            extra={
              <Button size="small" type="primary" onClick={start}>
                {text.newScheme}
              </Button>
            }
          >
            <div className="scheme-list">
              {all.map((one) => (
                <SchemeCard
                  key={one.id}
                  scheme={one}
                  chosen={draft?.scheme === one.id}
                  onOpen={() => open(one.id)}
                />
              ))}
            </div>
          </Panel>
          <div className="stack">
            {fault !== null && <Fault error={fault} />}
            {draft ? (
              <SchemeEditor
                key={draft.scheme ?? 'new'}
                start={draft}
                schemes={all}
                onSaved={(scheme) => open(scheme)}
                onGone={() => setDraft(null)}
              />
            ) : (
              <Panel title={text.regions}>
                <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text.choose} />
              </Panel>
            )}
          </div>
        </div>
      )}
    </Ready>
  );
}

function SchemeCard(props: { scheme: SchemeView; chosen: boolean; onOpen: () => void }) {
  const { scheme, chosen, onOpen } = props;
  const text = useText(schemesText);
  const name = useName();
  const { cities, ofCities, dealers, ofDealers } = scheme.covered;
  const from = scheme.validFrom;
  const always = from < '1900-01-01';
  const asWas = scheme.timing === 'as-was';
  const dated = scheme.validTo ? text.span(from, scheme.validTo) : text.since(from);
  const span = asWas ? text.eachInTime : always ? text.always : dated;
  return (
    <button type="button" className="scheme-card" aria-pressed={chosen} disabled={asWas} onClick={onOpen}>
      <b>{name(scheme.name)}</b>
      <span className="soft">{span}</span>
      {!asWas && scheme.regions.length > 0 && (
        <span className="faint">
          {`${text.regionCount(count(scheme.regions.length))} · ${text.coverage(
            count(cities),
            count(ofCities),
            count(dealers),
            count(ofDealers),
          )}`}
        </span>
      )}
    </button>
  );
}
