import type { StandingRow } from '../../../shared/calls/overview.ts';
import { PROVINCE_TILES, PROVINCES } from '../../../shared/domain/geography.ts';
import { tileName } from '../../components/tile-name.ts';
import { count } from '../../format.ts';
import { useScoreFormat } from '../../score-format.ts';
import { useSession } from '../../session.ts';
import { commonText } from '../../text/common.ts';
import { overviewText } from '../../text/overview.ts';
import { useName, useText } from '../../text/use-text.ts';
import { stepOf } from './view.ts';

/** Provinces as tiles roughly where they lie, coloured by score; each tile opens its province. */
export function TileMap(props: { rows: Map<string, StandingRow>; onOpen: (row: StandingRow) => void }) {
  const { rows, onOpen } = props;
  const text = useText(overviewText);
  const name = useName();
  const language = useSession((session) => session.language);
  const as = useScoreFormat();
  const common = useText(commonText);
  const step = stepOf(rows.values());
  return (
    <div className="tiles">
      {PROVINCES.map((province) => {
        const tile = PROVINCE_TILES[province.code];
        const row = rows.get(province.code);
        if (!tile) return null;
        const place = { gridColumn: tile[0] + 1, gridRow: tile[1] + 1 };
        const label = tileName(province, language);
        if (!row?.score) {
          return (
            <span key={province.code} className="tile empty" style={place}>
              <span>{label}</span>
            </span>
          );
        }
        return (
          <button
            key={province.code}
            type="button"
            className={`tile step${step(row)} ${row.score.tier}`}
            style={place}
            title={`${name(row.name)} ${as.score(row.score.score100)} ± ${as.length(row.score.margin100)} · ${common.base} ${count(row.score.n)}`}
            onClick={() => onOpen(row)}
          >
            <span>{label}</span>
            <b>{as.figure(row.score.score100)}</b>
          </button>
        );
      })}
      <span className="tile-key" aria-hidden="true">
        {text.below}
        <i className="step0" />
        <i className="step1" />
        <i className="step2" />
        <i className="step3" />
        <i className="step4" />
        {text.above}
      </span>
    </div>
  );
}
