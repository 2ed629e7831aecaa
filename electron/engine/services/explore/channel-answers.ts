// What a channel's respondents were asked: its files, the scale of each item in each file, and its attributes with
// their values, the same code of several questionnaire versions joined into one.

import type { ExploreAttribute } from '../../../../shared/calls/explore.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import { toScore100 } from '../../../../shared/domain/score/scale.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import { openChunks } from '../../store/answers.ts';
import {
  type AskedQuestion,
  listChannelQuestions,
  listStudyFiles,
  type StudyFile,
} from '../../store/evidence.ts';
import { attributeVariable } from '../../store/response-chunk.ts';
import type { Workspace } from '../workspace/workspace.ts';

export interface AskedAttribute extends Omit<ExploreAttribute, 'channel'> {
  /** Files that asked it. */
  batches: ReadonlySet<number>;
  /** Codes that questionnaires used for the same words, each with the value that stands for them. */
  sameAs: ReadonlyMap<string, string>;
}

/** The value that stands for a code of any questionnaire. */
export function standingValue({ sameAs }: Pick<AskedAttribute, 'sameAs'>, code: string): string {
  return sameAs.get(code) ?? code;
}

/** Values under their words: what is called the same is the same, whatever its code. */
export function joinedByWords(values: AskedAttribute['values']): Pick<AskedAttribute, 'values' | 'sameAs'> {
  const known = new Map<string, string>();
  const sameAs = new Map<string, string>();
  const kept = values.filter(({ value, label }) => {
    const words = JSON.stringify([label.zh, label.en]);
    const first = known.get(words);
    if (first === undefined) known.set(words, value);
    else if (first !== value) sameAs.set(value, first);
    return first === undefined;
  });
  return { values: kept, sameAs };
}

export interface AskedItem {
  min: number;
  max: number;
  reversed: boolean;
  /** From the native answer to 0-100. */
  intercept: number;
  slope: number;
}

export interface ChannelAnswers {
  channel: Channel;
  files: readonly StudyFile[];
  /** Files of respondents; the others hold scores. */
  responses: readonly StudyFile[];
  fileOf: ReadonlyMap<number, StudyFile>;
  attributes: ReadonlyMap<string, AskedAttribute>;
  /** How a file asked an item. */
  item(batch: number, code: string): AskedItem | undefined;
}

export function channelAnswers(workspace: Workspace, channel: Channel): ChannelAnswers {
  return workspace.derived(`answers ${channel}`, () => {
    const files = listStudyFiles(workspace.reader, channel);
    const questions = listChannelQuestions(workspace.reader, channel);
    const responses = files.filter((file) => file.kind === 'responses');
    const fileOf = new Map(files.map((file) => [file.batchId, file]));
    const items = new Map(
      questions.flatMap((one) =>
        one.role === 'item' ? [[`${one.questionnaireId} ${one.code}`, askedItem(one)] as const] : [],
      ),
    );
    return {
      channel,
      files,
      responses,
      fileOf,
      attributes: findAttributes(workspace, responses, questions),
      item: (batch, code) => items.get(`${fileOf.get(batch)?.questionnaireId ?? 0} ${code}`),
    };
  });
}

function askedItem({ min, max, reversed }: AskedQuestion): AskedItem {
  const scale = { min, max, reversed: reversed === 1 };
  const zero = toScore100(min, scale);
  const slope = (toScore100(max, scale) - zero) / (max - min);
  return { ...scale, intercept: zero - slope * min, slope };
}

function findAttributes(
  workspace: Workspace,
  files: readonly StudyFile[],
  questions: readonly AskedQuestion[],
): Map<string, AskedAttribute> {
  const asked = questions.filter((one) => one.role === 'attribute');
  const present = valuesThatOccur(workspace, files, [...new Set(asked.map((one) => one.code))]);
  const attributes = new Map<string, AskedAttribute>();
  for (const code of new Set(asked.map((one) => one.code))) {
    const versions = asked.filter((one) => one.code === code);
    const { values, batches } = present.get(code) ?? {
      values: new Set<string>(),
      batches: new Set<number>(),
    };
    if (batches.size === 0) continue;
    // Later questionnaires have the last word on what a value is called.
    const labels = Object.assign({}, ...versions.map((one) => JSON.parse(one.valueLabels))) as Record<
      string,
      Bilingual
    >;
    const last = versions.at(-1)!;
    attributes.set(code, {
      code,
      label: { zh: last.labelZh, en: last.labelEn },
      multiple: versions.some((one) => one.multiple === 1),
      numeric: values.size > 0 && [...values].every(isNumber),
      ...joinedByWords(
        inOrder([...values], Object.keys(labels)).map((value) => ({
          value,
          label: labels[value] ?? { zh: value, en: value },
        })),
      ),
      studies: studiesOf(files.filter((file) => batches.has(file.batchId))),
      batches,
    });
  }
  return attributes;
}

function isNumber(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

function studiesOf(files: readonly StudyFile[]): Bilingual[] {
  return [...new Map(files.map((file) => [file.studyZh, { zh: file.studyZh, en: file.studyEn }])).values()];
}

/** As labelled, then by number or by text. */
function inOrder(values: string[], labelled: readonly string[]): string[] {
  const rank = new Map(labelled.map((value, i) => [value, i]));
  const numbers = values.every(isNumber);
  return values.sort((a, b) => {
    const [i, j] = [rank.get(a) ?? labelled.length, rank.get(b) ?? labelled.length];
    if (i !== j) return i - j;
    return numbers ? Number(a) - Number(b) : a < b ? -1 : a > b ? 1 : 0;
  });
}

function valuesThatOccur(
  workspace: Workspace,
  files: readonly StudyFile[],
  codes: readonly string[],
): Map<string, { values: Set<string>; batches: Set<number> }> {
  const found = new Map(
    codes.map((code) => [code, { values: new Set<string>(), batches: new Set<number>() }]),
  );
  const batches = files.map((file) => file.batchId);
  for (const { reader, batch } of openChunks(workspace.reader, batches, codes.map(attributeVariable)))
    for (const code of codes) {
      if (!reader.has(attributeVariable(code))) continue;
      const { values, batches: asked } = found.get(code)!;
      asked.add(batch);
      for (const value of reader.values(attributeVariable(code)).values)
        for (const choice of [value].flat()) values.add(String(choice));
    }
  return found;
}
