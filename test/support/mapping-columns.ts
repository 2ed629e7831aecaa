import { readFileSync } from 'node:fs';
import { type StudyMapping, studyMapping } from '../../shared/domain/study-mapping.ts';

/** A mapping file, checked against the schema; throws with the path of whatever does not fit. */
export function mappingFile(path: string): StudyMapping {
  return studyMapping.parse(JSON.parse(readFileSync(path, 'utf8')));
}

/** Every column that a mapping reads, in no particular order. */
export function columnsOf(mapping: StudyMapping): string[] {
  const { place } = mapping;
  const sources = [place.dealerCode, place.dealerName, place.city, place.province, place.region];
  const optional = [mapping.respondent, mapping.weight, mapping.base, ...sources];
  return [
    ...('column' in mapping.period ? [mapping.period.column] : []),
    ...optional.flatMap((source) => (source && 'column' in source ? [source.column] : [])),
    ...mapping.items.flatMap((item) =>
      [item.column, item.baseColumn, item.sdColumn].filter((c) => c !== undefined),
    ),
    ...mapping.attributes.map((attribute) => attribute.column),
  ];
}

/** What is wrong with the indicator tree of a mapping: unknown parents, items that measure nothing. */
export function treeFaults(mapping: StudyMapping): string[] {
  const codes = new Set(mapping.indicators.map((indicator) => indicator.code));
  const orphans = mapping.indicators.filter((i) => i.parent !== undefined && !codes.has(i.parent));
  const strays = mapping.items.filter((item) => !codes.has(item.indicator));
  const weightless = mapping.indicators.filter((i) => i.role === 'item' && i.weight === 0);
  return [...orphans.map((i) => i.code), ...strays.map((i) => i.column), ...weightless.map((i) => i.code)];
}
