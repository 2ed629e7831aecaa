import type { Bilingual, Language } from './language.ts';
import { inLanguage } from './language.ts';

/** How bad an issue is: an `error` keeps the row (or file) out, a `warning` lets it in and is shown in the preview. */
type IssueSeverity = 'error' | 'warning';

/**
 * What happened and what to do next, for every code. `{value}` stands for the offending value; a sentence reads
 * well without it. Keys are the closed set of codes, so a code without a sentence cannot exist.
 */
const SENTENCES = {
  // the file itself
  'file-missing': s(
    '找不到该文件。请确认文件没有被移动或改名，再重新选择。',
    'The file is not there. Check that it was not moved or renamed, then choose it again.',
  ),
  'no-permission': s(
    '没有读取该文件的权限。请联系文件所有者授权，或复制一份到自己的文件夹后再导入。',
    'You are not allowed to read this file. Ask its owner for access, or copy it to a folder of your own.',
  ),
  'file-in-use': s(
    '文件正被其他程序占用。请在 Excel 等程序中关闭它，再导入。',
    'Another program is holding the file. Close it there (for example in Excel), then import again.',
  ),
  'not-a-file': s(
    '所选对象不是普通文件（文件夹、设备或管道）。请选择一个数据文件。',
    'This is a folder, a device or a pipe, not a file. Choose a data file.',
  ),
  'file-too-large': s(
    '文件超过 2 GB 的上限，没有读取。请按季度或按大区拆分后分别导入。',
    'The file is larger than the limit of 2 GB and was not read. Split it by quarter or region and import the parts.',
  ),
  'read-failed': s(
    '读取文件时磁盘或网络出错。请把文件复制到本机磁盘后再导入。',
    'The disk or network failed while the file was read. Copy the file to a local disk and import it again.',
  ),
  'file-changed': s(
    '读取过程中文件发生了变化，本次没有导入任何数据。请等文件保存完毕后重新导入。',
    'The file changed while it was being read; nothing was imported. Wait until it is saved completely, then import again.',
  ),
  'empty-file': s(
    '文件是空的。请确认导出已经完成，或重新导出。',
    'The file is empty. Check that the export had finished, or export it again.',
  ),
  'header-only': s(
    '文件只有表头，没有数据行。请检查导出时的筛选条件。',
    'The file has a header and no rows of data. Check the filter that was set when it was exported.',
  ),
  'unsupported-format': s(
    '不支持这种文件（{value}）。请另存为 CSV 或 .xlsx，或提供 SPSS .sav 文件。',
    'This kind of file is not supported ({value}). Save it as CSV or .xlsx, or deliver it as SPSS .sav.',
  ),
  'extension-mismatch': s(
    '扩展名与内容不符，已按实际内容（{value}）读取。请在预览中核对。',
    'The extension does not fit the content; the file was read as what it is ({value}). Check the preview.',
  ),
  'html-file': s(
    '这是一个网页文件，只是扩展名像表格。请用 Excel 打开它，另存为 .xlsx 后再导入。',
    'This is a web page with the name of a spreadsheet. Open it in Excel, save it as .xlsx, then import that.',
  ),
  'text-named-workbook': s(
    '这是文本文件，扩展名却是 Excel 工作簿。请把扩展名改为 .csv 后再导入。',
    'This is a text file with the name of an Excel workbook. Rename it to .csv, then import it.',
  ),
  'old-xls': s(
    '这是旧版 Excel 格式（.xls）。请在 Excel 中另存为 .xlsx 后再导入。',
    'This is the old Excel format (.xls). Open it in Excel, save it as .xlsx, then import that.',
  ),
  'password-protected': s(
    '文件设有打开密码，无法读取。请在 Excel 中取消密码并另存后再导入。',
    'The file is protected by a password. Remove the password in Excel, save it, then import it again.',
  ),
  'already-imported': s(
    '这个文件已经导入过（{value}）。如需重新导入，请先撤销那个批次。',
    'This very file has been imported already ({value}). To import it again, undo that batch first.',
  ),
  // characters
  'encoding-guessed': s(
    '文件没有编码标记，已按 {value} 读取。请在预览中确认中文显示正确，否则改选编码。',
    'The file does not state its encoding and was read as {value}. Check the characters in the preview, or choose another encoding.',
  ),
  'encoding-unknown': s(
    '无法识别文件的编码。请手动选择编码，或另存为 UTF-8 后再导入。',
    'The encoding of the file could not be recognised. Choose it yourself, or save the file as UTF-8.',
  ),
  'bad-byte': s(
    '有无法解码的字节，原字符已丢失。请在源文件中改正这一格，或改选编码。',
    'There are bytes that are no character in this encoding. Correct the cell in the source file, or choose another encoding.',
  ),
  'nul-character': s(
    '单元格里有空字符（NUL），文件可能已损坏。请重新导出，或改正这一格。',
    'The cell holds a NUL character, a sign of a damaged file. Export the file again, or correct the cell.',
  ),
  'lone-surrogate': s(
    '单元格里有不完整的字符。请在源文件中改正这一格。',
    'The cell holds half of a character. Correct the cell in the source file.',
  ),
  'mixed-line-ends': s(
    '文件混用了几种换行符，已全部接受。请核对预览中的行数。',
    'The file mixes several kinds of line end; all were accepted. Check the number of rows in the preview.',
  ),
  // the shape of a text table
  'quote-not-closed': s(
    '从这一行开始的引号没有结束，后面的内容无法分行。请补上引号后再导入。',
    'A quotation mark opened in this row is never closed. Add the closing mark, then import again.',
  ),
  'stray-quote': s(
    '结束引号后面还有文字，无法确定单元格边界。请把单元格内的引号写成两个。',
    'Text follows a closing quotation mark, so the end of the cell is unclear. Double the marks inside the cell.',
  ),
  'cell-too-long': s(
    '单元格超过 100 万个字符，多半是引号或分隔符出错。请检查这一行。',
    'A cell is longer than 1,000,000 characters, usually because of a wrong quotation mark or delimiter. Check this row.',
  ),
  'too-many-columns': s(
    '列数超过 16,384 的上限（{value} 列）。请确认分隔符，或删去不用的列。',
    'There are more than 16,384 columns ({value}). Check the delimiter, or remove columns that are not needed.',
  ),
  'too-many-fields': s(
    '这一行在表头各列之外还有内容“{value}”。若因内容里含有分隔符，请给该内容加上引号；否则请删去，或给这一列补上表头。',
    'This row holds "{value}" beyond the columns of the header. If a value contains the delimiter, put it in quotation marks; otherwise remove it, or give its column a header.',
  ),
  'too-few-fields': s(
    '这一行的字段比表头少，可能被截断。请补齐这一行。',
    'This row has fewer fields than the header and may be cut off. Complete the row.',
  ),
  // headers
  'blank-header': s(
    '这一列没有表头，已按列号命名。请在映射中确认它的含义，或不导入。',
    'This column has no header and was named by its position. Say in the mapping what it is, or leave it out.',
  ),
  'duplicate-header': s(
    '表头重复，后出现的列已加上序号。请在映射中确认用哪一列。',
    'Two columns have the same header; the later one was numbered. Check in the mapping which one is meant.',
  ),
  'reserved-header': s(
    '表头“{value}”不能用作列名。请改名后再导入。',
    'The header "{value}" cannot be used as a name. Rename the column, then import again.',
  ),
  'missing-column': s(
    '映射需要的列“{value}”不在文件里。请检查表头，或修改映射。',
    'The mapping needs the column "{value}", which the file does not have. Check the header, or change the mapping.',
  ),
  'merged-header': s(
    '表头有合并单元格，已把文字用于其下各列。请在预览中核对列名。',
    'The header has merged cells; their text was given to every column below. Check the names in the preview.',
  ),
  'title-skipped': s(
    '表头上方的标题行已跳过（从这一行起）。如不对，请在预览中改选表头行。',
    'The title above the header was skipped (its first row is given). Choose the header row in the preview if that is wrong.',
  ),
  'merged-cells': s(
    '数据区有合并单元格（从这一行起），其内容已用于所覆盖的每一格。请在预览中核对。',
    'There are merged cells among the data (the first row is given); their content was given to every cell they cover. Check the preview.',
  ),
  // workbooks
  'not-a-workbook': s(
    '这是压缩包，但不是 .xlsx 工作簿（{value}）。请在 Excel 中另存为 .xlsx 后再导入。',
    'This is a zip archive but no .xlsx workbook ({value}). Save it as .xlsx in Excel, then import that.',
  ),
  'zip-cut-short': s(
    '工作簿不完整，可能没有下载或复制完。请重新获取文件。',
    'The workbook is incomplete; the download or copy probably stopped halfway. Fetch the file again.',
  ),
  'zip-damaged': s(
    '工作簿的压缩结构已损坏（{value}）。请重新获取文件，或用 Excel 打开并另存。',
    'The archive structure of the workbook is damaged ({value}). Fetch the file again, or open and save it in Excel.',
  ),
  'zip-checksum': s(
    '工作簿中的“{value}”校验不符，内容已损坏。请重新获取文件，不要使用这一份。',
    'The part "{value}" of the workbook does not match its checksum: the content is damaged. Fetch the file again.',
  ),
  'zip-too-many-entries': s(
    '工作簿内部的文件超过 1,000 个（{value}）。请只保留数据工作表，另存后再导入。',
    'The workbook contains more than 1,000 parts ({value}). Keep only the sheet with the data, save it, and import that.',
  ),
  'zip-part-too-large': s(
    '工作簿中的“{value}”展开后超过 512 MB，没有读取。请拆分，或改用 CSV。',
    'The part "{value}" of the workbook unpacks to more than 512 MB and was not read. Split it, or deliver CSV.',
  ),
  'zip-too-large': s(
    '工作簿展开后超过 1 GB，没有读取。请拆分，或改用 CSV。',
    'The workbook unpacks to more than 1 GB and was not read. Split it, or deliver CSV.',
  ),
  'zip-high-ratio': s(
    '工作簿的压缩比异常高（{value}）。内容已照常读取，请确认来源可靠。',
    'The workbook is packed unusually tightly ({value}). It was read as usual; make sure you trust its source.',
  ),
  'zip-overlap': s(
    '工作簿中的“{value}”与其他部分重叠，可能是恶意文件，没有读取。请向来源核实。',
    'The part "{value}" overlaps another one, a sign of a hostile file. It was not read; ask where it comes from.',
  ),
  'zip-bad-name': s(
    '工作簿含有不安全的内部路径“{value}”，没有读取。请向来源核实。',
    'The workbook holds an unsafe inner path "{value}" and was not read. Ask where it comes from.',
  ),
  'zip-duplicate-part': s(
    '工作簿中“{value}”出现了两次，无法确定用哪一份。请用 Excel 打开并另存。',
    'The part "{value}" is in the workbook twice, so it is unclear which counts. Open and save it in Excel.',
  ),
  'zip-unsupported': s(
    '工作簿使用了不支持的压缩方式（{value}）。请用 Excel 打开并另存。',
    'The workbook uses a kind of compression that is not supported ({value}). Open and save it in Excel.',
  ),
  'xml-doctype': s(
    '工作簿中的“{value}”含有文档类型声明，可能是恶意文件，没有读取。请向来源核实。',
    'The part "{value}" declares a document type, a sign of a hostile file. It was not read; ask where it comes from.',
  ),
  'xml-malformed': s(
    '工作簿中的“{value}”内容不合规范。请用 Excel 打开并另存后再导入。',
    'The part "{value}" of the workbook is not well-formed. Open and save it in Excel, then import it again.',
  ),
  'sheet-missing': s(
    '工作簿里没有工作表“{value}”。请从列表中选择一个工作表。',
    'The workbook has no sheet "{value}". Choose one from the list.',
  ),
  'sheet-chosen': s(
    '工作簿有多个工作表，已选“{value}”。如不对，请改选。',
    'The workbook has several sheets; "{value}" was taken. Choose another one if that is wrong.',
  ),
  'hidden-sheet': s(
    '工作表“{value}”是隐藏的。请确认是否要导入它的内容。',
    'The sheet "{value}" is hidden. Decide whether its content belongs in the import.',
  ),
  'hidden-rows': s(
    '工作表有隐藏的行（从这一行起），它们也会导入。不需要的话请先删除。',
    'The sheet has hidden rows (the first is given); they are imported too. Delete them first if they do not belong.',
  ),
  'hidden-columns': s(
    '工作表有隐藏的列，它们也会读取。请在映射中确认是否需要。',
    'The sheet has hidden columns; they are read too. Decide in the mapping whether they are needed.',
  ),
  'date-1904': s(
    '工作簿使用 1904 日期系统，日期已据此换算。请在预览中核对日期。',
    'The workbook counts dates from 1904; dates were converted accordingly. Check them in the preview.',
  ),
  'shared-string-missing': s(
    '单元格指向不存在的文字（编号 {value}），工作簿已损坏。请用 Excel 打开、检查并另存。',
    'The cell points to a text that does not exist (number {value}): the workbook is damaged. Open, check and save it in Excel.',
  ),
  'formula-without-value': s(
    '公式没有保存计算结果。请在 Excel 中打开并保存，使结果写入文件。',
    'The formula has no stored result. Open the workbook in Excel and save it, so that the result is in the file.',
  ),
  'error-cell': s(
    '单元格是错误值 {value}。请在 Excel 中改正，或清空这一格。',
    'The cell holds the error {value}. Correct it in Excel, or empty the cell.',
  ),
  'duplicate-cell': s(
    '同一个单元格出现了两次。请用 Excel 打开并另存后再导入。',
    'The same cell is stored twice. Open and save the workbook in Excel, then import it again.',
  ),
  // SPSS
  'sav-bad-magic': s(
    '这不是 SPSS 数据文件，只是扩展名为 .sav。请重新从 SPSS 导出。',
    'This is not an SPSS data file although it is named .sav. Export it from SPSS again.',
  ),
  'sav-cut-short': s(
    'SPSS 文件不完整，可能没有复制完。请重新获取文件。',
    'The SPSS file is incomplete; the copy probably stopped halfway. Fetch the file again.',
  ),
  'sav-bad-block': s(
    'SPSS 文件的压缩数据已损坏。请重新获取文件。',
    'A compressed block of the SPSS file is damaged. Fetch the file again.',
  ),
  'sav-malformed': s(
    'SPSS 文件的结构不合规范（{value}）。请用 SPSS 打开并另存。',
    'The structure of the SPSS file is not valid ({value}). Open and save it in SPSS.',
  ),
  'sav-count-differs': s(
    'SPSS 文件声明的个案数与实际不同（{value}）。请重新导出。',
    'The SPSS file announces another number of cases than it holds ({value}). Export it again.',
  ),
  'sav-set-left-out': s(
    '多选题组无法读取（{value}），其各列仍可单独使用。请在 SPSS 的“定义多响应集”中检查后重新导出。',
    'A multiple-response set could not be read ({value}); its columns can still be used one by one. Check it under Define Multiple Response Sets in SPSS and export again.',
  ),
  // values
  'value-required': s(
    '这一格不能为空。请补上内容，或在映射中改为可选。',
    'This cell must not be empty. Fill it in, or make the column optional in the mapping.',
  ),
  'number-unreadable': s(
    '“{value}”不是数字。请改正，或在映射中登记为缺失代码。',
    '"{value}" is not a number. Correct it, or list it as a missing code in the mapping.',
  ),
  'number-not-finite': s(
    '“{value}”不是有限的数。请改正或清空这一格。',
    '"{value}" is not a finite number. Correct the cell or empty it.',
  ),
  'number-unit': s(
    '“{value}”的单位与映射中设定的不同。请统一单位，或修改映射。',
    'The unit of "{value}" differs from the one in the mapping. Use one unit, or change the mapping.',
  ),
  'score-out-of-scale': s(
    '分值 {value} 超出了题目的量程。请核对量程设置，或改正分值。',
    'The score {value} lies outside the scale of the question. Check the scale in the mapping, or correct the score.',
  ),
  'weight-not-positive': s(
    '权重 {value} 不是正数。请改正权重，或不导入这一行。',
    'The weight {value} is not above zero. Correct it, or leave the row out.',
  ),
  'id-scientific': s(
    '编号“{value}”被写成了科学计数法，原编号已丢失。请把该列设为文本后重新导出。',
    'The identifier "{value}" was turned into scientific notation and its digits are lost. Format the column as text and export again.',
  ),
  'id-imprecise': s(
    '编号“{value}”超过 15 位并以数字保存，末位已不可靠。请把该列设为文本后重新导出。',
    'The identifier "{value}" has more than 15 digits and was stored as a number; its last digits are unreliable. Format the column as text and export again.',
  ),
  'date-unreadable': s(
    '“{value}”不是可识别的日期。可写成 2026-03-31、2026/3/31、20260331、2026年3月31日 或 31-Mar-2026，Excel 中设为日期格式也可以。',
    '"{value}" is not a date that can be recognised. Write it like 2026-03-31, 2026/3/31, 20260331 or 31-Mar-2026, or format the cell as a date in Excel.',
  ),
  'date-impossible': s(
    '“{value}”在日历上不存在。请改正日期。',
    '"{value}" does not exist in the calendar. Correct the date.',
  ),
  'date-ambiguous': s(
    '“{value}”可能是月/日，也可能是日/月。请在“日期写法”中选择。',
    '"{value}" may be month/day or day/month. Choose how dates are written beside the date column.',
  ),
  'date-in-future': s(
    '日期 {value} 晚于今天。请改正日期。',
    'The date {value} is later than today. Correct it.',
  ),
  'date-too-early': s(
    '日期 {value} 早于 1990 年，多半是格式错误。请改正日期。',
    'The date {value} is before 1990, usually a wrong format. Correct it.',
  ),
  'unknown-place': s(
    '系统里没有“{value}”这个地区。请从相近的名称中选择，或先维护地区。',
    'There is no place called "{value}". Choose one of the nearest names, or add the place first.',
  ),
  'dealer-without-city': s(
    '新经销商“{value}”缺少城市。请在映射中指定城市列，或先在“地区与经销商”中建立它。',
    'The new dealer "{value}" has no city. Choose the column of cities in the mapping, or add the dealer under Places first.',
  ),
  'unknown-dealer': s(
    '系统里没有“{value}”这家经销商。请从相近的名称中选择，或新建经销商。',
    'There is no dealer called "{value}". Choose one of the nearest names, or create the dealer.',
  ),
  'customer-required': s(
    '这一行没有可辨认的客户（车架号、手机号或客户编号）。请补上。',
    'This row names no customer that can be recognised (VIN, phone or customer number). Fill it in.',
  ),
  'day-required': s(
    '日期没有写到日。进店按天计算，请补全日期。',
    'The date does not say the day, and visits are counted by the day. Complete it.',
  ),
  'visit-before-opening': s(
    '进店日期 {value} 早于这家经销商的开业日期。请改正日期，或在“地区与经销商”中改正开业日期。',
    'The visit of {value} lies before this dealer opened. Correct the date, or the opening day under Places.',
  ),
  'visit-after-closing': s(
    '进店日期 {value} 晚于这家经销商的停业日期。请改正日期，或在“地区与经销商”中改正停业日期。',
    'The visit of {value} lies after this dealer closed. Correct the date, or the closing day under Places.',
  ),
  'duplicate-key': s(
    '编号“{value}”在文件中重复。请保留一行，删去其余。',
    'The key "{value}" occurs more than once. Keep one of the rows and remove the others.',
  ),
} as const satisfies Record<string, Bilingual>;

function s(zh: string, en: string): Bilingual {
  return { zh, en };
}

/** The closed set of everything that can be wrong with an imported file, row or cell. */
export type IssueCode = keyof typeof SENTENCES;

/** Every code, in the order of the list above. Example: `ISSUE_CODES.includes('bad-byte')` is `true`. */
export const ISSUE_CODES: readonly IssueCode[] = Object.keys(SENTENCES) as IssueCode[];

/** Longest value that an issue carries, in UTF-16 units. */
export const ISSUE_VALUE_LENGTH = 40;

/**
 * Where an issue lies. `file` is the bare name, `row` counts from 1 as the user sees it in Excel (the header is
 * row 1, a record over several lines is one row), `column` is the header, `value` has at most 40 characters.
 */
export interface IssuePlace {
  file?: string;
  sheet?: string;
  row?: number;
  column?: string;
  value?: string;
}

/** One thing that is wrong, with its place. */
export interface Issue extends IssuePlace {
  code: IssueCode;
  severity: IssueSeverity;
}

/**
 * A value short enough for an issue: at most 40 UTF-16 units, control characters shown as `␀`-style pictures, a
 * cut marked by `…`, no half character at the cut. Example: `issueValue('a\u0000b')` is `'a␀b'`.
 */
export function issueValue(value: unknown): string {
  const head = String(value)
    .slice(0, ISSUE_VALUE_LENGTH * 2)
    .toWellFormed();
  const shown = Array.from(head, (ch) =>
    ch < ' ' ? String.fromCharCode(0x2400 + ch.charCodeAt(0)) : ch,
  ).join('');
  if (shown.length <= ISSUE_VALUE_LENGTH && String(value).length <= ISSUE_VALUE_LENGTH) return shown;
  const cut = shown.slice(0, ISSUE_VALUE_LENGTH - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

/**
 * The issue as one text: its place, what happened, what to do next.
 * Example: `describeIssue({ code: 'bad-byte', severity: 'error', row: 731, column: '评分' }, 'zh-CN')` is
 * `'第 731 行，“评分”列：有无法解码的字节，……'`. Without a place only the sentence remains.
 */
export function describeIssue(issue: IssuePlace & { code: IssueCode }, language: Language): string {
  const sentence = inLanguage(SENTENCES[issue.code], language);
  const filled =
    issue.value === undefined ? withoutValue(sentence) : sentence.replaceAll('{value}', () => issue.value!);
  const place = describePlace(issue, language);
  if (place === '') return filled;
  return language === 'en' ? `${place}: ${filled}` : `${place}：${filled}`;
}

/** A sentence whose value is unknown, without its empty brackets or quotation marks. */
function withoutValue(sentence: string): string {
  return sentence.replaceAll(/ ?[（("“]?\{value\}[）)"”]?/g, '').replaceAll(/ {2,}/g, ' ');
}

function describePlace(issue: IssuePlace, language: Language): string {
  const en = language === 'en';
  const parts: string[] = [];
  if (issue.file) parts.push(issue.file);
  if (issue.sheet) parts.push(en ? `sheet "${issue.sheet}"` : `工作表“${issue.sheet}”`);
  if (issue.row !== undefined) parts.push(en ? `row ${issue.row}` : `第 ${issue.row} 行`);
  if (issue.column) parts.push(en ? `column "${issue.column}"` : `“${issue.column}”列`);
  return parts.join(en ? ', ' : '，');
}
