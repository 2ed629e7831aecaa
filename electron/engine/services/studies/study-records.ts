// Studies and waves as people describe them, and which indicators each wave asked. Descriptions change no figure.
import type { Coverage, StudyView, WaveView } from '../../../../shared/calls/studies.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { CHANNEL_NAMES } from '../../../../shared/domain/study-mapping.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import { listSchemes } from '../../store/places.ts';
import { listStudies } from '../../store/studies.ts';
import {
  describeWave,
  findWave,
  listQuestionnaires,
  listWaveRecords,
  nameStudy,
  type WaveRecord,
} from '../../store/study-records.ts';
import { emitRenamed } from '../workspace/renamed.ts';

export function listStudyViews(context: Context): StudyView[] {
  const workspace = context.workspace();
  const waves = workspace.derived('wave records', () => listWaveRecords(workspace.reader));
  const questionnaires = listQuestionnaires(workspace.reader);
  return listStudies(workspace.reader).map((study) => ({
    id: study.id,
    code: study.code,
    channel: study.channel,
    channelName: CHANNEL_NAMES[study.channel],
    kind: study.kind,
    name: { zh: study.nameZh, en: study.nameEn },
    provider: study.provider,
    period: study.windowQuarters >= 4 ? 'year' : 'quarter',
    waves: waves.filter((wave) => wave.studyId === study.id).map((wave) => viewWave(wave, study.provider)),
    questionnaires: questionnaires
      .filter((one) => one.studyId === study.id)
      .map(({ id, version, firstQuarter, lastQuarter, items, attributes }) => ({
        id,
        version,
        firstQuarter,
        lastQuarter,
        items,
        attributes,
      })),
  }));
}

function viewWave(wave: WaveRecord, provider: string): WaveView {
  const { id, quarter, version, fieldworkFrom, fieldworkTo, respondents, dealers, asked } = wave;
  return {
    id,
    quarter,
    questionnaire: version,
    fieldworkFrom,
    fieldworkTo,
    provider: wave.provider ?? provider,
    ownProvider: wave.provider,
    respondents,
    dealers,
    asked,
  };
}

export function updateStudy(context: Context, input: CallArguments<'studies.update'>): { updated: boolean } {
  const workspace = context.workspace();
  const study = listStudies(workspace.reader).find((one) => one.id === input.study);
  if (!study) throw new AppError('study-unknown', { study: input.study });
  const { nameZh, nameEn, provider } = study;
  const before = { nameZh, nameEn, provider };
  const after = { nameZh: input.name.zh, nameEn: input.name.en, provider: input.provider };
  workspace.describe(
    { action: 'study.update', subject: study.code, detail: auditChange(before, after) },
    (db) => nameStudy(db, study.id, after),
  );
  emitRenamed(context);
  return { updated: true };
}

export function updateWave(context: Context, input: CallArguments<'studies.wave'>): { updated: boolean } {
  const workspace = context.workspace();
  const { wave, ...given } = input;
  const known = findWave(workspace.reader, wave);
  if (!known) throw new AppError('wave-unknown', { wave });
  const { study, quarter, ...before } = known;
  const after = { ...given, provider: given.provider === '' ? null : given.provider };
  const { fieldworkFrom: from, fieldworkTo: to } = after;
  if (from !== null && to !== null && from > to) throw new AppError('fieldwork-dates', { from, to });
  workspace.describe(
    { action: 'wave.update', subject: `${study} ${quarter}`, detail: auditChange(before, after) },
    (db) => describeWave(db, wave, after),
  );
  emitRenamed(context);
  return { updated: true };
}

/** Which indicators each quarter of a channel asked, in the order of the tree. */
export function getCoverage(context: Context, input: CallArguments<'studies.coverage'>): Coverage {
  const workspace = context.workspace();
  const { cube, itemOf } = workspace.cube(listSchemes(workspace.reader)[0]!.id, input.channel);
  const quarters = cube.quarters.filter((quarter) => cube.hasData(0, quarter));
  return {
    quarters,
    rows: workspace.indicators().rows.flatMap((row) => {
      const item = itemOf.get(row.id);
      if (item === undefined) return [];
      const asked = quarters.map((quarter) => cube.wasAsked(item, quarter));
      return [{ code: row.code, name: { zh: row.nameZh, en: row.nameEn }, asked }];
    }),
  };
}
