import type { Recipient } from './reminding-api';

export const offices = ['managementOfficer', 'privacyOfficer', 'systemAdministrator', 'operationsOfficer'] as const;
export const roles = ['drafter', 'signatory', 'auditor', 'administrator'] as const;

/** A recipient as a choice of a field has it: `responsible`, `officer:…`, `role:…`, `user:…`. */
export const keyOf = (recipient: Recipient): string => {
  if ('responsible' in recipient) return 'responsible';
  if ('officer' in recipient) return `officer:${recipient.officer}`;
  return 'role' in recipient ? `role:${recipient.role}` : `user:${recipient.user}`;
};

export const recipientOf = (key: string): Recipient => {
  const [kind = '', ...rest] = key.split(':');
  const id = rest.join(':');
  if (kind === 'officer') return { officer: offices.find((office) => office === id) ?? 'managementOfficer' };
  if (kind === 'role') return { role: roles.find((role) => role === id) ?? 'drafter' };
  return kind === 'user' ? { user: id } : { responsible: true };
};
