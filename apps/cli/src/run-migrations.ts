import { migrate } from '@app/runtime';
import { print, settingsOrFail } from './installation';

export const runMigrations = async (): Promise<void> => {
  const ran = await migrate(settingsOrFail());
  print(ran.length === 0 ? 'データベースは最新です。' : `適用しました：${ran.join(', ')}`);
};
