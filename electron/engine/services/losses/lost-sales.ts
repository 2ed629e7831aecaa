// Sales lost to other brands: why, to whom and at which stage, by place and quarter, beside those who bought.
import type {
  LostSaleArea,
  LostSalePart,
  LostSaleRole,
  LostSales,
  LostShare,
} from '../../../../shared/calls/lost.ts';
import { LOST_SALE_ROLES } from '../../../../shared/calls/lost.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { hiddenFigures } from '../../../../shared/domain/hidden-figures.ts';
import { DEFAULT_TIERS, tierOf } from '../../../../shared/domain/precision.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import { shareChangeP } from '../../../../shared/domain/share-change.ts';
import { CHANNEL_NAMES, type Channel } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import { adjustFalseDiscovery } from '../../../../shared/math/false-discovery.ts';
import { wilsonInterval } from '../../../../shared/math/proportion.ts';
import type { Context } from '../../context.ts';
import { countChoices } from '../../store/answer-counts.ts';
import { listStudyFiles } from '../../store/evidence.ts';
import { readSetting, writeSetting } from '../../store/ledger.ts';
import { findMeasure, shownAt } from '../figures/figures.ts';
import { sampleAttributes } from '../samples/samples.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';

const CHANNEL = 'lost-sale';
const BUYERS: readonly Channel[] = ['in-house', 'third-party'];
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

/** Sums of weights of one choice (or of everybody who answered) at every node and quarter. */
class ChoiceCube {
  readonly #sums = new Map<string, Float64Array>();
  readonly #nodes: number;

  constructor(workspace: Workspace, { tree }: ChannelCube, attribute: string) {
    this.#nodes = tree.nodes.length;
    const files = listStudyFiles(workspace.reader, CHANNEL).filter(({ kind }) => kind === 'responses');
    const batches = files.map(({ batchId }) => batchId);
    for (const { dealer, quarter, choice, n, sumW, sumW2 } of countChoices(
      workspace.reader,
      batches,
      attribute,
    )) {
      const sums = this.#of(quarter, choice);
      for (let node = tree.nodeOfDealer.get(dealer) ?? -1; node >= 0; node = tree.nodes[node]!.parent) {
        sums[node * 3]! += n;
        sums[node * 3 + 1]! += sumW;
        sums[node * 3 + 2]! += sumW2;
      }
    }
  }

  #of(quarter: Quarter, choice: string | null): Float64Array {
    const key = `${quarter} ${choice === null ? '' : `=${choice}`}`;
    let sums = this.#sums.get(key);
    if (!sums) {
      sums = new Float64Array(this.#nodes * 3);
      this.#sums.set(key, sums);
    }
    return sums;
  }

  at(node: number, quarter: Quarter, choice: string | null): { n: number; sumW: number; nEff: number } {
    const sums = this.#sums.get(`${quarter} ${choice === null ? '' : `=${choice}`}`);
    const [n, sumW, sumW2] = sums ? sums.subarray(node * 3, node * 3 + 3) : [0, 0, 0];
    return { n: n!, sumW: sumW!, nEff: sumW2! > 0 ? sumW! ** 2 / sumW2! : 0 };
  }

  /** One flag a node: 1 where a small base would show, or would follow from its neighbours. */
  hidden(parents: readonly number[], quarter: Quarter): Uint8Array {
    const bases = Float64Array.from(parents, (_, node) => this.at(node, quarter, null).nEff);
    return hiddenFigures(parents, [bases], [], DEFAULT_TIERS.greyFrom)[0]!;
  }
}

interface Scene {
  workspace: Workspace;
  source: ChannelCube;
  node: number;
  quarter: Quarter;
  cubes: Map<LostSaleRole, ChoiceCube>;
}

export function getLostSales(context: Context, input: CallArguments<'lost.sales'>): LostSales {
  const workspace = context.workspace();
  const source = workspace.cube(input.scheme, CHANNEL);
  const node = source.tree.byId.get(input.scope);
  if (node === undefined) throw new AppError('scope-unknown', { scope: input.scope });
  const quarters = source.cube.quarters.filter((quarter) => source.cube.hasData(0, quarter));
  const quarter =
    input.quarter !== undefined && quarters.includes(input.quarter) ? input.quarter : quarters.at(-1)!;
  const attributes = attributesOf(workspace);
  const roles = rolesOf(workspace);
  const cubes = new Map<LostSaleRole, ChoiceCube>();
  for (const role of LOST_SALE_ROLES) {
    const code = roles[role];
    if (code !== null)
      cubes.set(
        role,
        workspace.derived(`choices ${input.scheme} ${code}`, () => new ChoiceCube(workspace, source, code)),
      );
  }
  const scene: Scene = { workspace, source, node, quarter, cubes };
  const parts = LOST_SALE_ROLES.map((role) => partOf(scene, role, roles[role], attributes));
  const known = new Set(workspace.channels());
  return {
    quarter,
    quarters,
    parts,
    attributes: attributes.map(({ code, label }) => ({ code, label })),
    areas: areasOf(scene, parts),
    boughtChannels: BUYERS.filter((one) => known.has(one)).map((channel) => ({
      channel,
      name: CHANNEL_NAMES[channel],
    })),
  };
}

function partOf(
  scene: Scene,
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
  { node, quarter }: Scene,
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
    const p =
      tested && before !== null
        ? shareChangeP({ share, nEff: base.nEff }, { share: before, nEff: earlier.nEff })
        : null;
    return [{ value, label, n: own.n, ...wilsonInterval(share, base.nEff), before, p }];
  });
  const adjusted = adjustFalseDiscovery(rows.map(({ p }) => p ?? 1));
  return rows
    .map(({ p, ...row }, i): LostShare => {
      const points100 = row.before === null ? 0 : 100 * (row.share - row.before);
      const sure = p !== null && adjusted[i]! <= DISCOVERY;
      const significance = !sure ? 'none' : points100 > 0 ? 'higher' : 'lower';
      return { ...row, change: row.before === null ? null : { points100, p, significance } };
    })
    .sort((a, b) => b.share - a.share);
}

/** The place itself and those below it: who was lost there, beside the satisfaction of those who bought. */
function areasOf(scene: Scene, parts: readonly LostSalePart[]): LostSaleArea[] {
  const { workspace, source, node, quarter, cubes } = scene;
  const { tree, cube } = source;
  const buyers = BUYERS.filter((channel) => workspace.channels().includes(channel)).map((channel) => {
    const own = workspace.cube(source.scheme, channel);
    return { channel, measure: findMeasure(workspace, own, '')! };
  });
  const lost = findMeasure(workspace, source, '')!;
  const hidden = new Map([...cubes].map(([role, one]) => [role, one.hidden(cube.parents, quarter)]));
  return [node, ...tree.children[node]!]
    .filter((at) => cube.base(at, quarter).n > 0)
    .map((at): LostSaleArea => {
      const { id, level, name } = tree.nodes[at]!;
      const base = cube.base(at, quarter);
      const shares = (role: LostSaleRole) => {
        const own = cubes.get(role);
        const total = own?.at(at, quarter, null);
        const part = parts.find((one) => one.role === role)!;
        const shown = own && total && total.sumW > 0 && hidden.get(role)?.[at] !== 1;
        return part.shares.map(({ value }) => (shown ? own.at(at, quarter, value).sumW / total.sumW : null));
      };
      return {
        scope: id,
        level,
        name,
        n: base.n,
        tier: tierOf(base.sumW2 > 0 ? base.sumW ** 2 / base.sumW2 : 0),
        shares: { reason: shares('reason'), brand: shares('brand'), stage: shares('stage') },
        lost: shownAt(lost, at, quarter),
        bought: buyers.map(({ channel, measure }) => ({ channel, score: shownAt(measure, at, quarter) })),
      };
    });
}
