import { Select } from 'antd';
import type { LostSaleRole, LostSales } from '../../../shared/calls/lost.ts';
import { formatQuarter } from '../../../shared/domain/quarter.ts';
import { call, useCall, useChange } from '../../api.ts';
import { BasisNotes } from '../../components/basis-notes.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import {
  QuarterPicker,
  type ReadySlice,
  SamplePicker,
  SchemePicker,
  ScopePicker,
} from '../../components/slice.tsx';
import { Fault, Nothing, Ready } from '../../components/states.tsx';
import { useSession } from '../../session.ts';
import { lostText } from '../../text/lost.ts';
import { useName, useText } from '../../text/use-text.ts';
import { LostSaleAreas } from './lost-sale-areas.tsx';
import { LostSalePartPanel } from './lost-sale-part.tsx';

/** Why sales were lost, to whom and when, beside the satisfaction of those who bought. */
export function LostSalesPart({ slice }: { slice: ReadySlice }) {
  const text = useText(lostText);
  const { scheme, scope, quarter, catalog, basis } = slice;
  const { language, display } = useSession();
  const has = catalog.channels.some(({ channel }) => channel === 'lost-sale');
  const sales = useCall('lost.sales', has ? { scheme, scope, quarter, basis } : null);
  if (!has) return <Nothing height={300}>{text.noSales}</Nothing>;
  return (
    <div className="stack">
      <div className="filters">
        <ScopePicker slice={slice} />
        <SchemePicker slice={slice} />
        <QuarterPicker slice={slice} quarters={sales.data?.quarters} />
        <SamplePicker />
        <span className="facts-gap" />
        {sales.data && (
          <ExportButton
            name={`${text.sales} ${formatQuarter(sales.data.quarter)}`}
            write={(path) =>
              call('lost.exportSales', { scheme, scope, quarter, basis, path, language, display })
            }
          />
        )}
      </div>
      <Ready of={sales} height={500}>
        {(data) => (
          <>
            <BasisNotes notes={data.notes} />
            <div className="parts">
              {data.parts.map((part) => (
                <LostSalePartPanel
                  key={part.role}
                  part={part}
                  extra={<RoleAttribute sales={data} role={part.role} />}
                />
              ))}
            </div>
            <LostSaleAreas sales={data} />
          </>
        )}
      </Ready>
    </div>
  );
}

/** Which attribute of the study tells a role; the choice is kept for everybody who opens the database. */
function RoleAttribute({ sales, role }: { sales: LostSales; role: LostSaleRole }) {
  const text = useText(lostText);
  const name = useName();
  const save = useChange('lost.setRoles');
  const chosen = Object.fromEntries(sales.parts.map((part) => [part.role, part.attribute])) as Record<
    LostSaleRole,
    string | null
  >;
  return (
    <>
      {save.error && <Fault error={save.error} />}
      <Select
        size="small"
        allowClear
        aria-label={text.toldBy(text[role])}
        title={text.toldBy(text[role])}
        style={{ width: 170 }}
        placeholder={text.noRole}
        value={chosen[role] ?? undefined}
        onChange={(code?: string) => save.mutate({ ...chosen, [role]: code ?? null })}
        options={sales.attributes.map((one) => ({ value: one.code, label: name(one.label) }))}
      />
    </>
  );
}
