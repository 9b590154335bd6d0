import 'reflect-metadata';
import { calendarWarning, localDateOf } from '@app/calendar';
import { readSettings } from '@app/runtime';
import { createApi } from './create-api';

const main = async (): Promise<void> => {
  const settings = readSettings(process.env);
  const warning = calendarWarning(localDateOf(new Date()));
  if (warning) console.warn(warning);
  const app = await createApi(settings);
  await app.listen(settings.port, settings.host);
  console.log(`api: ${await app.getUrl()}`);
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
