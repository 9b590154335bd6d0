import { CLOCK, type Clock } from '@app/event-sourcing';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { hashPassword, isLongEnough } from './password';
import { PasswordCheck } from './password-check';
import { Sessions } from './sessions';

export type PasswordChange = 'changed' | 'WrongPassword' | 'PasswordTooShort' | 'TooManyRequests';

/** Credentials are no events: the envelope is here for the bus, and nothing of it is stored but the new hash. */
export class ChangePassword extends Command<PasswordChange> {
  constructor(
    readonly userId: string,
    readonly sessionId: string,
    readonly currentPassword: string,
    readonly newPassword: string,
  ) {
    super();
  }
}

@CommandHandler(ChangePassword)
export class ChangePasswordHandler implements ICommandHandler<ChangePassword> {
  constructor(
    private readonly database: DataSource,
    private readonly passwordCheck: PasswordCheck,
    private readonly sessions: Sessions,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  async execute({ userId, sessionId, currentPassword, newPassword }: ChangePassword): Promise<PasswordChange> {
    if (!isLongEnough(newPassword)) return 'PasswordTooShort';
    const verified = await this.passwordCheck.verify(userId, currentPassword);
    if (verified !== 'ok') return verified === 'wrong' ? 'WrongPassword' : 'TooManyRequests';
    await this.database.query('update credential set password_hash = $2, changed_at = $3 where user_id = $1', [
      userId,
      await hashPassword(newPassword),
      this.now(),
    ]);
    await this.sessions.endAllOf(userId, sessionId); // whoever had the old password is out
    return 'changed';
  }
}
