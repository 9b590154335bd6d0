import { accept, assertNever, reject, type Decider, type Decision } from '@app/event-sourcing';
import { evolve, initialState, type Instant, type Role, type User, type UserEvent, type UserId } from './user';

// What can be asked

export type UserCommand = { readonly by: { readonly id: UserId; readonly name: string }; readonly at: Instant } & (
  | { readonly type: 'RegisterUser'; readonly userId: UserId; readonly roles: readonly Role[] }
  | { readonly type: 'SetRoles'; readonly roles: readonly Role[] }
  | { readonly type: 'DisableUser' }
  | { readonly type: 'EnableUser' }
  | { readonly type: 'ResetPassword' }
);

export type UserRejection =
  | { readonly type: 'AlreadyRegistered' }
  | { readonly type: 'UnknownUser' }
  /** An administrator who disabled themselves, or gave the role away, could leave nobody who can undo it. */
  | { readonly type: 'WouldLockYourselfOut' }
  | { readonly type: 'UserIsDisabled' }
  /** Whoever is signed in knows theirs, and changes it; were no mail to come, they could not undo this. */
  | { readonly type: 'OwnPassword' };

type Outcome = Decision<UserEvent, UserRejection>;

export const decide = (command: UserCommand, state: User): Outcome => {
  const { by, at } = command;
  const granted = (role: Role): UserEvent => ({ type: 'RoleGranted', data: { role, by, at } });
  const revoked = (role: Role): UserEvent => ({ type: 'RoleRevoked', data: { role, by, at } });

  if (command.type === 'RegisterUser') {
    if (state.status !== 'Unregistered') return reject({ type: 'AlreadyRegistered' });
    const registered: UserEvent = { type: 'UserRegistered', data: { userId: command.userId, by, at } };
    return accept(registered, ...unique(command.roles).map(granted));
  }

  if (state.status === 'Unregistered') return reject({ type: 'UnknownUser' });
  const themselves = by.id === state.userId;

  switch (command.type) {
    case 'SetRoles': {
      const roles = unique(command.roles);
      if (themselves && state.roles.includes('administrator') && !roles.includes('administrator')) {
        return reject({ type: 'WouldLockYourselfOut' });
      }
      return accept(
        ...roles.filter((role) => !state.roles.includes(role)).map(granted),
        ...state.roles.filter((role) => !roles.includes(role)).map(revoked),
      );
    }
    case 'DisableUser':
      if (themselves) return reject({ type: 'WouldLockYourselfOut' });
      return state.status === 'Disabled' ? accept() : accept({ type: 'UserDisabled', data: { by, at } });
    case 'EnableUser':
      return state.status === 'Active' ? accept() : accept({ type: 'UserEnabled', data: { by, at } });
    case 'ResetPassword':
      if (themselves) return reject({ type: 'OwnPassword' });
      return state.status === 'Disabled'
        ? reject({ type: 'UserIsDisabled' })
        : accept({ type: 'PasswordReset', data: { by, at } });
    default:
      return assertNever(command);
  }
};

const unique = (roles: readonly Role[]): Role[] => [...new Set(roles)];

export const userDecider: Decider<UserCommand, User, UserEvent, UserRejection> = { initialState, evolve, decide };
