import type { StreamName } from '@app/event-sourcing';

const PREFIX = 'audit-';

export const auditStream = (auditId: string): StreamName => `${PREFIX}${auditId}`;

export const isAuditStream = (stream: string): boolean => stream.startsWith(PREFIX);
