import { CLOCK, type Clock } from '@app/event-sourcing';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { accountLimit, countAttempt, forgetAttempts } from './attempts';
import { matchesPassword } from './password';

/** Asks a signed-in user for the password again, before a signature or a new password (21 CFR 11.200). */
@Injectable()
export class PasswordCheck {
  constructor(
    private readonly database: DataSource,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** Throttled like a sign-in, so that a stolen session does not become a place to guess the password. */
  async verify(userId: string, password: string): Promise<'ok' | 'wrong' | 'throttled'> {
    const now = this.now();
    const key = `user:${userId}`;
    if ((await countAttempt(this.database, key, accountLimit, now)) !== null) return 'throttled';
    const [credential] = await this.database.query<{ passwordHash: string | null }[]>(
      'select password_hash as "passwordHash" from credential where user_id = $1',
      [userId],
    );
    if (!credential?.passwordHash || !(await matchesPassword(password, credential.passwordHash))) return 'wrong';
    await forgetAttempts(this.database, key);
    return 'ok';
  }
}
