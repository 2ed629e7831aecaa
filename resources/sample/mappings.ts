/* The mappings of the sample files, one a questionnaire. */
import { type StudyMapping, studyMapping } from '../../shared/domain/study-mapping.ts';
import inHouse2023 from './mappings/in-house-2023.mapping.json' with { type: 'json' };
import inHouse2025 from './mappings/in-house-2025.mapping.json' with { type: 'json' };
import lostCustomer2023 from './mappings/lost-customer-2023.mapping.json' with { type: 'json' };
import lostSale2023 from './mappings/lost-sale-2023.mapping.json' with { type: 'json' };
import thirdParty2023 from './mappings/third-party-2023.mapping.json' with { type: 'json' };

const FILES: Record<string, unknown> = {
  'third-party-2023': thirdParty2023,
  'in-house-2023': inHouse2023,
  'in-house-2025': inHouse2025,
  'lost-customer-2023': lostCustomer2023,
  'lost-sale-2023': lostSale2023,
};

/** Names of all sample mappings, `<channel>-<questionnaire>`. */
export const SAMPLE_MAPPING_NAMES: readonly string[] = Object.keys(FILES);

/** A sample mapping by the name that the manifest gives; throws on a name that is none of them. */
export function sampleMapping(name: string): StudyMapping {
  if (!Object.hasOwn(FILES, name)) throw new RangeError(`sampleMapping: ${name}`);
  return studyMapping.parse(FILES[name]);
}
