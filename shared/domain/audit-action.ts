import type { Bilingual } from './language.ts';

/** What an entry of the audit log is about. */
export const AUDIT_AREAS = {
  data: { zh: '数据', en: 'Data' },
  definitions: { zh: '口径', en: 'Definitions' },
  analysis: { zh: '样本与检索', en: 'Samples and probes' },
  forecast: { zh: '预测与预警', en: 'Forecasts and alerts' },
  plan: { zh: '计划', en: 'Plans' },
  reports: { zh: '报告', en: 'Reports' },
  upkeep: { zh: '维护', en: 'Upkeep' },
} as const satisfies Record<string, Bilingual>;

/** One area of the audit log. */
export type AuditArea = keyof typeof AUDIT_AREAS;

interface ActionEntry {
  area: AuditArea;
  name: Bilingual;
}

const entry = (area: AuditArea, zh: string, en: string): ActionEntry => ({ area, name: { zh, en } });

/**
 * Everything that the audit log records, by its name `area.verb`, with what it is called. The log only takes names
 * that stand here, so that none is shown without words.
 */
export const AUDIT_ACTIONS = {
  'import.commit': entry('data', '导入', 'Import'),
  'import.undo': entry('data', '撤销导入', 'Undo of an import'),
  'mapping.save': entry('data', '保存对应关系', 'Mapping saved'),
  'mapping.delete': entry('data', '删除对应关系', 'Mapping deleted'),
  'person.erase': entry('data', '删除个人信息', 'Person erased'),
  'sample.save': entry('analysis', '保存样本', 'Sample saved'),
  'sample.rename': entry('analysis', '重命名样本', 'Sample renamed'),
  'sample.delete': entry('analysis', '删除样本', 'Sample deleted'),
  'probe.save': entry('analysis', '保存短板检索', 'Probe saved'),
  'probe.run': entry('analysis', '运行短板检索', 'Probe run'),
  'probe.delete': entry('analysis', '删除短板检索', 'Probe deleted'),
