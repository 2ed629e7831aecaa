// The limits of the tiers and the share of false marks, as this database has them.
import type { CallArguments } from '../../../../shared/contract.ts';
import { auditChange } from '../../../../shared/domain/audit-action.ts';
import type { DisplayRules } from '../../../../shared/domain/display-rules.ts';
import type { Context } from '../../context.ts';
import { writeSetting } from '../../store/ledger.ts';
import { emitRenamed } from '../workspace/renamed.ts';

export function getRules(context: Context): DisplayRules {
  return context.workspace().rules();
}

/** Counts as a change of the data: what was made under the former limits may show what these hide. */
export function saveRules(context: Context, input: CallArguments<'rules.save'>): DisplayRules {
  const workspace = context.workspace();
  workspace.change(
    { action: 'rules.save', subject: '', detail: auditChange({ ...workspace.rules() }, input) },
    (db) => writeSetting(db, 'display-rules', JSON.stringify(input)),
  );
  emitRenamed(context);
  return input;
}
