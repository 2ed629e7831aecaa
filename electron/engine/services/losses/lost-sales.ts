// Sales lost to other brands: why, to whom and at which stage, by place and quarter, beside those who bought.
import type { Change } from '../../../../shared/calls/figure.ts';
import type { LostSalePart, LostSaleRole, LostSales, LostShare } from '../../../../shared/calls/lost.ts';
import { LOST_SALE_ROLES } from '../../../../shared/calls/lost.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { tierOf } from '../../../../shared/domain/precision.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { shareChangeInterval, shareChangeP } from '../../../../shared/domain/share-change.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import { adjustFalseDiscovery } from '../../../../shared/math/false-discovery.ts';
import { wilsonInterval } from '../../../../shared/math/proportion.ts';
import type { Context } from '../../context.ts';
import { readSetting, writeSetting } from '../../store/ledger.ts';
import { basisNotes } from '../figures/basis-notes.ts';
import { sampleAttributes } from '../samples/samples.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { ChoiceCube, type SalesScene } from './choice-cube.ts';
import { areasOf, buyersOf } from './lost-sale-areas.ts';

const CHANNEL = 'lost-sale';
const SETTING = 'lost-sale-roles';
const QUARTERS = 8;
const DISCOVERY = 0.1;

type Roles = Record<LostSaleRole, string | null>;

/** Told from the name until somebody says otherwise. */
const NAMES: Record<LostSaleRole, RegExp> = {
  stage: /阶段|环节|stage|phase|step/i,
  brand: /品牌|brand|make\b|rival/i,
  reason: /原因|理由|为什么|reason|why/i,
};

function rolesOf(workspace: Workspace): Roles {
  const own = attributesOf(workspace);
  const saved = JSON.parse(readSetting(workspace.reader, SETTING) ?? '{}') as Partial<Roles>;
  const roles: Roles = { reason: null, brand: null, stage: null };
  for (const role of LOST_SALE_ROLES) {
    const chosen = saved[role];
    const guess = own.find(({ code, label }) => NAMES[role].test(`${label.zh} ${label.en} ${code}`))?.code;
    const known = chosen !== undefined && (chosen === null || own.some(({ code }) => code === chosen));
    roles[role] = known ? chosen : (guess ?? null);
  }
  return roles;
}

function attributesOf(workspace: Workspace) {
  return sampleAttributes(workspace).filter(({ channels }) => channels.includes(CHANNEL));
}

export function setLostSaleRoles(
  context: Context,
  roles: CallArguments<'lost.setRoles'>,
): { saved: boolean } {
  const workspace = context.workspace();
  const detail = auditChange(rolesOf(workspace), roles);
  workspace.record({ action: 'lost-sale.roles', subject: CHANNEL, detail }, (db) =>
    writeSetting(db, SETTING, JSON.stringify(roles)),
  );
  return { saved: true };
}

export function getLostSales(context: Context, input: CallArguments<'lost.sales'>): LostSales {
  const workspace = context.workspace();
  const everybody = workspace.cube(input.scheme, CHANNEL);
  const source = workspace.cube(input.scheme, CHANNEL, input.basis);
  const node = source.tree.byId.get(input.scope);
  if (node === undefined) throw new AppError('scope-unknown', { scope: input.scope });
  const quarters = everybody.cube.quarters.filter((quarter) => everybody.cube.hasData(0, quarter));
  const quarter =
    input.quarter !== undefined && quarters.includes(input.quarter) ? input.quarter : quarters.at(-1)!;
  const attributes = attributesOf(workspace);
  const roles = rolesOf(workspace);
  const cubes = new Map<LostSaleRole, ChoiceCube>();
  for (const role of LOST_SALE_ROLES) {
    const code = roles[role];
    if (code === null) continue;
    const whole = choicesOf(workspace, everybody, code);
    cubes.set(role, source === everybody ? whole : choicesOf(workspace, source, code, whole));
  }
  const scene: SalesScene = { workspace, source, basis: input.basis, node, quarter, cubes };
  const parts = LOST_SALE_ROLES.map((role) => partOf(scene, role, roles[role], attributes));
  return {
    quarter,
    quarters,
    parts,
    attributes: attributes.map(({ code, label }) => ({ code, label })),
    areas: areasOf(scene, parts),
    boughtChannels: buyersOf(workspace).map((channel) => ({
      channel,
      name: CHANNEL_NAMES[channel],
    })),
    notes: basisNotes([
      source,
      ...buyersOf(workspace).map((channel) => workspace.cube(input.scheme, channel, input.basis)),
    ]),
  };
}

function choicesOf(workspace: Workspace, source: ChannelCube, code: string, whole?: ChoiceCube): ChoiceCube {
  const known = CHOICES.get(source) ?? new Map<string, ChoiceCube>();
  CHOICES.set(source, known);
  let cube = known.get(code);
  if (!cube) {
    cube = new ChoiceCube(workspace, source, code, whole);
    known.set(code, cube);
  }
  return cube;
}

/** Follows from a cube and is forgotten with it. */
const CHOICES = new WeakMap<ChannelCube, Map<string, ChoiceCube>>();

function partOf(
  scene: SalesScene,
  role: LostSaleRole,
  attribute: string | null,
  attributes: ReturnType<typeof attributesOf>,
): LostSalePart {
  const { source, node, quarter } = scene;
  const cube = scene.cubes.get(role);
  const known = attributes.find(({ code }) => code === attribute);
  if (!cube || !known)
    return { role, attribute: null, label: null, n: 0, nEff: 0, tier: 'hidden', shares: [], quarters: [] };
  const base = cube.at(node, quarter, null);
  const hidden = (at: Quarter) => cube.hidden(source.cube.parents, at)[node] === 1;
  const shares = hidden(quarter) ? [] : sharesOf(scene, cube, known.choices, hidden(quarter - 1));
  const order =
    shares.length > 0 ? shares.map(({ value }) => value) : known.choices.map(({ value }) => value);
  const from = Math.max(source.cube.quarters[0]!, quarter - QUARTERS + 1);
  return {
    role,
    attribute,
    label: known.label,
    n: base.n,
    nEff: base.nEff,
    tier: hidden(quarter) ? 'hidden' : tierOf(base.nEff),
    shares,
    quarters: Array.from({ length: quarter - from + 1 }, (_, i) => {
      const at = from + i;
      const own = cube.at(node, at, null);
      const shown = own.sumW > 0 && !hidden(at);
      return {
        quarter: at,
        n: own.n,
        shares: order.map((value) => (shown ? cube.at(node, at, value).sumW / own.sumW : null)),
      };
    }),
  };
}

function sharesOf(
  { node, quarter }: SalesScene,
  cube: ChoiceCube,
  choices: readonly { value: string; label: LostShare['label'] }[],
  beforeHidden: boolean,
): LostShare[] {
  const base = cube.at(node, quarter, null);
  const earlier = cube.at(node, quarter - 1, null);
  if (base.sumW === 0) return [];
  const comparable = !beforeHidden && earlier.sumW > 0;
  const tested = comparable && tierOf(base.nEff) === 'full' && tierOf(earlier.nEff) === 'full';
  const rows = choices.flatMap(({ value, label }) => {
    const own = cube.at(node, quarter, value);
    const share = Math.min(1, own.sumW / base.sumW);
    const before = comparable ? Math.min(1, cube.at(node, quarter - 1, value).sumW / earlier.sumW) : null;
    if (own.n === 0 && (before === null || before === 0)) return [];
    const sides =
      before === null
        ? null
        : ([
            { share, nEff: base.nEff },
            { share: before, nEff: earlier.nEff },
          ] as const);
    const p = tested && sides ? shareChangeP(...sides) : null;
    const interval = sides && shareChangeInterval(...sides);
    const margin100 = interval ? 50 * (interval.high - interval.low) : null;
    return [{ value, label, n: own.n, ...wilsonInterval(share, base.nEff), before, p, margin100 }];
  });
  const adjusted = adjustFalseDiscovery(rows.map(({ p }) => p ?? 1));
  return rows
    .map(({ p, margin100, ...row }, i): LostShare => {
      const points100 = row.before === null ? 0 : 100 * (row.share - row.before);
      const sure = p !== null && adjusted[i]! <= DISCOVERY;
      const significance: Change['significance'] = !sure ? 'none' : points100 > 0 ? 'higher' : 'lower';
      const judged = p === null ? {} : { adjustedP: adjusted[i]! };
      const margin = margin100 === null ? {} : { margin100 };
      const change = row.before === null ? null : { points100, p, ...judged, ...margin, significance };
      return { ...row, change };
    })
    .sort((a, b) => b.share - a.share);
}
