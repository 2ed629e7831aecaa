// Who stopped coming as tables in a file, each with the rules that its figures were told by.
import type { WrittenFile } from '../../../../shared/calls/figure.ts';
import type { LossUnit, VisitLoss } from '../../../../shared/calls/lost.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { FunnelPosition } from '../../../../shared/domain/funnel.ts';
import { type Bilingual, inLanguage } from '../../../../shared/domain/language.ts';
import {
  formatMonth,
  LAPSE_STATES,
  type LapseRules,
  VISIT_CLASSES,
} from '../../../../shared/domain/visits/lapse.ts';
import {
  classMeaning,
  LAPSE_WORDS,
  LOSS_RATE_WORDS,
  lapseMeaning,
  visitClassName,
} from '../../../../shared/domain/visits/lapse-words.ts';
import type { Context } from '../../context.ts';
import { type FileTable, writeTables } from '../../documents/table-file.ts';
import { type Say, sayIn } from '../figures/score-columns.ts';
import { getVisitLoss, marginOf, sceneOf } from './visit-loss.ts';

export function exportMargin(
  context: Context,
  input: CallArguments<'lost.exportMargin'>,
): Promise<WrittenFile> {
  const scene = sceneOf(context.workspace(), input);
  const say = sayIn(input.language);
  const title = say('边缘客户', 'Customers at the margin');
  const list: FileTable = {
    name: scene ? `${title} ${formatMonth(scene.month)}` : title,
    columns: [
      { title: say('客户（假名）', 'Customer (pseudonym)') },
      { title: say('最后进店经销商', 'Dealer of the last visit') },
      { title: say('服务顾问', 'Adviser') },
      { title: say('距上次进店月数', 'Months since the last visit') },
      { title: say('近 12 个月进店次数', 'Visits in the last 12 months') },
      { title: say('客户等级', 'Class') },
    ],
    rows: (scene ? marginOf(scene) : []).map((row) => [
      row.pseudonym,
      inLanguage(row.dealer, input.language),
      row.adviser,
      row.since,
      row.visits,
      row.class,
    ]),
  };
  return writeTables(input.path, [list, rulesTable(input.rules, say)]);
}

export function exportLoss(context: Context, input: CallArguments<'lost.exportLoss'>): Promise<WrittenFile> {
  const loss = getVisitLoss(context, input);
  const say = sayIn(input.language);
  return writeTables(input.path, [
    unitTable(say('按经销商', 'By dealer'), loss.dealers, say),
    unitTable(say('按服务顾问', 'By adviser'), loss.advisers, say),
    monthTable(loss, say),
    rulesTable(loss.rules, say),
  ]);
}

const FUNNEL: Record<FunnelPosition, Bilingual> = {
  'far-above': { zh: '明显偏高', en: 'far above' },
  above: { zh: '偏高', en: 'above' },
  inside: { zh: '正常范围', en: 'inside' },
  below: { zh: '偏低', en: 'below' },
  'far-below': { zh: '明显偏低', en: 'far below' },
};

function unitTable(name: string, units: readonly LossUnit[], say: Say): FileTable {
  const within = units.some((unit) => unit.within !== null);
  const said = (text: Bilingual | null) => (text ? say(text.zh, text.en) : null);
  return {
    name,
    columns: [
      ...(within ? [{ title: say('服务顾问', 'Adviser') }] : []),
      { title: say('经销商', 'Dealer') },
      { title: say('活跃＋边缘客户', 'Active and marginal customers'), decimals: 0 },
      { title: say('边缘客户', 'Marginal customers'), decimals: 0 },
      { title: say('流失率 %', 'Loss rate, %'), decimals: 1 },
      { title: say('95% 下限', '95 % from'), decimals: 1 },
      { title: say('95% 上限', '95 % to'), decimals: 1 },
      { title: say('级别', 'tier') },
      { title: say('与总体相比', 'Against the whole') },
    ],
    rows: units.map((unit) => [
      ...(within ? [said(unit.name)] : []),
      said(within ? unit.within : unit.name),
      unit.n,
      unit.rate === null ? null : unit.states.marginal,
      percent(unit.rate),
      percent(unit.low),
      percent(unit.high),
      unit.tier === 'full'
        ? say('完整', 'full')
        : unit.tier === 'grey'
          ? say('客户偏少', 'few customers')
          : say('不显示', 'not shown'),
      unit.funnel ? said(FUNNEL[unit.funnel]) : null,
    ]),
  };
}

const percent = (share: number | null) => (share === null ? null : share * 100);

function monthTable({ months }: VisitLoss, say: Say): FileTable {
  return {
    name: say('逐月状态', 'States by month'),
    columns: [
      { title: say('月份', 'Month') },
      ...LAPSE_STATES.map((state) => ({
        title: say(LAPSE_WORDS[state].zh, LAPSE_WORDS[state].en),
        decimals: 0,
      })),
      { title: say('新进入边缘', 'Became marginal'), decimals: 0 },
      { title: say('回店', 'Returned'), decimals: 0 },
    ],
    rows: months.map((at) => [
      formatMonth(at.month),
      ...LAPSE_STATES.map((state) => at[state]),
      at.entered,
      at.returned,
    ]),
  };
}

/** What each word of the tables means. */
function rulesTable(rules: LapseRules, say: Say): FileTable {
  const row = (name: Bilingual, meaning: Bilingual) => [say(name.zh, name.en), say(meaning.zh, meaning.en)];
  return {
    name: say('判定规则', 'Rules'),
    columns: [{ title: say('名称', 'Name') }, { title: say('含义', 'Meaning') }],
    rows: [
      ...LAPSE_STATES.map((state) => row(LAPSE_WORDS[state], lapseMeaning(state, rules))),
      row(LOSS_RATE_WORDS.name, LOSS_RATE_WORDS.meaning),
      ...VISIT_CLASSES.map((letter) => row(visitClassName(letter), classMeaning(letter, rules))),
    ],
  };
}
