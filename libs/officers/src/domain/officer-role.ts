/** 責任者 roles, see the glossary. */
export const officerRoles = [
  'managementOfficer',
  'privacyOfficer',
  'systemAdministrator',
  'operationsOfficer',
] as const;
export type OfficerRole = (typeof officerRoles)[number];

/** The glossary's words. */
export const officeNames: Readonly<Record<OfficerRole, { readonly ja: string; readonly en: string }>> = {
  managementOfficer: { ja: '管理責任者', en: 'management officer' },
  privacyOfficer: { ja: '個人情報保護責任者', en: 'privacy officer' },
  systemAdministrator: { ja: 'システム管理者', en: 'system administrator' },
  operationsOfficer: { ja: '運用管理責任者', en: 'operations officer' },
};
