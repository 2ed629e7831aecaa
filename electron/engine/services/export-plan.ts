// A stored plan as a workbook to go on with, or as pages to sign.
import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import type { WrittenFile } from '../../../shared/calls/figure.ts';
import type { CallArguments } from '../../../shared/contract.ts';
import { AppError } from '../../../shared/errors.ts';
import { planReport } from '../../../shared/report/plan-report.ts';
import type { Context } from '../context.ts';
import { writeAtomically } from '../documents/atomic-file.ts';
import { createPdfWriter } from '../documents/pdf.ts';
import { writePlanXlsx } from '../documents/plan-xlsx.ts';
import { viewPlan } from './saved-plans.ts';

export async function exportPlan(
  context: Context,
  { plan, path, format, language }: CallArguments<'plan.export'>,
): Promise<WrittenFile> {
  const workspace = context.workspace();
  const view = viewPlan(workspace, plan);
  const date = workspace.now().slice(0, 10);
  const bytes =
    format === 'xlsx'
      ? await writePlanXlsx(view, language)
      : createPdfWriter(context.options.resourcesFolder).write(planReport(view, language, date));
  const temporary = `${path}.part`;
  try {
    writeAtomically(path, temporary, bytes);
  } catch (error) {
    rmSync(temporary, { force: true });
    const detail = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new AppError('plan-file', { file: basename(path), detail }, { cause: error });
  }
  return { file: basename(path), bytes: bytes.length };
}
