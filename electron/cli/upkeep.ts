// The commands of whoever looks after the database: backups, the activity log, people who ask to be forgotten.
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { AUDIT_AREAS, type AuditArea } from '../../shared/domain/audit-action.ts';
import { numberArgument, type Session } from './session.ts';

type Run = (work: (session: Session) => Promise<void>) => Promise<void>;

interface AuditOptions {
  area?: AuditArea[];
  actor?: string[];
  from?: string;
  to?: string;
  text: string;
  limit: number;
  out?: string;
}

/** Adds the commands of upkeep to the program. */
export function addUpkeepCommands(csi: Command, run: Run): void {
  addBackupCommands(csi, run);
  csi
    .command('audit')
    .description('who did what when, before and after')
    .addOption(new Option('--area <area...>').choices(Object.keys(AUDIT_AREAS)))
    .option('--actor <name...>', 'people, as the operating system names them')
    .option('--from <day>', '2026-01-01')
    .option('--to <day>', '2026-12-31')
    .option('--text <text>', 'found in the subject or the detail', '')
    .option('--limit <lines>', 'lines to print', numberArgument, 50)
    .option('--out <file>', 'every matching line as .xlsx or .csv')
    .action((options: AuditOptions) => run((session) => showAudit(session, options)));
  csi
    .command('people')
    .description(
      'find who answered or came by name, phone, e-mail, VIN or customer number (shown masked), and erase them',
    )
    .argument(
      '<text>',
      'what is known of the person, or a part of it; who is known from visits alone: the whole',
    )
    .option('--erase <pseudonym>', 'erase the person with this pseudonym')
    .action((text: string, { erase }: { erase?: string }) =>
      run((session) => (erase === undefined ? showPeople(session, text) : erasePerson(session, text, erase))),
    );
}

function addBackupCommands(csi: Command, run: Run): void {
  csi
    .command('backup')
    .description('make a verified backup')
    .action(() =>
      run(async ({ call, output }) => {
        const backup = await call('backups.create', {});
        output.value(backup);
        output.say({ zh: `已备份并校验：${backup.name}`, en: `Backed up and verified: ${backup.name}` });
      }),
    );
  csi
    .command('backups')
    .description('list the backups; verify them all, or restore one')
    .option('--verify', 'read every backup again and compare it with its checksum', false)
    .option('--restore <name>', 'put this backup in the place of the database, which is kept aside')
    .action((options: { verify: boolean; restore?: string }) =>
      run((session) =>
        options.restore === undefined
          ? listBackups(session, options.verify)
          : restoreBackup(session, options.restore),
      ),
    );
}

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
      one.createdAt.slice(0, 19),
      one.reason,
      one.bytes,
      ...('check' in one ? [one.check.ok ? 'ok' : one.check.detail] : []),
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
    output.say({ zh: `已写入 ${written.file}`, en: `Written: ${written.file}` });
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
      one.at.slice(0, 19),
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
  if (!people.some((one) => one.pseudonym === pseudonym)) {
    output.say({
      zh: '此代号与所查之人不符，没有删除任何内容。',
      en: 'That pseudonym is not of anybody found; nothing was erased.',
    });
    process.exitCode = 1;
    return;
  }
  const erased = await call('people.erase', { pseudonym });
  output.value(erased);
  output.say({
    zh: `已删除 ${erased.rows} 行个人信息，${erased.visits} 次进店记录不再指向此人。`,
    en: `${erased.rows} lines that named the person are gone; ${erased.visits} visits no longer lead to anybody.`,
  });
  if (erased.backups.length > 0)
    output.say({
      zh: `以下备份仍含此人信息，直到过期：${erased.backups.join('、')}`,
      en: `These backups name the person until they expire: ${erased.backups.join(', ')}`,
    });
}
