import type { StreamName } from '@app/event-sourcing';

const PREFIX = 'certificate-';

export const certificateStream = (certificateId: string): StreamName => `${PREFIX}${certificateId}`;

export const isCertificateStream = (stream: string): boolean => stream.startsWith(PREFIX);
