import { assertNever } from '@app/event-sourcing';

export type UserId = string;
/** ISO 8601, UTC, milliseconds. */
export type Instant = string;
export type Role = 'drafter' | 'signatory' | 'auditor' | 'administrator';

type By = { readonly by: { readonly id: UserId; readonly name: string }; readonly at: Instant };

// What can have happened. A user's name, mail address and login name are in the erasable account row, never here.

export type UserEvent =
  | { readonly type: 'UserRegistered'; readonly data: By & { readonly userId: UserId } }
  | { readonly type: 'RoleGranted'; readonly data: By & { readonly role: Role } }
  | { readonly type: 'RoleRevoked'; readonly data: By & { readonly role: Role } }
  | { readonly type: 'UserDisabled'; readonly data: By }
  | { readonly type: 'UserEnabled'; readonly data: By }
  /** By an administrator. Which password its owner chose after that is nobody's business: credentials are no events. */
  | { readonly type: 'PasswordReset'; readonly data: By };

// What is true now

export type User =
  | { readonly status: 'Unregistered' }
  | { readonly status: 'Active' | 'Disabled'; readonly userId: UserId; readonly roles: readonly Role[] };

export const initialState: User = { status: 'Unregistered' };

export const evolve = (state: User, event: UserEvent): User => {
  if (event.type === 'UserRegistered') return { status: 'Active', userId: event.data.userId, roles: [] };
  if (state.status === 'Unregistered') return state;

  switch (event.type) {
    case 'RoleGranted':
      return { ...state, roles: [...state.roles, event.data.role] };
    case 'RoleRevoked':
      return { ...state, roles: state.roles.filter((role) => role !== event.data.role) };
    case 'UserDisabled':
      return { ...state, status: 'Disabled' };
    case 'UserEnabled':
      return { ...state, status: 'Active' };
    case 'PasswordReset':
      return state;
    default:
      return assertNever(event);
  }
};
