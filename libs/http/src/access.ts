import { SetMetadata } from '@nestjs/common';

/** What a user may do in the product. Who signs is not a role here: it follows from the office held at that moment. */
export const userRoles = ['drafter', 'signatory', 'auditor', 'administrator'] as const;
export type UserRole = (typeof userRoles)[number];

/** Who is signed in, as the session guard puts it on the request. */
export type SignedIn = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly UserRole[];
  readonly sessionId: string;
};

export type Access =
  | { readonly kind: 'public' }
  | { readonly kind: 'signedIn' }
  | { readonly kind: 'roles'; readonly roles: readonly UserRole[] };

export const ACCESS = 'kaijisho:access';

/** Every route says who may call it. A route that says nothing is refused, and the boot check names it. */
export const Public = () => SetMetadata<string, Access>(ACCESS, { kind: 'public' });
export const AnyoneSignedIn = () => SetMetadata<string, Access>(ACCESS, { kind: 'signedIn' });
export const Allowed = (...roles: readonly UserRole[]) => SetMetadata<string, Access>(ACCESS, { kind: 'roles', roles });
