import 'reflect-metadata';
import { readSettings } from '@app/runtime';
import { startWorker } from './worker';

const main = async (): Promise<void> => {
  const worker = await startWorker(readSettings(process.env));
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
