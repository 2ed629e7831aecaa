import type { Bilingual, Language } from './domain/language.ts';

/**
 * Every fault a user can meet: what happened and what to do next, in both languages.
 * `{name}` is filled from the fault's details. A code that is missing here does not compile.
 */
const ERROR_TEXTS = {
  'call-unknown': {
    zh: '没有名为“{call}”的操作。请更新工作站后重试。',
    en: 'There is no call named "{call}". Update the workstation and try again.',
  },
  'call-input-invalid': {
    zh: '“{call}”的输入不正确：{path}（{problem}）。请改正后重试。',
    en: 'The input of "{call}" is not valid at {path} ({problem}). Correct it and try again.',
  },
  'engine-fault': {
    zh: '发生了未预料的错误（{detail}）。数据没有改变；请重试，若再次出现请附上日志联系维护人员。',
    en: 'Something unexpected happened ({detail}). No data changed; try again, and if it happens twice send the log to whoever maintains this installation.',
  },
  'engine-stopped': {
    zh: '计算引擎意外停止，正在重新启动。已确认的数据不受影响，请重新执行刚才的操作。',
    en: 'The engine stopped unexpectedly and is being restarted. Confirmed data are safe; run the last step again.',
  },
  'job-cancelled': {
    zh: '操作已取消，没有留下任何更改。',
    en: 'The operation was cancelled and left no change.',
  },
  'database-not-open': {
    zh: '还没有打开数据库。请先打开、新建，或使用示例数据。',
    en: 'No database is open. Open or create one, or explore the sample data.',
  },
  'database-moved': {
    zh: '数据库已不在 {path}：文件或文件夹被移动、改名，或磁盘已断开，因此没有备份。请先在这里关闭它，再从现在的位置打开。',
    en: 'The database is no longer at {path}: the file or its folder was moved or renamed, or its disk was taken away. No backup was made. Close it here, then open it where it is now.',
  },
  'database-not-found': {
    zh: '找不到数据库 {path}。请检查位置，或新建一个数据库。',
    en: 'There is no database at {path}. Check the place, or create a new one.',
  },
  'database-exists': {
    zh: '{path} 已存在。请换一个名称，或直接打开它。',
    en: '{path} exists already. Choose another name, or open it.',
  },
  'folder-not-writable': {
    zh: '无法在 {folder} 中新建数据库：没有写入权限，或那里不是文件夹。请换一个位置。',
    en: 'No database can be made in {folder}: it cannot be written, or is no folder. Choose another place.',
  },
  'database-not-ours': {
    zh: '{path} 不是本工作站的数据库。请选择扩展名为 .csi 的文件。',
    en: '{path} is not a database of this workstation. Choose a .csi file.',
  },
  'database-damaged': {
    zh: '数据库 {path} 已损坏（{detail}）。请在“数据 › 备份”中恢复最近的备份；原文件会被保留。',
    en: 'The database {path} is damaged ({detail}). Restore the latest backup; the damaged file will be kept.',
  },
  'database-disk-fault': {
    zh: '读写数据库 {path} 时磁盘出错（{detail}），这一步没有保存，之前已确认的数据不受影响。请检查磁盘或移动盘的连接，再重新打开数据库；若再次出现，请在另一块磁盘上恢复备份。',
    en: 'The disk failed while the database {path} was read or written ({detail}). This step was not kept; what was confirmed before is safe. Check the disk and its connection and open the database again; if it happens again, restore a backup on another disk.',
  },
  'database-newer': {
    zh: '数据库由更新版本的工作站写成（结构 {found}，本版支持 {supported}），现以只读方式打开。请更新工作站。',
    en: 'The database was written by a newer workstation (schema {found}, this one knows {supported}). It opens read-only; update the workstation to change it.',
  },
  'database-locked': {
    zh: '数据库正被 {holder} 使用（自 {since}）。请先关闭那一边，再打开。',
    en: 'The database is in use by {holder} since {since}. Close it there first.',
  },
  'database-read-only': {
    zh: '数据库 {path} 只能读取。请检查文件或文件夹的写入权限。',
    en: 'The database {path} can only be read. Check the write permission of the file and its folder.',
  },
  'database-network-drive': {
    zh: '数据库不能放在网络驱动器上（{path}）。请把它放到本机磁盘。',
    en: 'A database cannot live on a network drive ({path}). Put it on a disk of this computer.',
  },
  'database-lost-commits': {
    zh: '数据库 {path} 缺少已确认的数据：应有第 {expected} 批，实际只到第 {found} 批。请恢复最近的备份。',
    en: 'The database {path} has lost confirmed data: batch {expected} was acknowledged, only {found} is there. Restore the latest backup.',
  },
  'database-full': {
    zh: '磁盘空间不足，没有写入任何数据。请腾出空间后重试。',
    en: 'The disk is full; nothing was written. Free some space and try again.',
  },
  'backup-failed': {
    zh: '备份没有完成（{detail}）。原数据库不受影响；请检查备份文件夹的空间和权限。',
    en: 'The backup was not made ({detail}). The database is unharmed; check space and permissions of the backup folder.',
  },
  'backup-damaged': {
    zh: '备份 {path} 校验不通过（{detail}），不能用于恢复。请选择另一个备份。',
    en: 'The backup {path} failed its verification ({detail}) and cannot be restored. Choose another one.',
  },
  'restore-failed': {
    zh: '恢复没有完成（{detail}）。现有数据库保持原样。',
    en: 'The restore was not completed ({detail}). The present database is as it was.',
  },
  'import-file': {
    zh: '文件 {file} 无法读取：{problem}',
    en: 'The file {file} cannot be read: {problem}',
  },
  'import-duplicate': {
    zh: '文件 {file} 已于 {when} 作为第 {batch} 批导入，未重复导入。若要重新导入，请先撤销该批。',
    en: 'The file {file} was imported on {when} as batch {batch}. Undo that batch first if you want to import it again.',
  },
  'import-mapping': {
    zh: '对应关系有误：{problem}。请在导入向导中修改。',
    en: 'The mapping is not right: {problem}. Change it in the import wizard.',
  },
  'mapping-unknown': {
    zh: '没有名为“{mapping}”的对应关系。',
    en: 'There is no mapping named "{mapping}".',
  },
  'alias-target-unknown': {
    zh: '没有代码为“{target}”的经销商或城市。请从列表中选择。',
    en: 'There is no dealer or city with the code "{target}". Choose one from the list.',
  },
  'import-rejected-rows': {
    zh: '{rejected} 行有错误，没有导入任何数据。首个问题：{problem} 请改正文件，或在预览后选择只导入其余 {accepted} 行。',
    en: 'Rows with faults: {rejected}; nothing was imported. The first one: {problem} Correct the file, or choose after the preview to load the others only ({accepted}).',
  },
  'import-empty': {
    zh: '文件 {file} 没有可导入的数据行（共 {rows} 行，均被拒绝或为空）。请检查对应关系和问题列表。',
    en: 'The file {file} holds no row that can be imported ({rows} read, all rejected or blank). Check the mapping and the list of issues.',
  },
  'batch-unknown': {
    zh: '找不到第 {batch} 批导入。',
    en: 'There is no import batch {batch}.',
  },
  'batch-undone': {
    zh: '第 {batch} 批已于 {when} 撤销。',
    en: 'Batch {batch} was undone on {when}.',
  },
  'city-unknown': {
    zh: '城市有误：{problem}。{nearest}请改正后重试。',
    en: 'The city is not right: {problem}.{nearest} Correct it and try again.',
  },
  'dealer-unknown': {
    zh: '找不到代码为“{dealer}”的经销商。',
    en: 'There is no dealer with the code "{dealer}".',
  },
  'dealer-exists': {
    zh: '代码“{dealer}”已被“{name}”使用。请换一个代码，或修改那家经销商。',
    en: 'The code "{dealer}" belongs to "{name}" already. Take another code, or change that dealer.',
  },
  'dealer-edit': {
    zh: '经销商“{dealer}”没有更改：{problem}。',
    en: 'The dealer "{dealer}" was not changed: {problem}.',
  },
  'dealer-in-use': {
    zh: '经销商“{dealer}”已有答卷，或有其他店并入，不能删除。请改为登记停业日期。',
    en: 'The dealer "{dealer}" has answers or took another one over and cannot be removed. Enter the day it closed instead.',
  },
  'dealer-list': {
    zh: '名单 {file} 有误：{problem}',
    en: 'The list {file} is not right: {problem}',
  },
  'dealer-list-unknown': { zh: '找不到第 {list} 份名单。', en: 'There is no list {list}.' },
  'dealer-list-undone': {
    zh: '名单 {file} 已于 {when} 撤销。',
    en: 'The list {file} was taken back on {when}.',
  },
  'scheme-in-use': {
    zh: '方案“{scheme}”（{from} 起）已被 {uses} 项预测、计划或报告使用，不能改动或删除。请另设生效日期，保存为新版本。',
    en: 'The scheme "{scheme}" from {from} is used by stored forecasts, plans or reports ({uses}) and cannot be changed or deleted. Give another start day to save a new version.',
  },
  'scheme-exists': {
    zh: '方案“{scheme}”已有 {from} 起生效的版本。请换一个生效日期。',
    en: 'The scheme "{scheme}" has a version from {from} already. Choose another start day.',
  },
  'scheme-content': {
    zh: '区域方案有误：{problem}。',
    en: 'The region scheme is not right: {problem}.',
  },
  'channels-same': {
    zh: '请选择两个不同的渠道。',
    en: 'Choose two different channels.',
  },
  'segment-unknown': {
    zh: '找不到这一段序列，它的数据可能已被撤销。',
    en: 'There is no such part of a series; its data may have been undone.',
  },
  'scheme-as-was': {
    zh: '“{scheme}”按当时归属汇总，只用于查看和对比；预测、计划和报告请选择一个方案版本。',
    en: '"{scheme}" shows places as they were, to look at and compare; choose one version of the scheme for forecasts, plans and reports.',
  },
  'study-unknown': { zh: '找不到研究“{study}”。', en: 'There is no study "{study}".' },
  'channel-without-data': {
    zh: '渠道“{channel}”没有数据。请先导入研究，或选择另一个渠道。',
    en: 'The channel "{channel}" holds no data. Import a study first, or choose another channel.',
  },
  'scheme-unknown': { zh: '找不到区域方案“{scheme}”。', en: 'There is no region scheme "{scheme}".' },
  'scope-unknown': {
    zh: '当前区域方案中没有“{scope}”。',
    en: 'There is no "{scope}" under this region scheme.',
  },
  'indicator-unknown': { zh: '找不到指标“{indicator}”。', en: 'There is no indicator "{indicator}".' },
  'sample-unknown': {
    zh: '找不到样本 {sample}，它可能已被删除。请选择另一个样本或“全部受访者”。',
    en: 'There is no sample {sample}; it may have been deleted. Choose another one, or all respondents.',
  },
  'sample-name-taken': {
    zh: '已有名为“{name}”的样本。请换一个名称。',
    en: 'There is a sample named "{name}" already. Choose another name.',
  },
  'probe-unknown': { zh: '找不到短板检索 {probe}。', en: 'There is no probe {probe}.' },
  'probe-name-taken': {
    zh: '已有名为“{name}”的短板检索。请换一个名称。',
    en: 'There is a probe named "{name}" already. Choose another name.',
  },
  'probe-run-unknown': { zh: '找不到第 {run} 次检索结果。', en: 'There is no probe run {run}.' },
  'probe-without-hits': {
    zh: '没有命中任何单位，无法存为样本。请放宽条件后再试。',
    en: 'No unit was hit, so there is nothing to keep as a sample. Loosen the conditions and try again.',
  },
  'sample-without-data': {
    zh: '所选样本在{channel}中没有可用的回答。请换一个渠道，或恢复全部受访者。',
    en: 'The chosen sample holds no answers of the channel {channel}. Choose another channel, or all respondents.',
  },
  'sample-in-use': {
    zh: '样本“{sample}”正被{user}使用，不能删除或更改条件。请先删除那一项，或另存为新样本。',
    en: 'The sample "{sample}" is used by {user} and can neither be deleted nor get other conditions. Delete that first, or save a new sample.',
  },
  'weight-set-unknown': {
    zh: '找不到指标权重版本 {weightSet}。请选择另一个版本。',
    en: 'There is no version {weightSet} of the indicator weights. Choose another one.',
  },
  'wave-unknown': {
    zh: '找不到波次 {wave}。请刷新后重试。',
    en: 'There is no wave {wave}. Refresh and try again.',
  },
  'fieldwork-dates': {
    zh: '执行开始日期 {from} 晚于结束日期 {to}。请改正日期。',
    en: 'The fieldwork starts on {from}, after its end on {to}. Correct the dates.',
  },
  'questionnaire-unknown': {
    zh: '找不到问卷 {questionnaire}。请刷新后重试。',
    en: 'There is no questionnaire {questionnaire}. Refresh and try again.',
  },
  'questionnaire-exists': {
    zh: '研究“{study}”已有问卷版本“{version}”。请换一个版本名。',
    en: 'The study "{study}" has a questionnaire version "{version}" already. Choose another name.',
  },
  'questionnaire-without-data': {
    zh: '问卷版本“{version}”还没有导入过数据，无法作为新版本的起点。请选择有数据的版本。',
    en: 'No data of questionnaire version "{version}" have been imported, so a new version cannot start from it. Choose one with data.',
  },
  'question-unknown': {
    zh: '找不到题目 {question}。请刷新后重试。',
    en: 'There is no question {question}. Refresh and try again.',
  },
  'weighting-unknown': {
    zh: '找不到样本加权方案 {weighting}，它可能已被删除。请选择另一个方案或“研究自带权重”。',
    en: "There is no weighting {weighting}; it may have been deleted. Choose another one, or the study's own weights.",
  },
  'weighting-name-taken': {
    zh: '已有名为“{name}”的加权方案。请换一个名称。',
    en: 'There is a weighting named "{name}" already. Choose another name.',
  },
  'weighting-no-answers': {
    zh: '渠道“{channel}”在所选季度没有逐份答卷，无法加权。请选择有答卷的渠道和季度。',
    en: 'The channel "{channel}" holds no single responses in these quarters, so nothing can be weighted. Choose others.',
  },
  'weighting-margin-unknown': {
    zh: '该渠道没有“{margin}”这个属性。请选择其他属性。',
    en: 'This channel has no attribute "{margin}". Choose another one.',
  },
  'weighting-no-target': {
    zh: '“{marginZh}”没有可用的目标占比：至少要有一个有受访者的类别目标大于 0。',
    en: '"{marginEn}" has no target that can be reached: at least one category with respondents needs a target above 0.',
  },
  'weighting-table': {
    zh: '文件 {file} 不能作为目标占比表：{problem}',
    en: 'The file {file} cannot be used as a table of targets: {problem}',
  },
  'weights-invalid': {
    zh: '指标体系不能保存：{problem}',
    en: 'The indicator tree cannot be saved: {problem}',
  },
  'weights-table': {
    zh: '文件 {file} 不能作为权重表：{problem}',
    en: 'The file {file} cannot be used as a table of weights: {problem}',
  },
  'explore-too-large': {
    zh: '这张表太大，无法计算。请减少维度、缩小范围或时间段，或换用较粗的层级。',
    en: 'This table is too large to work out. Take fewer dimensions, a smaller area or span of time, or a coarser level.',
  },
  'explore-dimensions': {
    zh: '“{dimensionZh}”不能同时放在行和列中。请从其中一边移除。',
    en: '"{dimensionEn}" cannot stand in rows and columns at once. Remove it from one of them.',
  },
  'data-moved': {
    zh: '计算期间数据发生了变化。请重新执行。',
    en: 'The data changed while this was worked out. Run it again.',
  },
  'attribute-unknown': {
    zh: '所选渠道没有询问过“{attribute}”。请换一个属性或渠道。',
    en: 'The chosen channel never asked "{attribute}". Choose another attribute or channel.',
  },
  'view-unknown': {
    zh: '找不到视图 {view}，它可能已被删除。',
    en: 'There is no view {view}; it may have been deleted.',
  },
  'view-exists': {
    zh: '已有名为“{name}”的视图。请换一个名称，或覆盖它。',
    en: 'There is a view named "{name}" already. Choose another name, or replace it.',
  },
  'plan-unknown': { zh: '找不到计划 {plan}。', en: 'There is no plan {plan}.' },
  'plan-without-baseline': {
    zh: '{year} 年没有可用作基线的数据。请先导入该年的研究。',
    en: 'There are no data of {year} to serve as a baseline. Import that year first.',
  },
  'plan-frozen': {
    zh: '计划“{plan}”已批准，不能再修改。请复制为新的草案。',
    en: 'The plan "{plan}" is approved and cannot change. Copy it into a new draft.',
  },
  'plan-lock-out-of-reach': {
    zh: '{area} 的“{indicator}”不能锁定为 {score} 分：上限是 {ceiling} 分。请降低该值，或提高上限。',
    en: '"{indicator}" of {area} cannot be fixed at {score}: its ceiling is {ceiling}. Lower the value or raise the ceiling.',
  },
  'plan-outdated': {
    zh: '计划“{plan}”保存之后数据有变化。请打开它重新计算并保存，再批准。',
    en: 'The data changed after the plan "{plan}" was saved. Open it, recalculate and save it, then approve it.',
  },
  'plan-not-approved': {
    zh: '计划“{plan}”还是草案。只有批准后的计划才能跟踪和考核。',
    en: 'The plan "{plan}" is still a draft. Only an approved plan can be followed and assessed.',
  },
  'plan-without-actuals': {
    zh: '{year} 年还没有可用于考核计划的数据。请先导入该年的研究。',
    en: 'There are no data of {year} yet to assess the plan with. Import that year first.',
  },
  'plan-table': {
    zh: '文件 {file} 不能作为计划用表：{problemZh}',
    en: 'The file {file} cannot be used for a plan: {problemEn}',
  },
  'person-unknown': {
    zh: '找不到此人，可能已被删除。请重新查找。',
    en: 'There is no such person; it may have been erased already. Search again.',
  },
  'file-not-written': {
    zh: '无法写入 {file}（{detail}）。请关闭正在使用它的程序，或换一个位置。',
    en: 'The file {file} cannot be written ({detail}). Close whatever uses it, or choose another place.',
  },
  'alert-cause-missing': {
    zh: '预警 {alert} 标为“已解释”前需要选择原因。请先选择原因，或改为“已知晓”。',
    en: 'Alert {alert} needs a cause before it can be marked as explained. Choose a cause, or mark it as acknowledged.',
  },
  'alert-unknown': { zh: '找不到预警 {alert}。', en: 'There is no alert {alert}.' },
  'report-nothing': {
    zh: '所选范围在 {quarter} 没有可出报告的经销商。请换季度或范围。',
    en: 'No dealer in the chosen area has data in {quarter}. Choose another quarter or area.',
  },
  'report-folder': {
    zh: '无法写入报告文件夹 {folder}（{detail}）。请选择其他位置。',
    en: 'The report folder {folder} cannot be written ({detail}). Choose another place.',
  },
  'report-data-changed': {
    zh: '批次 {batch} 开始后数据已变化，不能继续。请新建一个报告批次。',
    en: 'The data changed since batch {batch} began, so it cannot be continued. Start a new batch.',
  },
  'report-batch-unknown': { zh: '找不到报告批次 {batch}。', en: 'There is no report batch {batch}.' },
  'sample-missing': {
    zh: '找不到示例数据。请重新安装，或在项目文件夹运行 npm run build。',
    en: 'The sample studies are missing. Install again, or run npm run build in the project folder.',
  },
  'backup-unknown': { zh: '找不到备份 {backup}。', en: 'There is no backup {backup}.' },
  'path-not-allowed': {
    zh: '位置 {path} 不能使用。请通过文件对话框选择。',
    en: 'The path {path} cannot be used. Choose it in the file dialog.',
  },
} as const satisfies Record<string, Bilingual>;

/** The closed union of fault codes, `area-fault`. */
export type ErrorCode = keyof typeof ERROR_TEXTS;

/** All codes, for the conformance test. */
export const ERROR_CODES = Object.keys(ERROR_TEXTS) as ErrorCode[];

/** What a sentence is filled with. */
export type ErrorDetails = Record<string, string | number>;

/**
 * An expected fault of a service. Only `engine.call` catches it; it reaches the user as an envelope whose
 * message is `describeError(code, details)`. Example: `throw new AppError('study-unknown', { study: 'x' })`.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}

/**
 * Fills `{name}` placeholders. A detail that is itself a text comes in both languages as `nameZh` and `nameEn`; an
 * absent one is shown as `—`.
 */
export function fillText(text: string, details: ErrorDetails, language: Language): string {
  const suffix = language === 'en' ? 'En' : 'Zh';
  return text.replace(/\{(\w+)\}/g, (_, name: string) =>
    String(details[name + suffix] ?? details[name] ?? '—'),
  );
}

/** The sentence of a fault in one language. Example: `describeError('study-unknown', { study: 'x' }, 'en')`. */
export function describeError(code: ErrorCode, details: ErrorDetails, language: Language): string {
  const text = ERROR_TEXTS[code];
  return fillText(language === 'en' ? text.en : text.zh, details, language);
}

/** A fault as it crosses a process border: code, details and the sentence in both languages. */
export interface ErrorReport {
  code: ErrorCode;
  details: ErrorDetails;
  message: Bilingual;
}

/** The report of a fault; anything that is no `AppError` becomes `engine-fault`. */
export function reportError(error: unknown): ErrorReport {
  const known =
    error instanceof AppError
      ? error
      : new AppError('engine-fault', {
          detail: error instanceof Error ? error.message.slice(0, 200) : 'unknown',
        });
  const { code, details } = known;
  return {
    code,
    details,
    message: { zh: describeError(code, details, 'zh-CN'), en: describeError(code, details, 'en') },
  };
}
