import { specFor } from '@app/event-sourcing/testing';
import type { Role, UserEvent } from './user';
import { userDecider } from './user.decider';

const given = specFor(userDecider);
const at = '2030-01-02T09:00:00.000Z';
const by = { id: 'admin', name: '管理 花子' };

const registered: UserEvent = { type: 'UserRegistered', data: { userId: 'user-1', by, at } };
const granted = (role: Role): UserEvent => ({ type: 'RoleGranted', data: { role, by, at } });
const revoked = (role: Role): UserEvent => ({ type: 'RoleRevoked', data: { role, by, at } });
const disabled: UserEvent = { type: 'UserDisabled', data: { by, at } };
const enabled: UserEvent = { type: 'UserEnabled', data: { by, at } };

describe('a user', () => {
  it('is registered with each role once', () =>
    given()
      .when({ type: 'RegisterUser', userId: 'user-1', roles: ['drafter', 'auditor', 'drafter'], by, at })
      .then(registered, granted('drafter'), granted('auditor')));

  it('is registered only once, even after having been disabled', () => {
    given(registered)
      .when({ type: 'RegisterUser', userId: 'user-1', roles: [], by, at })
      .thenRejected({ type: 'AlreadyRegistered' });
    given(registered, disabled)
      .when({ type: 'RegisterUser', userId: 'user-1', roles: [], by, at })
      .thenRejected({ type: 'AlreadyRegistered' });
  });

  it('has to exist before anything is done to it', () => {
    for (const type of ['DisableUser', 'EnableUser', 'ResetPassword'] as const) {
      given().when({ type, by, at }).thenRejected({ type: 'UnknownUser' });
    }
    given()
      .when({ type: 'SetRoles', roles: ['drafter'], by, at })
      .thenRejected({ type: 'UnknownUser' });
  });

  it('gets the roles that are new and loses those that are gone', () =>
    given(registered, granted('drafter'), granted('auditor'))
      .when({ type: 'SetRoles', roles: ['auditor', 'signatory'], by, at })
      .then(granted('signatory'), revoked('drafter')));

  it('is left alone when the roles are what they were', () =>
    given(registered, granted('drafter'), revoked('drafter'), granted('auditor'))
      .when({ type: 'SetRoles', roles: ['auditor'], by, at })
      .thenNothing());

  it('is disabled and enabled, and a repetition changes nothing', () => {
    given(registered).when({ type: 'DisableUser', by, at }).then(disabled);
    given(registered, disabled).when({ type: 'DisableUser', by, at }).thenNothing();
    given(registered, disabled).when({ type: 'EnableUser', by, at }).then(enabled);
    given(registered, disabled, enabled).when({ type: 'EnableUser', by, at }).thenNothing();
  });

  it('gets its password reset as often as it is asked, but not while disabled', () => {
    const reset: UserEvent = { type: 'PasswordReset', data: { by, at } };
    given(registered).when({ type: 'ResetPassword', by, at }).then(reset);
    given(registered, reset).when({ type: 'ResetPassword', by, at }).then(reset);
    given(registered, disabled).when({ type: 'ResetPassword', by, at }).thenRejected({ type: 'UserIsDisabled' });
  });

  it('keeps its roles while disabled', () =>
    given(registered, granted('drafter'), disabled, enabled)
      .when({ type: 'SetRoles', roles: ['drafter'], by, at })
      .thenNothing());
});

describe('an administrator', () => {
  const self = { id: 'user-1', name: '管理 太郎' };
  const administrator = [registered, granted('administrator')];

  it('cannot disable themselves or give the role away, and so never leaves the house without a key', () => {
    given(...administrator)
      .when({ type: 'DisableUser', by: self, at })
      .thenRejected({ type: 'WouldLockYourselfOut' });
    given(...administrator)
      .when({ type: 'SetRoles', roles: ['drafter'], by: self, at })
      .thenRejected({ type: 'WouldLockYourselfOut' });
  });

  it('cannot reset their own password: they change it', () =>
    given(...administrator)
      .when({ type: 'ResetPassword', by: self, at })
      .thenRejected({ type: 'OwnPassword' }));

  it('may take another role besides', () =>
    given(...administrator)
      .when({ type: 'SetRoles', roles: ['administrator', 'auditor'], by: self, at })
      .then({ type: 'RoleGranted', data: { role: 'auditor', by: self, at } }));

  it('may be disabled by another one', () =>
    given(...administrator)
      .when({ type: 'DisableUser', by, at })
      .then(disabled));
});
