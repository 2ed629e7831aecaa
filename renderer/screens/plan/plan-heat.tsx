import { Select } from 'antd';
import { memo, useMemo, useState } from 'react';
import type { Catalog, PlanView } from '../../../shared/views.ts';
import { Panel } from '../../components/panel.tsx';
import { ABSENT, count, decimal } from '../../format.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { useName, useText } from '../../text/use-text.ts';
import { type HeatMeasure, heatOf, heatText, measureNames } from './view.ts';

/** Areas down, indicators across, one measure at a time; colour follows the measure. */
export const PlanHeat = memo(function PlanHeat({ plan, catalog }: { plan: PlanView; catalog: Catalog }) {
  const text = useText(planText);
  const [measure, setMeasure] = useState<HeatMeasure>('extraOfCell');
  const names = measureNames(text);
  return (
    <Panel
      title={text.heat}
      flush
      extra={
        <Select
          aria-label={text.show}
          value={measure}
          onChange={setMeasure}
          popupMatchSelectWidth={false}
          options={(Object.keys(names) as HeatMeasure[]).map((value) => ({ value, label: names[value] }))}
        />
      }
    >
      <HeatTable plan={plan} catalog={catalog} measure={measure} />
    </Panel>
  );
});

function HeatTable({ plan, catalog, measure }: { plan: PlanView; catalog: Catalog; measure: HeatMeasure }) {
  const text = useText(planText);
  const common = useText(commonText);
  const name = useName();
  const heat = useMemo(() => heatOf(plan), [plan]);
  const indicators = useMemo(() => new Map(catalog.indicators.map((one) => [one.code, one.name])), [catalog]);
  const isScore = measure === 'baseline' || measure === 'target' || measure === 'drift';
  const nameOf = (code: string) => {
    const found = indicators.get(code);
    return found ? name(found) : code;
  };
  return (
    <div className="heat-frame">
      <table className={`heat ${isScore ? 'scores' : 'extras'}`}>
        <thead>
          <tr>
            <th scope="col">{common.area}</th>
            {heat.codes.map((code) => (
              <th key={code} scope="col" title={nameOf(code)}>
                <span>{nameOf(code)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {heat.areas.map((area) => (
            <tr key={area.id}>
              <th scope="row">{name(area.name)}</th>
              {heat.codes.map((code) => {
                const cell = heat.cellAt(area.id, code);
                if (!cell) {
                  return (
                    <td key={code} className="faint">
                      {ABSENT}
                    </td>
                  );
                }
                const details = `${name(area.name)} · ${nameOf(code)}\n${text.now} ${decimal(cell.baseline)} → ${text.target} ${decimal(cell.target)}\n${text.baseOf(count(cell.n))}${cell.shrunk ? ` · ${text.shrunk}` : ''}`;
                return (
                  <td
                    key={code}
                    title={details}
                    className={cell.shrunk ? 'shrunk' : undefined}
                    style={
                      {
                        '--heat': `${(heat.strength(cell, measure) * 55).toFixed(0)}%`,
                      } as React.CSSProperties
                    }
                  >
                    {heatText(cell, measure)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
