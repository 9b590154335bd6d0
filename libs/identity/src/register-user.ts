import {
  CLOCK,
  currentState,
  EVENT_STORE,
  handle,
  SYSTEM,
  type Clock,
  type EventMetadata,
  type EventStore,
  type Handled,
} from '@app/event-sourcing';
import type { UserRole } from '@app/http';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as newId } from 'uuid';
import { userDecider } from './domain/user.decider';
import { hasControlCharacter, readMailAddress, type MailAddressFault } from './mail-address';
import { hashPassword, isLongEnough, MINIMUM_PASSWORD_LENGTH } from './password';
import { userCodec } from './user.codec';

export type NewUser = {
  /** Default: a new UUID. */
  readonly id?: string | undefined;
  readonly loginName: string;
  readonly name: string;
  readonly address: string;
  readonly password: string;
  readonly roles: readonly UserRole[];
};

export type RegistrationRejection =
  | { readonly type: 'AlreadyRegistered' }
  | { readonly type: 'LoginNameTaken'; readonly loginName: string }
  | { readonly type: 'AddressTaken' }
  | { readonly type: 'LoginNameInvalid' }
  | { readonly type: 'NameInvalid' }
  | { readonly type: 'MailAddressInvalid'; readonly fault: MailAddressFault }
  | { readonly type: 'PasswordTooShort'; readonly minimum: number };

/** `id` is the user's, or what it would have been. */
export type Registered = Handled<RegistrationRejection> & { readonly id: string };

const rejected = (rejection: RegistrationRejection): Handled<RegistrationRejection> => ({
  outcome: 'rejected',
  rejection,
});

export type RegistrationDeps = {
  readonly store: EventStore;
  readonly dataSource: DataSource;
  readonly now: Clock;
  /** Who registers, and because of what. Default: the system. */
  readonly metadata?: EventMetadata | undefined;
};

/**
 * Creates the account row, the credential and the user's stream.
 *
 * The event is appended while the row's transaction is still open: if the process dies in between, what remains is a stream
 * without an account, which is what an erased user looks like. Asking again with the same id gives that user an account.
 *
 * The length of the password is not checked here, see `isLongEnough`: demo accounts have short ones.
 */
export const registerUser = async (
  deps: RegistrationDeps,
  { id = newId(), ...user }: NewUser,
): Promise<Registered> => ({
  ...(await register(deps, id, user)),
  id,
});

const register = async (
  { store, dataSource, now, metadata }: RegistrationDeps,
  userId: string,
  { loginName, name: givenName, address: givenAddress, password, roles }: Omit<NewUser, 'id'>,
): Promise<Handled<RegistrationRejection>> => {
  const login = loginName.trim().toLowerCase();
  if (!/^[a-z0-9][a-z0-9._-]{1,39}$/.test(login)) return rejected({ type: 'LoginNameInvalid' });
  const name = givenName.trim();
  if (name === '' || name.length > 100 || hasControlCharacter(givenName)) return rejected({ type: 'NameInvalid' });
  const mail = readMailAddress(givenAddress);
  if ('fault' in mail) return rejected({ type: 'MailAddressInvalid', fault: mail.fault });

  const stream = `user-${userId}` as const;
  const registeredAt = now();
  const known = await currentState(store, userDecider, userCodec, stream);

  const passwordHash = await hashPassword(password);
  return dataSource.transaction(async (tx): Promise<Handled<RegistrationRejection>> => {
    const inserted = await tx.query<unknown[]>(
      `insert into account (id, login_name, name, address, created_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning id`,
      [userId, login, name, mail.address, registeredAt],
    );
    if (inserted.length === 0) return rejected(await whatIsTaken(tx, userId, login, mail.address));
    await tx.query('insert into credential (user_id, password_hash, changed_at) values ($1, $2, $3)', [
      userId,
      passwordHash,
      registeredAt,
    ]);
    const at = registeredAt.toISOString();
    const correlationId = newId();
    const surrounding = metadata ?? { actor: SYSTEM, recordedAt: at, correlationId, causationId: correlationId };
    const { id, name: actorName } = surrounding.actor;
    const asked =
      known.status === 'Unregistered' ? ({ type: 'RegisterUser', userId } as const) : ({ type: 'SetRoles' } as const);
    const command = { ...asked, roles, by: { id, name: actorName }, at };
    const deps = { store, decider: userDecider, codec: userCodec, newId };
    const handled = await handle(deps, { stream, command, metadata: surrounding });
    // Cannot be, as the row's key keeps everybody else out. Thrown, so that the row goes too.
    if (handled.outcome === 'rejected') throw new Error(`${stream}: ${handled.rejection.type}`);
    return handled;
  });
};

const whatIsTaken = async (
  tx: EntityManager,
  userId: string,
  loginName: string,
  address: string,
): Promise<RegistrationRejection> => {
  const [taken] = await tx.query<[{ id: boolean; loginName: boolean }]>(
    `select coalesce(bool_or(id = $1), false) as id, coalesce(bool_or(login_name = $2), false) as "loginName"
       from account where id = $1 or login_name = $2 or lower(address) = lower($3)`,
    [userId, loginName, address],
  );
  if (taken.id) return { type: 'AlreadyRegistered' };
  return taken.loginName ? { type: 'LoginNameTaken', loginName } : { type: 'AddressTaken' };
};

/** An administrator registers a user. */
export class RegisterUser extends Command<Handled<RegistrationRejection>> {
  constructor(
    readonly user: NewUser & { readonly id: string },
    readonly metadata: EventMetadata,
  ) {
    super();
  }
}

@CommandHandler(RegisterUser)
export class RegisterUserHandler implements ICommandHandler<RegisterUser> {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly now: Clock,
    private readonly dataSource: DataSource,
  ) {}

  async execute({ user, metadata }: RegisterUser): Promise<Handled<RegistrationRejection>> {
    if (!isLongEnough(user.password)) {
      return rejected({ type: 'PasswordTooShort', minimum: MINIMUM_PASSWORD_LENGTH });
    }
    return registerUser({ store: this.store, dataSource: this.dataSource, now: this.now, metadata }, user);
  }
}
