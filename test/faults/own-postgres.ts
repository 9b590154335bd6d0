import { fork } from 'node:child_process';
import { join } from 'node:path';

/** A PostgreSQL of a spec's own, with its durable settings: what it has acknowledged outlives a crash. */
export type OwnPostgres = {
  /** For the application, once `migrate` has made its role as `ownerUrl`. */
  readonly url: string;
  readonly ownerUrl: string;
  readonly crash: () => Promise<void>;
  /** With SIGKILL. */
  readonly kill: () => Promise<void>;
  /** At the same address as before. */
  readonly start: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

export const startOwnPostgres = async (): Promise<OwnPostgres> => {
  const holder = fork(join(__dirname, 'own-postgres.mjs'), { execArgv: [] });
  const next = () =>
    new Promise<string>((fulfil, fail) =>
      holder.once('message', ({ answer, failure }: { answer?: string; failure?: string }) =>
        failure === undefined ? fulfil(answer ?? '') : fail(new Error(failure)),
      ),
    );
  const ask = (action: 'start' | 'ownerUrl' | 'crash' | 'kill' | 'remove'): Promise<string> => {
    const answered = next();
    holder.send(action);
    return answered;
  };
  await next();
  return {
    url: await ask('start'),
    ownerUrl: await ask('ownerUrl'),
    crash: async () => void (await ask('crash')),
    kill: async () => void (await ask('kill')),
    start: async () => void (await ask('start')),
    remove: async () => void (await ask('remove')),
  };
};
