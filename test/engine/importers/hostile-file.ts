import type { IssueCode } from '../../../shared/domain/import-issue.ts';

export interface HostileFile {
  title: string;
  file: string;
  /** The bytes, or a function that puts something at the path. */
  content: string | Buffer | ((path: string) => void);
  /** Done after opening and before the rows are read. */
  meanwhile?: (path: string) => void;
  options?: { sheet?: string; encoding?: string };
  /** `fault`: the file is refused; `row`: that row carries an error; `warning`: the table carries it. */
  expect: {
    as: 'fault' | 'row' | 'warning';
    code: IssueCode;
    row?: number;
    column?: string;
    sheet?: string;
    value?: string;
  };
}
