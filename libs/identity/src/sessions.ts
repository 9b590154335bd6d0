import { CLOCK, currentState, EVENT_STORE, type Clock, type EventStore } from '@app/event-sourcing';
import type { SignedIn } from '@app/http';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { DataSource } from 'typeorm';
import { accountLimit, countAttempt, forgetAttempts, giveBackAttempt, networkLimit, networkOf } from './attempts';
import { userDecider } from './domain/user.decider';
import { hashPassword, matchesPassword } from './password';
import { ABSOLUTE_LIFETIME, IDLE_LIFETIME, newSessionToken, sessionIdOf } from './session-cookie';
import { userCodec } from './user.codec';

export type SignInAnswer =
  | { readonly outcome: 'signedIn'; readonly token: string; readonly signedIn: SignedIn }
  /** Whatever was wrong: the name, the password, a disabled account. */
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'throttled'; readonly retryAfter: number };

/** A session in use is touched at most this often, so that reading a page does not write a row per request. */
const TOUCH_INTERVAL = 60_000;

/** Server-side sessions. Roles and disabling are read from the user's stream at every request, so they count at once. */
@Injectable()
export class Sessions {
  /** Unknown names are checked against this, so that they take as long as known ones. */
  private readonly nobodysHash = hashPassword(randomUUID());

  constructor(
    private readonly database: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly now: Clock,
  ) {}

  /** `name` is a login name or a mail address. Counted per name as typed, so that unknown names behave like known ones. */
  async signIn({ name, password, ip }: { name: string; password: string; ip: string }): Promise<SignInAnswer> {
    const now = this.now();
    const typed = name.normalize('NFKC').trim().toLowerCase();
    const keys = { name: `name:${sessionIdOf(typed)}`, network: `network:${networkOf(ip)}` };
    const byNetwork = await countAttempt(this.database, keys.network, networkLimit, now);
    const retryAfter = byNetwork ?? (await countAttempt(this.database, keys.name, accountLimit, now));
    if (retryAfter !== null) return { outcome: 'throttled', retryAfter };

    const [account] = await this.database.query<{ id: string; name: string; passwordHash: string | null }[]>(
      `select id, name, password_hash as "passwordHash" from account join credential on user_id = id
        where login_name = $1 or lower(address) = $1`,
      [typed],
    );
    const matches = await matchesPassword(password, account?.passwordHash ?? (await this.nobodysHash));
    if (!account?.passwordHash || !matches) return { outcome: 'refused' };
    const user = await this.userOf(account.id);
    if (user.status !== 'Active') return { outcome: 'refused' };

    await forgetAttempts(this.database, keys.name);
    await giveBackAttempt(this.database, keys.network);
    await this.sweep(now);
    const token = newSessionToken();
    const sessionId = sessionIdOf(token);
    await this.database.query('insert into session (id, user_id, created_at, last_used_at) values ($1, $2, $3, $3)', [
      sessionId,
      account.id,
      now,
    ]);
    return {
      outcome: 'signedIn',
      token,
      signedIn: { id: account.id, name: account.name, roles: user.roles, sessionId },
    };
  }

  /** Who this token belongs to now, or null: unknown, expired, or the user was disabled. */
  async find(token: string): Promise<SignedIn | null> {
    const now = this.now();
    const [row] = await this.database.query<{ id: string; userId: string; name: string; lastUsedAt: Date }[]>(
      `select session.id, user_id as "userId", name, last_used_at as "lastUsedAt"
         from session join account on account.id = user_id
        where session.id = $1 and session.created_at > $2 and last_used_at > $3`,
      [sessionIdOf(token), ...oldest(now)],
    );
    if (!row) return null;
    const user = await this.userOf(row.userId);
    if (user.status !== 'Active') return null;
    if (now.getTime() - row.lastUsedAt.getTime() >= TOUCH_INTERVAL) {
      await this.database.query('update session set last_used_at = $2 where id = $1', [row.id, now]);
    }
    return { id: row.userId, name: row.name, roles: user.roles, sessionId: row.id };
  }

  async end(sessionId: string): Promise<void> {
    await this.database.query('delete from session where id = $1', [sessionId]);
  }

  /** Ends all of a user's sessions, but for one if it is named. */
  async endAllOf(userId: string, but: string | null = null): Promise<void> {
    await this.database.query('delete from session where user_id = $1 and id is distinct from $2', [userId, but]);
  }

  private userOf(userId: string) {
    return currentState(this.store, userDecider, userCodec, `user-${userId}`);
  }

  private sweep(now: Date): Promise<unknown> {
    return this.database.query('delete from session where created_at <= $1 or last_used_at <= $2', oldest(now));
  }
}

/** What `created_at` and `last_used_at` must be later than. */
const oldest = (now: Date): [Date, Date] => [
  new Date(now.getTime() - ABSOLUTE_LIFETIME),
  new Date(now.getTime() - IDLE_LIFETIME),
];
