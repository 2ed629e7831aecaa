import { Alert, Button } from 'antd';
import type { CityView, SchemeTableView, SchemeView } from '../../../shared/calls/places.ts';
import { count } from '../../format.ts';
import { schemesText } from '../../text/schemes.ts';
import { useName, useText } from '../../text/use-text.ts';
import { coverageOf, neighboursOf, type SchemeDraft } from './scheme-view.ts';

/** What saving would mean: which version it becomes, and what the regions leave out. */
export function Meaning(props: {
  draft: SchemeDraft;
  schemes: readonly SchemeView[];
  cities: readonly CityView[];
}) {
  const { draft, schemes, cities } = props;
  const text = useText(schemesText);
  const name = useName();
  const own = neighboursOf(draft, schemes);
  const placed = coverageOf(draft, cities);
  const scheme = own ? name(own.name) : '';
  const version =
    own &&
    (own.after !== null
      ? text.newVersionUntil(scheme, draft.validFrom, own.after)
      : own.before !== null
        ? text.newVersionAfter(scheme, draft.validFrom, own.before)
        : text.versionTaken(scheme, draft.validFrom));
  return (
    <>
      {version && <p className="soft">{version}</p>}
      {draft.regions.length > 0 && placed.ofDealers > 0 && (
        <p className="soft">
          {text.coverage(
            count(placed.cities),
            count(placed.ofCities),
            count(placed.dealers),
            count(placed.ofDealers),
          )}
          {placed.dealers < placed.ofDealers &&
            ` · ${text.leavesOut(count(placed.ofDealers - placed.dealers))}`}
        </p>
      )}
    </>
  );
}

/** What a table of cities said, or what of it nobody understands; the draft takes that in only when told to. */
export function TableRead(props: { table: SchemeTableView; nearest: string; onTake: () => void }) {
  const { table, nearest, onTake } = props;
  const text = useText(schemesText);
  const name = useName();
  const { problems, regions, fileName } = table;
  const cities = count(regions.reduce((sum, region) => sum + region.cities.length, 0));
  if (problems.length === 0)
    return (
      <Alert
        type="success"
        showIcon
        title={text.readRows(count(table.rows), cities, count(regions.length))}
      />
    );
  return (
    <Alert
      type="warning"
      showIcon
      title={text.notRead(fileName)}
      description={
        <div className="stack tight">
          <p>{text.problems(count(problems.length))}</p>
          <ul className="bullets short-list">
            {problems.map((one) => (
              <li key={one.row}>
                {text.problemRow(count(one.row), one.value, name(one.message))}
                {one.nearest.length > 0 && ` · ${nearest}${one.nearest.map(name).join(' ')}`}
              </li>
            ))}
          </ul>
          {regions.length > 0 && (
            <Button size="small" className="self-start" onClick={onTake}>
              {text.takeRest(cities)}
            </Button>
          )}
        </div>
      }
    />
  );
}
