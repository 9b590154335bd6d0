/**
 * The file fields of a `multipart/form-data` body (RFC 7578) that is in memory, by name: what a form without scripts sends. Fields
 * that were left empty are left out. null when the body is none.
 */
export const filesIn = (body: Buffer, contentType: string): ReadonlyMap<string, Buffer> | null => {
  const boundary = /^multipart\/form-data;.*\bboundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType);
  const delimiter = boundary && `--${boundary[1] ?? boundary[2]}`;
  if (!delimiter) return null;
  const files = new Map<string, Buffer>();
  let at = body.indexOf(delimiter);
  while (at !== -1) {
    const start = at + delimiter.length;
    if (body.toString('latin1', start, start + 2) === '--') return files;
    const next = body.indexOf(`\r\n${delimiter}`, start);
    const head = body.indexOf('\r\n\r\n', start);
    if (next === -1 || head === -1 || head > next) return null;
    const name = /^content-disposition:[^\r]*[;\s]name="([^"\r]*)"/im.exec(body.toString('utf8', start, head))?.[1];
    const content = body.subarray(head + 4, next);
    if (name !== undefined && content.length > 0 && !files.has(name)) files.set(name, content);
    at = next + 2;
  }
  return null;
};
