// Views that are kept: saved, renamed, replaced, deleted, each with its line in the audit log.

import { type ExploreView, viewContent } from '../../../../shared/calls/explore.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import { AppError } from '../../../../shared/errors.ts';
import type { Context } from '../../context.ts';
import {
  addExploreView,
  changeExploreView,
  type ExploreViewRow,
  findExploreView,
  listExploreViews,
  removeExploreView,
} from '../../store/explore-views.ts';
import type { Workspace } from '../workspace/workspace.ts';

function viewOf({ content, ...row }: ExploreViewRow): ExploreView {
  return { ...row, content: viewContent.parse(JSON.parse(content)) };
}

function known(workspace: Workspace, id: number): ExploreViewRow {
  const row = findExploreView(workspace.reader, id);
  if (!row) throw new AppError('view-unknown', { view: id });
  return row;
}

function requireFreeName(workspace: Workspace, name: string, own: number | undefined): void {
  if (listExploreViews(workspace.reader).some((one) => one.name === name && one.id !== own))
    throw new AppError('view-exists', { name });
}

export function listViews(context: Context): ExploreView[] {
  return listExploreViews(context.workspace().reader).map(viewOf);
}

export function saveView(context: Context, input: CallArguments<'explore.saveView'>): ExploreView {
  const workspace = context.workspace();
  const before = input.view === undefined ? undefined : known(workspace, input.view);
  requireFreeName(workspace, input.name, before?.id);
  const row = { name: input.name, content: JSON.stringify(input.content), at: workspace.now() };
  const detail = before
    ? auditChange({ name: before.name, content: before.content }, { name: row.name, content: row.content })
    : { content: row.content };
  const id = workspace.record({ action: 'view.save', subject: input.name, detail }, (db) => {
    if (!before) return addExploreView(db, row);
    changeExploreView(db, { ...row, id: before.id });
    return before.id;
  });
  return viewOf(known(workspace, id));
}

export function renameView(
  context: Context,
  { view, name }: CallArguments<'explore.renameView'>,
): ExploreView {
  const workspace = context.workspace();
  const before = known(workspace, view);
  requireFreeName(workspace, name, view);
  const detail = auditChange({ name: before.name }, { name });
  workspace.record({ action: 'view.rename', subject: name, detail }, (db) =>
    changeExploreView(db, { id: view, name, content: before.content, at: workspace.now() }),
  );
  return viewOf(known(workspace, view));
}

export function deleteView(
  context: Context,
  { view }: CallArguments<'explore.deleteView'>,
): { deleted: boolean } {
  const workspace = context.workspace();
  const { name, content } = known(workspace, view);
  workspace.record({ action: 'view.delete', subject: name, detail: { content } }, (db) =>
    removeExploreView(db, view),
  );
  return { deleted: true };
}
