import type { Session } from '../api/types';

/** Who may register, renew and withdraw certificates, and plan and carry out audits; the api asks the same. */
export const mayKeepRegister = (session: Session | undefined): boolean =>
  session?.user.roles.some((role) => role === 'drafter' || role === 'administrator') ?? false;

/** Who may start the revision of a disclosure. */
export const mayRevise = (session: Session | undefined): boolean => session?.user.roles.includes('drafter') ?? false;
