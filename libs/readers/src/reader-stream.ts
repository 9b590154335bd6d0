import type { StreamName } from '@app/event-sourcing';

const PREFIX = 'reader-';

export const readerStream = (readerId: string): StreamName => `${PREFIX}${readerId}`;

export const isReaderStream = (stream: string): boolean => stream.startsWith(PREFIX);

export const readerIdOf = (stream: string): string => stream.slice(PREFIX.length);
