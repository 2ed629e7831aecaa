import { Alert, Button, Table, Tabs } from 'antd';
import type { ImportPreview } from '../../../shared/calls/import.ts';
import type { StudyMapping } from '../../../shared/domain/study-mapping.ts';
import { count } from '../../format.ts';
import { importText } from '../../text/import.ts';
import { useName, useText } from '../../text/use-text.ts';
import { withItem, withoutColumn, withRoles } from './mapping-view.ts';

interface Props {
  preview: ImportPreview;
  mapping: StudyMapping;
  onChange: (mapping: StudyMapping) => void;
}

/** Where the mapping comes from, in one line. */
export function BasisLine({ preview }: { preview: ImportPreview }) {
  const text = useText(importText);
  const name = useName();
  const { basis, correctionOf } = preview;
  if (!basis) return null;
  const said =
    basis.kind === 'correction' && correctionOf
      ? text.basisCorrection(correctionOf.fileName, correctionOf.batch, count(correctionOf.open))
      : basis.kind === 'saved'
        ? text.basisSaved(basis.source)
        : basis.kind === 'batch'
          ? text.basisBatch(basis.source)
          : text.basisHeaders;
  const more = [
    basis.renamed.length > 0 ? text.basisRenamed(count(basis.renamed.length)) : '',
    basis.gone.length > 0 ? text.basisGone(count(basis.gone.length)) : '',
    basis.unused.length > 0 ? text.basisUnused(count(basis.unused.length)) : '',
    ...basis.notes.map(name),
  ].filter(Boolean);
  return (
    <Alert
      type="info"
      showIcon
      title={said}
      description={more.length > 0 ? more.map((line) => <div key={line}>{line}</div>) : undefined}
    />
  );
}

/** The columns that were carried over under another name, those that are gone, those that are new. */
export function CarriedColumns({ preview, mapping, onChange }: Props) {
  const text = useText(importText);
  const { basis } = preview;
  if (!basis || basis.renamed.length + basis.gone.length + basis.unused.length === 0) return null;
  const used = new Set([...mapping.items, ...mapping.attributes].map((one) => one.column));
  const indicatorOf = (column: string) =>
    mapping.items.find((item) => item.column === column)?.indicator ??
    mapping.attributes.find((one) => one.column === column)?.code ??
    '';
  const table = { size: 'small', pagination: false, scroll: { y: 200 } } as const;
  return (
    <Tabs
      size="small"
      items={[
        {
          key: 'renamed',
          label: text.basisRenamed(count(basis.renamed.length)),
          disabled: basis.renamed.length === 0,
          children: (
            <Table
              {...table}
              rowKey="from"
              dataSource={basis.renamed}
              columns={[
                { title: text.formerColumn, dataIndex: 'from', ellipsis: true },
                { title: text.thisColumn, dataIndex: 'to', ellipsis: true },
                { title: text.indicator, key: 'indicator', render: (_, one) => indicatorOf(one.to) },
                {
                  title: text.why,
                  key: 'why',
                  render: (_, one) => (one.reason === 'place' ? text.whyPlace : text.whySimilar),
                },
                {
                  key: 'not',
                  width: 120,
                  render: (_, one) =>
                    used.has(one.to) && (
                      <Button size="small" onClick={() => onChange(withoutColumn(mapping, one.to))}>
                        {text.notMatch}
                      </Button>
                    ),
                },
              ]}
            />
          ),
        },
        {
          key: 'gone',
          label: text.basisGone(count(basis.gone.length)),
          disabled: basis.gone.length === 0,
          children: (
            <Table
              {...table}
              rowKey="column"
              dataSource={basis.gone}
              columns={[
                { title: text.formerColumn, dataIndex: 'column' },
                { title: text.indicator, key: 'indicator', render: (_, one) => one.indicator ?? '' },
              ]}
            />
          ),
        },
        {
          key: 'unused',
          label: text.basisUnused(count(basis.unused.length)),
          disabled: basis.unused.length === 0,
          children: (
            <Table
              {...table}
              rowKey="column"
              dataSource={basis.unused}
              columns={[
                { title: text.column, dataIndex: 'column', ellipsis: true },
                {
                  title: text.scaleFromTo,
                  key: 'scale',
                  render: (_, one) => `${one.scale.min}–${one.scale.max}`,
                },
                {
                  key: 'use',
                  width: 140,
                  render: (_, one) =>
                    !used.has(one.column) && (
                      <Button
                        size="small"
                        onClick={() =>
                          onChange(
                            withItem(withRoles(mapping, one.column, ['item']), one.column, {
                              scale: one.scale,
                              missing: one.missing,
                            }),
                          )
                        }
                      >
                        {text.useAsItem}
                      </Button>
                    ),
                },
              ]}
            />
          ),
        },
      ]}
    />
  );
}
