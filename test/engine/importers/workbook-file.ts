// Writes workbooks for tests out of raw cell XML, so that a test can say exactly what is stored.
import { type ZipPart, zipFile } from './zip-file.ts';

export interface WorkbookParts {
  /** `<row>` elements of the first sheet. */
  rows: string;
  /** XML before and after `<sheetData>`. */
  before?: string;
  after?: string;
  texts?: readonly string[];
  date1904?: boolean;
  /** Number format codes of styles 1, 2, …; style 0 is General. */
  formats?: readonly string[];
  sheets?: readonly { name: string; state?: string; rows?: string }[];
  /** Put before the root of the first sheet. */
  prolog?: string;
  extra?: readonly ZipPart[];
}

const SPREADSHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export function workbookParts(parts: WorkbookParts): ZipPart[] {
  const sheets = parts.sheets ?? [{ name: 'Sheet1' }];
  return [
    { name: '[Content_Types].xml', data: contentTypes(sheets.length) },
    { name: '_rels/.rels', data: relations([['rId1', 'officeDocument', 'xl/workbook.xml']]) },
    { name: 'xl/workbook.xml', data: workbook(sheets, parts.date1904 ?? false) },
    {
      name: 'xl/_rels/workbook.xml.rels',
      data: relations([
        ...sheets.map((_, i): [string, string, string] => [
          `rId${i + 1}`,
          'worksheet',
          `worksheets/sheet${i + 1}.xml`,
        ]),
        ['rId91', 'sharedStrings', 'sharedStrings.xml'],
        ['rId92', 'styles', 'styles.xml'],
      ]),
    },
    { name: 'xl/sharedStrings.xml', data: sharedTexts(parts.texts ?? []) },
    { name: 'xl/styles.xml', data: styles(parts.formats ?? []) },
    ...sheets.map((sheet, i) => ({
      name: `xl/worksheets/sheet${i + 1}.xml`,
      data: worksheet(i === 0 ? parts : { rows: sheet.rows ?? '' }),
    })),
    ...(parts.extra ?? []),
  ];
}

export function workbookFile(parts: WorkbookParts): Buffer {
  return zipFile(workbookParts(parts));
}

/** A row of inline texts and numbers; `undefined` leaves the cell out. */
export function cellRow(row: number, values: readonly (string | number | undefined)[]): string {
  const cells = values.map((value, i) => {
    const reference = `${String.fromCharCode(65 + i)}${row}`;
    if (value === undefined) return '';
    if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`;
    return `<c r="${reference}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  });
  return `<row r="${row}">${cells.join('')}</row>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function worksheet(parts: WorkbookParts): string {
  const body = `${parts.before ?? ''}<sheetData>${parts.rows}</sheetData>${parts.after ?? ''}`;
  return `${HEAD}${parts.prolog ?? ''}<worksheet xmlns="${SPREADSHEET}">${body}</worksheet>`;
}

function workbook(sheets: NonNullable<WorkbookParts['sheets']>, date1904: boolean): string {
  const listed = sheets.map(({ name, state }, i) => {
    const shown = state ? ` state="${state}"` : '';
    return `<sheet name="${name}" sheetId="${i + 1}"${shown} r:id="rId${i + 1}"/>`;
  });
  const properties = date1904 ? '<workbookPr date1904="1"/>' : '<workbookPr/>';
  return `${HEAD}<workbook xmlns="${SPREADSHEET}" xmlns:r="${OFFICE}">${properties}<sheets>${listed.join('')}</sheets></workbook>`;
}

function relations(list: readonly (readonly [string, string, string])[]): string {
  const all = list.map(
    ([id, kind, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`,
  );
  const space = 'http://schemas.openxmlformats.org/package/2006/relationships';
  return `${HEAD}<Relationships xmlns="${space}">${all.join('')}</Relationships>`;
}

function contentTypes(sheets: number): string {
  const space = 'http://schemas.openxmlformats.org/package/2006/content-types';
  const kind = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const overrides = [
    ['/xl/workbook.xml', 'sheet.main'],
    ['/xl/sharedStrings.xml', 'sharedStrings'],
    ['/xl/styles.xml', 'styles'],
    ...Array.from({ length: sheets }, (_, i) => [`/xl/worksheets/sheet${i + 1}.xml`, 'worksheet']),
  ].map(([part, type]) => `<Override PartName="${part}" ContentType="${kind}.${type}+xml"/>`);
  const rels =
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>';
  return `${HEAD}<Types xmlns="${space}">${rels}${overrides.join('')}</Types>`;
}

function sharedTexts(texts: readonly string[]): string {
  return `${HEAD}<sst xmlns="${SPREADSHEET}">${texts.map((text) => `<si><t>${escaped(text)}</t></si>`).join('')}</sst>`;
}

function styles(formats: readonly string[]): string {
  const codes = formats.map(
    (code, i) => `<numFmt numFmtId="${164 + i}" formatCode="${code.replaceAll('"', '&quot;')}"/>`,
  );
  const xfs = ['<xf numFmtId="0"/>', ...formats.map((_, i) => `<xf numFmtId="${164 + i}"/>`)];
  return `${HEAD}<styleSheet xmlns="${SPREADSHEET}"><numFmts>${codes.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${xfs.join('')}</cellXfs></styleSheet>`;
}
