import { userRoles, problemTextOf, type UserRole } from '@app/http';
import { isLongEnough, MINIMUM_PASSWORD_LENGTH, registerUser, registrationProblems } from '@app/identity';
import { createInterface } from 'node:readline';
import { CommandFailed, print, withInstallation } from './installation';

type Options = {
  readonly login: string;
  readonly name: string;
  readonly address: string;
  readonly role: readonly string[];
};

export const addUser = async ({ login, name, address, role }: Options): Promise<void> => {
  const unknown = role.filter((each) => !(userRoles as readonly string[]).includes(each));
  if (unknown.length > 0)
    throw new CommandFailed(`役割 ${unknown.join(', ')} はありません。${userRoles.join(', ')} から選んでください。`);
  const password = await firstLine();
  if (!isLongEnough(password)) {
    throw new CommandFailed(
      `パスワードは${MINIMUM_PASSWORD_LENGTH}文字以上にしてください。標準入力の1行目から読みます。`,
    );
  }
  await withInstallation(async ({ store, dataSource }) => {
    const user = { loginName: login, name, address, password, roles: role as readonly UserRole[] };
    const registered = await registerUser({ store, dataSource, now: () => new Date() }, user);
    if (registered.outcome === 'rejected')
      throw new CommandFailed(problemTextOf(registered.rejection, registrationProblems).ja);
    print(`登録しました：${login}（${registered.id}）`);
  });
};

const firstLine = async (): Promise<string> => {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
};
