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
  'alias.save': entry('data', '记住地名对应', 'Place name matched'),
  'alias.delete': entry('data', '删除地名对应', 'Place name match deleted'),
  'person.erase': entry('data', '删除个人信息', 'Person erased'),
  'person.erase-again': entry('data', '恢复后再次删除个人信息', 'Erased people erased again after a restore'),
  'sample.save': entry('analysis', '保存样本', 'Sample saved'),
  'sample.rename': entry('analysis', '重命名样本', 'Sample renamed'),
  'sample.delete': entry('analysis', '删除样本', 'Sample deleted'),
  'dealer.add': entry('data', '新增经销商', 'Dealer added'),
  'dealer.change': entry('data', '修改经销商', 'Dealer changed'),
  'dealer.move': entry('data', '经销商迁址', 'Dealer moved'),
  'dealer.unmove': entry('data', '撤销迁址', 'Move taken back'),
  'dealer.merge': entry('data', '经销商合并', 'Dealer merged'),
  'dealer.separate': entry('data', '撤销合并', 'Merger taken back'),
  'dealer.remove': entry('data', '删除经销商', 'Dealer removed'),
  'dealers.load': entry('data', '导入经销商名单', 'List of dealers loaded'),
  'dealers.undo': entry('data', '撤销经销商名单', 'List of dealers taken back'),
  'scheme.save': entry('definitions', '保存区域方案', 'Region scheme saved'),
  'comparability.declare': entry('definitions', '认定渠道可比性', 'Comparability declared'),
  'scheme.delete': entry('definitions', '删除区域方案', 'Region scheme deleted'),
  'lost-sale.roles': entry(
    'analysis',
    '指定战败研究的原因、品牌与阶段',
    'Reason, brand and stage of lost sales told',
  ),
  'probe.save': entry('analysis', '保存短板检索', 'Probe saved'),
  'probe.run': entry('analysis', '运行短板检索', 'Probe run'),
  'probe.delete': entry('analysis', '删除短板检索', 'Probe deleted'),
  'weighting.save': entry('definitions', '保存样本加权', 'Weighting of respondents saved'),
  'weighting.delete': entry('definitions', '删除样本加权', 'Weighting of respondents deleted'),
  'rules.save': entry('definitions', '修改显示规则', 'Display rules changed'),
  'study.update': entry('definitions', '修改研究说明', 'Study described'),
  'wave.update': entry('definitions', '修改波次说明', 'Wave described'),
  'question.update': entry('definitions', '修改题目说明', 'Question described'),
  'questionnaire.draft': entry('definitions', '新建问卷版本', 'Questionnaire version begun'),
  'weights.save': entry('definitions', '保存指标体系与权重', 'Indicator tree and weights saved'),
  'weights.activate': entry('definitions', '启用权重版本', 'Weight version made current'),
  'forecast.run': entry('forecast', '运行预测', 'Forecast run'),
  'forecast.drop': entry('forecast', '移除失效的预测', 'Outdated forecast removed'),
  'forecast.drift': entry('forecast', '缓慢漂移检查', 'Slow drift looked for'),
  'alert.update': entry('forecast', '处理预警', 'Alert handled'),
  'view.save': entry('definitions', '保存分析视图', 'Analysis view saved'),
  'view.rename': entry('definitions', '重命名分析视图', 'Analysis view renamed'),
  'view.delete': entry('definitions', '删除分析视图', 'Analysis view deleted'),
  'plan.save': entry('plan', '保存计划', 'Plan saved'),
  'plan.update': entry('plan', '修改计划', 'Plan changed'),
  'plan.approve': entry('plan', '批准计划', 'Plan approved'),
  'plan.assess': entry('plan', '考核计划', 'Plan assessed'),
  'plan.delete': entry('plan', '删除计划', 'Plan deleted'),
  'reports.start': entry('reports', '开始生成报告', 'Reports started'),
  'reports.run': entry('reports', '生成报告', 'Reports made'),
  'backup.create': entry('upkeep', '备份', 'Backup'),
  'backup.restore': entry('upkeep', '恢复备份', 'Backup restored'),
  'backup.delete': entry('upkeep', '删除备份', 'Backup deleted'),
} as const satisfies Record<string, ActionEntry>;

/** The name of something the audit log records. */
export type AuditAction = keyof typeof AUDIT_ACTIONS;

/**
 * What an action is called; a name that another version of the workstation wrote stays as it is.
 * Example: `auditActionName('backup.create').en` is `Backup`.
 */
export function auditActionName(action: string): Bilingual {
  return Object.hasOwn(AUDIT_ACTIONS, action)
    ? AUDIT_ACTIONS[action as AuditAction].name
    : { zh: action, en: action };
}

/** The actions of an area. Example: `actionsOf('reports')` are `reports.start` and `reports.run`. */
export function actionsOf(area: AuditArea): AuditAction[] {
  return (Object.keys(AUDIT_ACTIONS) as AuditAction[]).filter(
    (action) => AUDIT_ACTIONS[action].area === area,
  );
}

/** The fields of something before and after it was changed. */
export interface AuditChange {
  before: Readonly<Record<string, unknown>>;
  after: Readonly<Record<string, unknown>>;
}

/**
 * The fields that differ between two states of a thing, for the detail of an audit entry; a field that only one side
 * has stands on that side alone. Example: `auditChange({ a: 1, b: 2 }, { a: 1, b: 3 })` is
 * `{ before: { b: 2 }, after: { b: 3 } }`.
 */
export function auditChange(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): AuditChange {
  const differs = ([name]: [string, unknown]) => JSON.stringify(before[name]) !== JSON.stringify(after[name]);
  return {
    before: Object.fromEntries(Object.entries(before).filter(differs)),
    after: Object.fromEntries(Object.entries(after).filter(differs)),
  };
}
