// The roles belong to the route of a disclosure; this feature says who holds them. A type only: nothing is loaded.
// eslint-disable-next-line no-restricted-imports
export type { OfficerRole } from '@app/disclosures/domain/disclosure';
