import 'reflect-metadata';
import { Command } from 'commander';

/** A command is read when it is run: whoever asks for help does not wait for the whole product to be loaded. */
const lazily =
  <Given extends readonly unknown[]>(load: () => Promise<(...given: Given) => Promise<void>>) =>
  async (...given: Given): Promise<void> =>
    (await load())(...given);

const program = new Command('kaijisho')
  .description('サービス仕様適合開示書を取り込み、書き出し、点検します。')
  .showHelpAfterError('（使い方は --help をご覧ください）');

program
  .command('import')
  .argument('<file>', '取り込むファイル（Word、PDF、Markdown またはテキスト）')
  .option('--dry-run', '読み取るだけで、保存しない')
  .option('--json', '結果を JSON で出力する')
  .option('--service <name>', '公開名（公開アドレス /d/{公開名}）')
  .option('--into <disclosure>', '新しく登録せず、この開示書（ID または公開名）への編集として提案する')
  .description('開示書のファイルを読み取り、登録するか、すでにある開示書への編集として提案します。')
  .action(lazily(async () => (await import('./import-file.js')).importFile));

program
  .command('export')
  .argument('<disclosure>', '開示書の ID または公開名')
  .requiredOption('--format <format>', 'pdf, pdf-16x9, docx, html, json, md, proof')
  .option('--edition <number>', '版の番号（省略時は施行中の版）')
  .option('-o, --output <file>', '書き出すファイル（省略時は標準出力）')
  .description('公開された版を書き出します。')
  .action(lazily(async () => (await import('./export-edition.js')).exportEdition));

program
  .command('record')
  .argument('<disclosure>', '開示書の ID または公開名')
  .requiredOption('--edition <number>', '版の番号')
  .option('--json', '結果を JSON で出力する')
  .description('その版への改訂でされた署名の記録を、すべて示します。')
  .action(lazily(async () => (await import('./print-record.js')).printRecord));

program
  .command('show')
  .argument('<disclosure>', '開示書の ID または公開名')
  .option('--as-of <time>', '時点（2026-05-01 または 2026-05-01T09:00:00+09:00、省略時は現在）')
  .option(
    '--clock <clock>',
    'recorded（記録された本文）, effective（施行されていた版）, public（公開されていた版）',
    'recorded',
  )
  .option('--json', '結果を JSON で出力する')
  .description('開示書を、ある時点の姿で示します。')
  .action(lazily(async () => (await import('./show-disclosure.js')).showDisclosure));

program
  .command('blame')
  .argument('<disclosure>', '開示書の ID または公開名')
  .argument('<item>', '項目（例：II-4）')
  .option('--edition <number>', '版の番号（省略時は現在の本文）')
  .option('--json', '結果を JSON で出力する')
  .description('項目の段落ごとに、だれがいつ書き、だれが署名したかを示します。')
  .action(lazily(async () => (await import('./blame-item.js')).blameItem));

program
  .command('diff')
  .argument(
    '<from>',
    '変更前：ファイル（Word、PDF、Markdown、テキスト、書き出した JSON）、または 開示書@版 / @draft / @日時',
  )
  .argument('<to>', '変更後：同上')
  .option('--all', '変わっていない箇所も示す')
  .option('--json', '結果を JSON で出力する')
  .description('二つのファイルまたは状態を比べ、項目ごとに違いを示します。')
  .action(lazily(async () => (await import('./diff-states.js')).diffStates));

program
  .command('verify')
  .argument('<file>', '検証するPDF')
  .option('--proof <file>', '証明のファイル（省略時はPDFに添付されたもの）')
  .option('--key <key...>', '信用する署名鍵の指紋、または公開鍵のファイル')
  .option('--pinned <head>', '控えておいた封印（番号:ハッシュ）')
  .option('--timestamp-ca <file...>', '信用する時刻認証局のルート証明書のファイル（PEM）')
  .option('--lang <language>', '結果の言語（ja, en）', 'ja')
  .option('--json', '結果を JSON で出力する')
  .description(
    '開示書のPDFが、署名され公開されたとおりのものかを、通信もデータベースもなしに検証します。終了コードは、0：一致、1：不一致、2：検証できない、3：証明がない。',
  )
  .action(lazily(async () => (await import('./verify-file.js')).verifyFile));

const reminders = program.command('reminders').description('期限の通知');
reminders
  .command('plan')
  .option('--as-of <date>', '基準日（yyyy-mm-dd、省略時は今日）')
  .option('--json', '結果を JSON で出力する')
  .description('これから送る通知の予定を示します。')
  .action(lazily(async () => (await import('./plan-reminders.js')).planReminders));
reminders
  .command('ledger')
  .option('--from <date>', 'この日以降（yyyy-mm-dd）')
  .option('--to <date>', 'この日以前（yyyy-mm-dd）')
  .option('--json', '結果を JSON で出力する')
  .description('送った通知の台帳を、新しい順に示します。')
  .action(lazily(async () => (await import('./print-ledger.js')).printLedger));

program
  .command('mail')
  .description('送ったメール')
  .command('bounced')
  .argument('[file]', '返送の通知（配信状況通知、RFC 3464）のファイル（- または省略時は標準入力）')
  .description(
    '送ったメールが返送されたことを記録します。終了コードは、0：記録済み、1：記録できない、2：記録することがない。',
  )
  .action(lazily(async () => (await import('./mail-bounced.js')).mailBounced));

const projections = program.command('projections').description('読み取りモデル');
projections
  .command('rebuild')
  .argument('[name...]', '読み取りモデルの名前（省略時はすべて）')
  .option('--check', '作り直した結果が現在のものと等しいかを調べ、現在のものは変えない')
  .option('--json', '結果を JSON で出力する')
  .description('読み取りモデルを記録から作り直します。')
  .action(lazily(async () => (await import('./rebuild-projections.js')).rebuildProjections));

const log = program.command('log').description('記録');
log
  .command('verify')
  .option('--from <seal>', 'この番号の封印から検証する')
  .option('--pinned <head>', '控えておいた最新の封印（番号:ハッシュ）')
  .option('--json', '結果を JSON で出力する')
  .description('記録を封印と照らし合わせて検証します。')
  .action(lazily(async () => (await import('./verify-log.js')).verifyLog));
log
  .command('export')
  .argument('<file>', '書き出すファイル（例：log.jsonl.zst）')
  .option('--json', '結果を JSON で出力する')
  .description('記録全体をファイルに書き出します。中断しても、同じファイル名でもう一度実行すれば続きから始めます。')
  .action(lazily(async () => (await import('./export-log.js')).exportLogTo));
log
  .command('import')
  .argument('<file>', 'log export で書き出したファイル')
  .option('--json', '結果を JSON で出力する')
  .description('書き出した記録を、空の記録に取り込みます。中断しても、もう一度実行すれば続きから始めます。')
  .action(lazily(async () => (await import('./import-log.js')).importLogFrom));

const users = program.command('users').description('利用者');
users
  .command('add')
  .requiredOption('--login <name>', 'ログイン名')
  .requiredOption('--name <name>', '氏名')
  .requiredOption('--address <address>', 'メールアドレス')
  .requiredOption('--role <role...>', 'drafter, signatory, auditor, administrator')
  .description('利用者を登録します。パスワードは標準入力の1行目から読みます。')
  .action(lazily(async () => (await import('./add-user.js')).addUser));

program
  .command('migrate')
  .description('データベースを最新の形にします。')
  .action(lazily(async () => (await import('./run-migrations.js')).runMigrations));
program
  .command('demo')
  .description('データベースを最新の形にし、空なら架空の会社のデモデータを入れます。')
  .action(lazily(async () => (await import('./load-demo.js')).loadDemo));

// `kaijisho … | head` closes our output early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

program.parseAsync().catch(async (failure: unknown) => {
  const { CommandFailed, explained } = await import('./installation.js');
  const error = explained(failure) as Error;
  console.error(error instanceof CommandFailed ? error.message : (error.stack ?? error.message));
  process.exitCode = 1;
});
