import { hash, verify } from '@node-rs/argon2';

/** The shortest password that a person may choose (NIST SP 800-63B asks for 8; no rules about kinds of characters). */
export const MINIMUM_PASSWORD_LENGTH = 10;

/** OWASP's smallest memory for argon2id, the library's default kind: 19 MiB and two passes, so that a few sign-ins at once stay cheap for the process. */
const parameters = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;

/** The same password typed on a phone or with full-width characters composed otherwise is the same password. */
const normal = (password: string) => password.normalize('NFKC');

export const isLongEnough = (password: string): boolean => [...normal(password)].length >= MINIMUM_PASSWORD_LENGTH;

/** Encoded argon2id hash with its parameters and a fresh salt. */
export const hashPassword = (password: string): Promise<string> => hash(normal(password), parameters);

export const matchesPassword = (password: string, passwordHash: string): Promise<boolean> =>
  verify(passwordHash, normal(password));
