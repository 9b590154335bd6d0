/** 責任者 roles, see the glossary. */
export const officerRoles = [
  'managementOfficer',
  'privacyOfficer',
  'systemAdministrator',
  'operationsOfficer',
] as const;
export type OfficerRole = (typeof officerRoles)[number];
