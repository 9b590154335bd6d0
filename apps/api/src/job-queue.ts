import type { JobBoard } from '@app/jobs';
import type { Settings } from '@app/runtime';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';

/** Nest injection token for the settings of this process. */
export const SETTINGS = Symbol('Settings');

/** The queue's board. Opened when somebody asks for the first time: most processes are never asked, and it costs memory and connections. */
@Injectable()
export class JobQueue implements OnApplicationShutdown {
  private opened: Promise<JobBoard> | undefined;

  constructor(@Inject(SETTINGS) private readonly settings: Settings) {}

  get backend(): 'postgres' | 'redis' {
    return this.settings.redisUrl === undefined ? 'postgres' : 'redis';
  }

  board(): Promise<JobBoard> {
    const { databaseUrl, redisUrl } = this.settings;
    this.opened ??= import('@app/jobs').then(({ openJobBoard }) =>
      openJobBoard({ databaseUrl, redisUrl, log: console }),
    );
    this.opened.catch(() => (this.opened = undefined)); // the next one tries again
    return this.opened;
  }

  async onApplicationShutdown(): Promise<void> {
    await (await this.opened)?.close();
  }
}
