import { Alert, Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import type { Language } from '../../../shared/domain/language.ts';
import { host, useJob } from '../../api.ts';
import { JobProgress } from '../../components/job-progress.tsx';
import { Panel } from '../../components/panel.tsx';
import { Field, QuarterPicker, type ReadySlice, SchemePicker, ScopePicker } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { count } from '../../format.ts';
import type { ChosenFile } from '../../host.ts';
import { useSession } from '../../session.ts';
import { reportText } from '../../text/reports.ts';
import { useText } from '../../text/use-text.ts';

type Format = 'pdf' | 'xlsx';

const TRIAL = 10;

/** What to make, for whom, where to; then how far it is. */
export function MakeReports({ slice, onMade }: { slice: ReadySlice; onMade: (batch: number) => void }) {
  const text = useText(reportText);
  const { language: pageLanguage, display } = useSession();
  const [formats, setFormats] = useState<Format[]>(['pdf', 'xlsx']);
  const [language, setLanguage] = useState<Language>(pageLanguage);
  const [trial, setTrial] = useState(false);
  const [folder, setFolder] = useState<ChosenFile | null>(null);
  const job = useJob('reports.run');
  const start = async () => {
    const made = await job.run({
      scheme: slice.scheme,
      quarter: slice.quarter,
      scope: slice.scope,
      formats,
      language,
      display,
      folder: folder?.path,
      limit: trial ? TRIAL : undefined,
    });
    if (made) onMade(made.batch.id);
  };
  return (
    <Panel title={text.make}>
      <div className="stack">
        <div className="filters">
          <QuarterPicker slice={slice} />
          <SchemePicker slice={slice} />
          <ScopePicker slice={slice} />
          <fieldset className="field">
            <legend className="field-label">{text.formats}</legend>
            <Checkbox.Group<Format>
              value={formats}
              onChange={setFormats}
              options={[
                { value: 'pdf', label: 'PDF' },
                { value: 'xlsx', label: 'Excel' },
              ]}
            />
          </fieldset>
          <Field label={text.language} width={100}>
            {(id) => (
              <Select
                id={id}
                value={language}
                onChange={setLanguage}
                options={[
                  { value: 'zh-CN', label: text.chinese },
                  { value: 'en', label: text.english },
                ]}
              />
            )}
          </Field>
          <Field label={text.howMany} width={150}>
            {(id) => (
              <Select
                id={id}
                value={trial}
                onChange={setTrial}
                options={[
                  { value: false, label: text.allDealers },
                  { value: true, label: text.firstDealers(TRIAL) },
                ]}
              />
            )}
          </Field>
          {host().host === 'electron' && (
            <Field label={text.folder} width={220}>
              {(id) => (
                <Button id={id} onClick={() => void host().native.openFolder().then(setFolder)}>
                  {folder?.name ?? text.ownFolder}
                </Button>
              )}
            </Field>
          )}
          <Button type="primary" disabled={job.running || formats.length === 0} onClick={() => void start()}>
            {text.run}
          </Button>
        </div>
        <JobProgress of={job} />
        {job.fault && <Fault error={job.fault} />}
        {job.value && (
          <Alert
            type={job.value.batch.failed > 0 ? 'warning' : 'success'}
            showIcon
            closable={{ onClose: job.clear }}
            title={text.done(count(job.value.batch.made), count(job.value.batch.failed))}
          />
        )}
      </div>
    </Panel>
  );
}
