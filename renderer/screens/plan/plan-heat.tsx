import { Select } from 'antd';
import { memo, useMemo, useState } from 'react';
import type { Catalog } from '../../../shared/calls/catalog.ts';
import { baselineMargin, type PlanView } from '../../../shared/domain/plan/plan-facts.ts';
import { Pages } from '../../components/pages.tsx';
import { Panel } from '../../components/panel.tsx';
import { ABSENT, count, decimal } from '../../format.ts';
import { useOnPaper } from '../../print.ts';
import type { Said } from '../../text/both.ts';
import { commonText } from '../../text/common.ts';
import { planText } from '../../text/plan.ts';
import { planWorkText } from '../../text/plan-work.ts';
import { useName, useText } from '../../text/use-text.ts';
import { type HeatCell, type HeatMeasure, heatOf, heatText, measureNames } from './view.ts';

/** Areas down, indicators across, one measure at a time; colour follows the measure. */
export const PlanHeat = memo(function PlanHeat(props: {
  plan: PlanView;
  catalog: Catalog;
  onCell?: ((area: string, indicator: string) => void) | undefined;
  robust?: ReadonlySet<string> | undefined;
}) {
  const { plan, catalog, onCell, robust } = props;
  const work = useText(planWorkText);
  const text = useText(planText);
  const [measure, setMeasure] = useState<HeatMeasure>('extraOfCell');
  const names = measureNames(text);
  return (
    <Panel
      title={text.heat}
      note={onCell && work.editHint}
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
      <HeatTable plan={plan} catalog={catalog} measure={measure} onCell={onCell} robust={robust} />
    </Panel>
  );
});

/** Beyond this many rows a table is browsed by page. */
const PAGE_ROWS = 60;

function HeatTable(props: {
  plan: PlanView;
  catalog: Catalog;
  measure: HeatMeasure;
  onCell?: ((area: string, indicator: string) => void) | undefined;
  robust?: ReadonlySet<string> | undefined;
}) {
  const { plan, catalog, measure, onCell, robust } = props;
  const work = useText(planWorkText);
  const [page, setPage] = useState(1);
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
  const paper = useOnPaper();
  const areas = paper ? heat.areas : heat.areas.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  return (
    <>
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
            {areas.map((area) => (
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
                  const isRobust = robust?.has(`${area.id}|${code}`) ?? false;
                  const details = `${name(area.name)} · ${nameOf(code)}\n${text.now} ${decimal(cell.baseline)} → ${text.target} ${decimal(cell.target)}\n${text.baseOf(count(cell.n))} · ${common.margin} ±${decimal(baselineMargin(cell))}${cell.shrunk ? ` · ${text.shrunk}` : ''}`;
                  return (
                    <td
                      key={code}
                      title={[details, cell.locked && work.locked, isRobust && work.robust, cell.note]
                        .filter(Boolean)
                        .join(' · ')}
                      className={classOf(cell, isRobust)}
                      style={
                        {
                          '--heat': `${(heat.strength(cell, measure) * 55).toFixed(0)}%`,
                        } as React.CSSProperties
                      }
                    >
                      {onCell ? (
                        <button
                          type="button"
                          aria-label={`${work.editCell}: ${name(area.name)} · ${nameOf(code)}`}
                          onClick={() => onCell(area.id, code)}
                        >
                          {heatText(cell, measure)}
                        </button>
                      ) : (
                        heatText(cell, measure)
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="hint heat-legend">{heatLegend(plan, robust, work)}</p>
      <Pages page={page} size={PAGE_ROWS} total={heat.areas.length} onChange={setPage} />
    </>
  );
}

/** What the marks in the table mean, as far as they occur. */
function heatLegend(
  plan: PlanView,
  robust: ReadonlySet<string> | undefined,
  work: Said<typeof planWorkText>,
): string {
  const marks = [
    plan.cells.some((cell) => cell.shrunk) && work.legendShrunk,
    plan.cells.some((cell) => cell.locked) && work.legendLocked,
    (robust?.size ?? 0) > 0 && work.legendRobust,
  ];
  return marks.filter((mark) => mark !== false).join(work.legendBetween);
}

function classOf({ shrunk, locked }: HeatCell, isRobust: boolean): string | undefined {
  return (
    [shrunk && 'shrunk', locked && 'locked', isRobust && 'robust'].filter(Boolean).join(' ') || undefined
  );
}
