/** The import in preparation; it survives a look at another screen. */
import { create } from 'zustand';
import type { CallInput } from '../../../shared/contract.ts';
import type { StudyMapping, StudyMappingInput } from '../../../shared/domain/study-mapping.ts';
import type { ChosenFile } from '../../host.ts';

type Places = NonNullable<CallInput<'import.preview'>['places']>;
type TableChoice = NonNullable<CallInput<'import.preview'>['table']>;

/** The steps of a preview, in their order. */
export const IMPORT_STEPS = ['table', 'columns', 'places', 'rows', 'issues', 'quarters', 'effect'] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];

interface ImportDraft {
  file: ChosenFile | null;
  /** Sheet, encoding and the like, where the user overrules the guess. */
  table: TableChoice;
  mappingName: string | null;
  /** As loaded from a JSON file. */
  given: StudyMappingInput | null;
  /** As edited since the last preview; null while nothing was edited. */
  edited: StudyMapping | null;
  /** What was decided for names that no place has. */
  places: Places;
  /** True while a choice of places was not previewed yet. */
  placesChanged: boolean;
  /** Null: as the workstation proposes. */
  skipLoaded: boolean | null;
  /** The step that the user looks at, kept while the file is read again; null: the first that needs a look. */
  step: ImportStep | null;
  /** Whether items that the indicator tree lacks count in the index. */
  newItems: 'weighted' | 'unweighted';
  change(draft: Partial<Omit<ImportDraft, 'change'>>): void;
}

export const NO_DRAFT = {
  file: null,
  table: {},
  mappingName: null,
  given: null,
  edited: null,
  places: [],
  placesChanged: false,
  skipLoaded: null,
  step: null,
  newItems: 'weighted' as const,
};

export const useImportDraft = create<ImportDraft>()((set) => ({
  ...NO_DRAFT,
  change: (draft) => set(draft),
}));

/** What the engine is asked to read, with the mapping in force. */
export function importSource(
  draft: ImportDraft,
  mapping: StudyMappingInput | null,
): CallInput<'import.preview'> {
  return {
    path: draft.file!.path,
    fileName: draft.file!.name,
    table: Object.keys(draft.table).length > 0 ? draft.table : undefined,
    mapping: mapping ?? undefined,
    mappingName: draft.mappingName ?? undefined,
    places: draft.places.length > 0 ? draft.places : undefined,
    skipLoaded: draft.skipLoaded ?? undefined,
    newItems: draft.newItems,
  };
}
