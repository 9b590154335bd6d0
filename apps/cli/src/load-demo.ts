import { localDateOf } from '@app/calendar';
import { demoHistory, replay } from '@app/demo';
import { print, withInstallation } from './installation';

/** Fills an empty installation with the demo. The last line of what it prints is JSON: the accounts to try. */
export const loadDemo = async (): Promise<void> => {
  await withInstallation(async ({ store, dataSource }) => {
    if ((await store.head()) === null) {
      await replay({ store, dataSource }, demoHistory, localDateOf(new Date()));
      print('デモデータを入れました。');
    } else {
      print('データがあるため、デモデータは入れませんでした。');
    }
    const known = await store.read('disclosure-demo');
    const accounts = known.length === 0 ? [] : demoHistory.people.filter(({ toTry }) => toTry !== undefined);
    print(
      JSON.stringify({
        accounts: accounts.map(({ key, password, name, toTry }) => ({ loginName: key, password, name, role: toTry })),
      }),
    );
  });
};
