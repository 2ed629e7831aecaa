import type { Province } from '../../shared/domain/geography.ts';
import type { Language } from '../../shared/domain/language.ts';

const BREAK = '\u200b';
const LAST_SYLLABLE = /(?<=[a-z]{3})(?:dong|hai|jiang|ning|qing)$/;

/** A province's name on a tile, which may break before its last syllable where the tile is too narrow. */
export function tileName(province: Province, language: Language): string {
  if (language !== 'en') return province.shortName;
  return province.nameEn.replace(LAST_SYLLABLE, (syllable) => `${BREAK}${syllable}`);
}
