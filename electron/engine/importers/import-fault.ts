// Why a whole file is refused.
import {
  type Issue,
  type IssueCode,
  type IssuePlace,
  issueValue,
} from '../../../shared/domain/import-issue.ts';

export interface FaultDetails extends IssuePlace {
  limit?: number;
}

/** The whole file is refused. `details` says where; `code` has a sentence in `describeIssue`. */
export class ImportFault extends Error {
  readonly code: IssueCode;
  readonly details: FaultDetails;

  constructor(code: IssueCode, details: FaultDetails = {}, cause?: unknown) {
    super(`${code} ${JSON.stringify(details)}`, cause === undefined ? undefined : { cause });
    this.name = 'ImportFault';
    this.code = code;
    this.details = details.value === undefined ? details : { ...details, value: issueValue(details.value) };
  }

  /** The fault as an issue, for lists that show both. */
  toIssue(): Issue {
    const { limit: _limit, ...place } = this.details;
    return { ...place, code: this.code, severity: 'error' };
  }
}
