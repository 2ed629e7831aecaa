// What the reader of a table has to know: what it was narrowed to, how it was weighted, what counts twice, who was
// not asked.

import type { AttributeFilter } from '../../../../shared/calls/explore.ts';
import { counted } from '../../../../shared/domain/counted.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { filesIn } from '../../store/evidence.ts';
import { listSchemes } from '../../store/places.ts';
import { basisNotes, rollingNotes, spreadNotes } from '../figures/basis-notes.ts';
import { indicatorName } from '../figures/catalog.ts';
import { partsOf } from '../figures/figures.ts';
import type { ResolvedBasis } from '../workspace/basis.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { type AskedAttribute, channelAnswers, standingValue } from './channel-answers.ts';
import { comparisonNotes } from './comparison-notes.ts';
import { NO_ANSWER } from './explore-dimensions.ts';
import type { TableScene } from './explore-scene.ts';

const grouped = new Intl.NumberFormat('en-US').format;

/** What came of a table that its reader has to know. */
interface TableFacts {
  tests: number;
  hidden: number;
  rows: [shown: number, all: number];
  /** Levels of areas that nobody who answered stands in. */
  placeless: readonly Bilingual[];
}

/** Sentences in the order in which they are to be read. */
export function notesOf(scene: TableScene, { tests, hidden, rows, placeless }: TableFacts): Bilingual[] {
  const { query } = scene;
  return [
    narrowing(scene),
    ...placeless.map((level) => placelessWords(scene, level)),
    ...answersNotes(scene),
    weightingWords(scene.workspace, query.scheme, scene.cubes[0]!.basis),
    ...basisNotes(scene.cubes),
    ...rollingNotes(scene.cubes),
    ...spreadNotes(scene.workspace, scene.cubes),
    ...(query.measures.includes('satisfied')
      ? [
          {
            zh: '满意率：百分制得分 75 及以上（十分制 8 分、五分制 4 分起）的答案占比；综合指标按题目权重平均。',
            en: 'Satisfied: share of answers of 75 or more on 0-100 (8 of 10, 4 of 5); of a factor or the index the mean by item weights.',
          },
        ]
      : []),
    ...singleAnswerNotes(scene),
    ...comparisonNotes(scene),
    ...baseNotes(scene),
    ...(tests > 0 ? [testing(tests, query.falseDiscovery, scene.workspace.rules().q)] : []),
    ...(hidden > 0
      ? [
          {
            zh: `有 ${grouped(hidden)} 个单元格因有效样本量不足 ${scene.cubes[0]!.tiers.greyFrom}，或会泄露这样的单元格，而不显示。`,
            en: `${counted(grouped(hidden), 'cell is', 'cells are')} not shown: the effective base is below ${scene.cubes[0]!.tiers.greyFrom}, or such a cell could be worked out from it.`,
          },
        ]
      : []),
    ...(rows[0] < rows[1]
      ? [
          {
            zh: `显示前 ${grouped(rows[0])} 行，共 ${grouped(rows[1])} 行。`,
            en: `The first ${grouped(rows[0])} of ${counted(grouped(rows[1]), 'row')}.`,
          },
        ]
      : []),
  ];
}

/** Channels of which only scores are known have no share of the satisfied. */
function singleAnswerNotes({ workspace, query, cubes }: TableScene): Bilingual[] {
  if (!query.measures.includes('satisfied')) return [];
  return cubes
    .filter(({ channel }) => channelAnswers(workspace, channel).responses.length === 0)
    .map(({ channel }) => ({
      zh: `${CHANNEL_NAMES[channel].zh}只提供得分，没有逐份答案，因此没有满意率。`,
      en: `${CHANNEL_NAMES[channel].en} gives scores without single answers, so there is no share of the satisfied.`,
    }));
}

/** The base of a whole is that of the item that most answered, which differs from part to part. */
function baseNotes({ workspace, query, cubes, indicator }: TableScene): Bilingual[] {
  if (!query.measures.some((code) => code === 'n' || code === 'n-eff')) return [];
  const byIndicator = [...query.rows, ...query.columns].some((one) => one.kind === 'indicator');
  if (!byIndicator && cubes.every((cube) => !partsOf(workspace, cube, indicator).whole)) return [];
  return [
    {
      zh: '综合指标与因子的样本量取回答最多的题目，因此各部分之和可能略多于合计。',
      en: 'The base of the index and of factors is that of the item that most answered, so the parts may add up to slightly more than the total.',
    },
  ];
}

function placelessWords({ workspace, query }: TableScene, level: Bilingual): Bilingual {
  const scheme = listSchemes(workspace.reader).find((one) => one.id === query.scheme);
  return {
    zh: `在区域方案“${scheme?.nameZh ?? ''}”中，作答者所在的地点不属于任何${level.zh}，因此只有合计。可换一个区域方案或较细的层级。`,
    en: `In the region scheme "${scheme?.nameEn ?? ''}" the places of those who answered belong to no ${level.en.toLowerCase()}, so there is the total only. Choose another scheme or a finer level.`,
  };
}

function narrowing(scene: TableScene): Bilingual {
  const { workspace, query, tree, cubes, node, first, last, indicator } = scene;
  const span = first === last ? formatQuarter(first) : `${formatQuarter(first)}–${formatQuarter(last)}`;
  const parts = [
    ...cubes.map(({ channel }) => CHANNEL_NAMES[channel]),
    tree.nodes[node]!.name,
    { zh: span, en: span },
    indicatorName(workspace, indicator),
    ...query.filters.attributes.map((filter) => filterOf(filter, scene.attributes)),
  ];
  return {
    zh: `范围：${parts.map((one) => one.zh).join('；')}。`,
    en: `Covers: ${parts.map((one) => one.en).join('; ')}.`,
  };
}

function filterOf(
  { code, values }: AttributeFilter,
  attributes: ReadonlyMap<string, AskedAttribute>,
): Bilingual {
  const attribute = attributes.get(code)!;
  const { label, values: known } = attribute;
  const names = [...new Set(values.map((value) => standingValue(attribute, value)))].map((value) =>
    value === '' ? NO_ANSWER : (known.find((one) => one.value === value)?.label ?? { zh: value, en: value }),
  );
  return {
    zh: `${label.zh}＝${names.map((one) => one.zh).join('、')}`,
    en: `${label.en} = ${names.map((one) => one.en).join(', ')}`,
  };
}

/** The attributes that a figure is narrowed by; null where there are none. */
export function filterWords(
  filters: readonly AttributeFilter[],
  attributes: ReadonlyMap<string, AskedAttribute>,
): Bilingual | null {
  if (filters.length === 0) return null;
  const words = filters.map((filter) => filterOf(filter, attributes));
  return {
    zh: `只计：${words.map((one) => one.zh).join('；')}。`,
    en: `Only: ${words.map((one) => one.en).join('; ')}.`,
  };
}

/** Which respondents, weights, scheme and data a figure was made with. */
export function weightingWords(workspace: Workspace, schemeId: number, basis: ResolvedBasis): Bilingual {
  const { weightSet } = workspace.indicators(basis.weightSet);
  const scheme = listSchemes(workspace.reader).find((one) => one.id === schemeId);
  const who =
    basis.filter === null
      ? { zh: '受访者', en: 'Respondents' }
      : { zh: '所选样本的受访者', en: "The sample's respondents" };
  const how =
    basis.weighting === null
      ? { zh: '按各研究自带的权重加权', en: "carry their study's weights" }
      : { zh: `按加权方案 ${basis.weighting} 加权`, en: `carry the weights of weighting ${basis.weighting}` };
  return {
    zh: `${who.zh}${how.zh}；指标权重第 ${weightSet.version} 版；区域方案“${scheme?.nameZh ?? ''}”；数据版本 ${workspace.dataVersion}。`,
    en: `${who.en} ${how.en}; indicator weights version ${weightSet.version}; region scheme "${scheme?.nameEn ?? ''}"; data version ${workspace.dataVersion}.`,
  };
}

function testing(tests: number, adjusted: boolean, q: number): Bilingual {
  const level = Number((100 * q).toFixed(2));
  return adjusted
    ? {
        zh: `▲▼ 表示差异显著：本表 ${grouped(tests)} 次检验的错误发现率一并控制在 ${level}%。`,
        en: `▲▼ mark differences that are more than chance: the false-discovery rate of the table's ${counted(grouped(tests), 'test')} is held at ${level} % together.`,
      }
    : {
        zh: `▲▼ 表示差异显著：本表 ${grouped(tests)} 次检验各按 ${level}% 判断，未作多重比较控制。`,
        en: `▲▼ mark differences that are more than chance: each of the table's ${counted(grouped(tests), 'test')} at ${level} % on its own.`,
      };
}

/** Choices that count more than once, and questionnaires that did not ask. */
function answersNotes({ workspace, query, asked, attributes, cubes, first, last }: TableScene): Bilingual[] {
  const codes = new Set([...asked, ...query.filters.attributes].map((one) => one.code));
  const notes: Bilingual[] = [];
  for (const { code } of asked) {
    const { multiple, label } = attributes.get(code)!;
    if (multiple)
      notes.push({
        zh: `“${label.zh}”为多选题：一位受访者在其选择的每一项中各计一次，各项之和大于合计。`,
        en: `"${label.en}" is multiple choice: a respondent counts once in each choice, so the choices add up to more than the total.`,
      });
  }
  for (const code of codes) {
    const without = cubes.flatMap(({ channel }) => {
      const answers = channelAnswers(workspace, channel);
      const { batches } = answers.attributes.get(code) ?? { batches: new Set<number>() };
      return filesIn(answers.files, { first, last }).filter((file) => !batches.has(file.batchId));
    });
    if (without.length === 0) continue;
    const { label } = attributes.get(code)!;
    const versions = [...new Set(without.map((file) => `${file.studyZh} ${file.version}`))];
    const english = [...new Set(without.map((file) => `${file.studyEn} ${file.version}`))];
    notes.push({
      zh: `未询问“${label.zh}”、因而不计入的问卷：${versions.join('、')}。`,
      en: `Questionnaires that did not ask "${label.en}" and are left out: ${english.join(', ')}.`,
    });
  }
  return notes;
}
