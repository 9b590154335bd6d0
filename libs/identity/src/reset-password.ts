import {
  CLOCK,
  currentState,
  EVENT_STORE,
  handle,
  type Clock,
  type EventStore,
  type Handled,
} from '@app/event-sourcing';
import type { Caller } from '@app/http';
import { enqueueMail, renderMail, type Mail } from '@app/mail';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { createHash, randomBytes } from 'node:crypto';
import { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import { accountsOf, type Account } from './accounts';
import { userDecider, type UserCommand, type UserRejection } from './domain/user.decider';
import { hashPassword, isLongEnough } from './password';
import { userCodec } from './user.codec';

/** A working day and a night: long enough to read a mail, short enough for a mail that somebody else reads later. */
const LINK_LIFETIME = 24 * 60 * 60_000;

/** What is stored of a link's token: who reads the database cannot use it. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/**
 * パスワードの再設定: an administrator makes a password void, and its owner chooses the next one, through a link that is mailed
 * to them. Nobody but the owner ever knows it, not for a moment: it is what they sign with.
 */
export class ResetPassword extends Command<Handled<UserRejection>> {
  constructor(
    readonly userId: string,
    readonly caller: Pick<Caller, 'by' | 'at' | 'metadata'>,
    /** Where the product is reached, without a slash at the end. */
    readonly publicUrl: string,
  ) {
    super();
  }
}

@CommandHandler(ResetPassword)
export class ResetPasswordHandler implements ICommandHandler<ResetPassword> {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Password, sessions, mail and event go together: the event is appended while the rows' transaction is still open. */
  async execute({ userId, caller, publicUrl }: ResetPassword): Promise<Handled<UserRejection>> {
    const { by, at, metadata } = caller;
    const stream = `user-${userId}` as const;
    const command: UserCommand = { type: 'ResetPassword', by, at };
    const decision = userDecider.decide(command, await currentState(this.store, userDecider, userCodec, stream));
    if (decision.outcome === 'rejected') return decision;
    const [account] = await accountsOf(this.dataSource, [userId]);
    if (!account) return { outcome: 'rejected', rejection: { type: 'UnknownUser' } };

    const token = randomBytes(32).toString('base64url');
    const now = this.now();
    return this.dataSource.transaction(async (tx) => {
      await tx.query(
        `insert into credential (user_id, password_hash, changed_at, reset_hash, reset_until) values ($1, null, $2, $3, $4)
         on conflict (user_id) do update
           set password_hash = null, changed_at = excluded.changed_at,
               reset_hash = excluded.reset_hash, reset_until = excluded.reset_until`,
        [userId, now, hashOf(token), new Date(now.getTime() + LINK_LIFETIME)],
      );
      await tx.query('delete from session where user_id = $1', [userId]);
      await enqueueMail(tx, resetMail(account, by.name, token, publicUrl), now);
      const deps = { store: this.store, decider: userDecider, codec: userCodec, newId };
      const handled = await handle(deps, { stream, command, metadata });
      // Disabled between the two looks. Thrown, so that the rows stay as they were.
      if (handled.outcome === 'rejected') throw new Error(`${stream}: ${handled.rejection.type}`);
      return handled;
    });
  }
}

/** The token is in the fragment: no server, proxy or referrer ever gets to see it. */
const resetMail = (to: Account, by: string, token: string, publicUrl: string): Mail => ({
  id: `password-reset:${hashOf(token)}`,
  kind: 'passwordReset',
  to: { name: to.name, address: to.address },
  ...renderMail({
    subject: '【パスワードの再設定】Kaijisho',
    greeting: `${to.name} 様`,
    paragraphs: [
      `管理者の${by}さんが、あなたのパスワードの再設定を受け付けました。これまでのパスワードは、もう使えません。`,
      '次のリンクを開いて、新しいパスワードを決めてください。リンクは24時間以内に一度だけ使えます。',
      'お心当たりがない場合は、リンクを開かずに管理者へ連絡してください。',
    ],
    action: { label: '新しいパスワードを決める', url: `${publicUrl}/password-reset#${token}` },
    footer: 'このメールは Kaijisho が自動で送信しています。リンクをほかの方に知らせないでください。',
  }),
});

export type PasswordChoice = 'chosen' | 'ResetLinkInvalid' | 'PasswordTooShort';

/** Whoever has the link chooses the password, once. Credentials are no events: see `ChangePassword`. */
export class ChoosePassword extends Command<PasswordChoice> {
  constructor(
    readonly token: string,
    readonly newPassword: string,
  ) {
    super();
  }
}

@CommandHandler(ChoosePassword)
export class ChoosePasswordHandler implements ICommandHandler<ChoosePassword> {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async execute({ token, newPassword }: ChoosePassword): Promise<PasswordChoice> {
    const now = this.now();
    const link = [hashOf(token), now];
    // First, so that a made-up token costs no argon2.
    const [known] = await this.database.query(
      'select from credential where reset_hash = $1 and reset_until > $2',
      link,
    );
    if (!known) return 'ResetLinkInvalid';
    if (!isLongEnough(newPassword)) return 'PasswordTooShort';
    const [used] = await this.database.query<[unknown[], number]>(
      `update credential set password_hash = $3, changed_at = $2, reset_hash = null, reset_until = null
        where reset_hash = $1 and reset_until > $2 returning user_id`,
      [...link, await hashPassword(newPassword)],
    );
    return used.length === 1 ? 'chosen' : 'ResetLinkInvalid';
  }
}
