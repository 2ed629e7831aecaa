import { AutoComplete, Button, Input } from 'antd';
import { type Bands, bandNames } from '../../../shared/domain/band.ts';
import { Field } from '../../components/slice.tsx';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';

const UNITS = ['元', '万元', '公里', '万公里', '岁', '年', '个月', '天', '次', '%'];

/** The limits that amounts are taken together by, and what the bands will be called. */
export function BandsForm(props: {
  limits: string;
  unit: string;
  bands: Bands | null;
  suggested: Bands | null;
  onLimits: (limits: string) => void;
  onUnit: (unit: string) => void;
}) {
  const { limits, unit, bands, suggested, onLimits, onUnit } = props;
  const text = useText(importText);
  const name = useName();
  return (
    <div className="stack tight">
      <div className="filters">
        <Field label={text.bandLimits} width={330}>
          {(id) => (
            <Input
              id={id}
              value={limits}
              status={bands ? '' : 'error'}
              placeholder="15、20、25"
              onChange={(event) => onLimits(event.target.value)}
            />
          )}
        </Field>
        <Field label={text.bandUnit} width={120}>
          {(id) => (
            <AutoComplete
              id={id}
              value={unit}
              onChange={onUnit}
              options={UNITS.map((value) => ({ value }))}
            />
          )}
        </Field>
        {suggested && (
          <Button
            onClick={() => {
              onLimits(suggested.limits.join('、'));
              onUnit(suggested.unit);
            }}
          >
            {text.bandsSuggested}
          </Button>
        )}
      </div>
      <p className="soft">
        {bands
          ? bandNames(bands)
              .map(({ label }) => name(label))
              .join(' ｜ ')
          : text.bandsWrong}
      </p>
      <p className="hint">{text.bandsHint}</p>
    </div>
  );
}
