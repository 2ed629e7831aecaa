/**
 * A number with the English noun that it counts, in the singular for one alone. The number comes as it is written,
 * such as `1,204`; `many` is `one` with an s where it is left out, and may carry the verb along.
 *
 * Example: `counted('1', 'dealer')` is `1 dealer`, `counted(0, 'city', 'cities')` is `0 cities`, and
 * `counted('3', 'row was', 'rows were')` is `3 rows were`.
 */
export function counted(n: string | number, one: string, many = `${one}s`): string {
  return `${n} ${String(n) === '1' ? one : many}`;
}
