import type { Session } from '../api/types';

/** Who may register, renew and withdraw certificates; the api asks the same. */
export const mayKeepRegister = (session: Session | undefined): boolean =>
  session?.user.roles.some((role) => role === 'drafter' || role === 'administrator') ?? false;
