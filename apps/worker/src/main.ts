import 'reflect-metadata';
import { calendarWarning, localDateOf } from '@app/calendar';
import { readSettings } from '@app/runtime';
import { readSealKey } from '@app/sealing';
import { readTimeStampAuthority } from '@app/sealing/time-stamping';
import { startWorker } from './worker';

const main = async (): Promise<void> => {
  const sealKey = readSealKey(process.env);
  if (!sealKey) console.warn('KAIJISHO_SEAL_KEY is not set: the log is chained, but not sealed.');
  const authority = readTimeStampAuthority(process.env);
  if (authority && !sealKey) console.warn('TIMESTAMP_URL is set, but without seals there is nothing to stamp.');
  const warning = calendarWarning(localDateOf(new Date()));
  if (warning) console.warn(warning);
  const worker = await startWorker(readSettings(process.env), () => new Date(), sealKey, authority);
  console.log('worker: ready');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      worker.close().then(
        () => process.exit(0),
        (error: Error) => {
          console.error(error.message);
          process.exit(1);
        },
      );
    });
  }
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
