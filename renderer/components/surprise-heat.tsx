import type { Bilingual } from '../../shared/domain/language.ts';
import { ABSENT, decimal, signed } from '../format.ts';
import { alertText } from '../text/alerts.ts';
import { commonText } from '../text/common.ts';
import { useName, useText } from '../text/use-text.ts';

interface Heat {
  indicators: { code: string; name: Bilingual }[];
  rows: { scope: string; name: Bilingual; own: boolean; z: (number | null)[] }[];
}

/** Areas down, indicators across: how far each figure lies from what was expected, in standard deviations. */
export function SurpriseHeat({ heat }: { heat: Heat }) {
  const text = useText(alertText);
  const common = useText(commonText);
  const name = useName();
  return (
    <>
      <div className="heat-frame">
        <table className="heat surprises">
          <thead>
            <tr>
              <th scope="col">{common.area}</th>
              {heat.indicators.map((one) => (
                <th key={one.code} scope="col">
                  <span>{name(one.name)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {heat.rows.map((row) => (
              <tr key={row.scope} className={row.own ? 'own' : undefined}>
                <th scope="row">{name(row.name)}</th>
                {row.z.map((z, i) => {
                  const { code, name: item } = heat.indicators[i]!;
                  if (z === null)
                    return (
                      <td key={code} className="faint">
                        {ABSENT}
                      </td>
                    );
                  const strength = Math.min(60, Math.max(0, (Math.abs(z) - 0.5) * 17));
                  return (
                    <td
                      key={code}
                      className={z < 0 ? 'low' : 'high'}
                      style={{ '--heat': `${strength.toFixed(0)}%` } as React.CSSProperties}
                      title={`${name(row.name)} · ${name(item)}: ${text.deviations(decimal(z))}`}
                    >
                      {signed(z)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="hint pad">{text.heatHint}</p>
    </>
  );
}
