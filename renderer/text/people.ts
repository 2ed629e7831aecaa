import { counted } from '../../shared/domain/counted.ts';
import { both } from './both.ts';

export const peopleText = {
  lead: both(
    '姓名、手机、邮箱和车架号与答卷分开存放，只以代号关联；本页只显示遮盖后的内容。应受访者要求，可在此彻底删除其个人信息。',
    'Names, phones, addresses and VINs are kept apart from the answers, under pseudonyms; this page shows them masked only. When somebody asks to be forgotten, erase them here.',
  ),
  find: both('姓名、手机、邮箱、车架号或客户号', 'Name, phone, e-mail, VIN or customer number'),
  search: both('查找', 'Search'),
  held: both(
    (people: string, rows: string, visits: string, erased: string) =>
      `现有 ${people} 人、${rows} 行个人信息，${visits} 次进店记录；已删除 ${erased} 人`,
    (people: string, rows: string, visits: string, erased: string) =>
      `${counted(people, 'person', 'people')} on ${counted(rows, 'line')}, ${counted(visits, 'service visit')}; ${erased} erased`,
  ),
  nobody: both(
    '库中没有个人信息：导入时没有任何列被设为姓名、手机、邮箱或车架号，也没有进店记录。',
    'The database names nobody: no imported column was set to a name, phone, e-mail or VIN, and there are no visits.',
  ),
  howToFind: both(
    '至少输入两个字符后查找。进店记录只存代号，须输入完整的车架号、手机或客户号才能找到。',
    'Type at least two characters and search. Visits keep pseudonyms only: they are found by the whole VIN, phone or customer number.',
  ),
  none: both(
    '没有找到。仅有进店记录的客户须输入完整的车架号、手机或客户号。',
    'Nobody was found. A customer known from visits alone needs the whole VIN, phone or customer number.',
  ),
  more: both(
    (n: string) => `只列出前 ${n} 人，请输入更完整的内容。`,
    (n: string) => `Only the first ${counted(n, 'person is', 'people are')} listed; type more of the text.`,
  ),
  person: both('个人信息（已遮盖）', 'Person (masked)'),
  pseudonym: both('代号', 'Pseudonym'),
  rows: both('来源', 'Where from'),
  line: both(
    (row: string) => `第 ${row} 行`,
    (row: string) => `line ${row}`,
  ),
  visits: both(
    (visits: string) => `进店 ${visits} 次`,
    (visits: string) => counted(visits, 'visit'),
  ),
  number: both('客户号', 'Customer number'),
  name: both('姓名', 'Name'),
  phone: both('手机', 'Phone'),
  email: both('邮箱', 'E-mail'),
  vin: both('车架号', 'VIN'),
  erase: both('彻底删除', 'Erase'),
  eraseAsk: both('彻底删除此人的个人信息？', 'Erase everything that names this person?'),
  eraseEffect: both(
    '无法恢复；再导入同一份文件、恢复较早的备份都不会带回。答卷得分和进店次数保留，但不再属于任何人。仍含此人的备份会逐一列出。',
    'It cannot be brought back, neither by importing the file again nor by restoring an earlier backup. Answers and visits stay, of nobody. Backups that still name the person are listed.',
  ),
  erased: both(
    (rows: string, visits: string) =>
      `已从数据库及其日志中删除 ${rows} 行个人信息，并使 ${visits} 次进店记录不再指向此人。`,
    (rows: string, visits: string) =>
      `${counted(rows, 'line that named the person is', 'lines that named the person are')} gone from the database and its log; ${counted(visits, 'visit leads', 'visits lead')} to nobody any more.`,
  ),
  inBackups: both(
    (names: string) => `以下备份仍含此人信息，将随备份过期而消失；如需立即清除，请在“备份”页删除：${names}`,
    (names: string) =>
      `These backups still name the person until they expire; to be rid of it now, delete them on the Backups tab: ${names}`,
  ),
  inReplaced: both(
    (names: string) => `以下恢复时被替换的数据库仍含此人信息，且不会自动过期；请在“备份”页删除：${names}`,
    (names: string) =>
      `These databases, put aside by restores, still name the person and do not expire; delete them on the Backups tab: ${names}`,
  ),
  nothingLeft: both('备份中也没有此人的信息。', 'No backup names the person either.'),
  comma: both('、', ', '),
};
