import type { Request } from 'express';
import { problem } from './problem';

/** For files to import: 12 MB. */
export const RAW_BODY_LIMIT = 12 * 1024 * 1024;

/**
 * The bytes of a request that is not JSON. Stops keeping them as soon as there are more than `limit`; the rest is read and
 * thrown away, so that a client in the middle of sending gets the answer and not a broken connection.
 *
 * @param ended when aborted, no more is kept or waited for
 * @throws the problem TooLarge, or BadBody when the client gave up half-way or was not done before it was `ended`
 */
export const readRawBody = (request: Request, limit = RAW_BODY_LIMIT, ended?: AbortSignal): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const refuse = (name: 'TooLarge' | 'BadBody') => {
      request.removeAllListeners('data');
      request.resume();
      reject(problem(name, name === 'TooLarge' ? { limit } : {}));
    };
    if (request.readableEnded) {
      // Read as JSON already: the bytes are gone, and waiting for them would never end.
      const issues = [{ field: 'Content-Type', message: 'must not be JSON: send application/octet-stream' }];
      return reject(problem('BadBody', { issues }));
    }
    if (Number(request.headers['content-length'] ?? 0) > limit) return refuse('TooLarge');

    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) return refuse('TooLarge');
      chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', () => refuse('BadBody'));
    request.on('aborted', () => refuse('BadBody'));
    ended?.addEventListener('abort', () => refuse('BadBody'), { once: true });
  });
