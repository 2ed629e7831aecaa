// What `csi import --preview` prints: what would be read, and what it would change.

import type { ImportEffect, ImportPreview } from '../../shared/calls/import.ts';
import { counted } from '../../shared/domain/counted.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { formatQuarter } from '../../shared/domain/quarter.ts';
import { printResting } from './batches.ts';
import type { Output } from './output.ts';
import type { ScoreTexts } from './score.ts';

export function printPreview(output: Output, file: string, preview: ImportPreview): void {
  const { counts, basis, left, unmatched, newItems } = preview;
  const brought = newItems?.items.map(({ code }) => code).join(', ');
  output.say({
    zh: `${file}：读取 ${counts.read} 行，可导入 ${counts.accepted}，拒绝 ${counts.rejected}`,
    en: `${file}: ${counted(counts.read, 'row')} read, ${counts.accepted} can be loaded, ${counts.rejected} rejected`,
  });
  const lines: [boolean, Bilingual][] = [
    [
      counts.blank > 0,
      {
        zh: `  ${counts.blank} 行没有可导入的内容（空行或没有得分）`,
        en: `  rows with nothing to load (empty or without scores): ${counts.blank}`,
      },
    ],
    [
      basis !== null && basis.source !== '',
      {
        zh: `  沿用“${basis?.source}”，${basis?.renamed.length} 列改名，${basis?.gone.length} 列缺失`,
        en: `  starts from "${basis?.source}", ${counted(basis?.renamed.length ?? 0, 'column')} renamed, ${basis?.gone.length} gone`,
      },
    ],
    [
      left.rows + left.columns.length > 0,
      {
        zh: `  按规则略去 ${left.rows} 行、${left.columns.length} 列`,
        en: `  left out by rule: ${counted(left.rows, 'row')}, ${counted(left.columns.length, 'column')}`,
      },
    ],
    [
      counts.loadedBefore > 0,
      {
        zh: `  ${counts.loadedBefore} 行已在第 ${counts.loadedBatches.join('、')} 批中`,
        en: `  ${counted(counts.loadedBefore, 'row is', 'rows are')} in batch ${counts.loadedBatches.join(', ')} already`,
      },
    ],
    [
      newItems !== null,
      {
        zh: `  指标体系第 ${newItems?.version} 版没有的评分项：${brought}（见 --new-items）`,
        en: `  items that version ${newItems?.version} of the indicator tree lacks: ${brought} (see --new-items)`,
      },
    ],
  ];
  for (const [said, line] of lines) if (said) output.say(line);
  for (const problem of preview.mappingProblems) output.say(problem);
  for (const total of preview.issueTotals)
    output.say({
      zh: `  ${total.count} × ${total.message.zh}`,
      en: `  ${total.count} × ${total.message.en}`,
    });
  for (const place of unmatched.filter((one) => one.state === 'unknown')) {
    const near = place.nearest.map(({ code, name }) => `${name} [${code}]`).join(' · ');
    output.say({ zh: `  未识别：${place.name} → ${near}`, en: `  unknown: ${place.name} → ${near}` });
  }
}

export function printEffect(output: Output, texts: ScoreTexts, effect: ImportEffect): void {
  const last = effect.quarters.at(-1);
  output.table(
    [
      { zh: '季度', en: 'Quarter' },
      { zh: '地区', en: 'Area' },
      { zh: '指标', en: 'Indicator' },
      ...texts.scoreHeads({ zh: '导入前', en: 'Before' }),
      ...texts.scoreHeads({ zh: '导入后', en: 'After' }),
    ],
    effect.rows
      .filter((row) => row.quarter === last && (row.scope === 'overall' || row.indicator === ''))
      .map((row) => [
        formatQuarter(row.quarter),
        output.pick(row.scopeName),
        output.pick(row.indicatorName),
        ...[row.before, row.after].flatMap((score) => texts.scoreCells(score, texts.on(row.scale))),
      ]),
  );
  texts.legend();
  printResting(output, effect.outdated);
}
