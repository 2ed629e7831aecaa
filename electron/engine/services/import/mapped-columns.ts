import type { RowMapping } from '../../../../shared/domain/study-mapping.ts';

/** Every header that a mapping names, those of columns that it makes of others included. */
export function mappedColumns(mapping: RowMapping): string[] {
  const { period, place, table } = mapping;
  const sources = [place.dealerCode, place.dealerName, place.city, place.province, place.region];
  const named = [
    'column' in period ? period.column : undefined,
    ...sources.map((source) => (source && 'column' in source ? source.column : undefined)),
    mapping.respondent?.column,
    mapping.weight?.column,
    mapping.base?.column,
    ...mapping.items.flatMap((item) => [item.column, item.baseColumn, item.sdColumn]),
    ...mapping.attributes.map((attribute) => attribute.column),
    ...mapping.identity.map((one) => one.column),
    ...(table.joined ?? []).flatMap(({ columns }) => columns.map(({ column }) => column)),
  ];
  return [...new Set(named.filter((column): column is string => column !== undefined))];
}

/** Every header that a file must have for a mapping. */
export function fileColumns(mapping: RowMapping): string[] {
  const made = new Set((mapping.table.joined ?? []).map(({ name }) => name));
  return mappedColumns(mapping).filter((column) => !made.has(column));
}
