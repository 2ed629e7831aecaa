// The answers behind an alert: which files, how many, how they differ by attribute, and each row with its place.

import type { AlertResponses } from '../../../../shared/calls/alerts.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import type { Bilingual } from '../../../../shared/domain/language.ts';
import type { Quarter } from '../../../../shared/domain/quarter.ts';
import type { ScopeId } from '../../../../shared/domain/scope.ts';
import { toScore100 } from '../../../../shared/domain/score/scale.ts';
import type { Channel } from '../../../../shared/domain/study-mapping.ts';
import type { Context } from '../../context.ts';
import {
  findRespondents,
  listChunks,
  readResponse,
  type SliceFilter,
  sliceAnswers,
} from '../../store/answers.ts';
import {
  type AskedQuestion,
  filesIn,
  listAskedQuestions,
  listScoreLines,
  listStudyFiles,
  type StudyFile,
} from '../../store/evidence.ts';
import { exploreTable } from '../explore/explore-table.ts';
import { indicatorName } from '../figures/catalog.ts';
import type { ChannelCube, Workspace } from '../workspace/workspace.ts';
import { standingAlert } from './alerts.ts';

const ATTRIBUTES = 4;
const GROUPS = 12;
const MOST_GROUPS = 1000;
const DAY_MS = 86_400_000;

type Row = AlertResponses['rows'][number];

interface Evidence {
  workspace: Workspace;
  source: ChannelCube;
  /** Dealers of the alert's scope, with their nodes. */
  dealers: Map<number, number>;
  quarter: Quarter;
  schemeId: number;
  scope: ScopeId;
  indicator: string;
  /** The item whose rows are shown. */
  item: string;
}

export async function getAlertResponses(
  context: Context,
  input: CallArguments<'alerts.responses'>,
): Promise<AlertResponses> {
  const workspace = context.workspace();
  const { row, node } = standingAlert(workspace, input.alert);
  const source = workspace.cube(row.schemeId, row.channel);
  const items = source.cube.items.filter(({ code, weight }) =>
    row.indicator === '' ? weight > 0 : code === row.indicator,
  );
  const base = (code: string) =>
    source.cube.cell(
      node,
      source.cube.items.findIndex((one) => one.code === code),
      row.quarter,
    ).n;
  const item = items.reduce(
    (most, { code }) => (base(code) > base(most) ? code : most),
    items[0]?.code ?? '',
  );
  const evidence: Evidence = {
    workspace,
    source,
    dealers: new Map([...source.tree.nodeOfDealer].filter(([, at]) => isBelow(source, at, node))),
    quarter: row.quarter,
    schemeId: row.schemeId,
    scope: row.scope as ScopeId,
    indicator: row.indicator,
    item,
  };
  const files = filesOf(workspace, row.channel, row.quarter);
  const kind = files.some((file) => file.kind === 'responses') ? 'responses' : 'scores';
  const own = files.filter((file) => file.kind === kind);
  const page = { offset: input.offset, limit: input.limit };
  const found = kind === 'responses' ? respondentRows(evidence, own, page) : scoreRows(evidence, own, page);
  const attributes: AlertResponses['attributes'] = [];
  for (const { code } of kind === 'responses' ? chosenAttributes(questionsOf(evidence, own)) : [])
    attributes.push(await breakdown(context, evidence, code));
  return {
    indicator: item,
    indicatorName: indicatorName(workspace, item),
    kind,
    attributes,
    ...found,
  };
}

/** The files that may hold rows of a quarter. */
function filesOf(workspace: Workspace, channel: Channel, quarter: Quarter): StudyFile[] {
  return filesIn(listStudyFiles(workspace.reader, channel), { first: quarter, last: quarter });
}

function isBelow({ tree }: ChannelCube, node: number, above: number): boolean {
  for (let at = node; at >= 0; at = tree.nodes[at]!.parent) if (at === above) return true;
  return false;
}

function where({ dealers, quarter }: Evidence): SliceFilter {
  return { quarters: { from: quarter, to: quarter }, dealers: dealers.keys() };
}

const studyName = (file: StudyFile): Bilingual => ({ zh: file.studyZh, en: file.studyEn });

function questionsOf({ workspace }: Evidence, files: readonly StudyFile[]): AskedQuestion[] {
  return listAskedQuestions(workspace.reader, [...new Set(files.map((file) => file.questionnaireId))]);
}

function scaleOf(questions: readonly AskedQuestion[], file: StudyFile, item: string) {
  const asked = questions.find(
    (one) => one.questionnaireId === file.questionnaireId && one.code === item && one.role === 'item',
  );
  return asked && { min: asked.min, max: asked.max, reversed: asked.reversed === 1 };
}

type Found = Pick<AlertResponses, 'files' | 'total' | 'rows'>;
type Span = { offset: number; limit: number };

function respondentRows(evidence: Evidence, files: readonly StudyFile[], span: Span): Found {
  const { workspace, item, source, dealers } = evidence;
  const db = workspace.reader;
  const questions = questionsOf(evidence, files);
  const attributes = chosenAttributes(questions);
  const batches = files.map((file) => file.batchId);
  const counts = files.map((file) => {
    const groups = sliceAnswers(db, { batches: [file.batchId], item, where: where(evidence) });
    return { fileName: file.fileName, study: studyName(file), n: groups.reduce((sum, { n }) => sum + n, 0) };
  });
  const fileOf = new Map(
    listChunks(db, { batchIds: batches }).map((chunk) => [
      chunk.id,
      files.find((file) => file.batchId === chunk.batchId)!,
    ]),
  );
  const found = findRespondents(db, { batches, item, where: where(evidence), ...span });
  const rows = found.flatMap(({ chunkId, index }): Row[] => {
    const file = fileOf.get(chunkId)!;
    const response = readResponse(db, chunkId, index);
    const native = response?.answers[item];
    const scale = scaleOf(questions, file, item);
    if (!response || native === null || native === undefined || !scale) return [];
    const node = dealers.get(response.dealer ?? -1);
    return [
      {
        fileName: file.fileName,
        sourceRow: response.sourceRow,
        day: response.day === null ? null : new Date(response.day * DAY_MS).toISOString().slice(0, 10),
        dealer: node === undefined ? { zh: '—', en: '—' } : source.tree.nodes[node]!.name,
        native,
        score100: toScore100(native, scale),
        n: null,
        attributes: attributes.map(({ code }) => [response.attributes[code] ?? '—'].flat().join(' · ')),
      },
    ];
  });
  return { files: counts, total: counts.reduce((sum, { n }) => sum + n, 0), rows };
}

function scoreRows(evidence: Evidence, files: readonly StudyFile[], { offset, limit }: Span): Found {
  const { workspace, item, quarter, dealers, source } = evidence;
  const questions = questionsOf(evidence, files);
  const fileOf = new Map(files.map((file) => [file.batchId, file]));
  const span = { first: quarter, last: quarter };
  const lines = listScoreLines(workspace.reader, [...fileOf.keys()], [item], span).filter((line) =>
    dealers.has(line.dealerId),
  );
  return {
    files: files.map((file) => ({
      fileName: file.fileName,
      study: studyName(file),
      n: lines.filter((line) => line.batchId === file.batchId).reduce((sum, line) => sum + line.n, 0),
    })),
    total: lines.length,
    rows: lines.slice(offset, offset + limit).map((line) => {
      const file = fileOf.get(line.batchId)!;
      return {
        fileName: file.fileName,
        sourceRow: line.sourceRow,
        day: null,
        dealer: source.tree.nodes[dealers.get(line.dealerId)!]!.name,
        native: line.native,
        score100: toScore100(line.native, scaleOf(questions, file, item)!),
        n: line.n,
        attributes: [],
      };
    }),
  };
}

/** The first attributes whose values have labels: the ones made to be compared. */
function chosenAttributes(questions: readonly AskedQuestion[]): AskedQuestion[] {
  const attributes = new Map<string, AskedQuestion>();
  for (const one of questions)
    if (one.role === 'attribute' && one.valueLabels !== '{}' && !attributes.has(one.code))
      attributes.set(one.code, one);
  return [...attributes.values()].slice(0, ATTRIBUTES);
}

/** The quarter by an attribute, as the free analysis tells it: with its bases, tiers and tests. */
async function breakdown(
  context: Context,
  { source, quarter, schemeId, scope, indicator }: Evidence,
  code: string,
): Promise<AlertResponses['attributes'][number]> {
  const table = await exploreTable(context, {
    scheme: schemeId,
    rows: [{ kind: 'attribute', code }],
    columns: [],
    measures: ['score', 'change-previous'],
    filters: { scope, from: quarter, to: quarter, channel: source.channel, indicator, attributes: [] },
    basis: {},
    limit: MOST_GROUPS,
    falseDiscovery: true,
    sparks: false,
    intervals: false,
  });
  const groups = table.rows.flatMap((row, r) => {
    const cell = row.kind === 'member' ? table.cells[r]![0] : null;
    if (!cell) return [];
    const { score, values, marks } = cell;
    const group = { label: row.labels[0]!, score, sincePrevious100: values[1] ?? null };
    return [{ ...group, mark: marks[1] ?? null }];
  });
  const base = (group: (typeof groups)[number]) => group.score?.n ?? -1;
  return {
    code,
    label: table.rowHeads[0]!,
    groups: groups.sort((a, b) => base(b) - base(a)).slice(0, GROUPS),
  };
}
