import { z } from 'zod';

/** What an installation is told from outside, by environment variables. See docs/operations.md. */
export type Settings = {
  readonly databaseUrl: string;
  /** The owner of the tables, who runs migrations; when it is given, the role of `databaseUrl` can be one with few rights. */
  readonly migrationDatabaseUrl?: string | undefined;
  /** Where the log of events is, when it is not in the database: `kurrentdb://…`, `kurrentdb+discover://…`. */
  readonly eventStoreUrl?: string | undefined;
  /** Tells this installation's streams on a KurrentDB from those of others. */
  readonly eventStorePrefix: string;
  readonly redisUrl?: string | undefined;
  /** Where mail goes: `smtp://user:password@host:port`. */
  readonly smtpUrl?: string | undefined;
  readonly mailFrom: string;
  readonly host: string;
  readonly port: number;
  /** Where users reach the product, without a slash at the end. */
  readonly publicUrl: string;
  readonly trustProxy?: string | undefined;
  /** What whoever asks for the metrics has to know; without it there are none. */
  readonly metricsToken?: string | undefined;
};

const environment = z.object({
  DATABASE_URL: z
    .string('DATABASE_URL is not set. Start with `npm start`, or set it to the address of your PostgreSQL.')
    .regex(/^postgres(ql)?:\/\//, 'DATABASE_URL has to begin with postgres://'),
  MIGRATION_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'MIGRATION_DATABASE_URL has to begin with postgres://')
    .optional(),
  EVENT_STORE_URL: z
    .string()
    .regex(
      /^kurrentdb(\+discover)?:\/\//,
      'EVENT_STORE_URL has to begin with kurrentdb:// or kurrentdb+discover:// (esdb:// was their name of old); without it the log is in PostgreSQL',
    )
    .optional(),
  EVENT_STORE_PREFIX: z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/, 'EVENT_STORE_PREFIX has to consist of letters, digits, hyphens and underscores')
    .default('kaijisho'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'REDIS_URL has to begin with redis:// or rediss://')
    .optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'SMTP_URL has to begin with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().default('Kaijisho <kaijisho@localhost>'),
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number('PORT has to be a number').int().min(0).max(65_535).default(3000),
  PUBLIC_URL: z.url('PUBLIC_URL has to be an address, such as https://kaijisho.example.com').optional(),
  TRUST_PROXY: z.string().optional(),
  METRICS_TOKEN: z.string().min(16, 'METRICS_TOKEN has to have at least 16 characters').optional(),
});

/**
 * Reads the settings. An empty variable is one that is not set: compose files and shells like to set variables to nothing.
 * @throws Error that names every variable that is missing or wrong, and says what it should be
 */
export const readSettings = (env: NodeJS.ProcessEnv): Settings => {
  const read = environment.safeParse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  if (!read.success) {
    throw new Error(
      read.error.issues
        .map(({ path: [name], message }) =>
          message.startsWith(String(name)) ? message : `${String(name)}: ${message}`,
        )
        .join('\n'),
    );
  }
  const {
    DATABASE_URL,
    MIGRATION_DATABASE_URL,
    EVENT_STORE_URL,
    EVENT_STORE_PREFIX,
    REDIS_URL,
    SMTP_URL,
    MAIL_FROM,
    HOST,
    PORT,
    PUBLIC_URL,
    TRUST_PROXY,
    METRICS_TOKEN,
  } = read.data;
  return {
    databaseUrl: DATABASE_URL,
    migrationDatabaseUrl: MIGRATION_DATABASE_URL,
    eventStoreUrl: EVENT_STORE_URL,
    eventStorePrefix: EVENT_STORE_PREFIX,
    redisUrl: REDIS_URL,
    smtpUrl: SMTP_URL,
    mailFrom: MAIL_FROM,
    host: HOST,
    port: PORT,
    publicUrl: (PUBLIC_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, ''),
    trustProxy: TRUST_PROXY,
    metricsToken: METRICS_TOKEN,
  };
};
