// A stored plan as a workbook to go on with, or as pages to sign.
import type { WrittenFile } from '../../../../shared/calls/figure.ts';
import type { CallArguments } from '../../../../shared/contract.ts';
import { planReport } from '../../../../shared/report/plan-report.ts';
import type { Context } from '../../context.ts';
import { createPdfWriter } from '../../documents/pdf.ts';
import { writePlanXlsx } from '../../documents/plan-xlsx.ts';
import { writeExport } from '../../documents/table-file.ts';
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
  return writeExport(path, bytes);
}
