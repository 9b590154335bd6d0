import { BounceUnreadable, readBounce, recordBounce, type BounceRecorded } from '@app/mail';
import { bytesOf } from './bytes-of';
import { CommandFailed, print, withInstallation } from './installation';

/** Says of whoever hands mails over to this command that there is no use in handing this one over again. */
const NOTHING_TO_DO = 2;

const MAX_BYTES = 50 * 1024 * 1024;

const unreadable: Readonly<Record<BounceUnreadable['why'], string>> = {
  notABounce:
    '配信状況通知（RFC 3464、multipart/report）ではありません。何も記録しませんでした。\n' +
    'This is no delivery status notification (RFC 3464, multipart/report). Nothing was recorded.',
  notGivenUp:
    '配信の遅れや成功の通知で、メールは返送されていません。何も記録しませんでした。\n' +
    'The notification says that the mail is delayed or was delivered, not that it was returned. Nothing was recorded.',
  noMessageId:
    '返送されたメールの Message-ID が通知に含まれていないため、どのメールか分かりません。何も記録しませんでした。\n' +
    'The notification does not say which mail was returned: it has no Message-ID of it. Nothing was recorded.',
};
const said: Readonly<Record<BounceRecorded, string>> = {
  again: '返送されたことを記録しました。時間をおいて、もう一度送ります。',
  givenUp:
    '返送されたことを記録しました。何度も返送されたため、送るのをやめます。期限の通知であれば、管理者に知らせます。',
  known: 'この返送は記録済みか、メールがすでに送り直しを待っています。何も変えませんでした。',
  unknownMail:
    'このサービスから送ったメールへの通知ではありません。何も記録しませんでした。\n' +
    'The notification is not about a mail that was sent from here. Nothing was recorded.',
};

/** Reads that a mail came back, from a file or from standard input. Exit code 2: it is nothing that could be recorded, now or later. */
export const mailBounced = async (file = '-'): Promise<void> => {
  const raw = file === '-' ? await standardInput() : await bytesOf(file);
  try {
    const bounce = await readBounce(raw);
    await withInstallation(async ({ dataSource }) => {
      const recorded = await recordBounce(dataSource, bounce, new Date());
      if (recorded === 'unknownMail') {
        process.exitCode = NOTHING_TO_DO;
        console.error(said[recorded]);
      } else print(said[recorded]);
    });
  } catch (error) {
    if (!(error instanceof BounceUnreadable)) throw error;
    process.exitCode = NOTHING_TO_DO;
    console.error(unreadable[error.why]);
  }
};

const standardInput = async (): Promise<Uint8Array> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > MAX_BYTES) throw new CommandFailed('50 MB を超えるメールは読めません。');
  }
  return Buffer.concat(chunks);
};
