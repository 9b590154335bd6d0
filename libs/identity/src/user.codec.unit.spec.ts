import { userCodec } from './user.codec';

const by = { id: 'admin', name: '管理 花子' };
const at = '2030-01-02T09:00:00.000Z';

/** Every shape that was ever stored; add, never change. */
const stored = [
  { type: 'UserRegistered', schemaVersion: 1, data: { userId: 'user-1', by, at } },
  { type: 'RoleGranted', schemaVersion: 1, data: { role: 'drafter', by, at } },
  { type: 'RoleRevoked', schemaVersion: 1, data: { role: 'drafter', by, at } },
  { type: 'UserDisabled', schemaVersion: 1, data: { by, at } },
  { type: 'UserEnabled', schemaVersion: 1, data: { by, at } },
  { type: 'PasswordReset', schemaVersion: 1, data: { by, at } },
];

describe('the codec of users', () => {
  it('reads every shape that was ever stored', () =>
    expect(stored.map((event) => userCodec.encode(userCodec.decode(event)))).toEqual(stored));

  it('is loud about a role that does not exist', () =>
    expect(() =>
      userCodec.decode({ type: 'RoleGranted', schemaVersion: 1, data: { role: 'king', by, at } }),
    ).toThrow());
});
