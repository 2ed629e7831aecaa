import type { Catalog } from '../../shared/calls/catalog.ts';
import { inLanguage, type Language } from '../../shared/domain/language.ts';
import type { ScopeNode } from '../../shared/domain/scope.ts';
import type { Channel } from '../../shared/domain/study-mapping.ts';

/** The chosen scheme if it still exists, else the first that groups anything. */
export function startingScheme(catalog: Catalog, chosen: number | null): number {
  const found =
    catalog.schemes.find((scheme) => scheme.id === chosen) ??
    catalog.schemes.find((scheme) => scheme.regions > 0) ??
    catalog.schemes[0];
  return found?.id ?? 1;
}

/** Schemes by name; one that has several versions says from when each holds. */
export function schemeOptions(
  { schemes }: Pick<Catalog, 'schemes'>,
  name: (text: { zh: string; en: string }) => string,
): { value: number; label: string }[] {
  return schemes.map((one) => {
    const versions = schemes.filter(({ code, timing }) => code === one.code && timing === 'as-is');
    const dated = one.timing === 'as-is' && versions.length > 1;
    return { value: one.id, label: dated ? `${name(one.name)} ${one.validFrom}` : name(one.name) };
  });
}

export interface ScopeOption {
  value: string;
  label: string;
  children?: ScopeOption[];
}

/** The tree as nested options. */
export function scopeOptions(nodes: readonly ScopeNode[], language: Language): ScopeOption[] {
  const made: ScopeOption[] = [];
  const roots: ScopeOption[] = [];
  for (const node of nodes) {
    const option: ScopeOption = { value: node.id, label: inLanguage(node.name, language) };
    made.push(option);
    const parent = made[node.parent];
    if (!parent) roots.push(option);
    else if (parent.children) parent.children.push(option);
    else parent.children = [option];
  }
  return roots;
}

/** From the root down to a scope; empty when the scheme does not know it. */
export function pathOf(nodes: readonly ScopeNode[], id: string): ScopeNode[] {
  const path: ScopeNode[] = [];
  for (let node = nodes.find((one) => one.id === id); node; node = nodes[node.parent]) path.unshift(node);
  return path;
}

interface IndicatorGroup {
  label: string;
  options: { value: string; label: string }[];
}

/** What a channel measures: the index first, then each factor with its items. */
export function indicatorOptions(
  catalog: Catalog,
  channel: Channel,
  language: Language,
  index: string,
): ({ value: string; label: string } | IndicatorGroup)[] {
  const asked = new Set(catalog.channels.find((one) => one.channel === channel)?.items ?? []);
  const options: ({ value: string; label: string } | IndicatorGroup)[] = [{ value: '', label: index }];
  const label = (one: { name: { zh: string; en: string } }) => inLanguage(one.name, language);
  const children = (parent: string | null) =>
    catalog.indicators.filter((one) => one.parent === parent && one.role !== 'factor' && asked.has(one.code));
  for (const factor of catalog.indicators.filter((one) => one.role === 'factor')) {
    const items = children(factor.code);
    if (items.length === 0) continue;
    options.push({
      label: label(factor),
      options: [
        { value: factor.code, label: label(factor) },
        ...items.map((item) => ({ value: item.code, label: label(item) })),
      ],
    });
  }
  const grouped = new Set(
    options.flatMap((one) => ('options' in one ? one.options.map((o) => o.value) : [])),
  );
  for (const item of catalog.indicators)
    if (asked.has(item.code) && !grouped.has(item.code))
      options.push({ value: item.code, label: label(item) });
  return options;
}
