import { codecOf } from '@app/event-sourcing';
import { z } from 'zod';
import type { UserEvent } from './domain/user';

const by = { by: z.object({ id: z.string(), name: z.string() }), at: z.string() };
const role = z.enum(['drafter', 'signatory', 'auditor', 'administrator']);

export const userCodec = codecOf<UserEvent>('user', {
  UserRegistered: z.object({ userId: z.string(), ...by }),
  RoleGranted: z.object({ role, ...by }),
  RoleRevoked: z.object({ role, ...by }),
  UserDisabled: z.object(by),
  UserEnabled: z.object(by),
  PasswordReset: z.object(by),
});
