// A probe's conditions in a line a reader understands.
import { counted } from '../../../../shared/domain/counted.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { ProbeDefinition } from '../../../../shared/domain/probe.ts';
import { formatQuarter } from '../../../../shared/domain/quarter.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { findSample } from '../../store/samples.ts';
import { indicatorName } from '../figures/catalog.ts';
import type { Workspace } from '../workspace/workspace.ts';

const LEVELS: Record<ProbeDefinition['level'], Bilingual> = {
  region: { zh: '各大区', en: 'regions' },
  province: { zh: '各省份', en: 'provinces' },
  city: { zh: '各城市', en: 'cities' },
  dealer: { zh: '各单店', en: 'dealers' },
  sample: { zh: '各样本', en: 'samples' },
};

export function probeWords(workspace: Workspace, probe: ProbeDefinition): Bilingual {
  const { indicators, level, channel, within, quarters, conditions, of, atLeast } = probe;
  const names = indicators.slice(0, 3).map((code) => indicatorName(workspace, code));
  const what = (language: 'zh' | 'en') =>
    indicators.length === 0
      ? { zh: '每个指标', en: 'every item' }[language]
      : names.map((name) => name[language]).join(language === 'zh' ? '、' : ', ') +
        (indicators.length > 3
          ? { zh: ` 等 ${indicators.length} 项`, en: ` and ${indicators.length - 3} more` }[language]
          : '');
  const tree = workspace.tree(probe.scheme);
  const place = within === 'overall' ? undefined : tree.nodes[tree.byId.get(within) ?? -1]?.name;
  const rules = conditions.map(conditionWords);
  const among = probe.sample === undefined ? undefined : findSample(workspace.reader, probe.sample)?.name;
  const lasting: Bilingual | undefined =
    atLeast > 1
      ? {
          zh: `最近 ${of} 季中至少 ${atLeast} 季如此`,
          en: `in at least ${atLeast} of the last ${of} quarters`,
        }
      : undefined;
  const span = quarters && `${formatQuarter(quarters.from)} – ${formatQuarter(quarters.to)}`;
  const side = (language: 'zh' | 'en') =>
    [
      `${CHANNEL_NAMES[channel][language]} · ${place ? `${place[language]} · ` : ''}${LEVELS[level][language]} · ${what(language)}`,
      ...rules.map((rule) => rule[language]),
      ...(lasting ? [lasting[language]] : []),
      ...(span ? [span] : []),
      ...(among ? [language === 'zh' ? `样本：${among}` : `sample: ${among}`] : []),
    ].join(language === 'zh' ? '；' : '; ');
  return { zh: side('zh'), en: side('en') };
}

/** One condition in words, for the line above and for the column of its values. */
export function conditionWords(condition: ProbeDefinition['conditions'][number]): Bilingual {
  switch (condition.kind) {
    case 'score':
      return ranged({ zh: '得分', en: 'score' }, condition);
    case 'rank':
      return { zh: `排在最后 ${condition.worst} 名`, en: `among the last ${condition.worst}` };
    case 'percentile': {
      const share = Number((condition.atMost * 100).toFixed(1));
      return { zh: `排在最后 ${share}%`, en: `in the last ${share} %` };
    }
    case 'change':
      return ranged(
        condition.lag === 1
          ? { zh: '较上季', en: 'against the last quarter' }
          : condition.lag === 4
            ? { zh: '较去年同季', en: 'against the same quarter of last year' }
            : { zh: `较 ${condition.lag} 季前`, en: `against ${counted(condition.lag, 'quarter')} before` },
        condition,
      );
    case 'target-gap':
      return ranged({ zh: '与计划目标之差', en: "less the plan's target" }, condition);
    case 'channel-gap': {
      const { zh, en } = CHANNEL_NAMES[condition.channel];
      return ranged({ zh: `与${zh}之差`, en: `less ${en}` }, condition);
    }
    case 'base':
      return {
        zh: `有效样本量不少于 ${condition.atLeast}`,
        en: `effective base of at least ${condition.atLeast}`,
      };
  }
}

function ranged(
  what: Bilingual,
  { from, to }: { from?: number | undefined; to?: number | undefined },
): Bilingual {
  if (from !== undefined && to !== undefined)
    return {
      zh: `${what.zh} ${from} 至 ${to} 分（百分制）`,
      en: `${what.en} from ${from} to ${to} points of 100`,
    };
  if (from !== undefined)
    return { zh: `${what.zh}不低于 ${from} 分（百分制）`, en: `${what.en} at least ${from} points of 100` };
  if (to !== undefined)
    return { zh: `${what.zh}不高于 ${to} 分（百分制）`, en: `${what.en} at most ${to} points of 100` };
  return what;
}
