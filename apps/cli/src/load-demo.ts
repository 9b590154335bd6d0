import { localDateOf } from '@app/calendar';
import { DEMO_DISCLOSURE, DEMO_PASSWORD, people, replay } from '@app/demo';
import { migrate } from '@app/runtime';
import { print, settingsOrFail, withInstallation } from './installation';

/** Brings the database up to date, and fills an empty installation with the demo. The last line of what it prints is JSON: the accounts to try. */
export const loadDemo = async (): Promise<void> => {
  await migrate(settingsOrFail());
  await withInstallation(async ({ store, dataSource }) => {
    if ((await store.head()) === null) {
      await replay({ store, dataSource }, localDateOf(new Date()));
      print('デモデータを入れました。');
    } else {
      print('データがあるため、デモデータは入れませんでした。');
    }
    const loaded = (await store.read(`disclosure-${DEMO_DISCLOSURE}`)).length > 0;
    const known = (
      await dataSource.query<{ loginName: string }[]>('select login_name as "loginName" from account')
    ).map(({ loginName }) => loginName);
    const accounts = people
      .filter(({ signsIn, loginName }) => loaded && signsIn && known.includes(loginName))
      .map(({ loginName, name, description }) => ({ loginName, password: DEMO_PASSWORD, name, role: description }));
    print(JSON.stringify({ accounts }));
  });
};
