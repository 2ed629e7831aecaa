import { Tag } from 'antd';
import type { ImportPreview, IssueView } from '../../../shared/calls/import.ts';
import { LongTable } from '../../components/long-table.tsx';
import { Nothing } from '../../components/states.tsx';
import { count } from '../../format.ts';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';
import { issuePlace } from './preview-view.ts';

/** What is wrong: how often each kind, then every case with its place. */
export function PreviewIssues({ preview }: { preview: ImportPreview }) {
  const text = useText(importText);
  const name = useName();
  if (preview.issueTotals.length === 0) return <Nothing>{text.noIssues}</Nothing>;
  const severity = (issue: Pick<IssueView, 'severity'>) => (
    <Tag color={issue.severity === 'error' ? 'error' : 'warning'}>
      {issue.severity === 'error' ? text.error : text.warning}
    </Tag>
  );
  return (
    <div className="stack">
      <ul className="issue-totals">
        {preview.issueTotals.map((total) => (
          <li key={total.code}>
            {severity(total)}
            <b className="number">{count(total.count)}</b>
            <span>
              {name(total.message)}
              {total.count > 1 && total.row !== null && (
                <span className="soft">{text.forExample(count(total.row))}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      <LongTable<ImportPreview['issues'][number]>
        rowKey={(issue) => `${issue.code}|${issue.sheet}|${issue.row}|${issue.column}|${issue.value}`}
        dataSource={preview.issues}
        scroll={{ y: 300, x: 900 }}
        columns={[
          { title: text.severity, key: 'severity', width: 72, render: (_, issue) => severity(issue) },
          { title: text.where, key: 'where', width: 220, render: (_, issue) => issuePlace(issue, text) },
          {
            title: text.value,
            key: 'value',
            width: 160,
            ellipsis: true,
            render: (_, issue) => issue.value ?? '',
          },
          { title: text.issue, key: 'issue', render: (_, issue) => name(issue.sentence) },
        ]}
      />
    </div>
  );
}
