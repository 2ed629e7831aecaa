// The commands of whoever looks after the database: backups, the activity log, people who ask to be forgotten.

import { resolve } from 'node:path';
import { Option } from 'commander';
import { AUDIT_AREAS, type AuditArea } from '../../shared/domain/audit-action.ts';
import { counted } from '../../shared/domain/counted.ts';
import type { Bilingual } from '../../shared/domain/language.ts';
import { BadValue, CommandFault, dayArgument, tableFile, unknownName, wholeArgument } from './arguments.ts';
import { examples, type Program } from './program.ts';
import type { Session } from './session.ts';
import { sayWritten } from './written.ts';

interface AuditOptions {
  area?: AuditArea[];
  actor?: string[];
  from?: string;
  to?: string;
  text: string;
  limit: number;
  out?: string;
}

/** Adds the commands of upkeep. */
export function addUpkeepCommands(program: Program): void {
  const { csi, t, run } = program;
  addBackupCommands(program);
  const audit = csi
    .command('audit')
    .description(t('谁在何时做了什么，前后如何', 'who did what when, before and after'))
    .addOption(
      new Option('--area <area...>', t('哪类操作', 'what it is about')).choices(Object.keys(AUDIT_AREAS)),
    )
    .option(
      '--actor <name...>',
      t('操作人，即操作系统的用户名', 'people, as the operating system names them'),
    )
    .option('--from <day>', '2026-01-01', dayArgument)
    .option('--to <day>', '2026-12-31', dayArgument)
    .option('--text <text>', t('对象或详情中含有这些字', 'found in the subject or the detail'), '')
    .option('--limit <lines>', t('列出多少行', 'lines to print'), wholeArgument, 50)
    .option(
      '--out <file>',
      t('把全部符合的行写入 .xlsx 或 .csv', 'every matching line as .xlsx or .csv'),
      tableFile,
    )
    .action((options: AuditOptions) => run((session) => showAudit(session, options)));
  examples(audit, program, 'audit --area data --from 2026-10-01', 'audit --text 2026Q3.xlsx --out log.xlsx');
  const people = csi
    .command('people')
    .description(
      t(
        '按姓名、电话、邮箱、VIN 或客户号查找受访者或进店客户（遮盖显示），并删除其个人信息',
        'find who answered or came by name, phone, e-mail, VIN or customer number (shown masked), and erase them',
      ),
    )
    .argument(
      '[text]',
      t(
        '已知的信息或其中一部分；仅有进店记录的客户须写全。不写则说明库中有多少人',
        'what is known of the person, or a part of it; who is known from visits alone: the whole. Without it: how many there are',
      ),
      textArgument,
    )
    .option('--erase <pseudonym>', t('删除此代号之人的个人信息', 'erase the person with this pseudonym'))
    .action((text: string | undefined, { erase }: { erase?: string }) =>
      run((session) => choosePeople(session, text, erase)),
    );
  examples(people, program, 'people', 'people 13800000011', 'people 13800000011 --erase 5f1c…');
}

function textArgument(text: string): string {
  if (text.trim().length < 2) throw new BadValue({ zh: '至少两个字', en: 'at least two characters' });
  return text;
}

function choosePeople(session: Session, text: string | undefined, erase: string | undefined): Promise<void> {
  if (text === undefined) return summarisePeople(session);
  return erase === undefined ? showPeople(session, text) : erasePerson(session, text, erase);
}

async function summarisePeople({ call, output }: Session): Promise<void> {
  const { people, rows, visits, erased } = await call('people.summary', {});
  output.value({ people, rows, visits, erased });
  output.say({
    zh: `${rows} 行带有个人信息，涉及 ${people} 人；另有 ${visits} 次进店记录；已删除 ${erased} 人。`,
    en: `${counted(rows, 'line names', 'lines name')} ${counted(people, 'person', 'people')}; ${counted(visits, 'service visit')}; ${counted(erased, 'person', 'people')} erased so far.`,
  });
}

interface BackupOptions {
  verify: boolean;
  restore?: string;
  delete?: string;
  replaced: boolean;
  deleteReplaced?: string;
}

function addBackupCommands(program: Program): void {
  const { csi, t, run } = program;
  const make = csi
    .command('backup')
    .description(t('做一个校验过的备份', 'make a verified backup'))
    .action(() =>
      run(async ({ call, output }) => {
        const backup = await call('backups.create', {});
        output.value(backup);
        output.say({ zh: `已备份并校验：${backup.name}`, en: `Backed up and verified: ${backup.name}` });
      }),
    );
  examples(make, program, '--db my.csi backup');
  const backups = csi
    .command('backups')
    .description(
      t('列出备份；校验全部，恢复或删除一个', 'list the backups; verify them all, restore or delete one'),
    )
    .option(
      '--verify',
      t('重读每个备份并与校验和比较', 'read every backup again and compare it with its checksum'),
      false,
    )
    .option(
      '--restore <name>',
      t(
        '用这个备份替换数据库，原数据库另行保留',
        'put this backup in the place of the database, which is kept aside',
      ),
    )
    .option('--delete <name>', t('删除这个备份', 'delete this backup'))
    .option(
      '--replaced',
      t('列出恢复时另行保留的数据库', 'list the databases that restores put aside'),
      false,
    )
    .option('--delete-replaced <name>', t('删除一个另行保留的数据库', 'delete a database that was put aside'))
    .action((options: BackupOptions) => run((session) => chooseBackup(session, options)));
  examples(backups, program, 'backups --verify', 'backups --restore 000003-20261101T020000Z-daily.csi');
}

async function chooseBackup(session: Session, options: BackupOptions): Promise<void> {
  const { verify, restore, delete: old } = options;
  if (options.replaced || options.deleteReplaced !== undefined)
    return showReplaced(session, options.deleteReplaced);
  const name = restore ?? old;
  if (name === undefined) return listBackups(session, verify);
  const known = (await session.call('backups.list', {})).map((one) => one.name);
  if (!known.includes(name)) throw unknownName({ zh: '备份', en: 'backup' }, name, known);
  if (restore !== undefined) return restoreBackup(session, restore);
  session.output.value(await session.call('backups.delete', { name }));
  session.output.say({ zh: `已删除备份 ${name}。`, en: `The backup ${name} is deleted.` });
}

async function showReplaced({ call, output }: Session, old?: string): Promise<void> {
  if (old !== undefined) {
    const known = (await call('backups.replaced', {})).map((one) => one.name);
    if (!known.includes(old))
      throw unknownName({ zh: '另行保留的数据库', en: 'database put aside' }, old, known);
    await call('backups.deleteReplaced', { name: old });
  }
  const replaced = await call('backups.replaced', {});
  output.value(replaced);
  output.table(
    [
      { zh: '名称', en: 'Name' },
      { zh: '替换时间 (UTC)', en: 'Replaced (UTC)' },
      { zh: '字节', en: 'Bytes' },
      { zh: '位置', en: 'Folder' },
    ],
    replaced.map((one) => [one.name, one.replacedAt.slice(0, 19).replace('T', ' '), one.bytes, one.folder]),
  );
}

const REASONS: Record<string, Bilingual> = {
  manual: { zh: '手动', en: 'by hand' },
  daily: { zh: '每日', en: 'daily' },
  'before-migration': { zh: '结构升级前', en: 'before an upgrade' },
  'before-import': { zh: '导入前', en: 'before an import' },
  'before-restore': { zh: '恢复前', en: 'before a restore' },
};

async function listBackups({ call, output }: Session, verify: boolean): Promise<void> {
  const backups = [];
  for (const backup of await call('backups.list', {}))
    backups.push(
      verify ? { ...backup, check: await call('backups.verify', { name: backup.name }) } : { ...backup },
    );
  output.value(backups);
  output.table(
    [
      { zh: '备份', en: 'Backup' },
      { zh: '时间 (UTC)', en: 'Time (UTC)' },
      { zh: '缘由', en: 'Reason' },
      { zh: '字节', en: 'Bytes' },
      ...(verify ? [{ zh: '校验', en: 'Verified' }] : []),
    ],
    backups.map((one) => [
      one.name,
      one.createdAt.slice(0, 19).replace('T', ' '),
      output.pick(REASONS[one.reason] ?? { zh: one.reason, en: one.reason }),
      one.bytes,
      ...('check' in one ? [one.check.ok ? output.pick({ zh: '完好', en: 'ok' }) : one.check.detail] : []),
    ]),
  );
  if (backups.some((one) => 'check' in one && !one.check.ok)) process.exitCode = 1;
}

async function restoreBackup({ call, output }: Session, name: string): Promise<void> {
  const status = await call('backups.restore', { name });
  output.value(status);
  output.say({
    zh: `已恢复 ${name}；原数据库另行保留。`,
    en: `${name} is restored; the former database is kept aside.`,
  });
}

async function showAudit({ call, output }: Session, options: AuditOptions): Promise<void> {
  const { area = [], actor = [], from, to, text, limit, out } = options;
  const offsetMinutes = -new Date().getTimezoneOffset();
  const filter = { areas: area, actors: actor, from, to, text, offsetMinutes };
  if (out !== undefined) {
    const written = await call('audit.export', { ...filter, path: resolve(out), language: output.language });
    output.value(written);
    sayWritten(output, written);
    return;
  }
  const entries = await call('audit.list', { ...filter, limit });
  output.value(entries);
  output.table(
    [
      { zh: '编号', en: 'No.' },
      { zh: '时间 (UTC)', en: 'Time (UTC)' },
      { zh: '操作人', en: 'Who' },
      { zh: '操作', en: 'What' },
      { zh: '对象', en: 'Subject' },
      { zh: '详情', en: 'Details' },
    ],
    entries.map((one) => [
      one.id,
      one.at.slice(0, 19).replace('T', ' '),
      one.actor,
      output.pick(one.actionName),
      one.subject,
      JSON.stringify(one.detail),
    ]),
  );
}

async function showPeople({ call, output }: Session, text: string): Promise<void> {
  const found = await call('people.find', { text });
  output.value(found);
  output.table(
    [
      { zh: '代号', en: 'Pseudonym' },
      { zh: '个人信息（已遮盖）', en: 'Person (masked)' },
      { zh: '行数', en: 'Lines' },
      { zh: '进店次数', en: 'Visits' },
    ],
    found.people.map((one) => [
      one.pseudonym,
      one.shown.map((shown) => shown.text).join(' '),
      one.rows.length,
      one.visits.reduce((sum, { visits }) => sum + visits, 0),
    ]),
  );
}

async function erasePerson({ call, output }: Session, text: string, pseudonym: string): Promise<void> {
  const { people } = await call('people.find', { text });
  if (!people.some((one) => one.pseudonym === pseudonym))
    throw new CommandFault(
      {
        zh: '此代号与所查之人不符，没有删除任何内容。先不带 --erase 查找，再照抄代号。',
        en: 'That pseudonym is not of anybody found; nothing was erased. Search without --erase first and copy the pseudonym.',
      },
      1,
    );
  const erased = await call('people.erase', { pseudonym });
  output.value(erased);
  output.say({
    zh: `已删除 ${erased.rows} 行个人信息，${erased.visits} 次进店记录不再指向此人。`,
    en: `${counted(erased.rows, 'line that named the person is', 'lines that named the person are')} gone; ${counted(erased.visits, 'visit leads', 'visits lead')} to nobody any more.`,
  });
  if (erased.backups.length > 0)
    output.say({
      zh: `以下备份仍含此人信息，直到过期：${erased.backups.join('、')}`,
      en: `These backups name the person until they expire: ${erased.backups.join(', ')}`,
    });
  if (erased.replaced.length > 0)
    output.say({
      zh: `恢复时被替换的数据库仍含此人信息，且不会过期，请在“数据 › 备份”中删除：${erased.replaced.join('、')}`,
      en: `Databases that restores put aside name the person and do not expire; delete them under Data › Backups: ${erased.replaced.join(', ')}`,
    });
}
