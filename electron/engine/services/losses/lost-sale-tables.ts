// Lost sales as tables in a file: shares of the quarter and of those before, by area, and satisfaction beside buyers.
import type { WrittenFile } from '../../../../shared/calls/figure.ts';
import type { LostSalePart, LostSaleRole, LostSales } from '../../../../shared/calls/lost.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { PrecisionTier } from '../../../../shared/domain/precision.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import { commonDisplay, nativeScale } from '../../../../shared/domain/score/score-format.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import type { Context } from '../../context.ts';
import { type FileTable, type TableCell, writeTables } from '../../documents/table-file.ts';
import { getCatalog } from '../figures/catalog.ts';
import { type Say, ScoreColumns, sayIn } from '../figures/score-columns.ts';
import { getLostSales } from './lost-sales.ts';

const ROLES: Record<LostSaleRole, Bilingual> = {
  reason: { zh: '战败原因', en: 'Reason' },
  brand: { zh: '购买品牌', en: 'Brand bought' },
  stage: { zh: '战败阶段', en: 'Stage at which lost' },
};

export function exportSales(
  context: Context,
  input: CallArguments<'lost.exportSales'>,
): Promise<WrittenFile> {
  const { path, language, display, ...asked } = input;
  const sales = getLostSales(context, asked);
  const say = sayIn(language);
  const told = sales.parts.filter((part) => part.attribute !== null);
  return writeTables(path, [
    ...told.map((part) => shareTable(sales, part, say)),
    ...told.map((part) => areaTable(sales, part, say)),
    satisfactionTable(context, sales, { say, language, display }),
  ]);
}

const percent = (share: number | null) => (share === null ? null : share * 100);

const tierWord = (tier: PrecisionTier, say: Say) =>
  tier === 'full'
    ? say('完整', 'full')
    : tier === 'grey'
      ? say('样本偏少', 'small base')
      : say('不显示', 'not shown');

const intervalColumns = (say: Say) => [
  { title: say('95% 下限', '95 % from'), decimals: 1 },
  { title: say('95% 上限', '95 % to'), decimals: 1 },
];

function shareTable({ quarter }: LostSales, part: LostSalePart, say: Say): FileTable {
  const title = say(ROLES[part.role].zh, ROLES[part.role].en);
  const quarters = part.quarters.filter((one) => one.quarter !== quarter);
  const significance = { higher: say('显著高', 'higher'), lower: say('显著低', 'lower'), none: '' };
  return {
    name: `${title} ${formatQuarter(quarter)}`,
    columns: [
      { title },
      { title: say('人数', 'People'), decimals: 0 },
      { title: say('占比 %', 'Share, %'), decimals: 1 },
      ...intervalColumns(say),
      { title: say('较上季（百分点）', 'Since last quarter, pp'), decimals: 1 },
      { title: say('误差 ±', 'margin ±'), decimals: 1 },
      { title: say('校正后 p', 'adjusted p'), decimals: 4 },
      { title: say('显著性', 'significance') },
      { title: say('样本量', 'base'), decimals: 0 },
      { title: say('有效样本量', 'effective base'), decimals: 1 },
      { title: say('级别', 'tier') },
      ...quarters.map((one) => ({ title: `${formatQuarter(one.quarter)} %`, decimals: 1 })),
    ],
    rows: part.shares.map((one, i) => [
      say(one.label.zh, one.label.en),
      one.n,
      percent(one.share),
      percent(one.low),
      percent(one.high),
      one.change?.points100 ?? null,
      one.change?.margin100 ?? null,
      one.change?.adjustedP ?? one.change?.p ?? null,
      one.change ? significance[one.change.significance] : null,
      part.n,
      part.nEff,
      tierWord(part.tier, say),
      ...quarters.map(({ shares }) => percent(shares[i] ?? null)),
    ]),
  };
}

function areaTable({ areas, quarter }: LostSales, part: LostSalePart, say: Say): FileTable {
  const title = say(ROLES[part.role].zh, ROLES[part.role].en);
  return {
    name: `${title} ${say('分地区', 'by area')} ${formatQuarter(quarter)}`,
    columns: [
      { title: say('地区', 'Area') },
      { title: say('战败客户', 'Lost customers'), decimals: 0 },
      { title: say('级别', 'tier') },
      ...part.shares.flatMap(({ label }) => {
        const choice = say(label.zh, label.en);
        return [
          { title: `${choice} %`, decimals: 1 },
          ...intervalColumns(say).map((column) => ({ ...column, title: `${choice} ${column.title}` })),
        ];
      }),
    ],
    rows: areas.map((area) => [
      say(area.name.zh, area.name.en),
      area.n,
      tierWord(area.tier, say),
      ...area.shares[part.role].flatMap((one): TableCell[] =>
        one ? [percent(one.share), percent(one.low), percent(one.high)] : [null, null, null],
      ),
    ]),
  };
}

function satisfactionTable(
  context: Context,
  { areas, boughtChannels, quarter }: LostSales,
  { say, language, display }: Pick<CallArguments<'lost.exportSales'>, 'language' | 'display'> & { say: Say },
): FileTable {
  const as = new ScoreColumns(commonDisplay(display), language);
  const { channels } = getCatalog(context);
  const scale = (channel: Channel) => nativeScale(channels, channel, '');
  const above = say('高于战败', 'above those lost');
  return {
    name: `${say('战败与已购', 'Lost and buyers')} ${formatQuarter(quarter)}`,
    columns: [
      { title: say('地区', 'Area') },
      ...as.score(say('战败客户', 'Lost customers')),
      ...boughtChannels.flatMap(({ name }) => [
        ...as.score(say(`已购客户 ${name.zh}`, `Buyers, ${name.en}`)),
        ...as.change(`${say(name.zh, name.en)} ${above}`),
      ]),
    ],
    rows: areas.map((area) => [
      say(area.name.zh, area.name.en),
      ...as.scoreCells(area.lost, scale('lost-sale')),
      ...area.bought.flatMap(({ channel, score, difference }) => [
        ...as.scoreCells(score, scale(channel)),
        ...as.changeCells(difference, scale(channel)),
      ]),
    ]),
  };
}
