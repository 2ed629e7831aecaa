import { Checkbox, Input, Select } from 'antd';
import { CHANNEL_NAMES, CHANNELS, type StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { DateOrderSelect } from '../../components/date-order.tsx';
import { Field } from '../../components/slice.tsx';
import { commonText } from '../../text/common.ts';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';
import { placeWith } from './mapping-view.ts';

interface Props {
  mapping: StudyMapping;
  headers: string[];
  onChange: (mapping: StudyMapping) => void;
}

/** What study this is, what a row is, where the quarter and the places come from. */
export function MappingStudy({ mapping, headers, onChange }: Props) {
  const text = useText(importText);
  const common = useText(commonText);
  const name = useName();
  const { study, place } = mapping;
  const setStudy = (change: Partial<StudyMapping['study']>) =>
    onChange({ ...mapping, study: { ...study, ...change } });
  return (
    <div className="filters">
      <TextField
        label={text.studyCode}
        width={150}
        value={study.code}
        onChange={(code) => setStudy({ code })}
      />
      <TextField
        label={text.nameZh}
        width={160}
        value={study.name.zh}
        onChange={(zh) => setStudy({ name: { ...study.name, zh } })}
      />
      <TextField
        label={text.nameEn}
        width={160}
        value={study.name.en}
        onChange={(en) => setStudy({ name: { ...study.name, en } })}
      />
      <TextField
        label={text.provider}
        width={120}
        value={study.provider}
        onChange={(provider) => setStudy({ provider })}
      />
      <Field label={common.channel} width={150}>
        {(id) => (
          <Select
            id={id}
            value={study.channel}
            onChange={(channel) => setStudy({ channel })}
            options={CHANNELS.map((value) => ({ value, label: name(CHANNEL_NAMES[value]) }))}
          />
        )}
      </Field>
      <Field label={text.rowIs} width={180}>
        {(id) => (
          <Select
            id={id}
            value={mapping.kind}
            onChange={(kind) => onChange({ ...mapping, kind })}
            options={[
              { value: 'responses', label: text.aResponse },
              { value: 'scores', label: text.aScore },
            ]}
          />
        )}
      </Field>
      <TextField
        label={text.questionnaire}
        width={90}
        value={mapping.questionnaire}
        onChange={(questionnaire) => onChange({ ...mapping, questionnaire })}
      />
      <PeriodFields mapping={mapping} headers={headers} onChange={onChange} />
      <Field label={text.geography} width={210}>
        {(id) => (
          <Select
            id={id}
            value={place.geography}
            onChange={(geography) => onChange({ ...mapping, place: { ...place, geography } })}
            options={[
              { value: 'national', label: text.national },
              { value: 'free', label: text.free },
            ]}
          />
        )}
      </Field>
      {(['city', 'province', 'region'] as const).map((field) => (
        <ConstantPlace key={field} field={field} mapping={mapping} onChange={onChange} />
      ))}
      <Checkbox
        checked={place.createDealers}
        onChange={(event) =>
          onChange({ ...mapping, place: { ...place, createDealers: event.target.checked } })
        }
      >
        {text.createDealers}
      </Checkbox>
    </div>
  );
}

/** One city, province or region for every row of a file that does not name them. */
function ConstantPlace(props: {
  field: 'city' | 'province' | 'region';
  mapping: StudyMapping;
  onChange: Props['onChange'];
}) {
  const text = useText(importText);
  const { field, mapping, onChange } = props;
  const source = mapping.place[field];
  if (source && 'column' in source) return null;
  const labels = {
    city: text.cityConstant,
    province: text.provinceConstant,
    region: text.regionConstant,
  };
  const set = (constant: string) => {
    const said = constant.trim() === '' ? undefined : { constant };
    onChange({ ...mapping, place: placeWith(mapping.place, field, said) });
  };
  return <TextField label={labels[field]} width={130} value={source?.constant ?? ''} onChange={set} />;
}

function TextField(props: {
  label: string;
  width: number;
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Field label={props.label} width={props.width}>
      {(id) => <Input id={id} value={props.value} onChange={(event) => props.onChange(event.target.value)} />}
    </Field>
  );
}

function PeriodFields({ mapping, headers, onChange }: Props) {
  const text = useText(importText);
  const { period } = mapping;
  const start = (kind: StudyMapping['period']['kind']): StudyMapping['period'] => {
    const column = 'column' in period ? period.column : (headers[0] ?? '');
    if (kind === 'constant') return { kind, quarter: '' };
    return kind === 'file-name' ? { kind } : { kind, column };
  };
  return (
    <>
      <Field label={text.quarterFrom} width={150}>
        {(id) => (
          <Select
            id={id}
            value={period.kind}
            onChange={(kind) => onChange({ ...mapping, period: start(kind) })}
            options={[
              { value: 'date', label: text.fromDate },
              { value: 'quarter', label: text.fromQuarter },
              { value: 'constant', label: text.fromConstant },
              { value: 'file-name', label: text.fromName },
            ]}
          />
        )}
      </Field>
      {'column' in period && (
        <Field label={text.column} width={150}>
          {(id) => (
            <Select
              id={id}
              showSearch
              value={period.column}
              onChange={(column) => onChange({ ...mapping, period: { ...period, column } })}
              options={headers.map((value) => ({ value, label: value }))}
            />
          )}
        </Field>
      )}
      {'column' in period && period.yearQuarter !== undefined && (
        <Field label={text.yearQuarter} width={120}>
          {(id) => (
            <Select
              id={id}
              value={period.yearQuarter}
              onChange={(yearQuarter) => onChange({ ...mapping, period: { ...period, yearQuarter } })}
              options={[1, 2, 3, 4].map((value) => ({ value, label: `Q${value}` }))}
            />
          )}
        </Field>
      )}
      {period.kind === 'date' && (
        <Field label={text.dateOrder} width={200}>
          {(id) => (
            <DateOrderSelect
              id={id}
              value={period.order}
              onChange={(order) => onChange({ ...mapping, period: { ...period, order } })}
            />
          )}
        </Field>
      )}
      {period.kind === 'date' && (
        <TextField
          label={text.wholeMonth}
          width={150}
          value={period.dayOf ?? ''}
          onChange={(dayOf) =>
            onChange({
              ...mapping,
              period: { ...period, dayOf: dayOf.trim() === '' ? undefined : dayOf.trim() },
            })
          }
        />
      )}
      {period.kind === 'constant' && (
        <TextField
          label={text.fromConstant}
          width={100}
          value={period.quarter}
          onChange={(quarter) =>
            onChange({ ...mapping, period: { kind: 'constant', quarter: quarter.toUpperCase() } })
          }
        />
      )}
    </>
  );
}
