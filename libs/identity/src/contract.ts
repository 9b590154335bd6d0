import { commandAnswer, userRoles } from '@app/http';
import { z } from 'zod';

/** The shapes of this feature's HTTP answers and requests. OpenAPI and the web client's types are made from these. */

const roles = z.array(z.enum(userRoles)).max(userRoles.length);
const password = z.string().min(1).max(1000);

export const signInBody = z
  .object({
    loginName: z.string().min(1).max(254).optional().describe('Login name or mail address'),
    address: z.string().min(1).max(254).optional(),
    password,
  })
  .refine(({ loginName, address }) => (loginName ?? address) !== undefined, {
    path: ['loginName'],
    error: 'loginName or address is needed',
  });

export const sessionView = z.object({
  user: z.object({ id: z.string(), name: z.string(), roles }),
  /** Goes into the header `x-csrf-token` of every request that changes something. */
  csrfToken: z.string(),
  /** 責任者 roles that the user holds now. */
  offices: z.array(z.string()),
});

/** How mails about reviews come: each at once, or those of a day in one on the next business morning. */
export const mailPreferenceBody = z.object({ reviewMails: z.enum(['each', 'daily']) });
export type MailPreference = z.infer<typeof mailPreferenceBody>['reviewMails'];

export const passwordBody = z.object({ currentPassword: password, newPassword: password });

/** `token`: what stands after the # of the link that was mailed. */
export const passwordChoiceBody = z.object({ token: z.string().min(1).max(200), newPassword: password });

export const userView = z.object({
  id: z.string(),
  loginName: z.string(),
  name: z.string(),
  address: z.string(),
  roles,
  disabled: z.boolean(),
});
export const userList = z.array(userView);

/** Everybody who can sign in, by name: to mention, to depute, to name in a route. */
export const peopleView = z.object({ people: z.array(z.object({ id: z.string(), name: z.string() })) });

export const newUserBody = z.object({
  loginName: z.string().max(100),
  name: z.string().max(300),
  address: z.string().max(500),
  password,
  roles,
});

export const rolesBody = z.object({ roles });

export const registeredAnswer = commandAnswer.extend({ id: z.string() });

export type SessionView = z.infer<typeof sessionView>;
