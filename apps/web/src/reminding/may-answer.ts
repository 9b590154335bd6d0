import type { Session } from '../api/types';

/** Who may say that a reminder is being seen to, or put it off; the api asks the same. */
export const mayAnswer = (session: Session | undefined): boolean =>
  session?.user.roles.some((role) => role !== 'auditor') ?? false;
