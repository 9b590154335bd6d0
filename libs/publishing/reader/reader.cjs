// The child process that reads a PDF of any origin with pdf.js and answers what is in it. Plain JavaScript, as the one that prints: it
// runs the same from the sources and from the build. It has no secrets, and its parent ends it when it takes too long or too much.
const MAX_PAGES = 1_000;
const MAX_CHARACTERS = 8_000_000;
const MAX_ATTACHMENTS = 200;
/** A stream that unpacks to more than this is refused before the memory is taken. */
const MAX_STREAM = 128 * 1024 * 1024;

class Refused extends Error {}

// pdf.js unpacks a stream into arrays that it doubles while there is more; a few kilobytes can hold gigabytes.
globalThis.Uint8Array = new Proxy(Uint8Array, {
  construct(target, parameters, newTarget) {
    if (typeof parameters[0] === 'number' && parameters[0] > MAX_STREAM) throw new Refused('TooLarge');
    return Reflect.construct(target, parameters, newTarget);
  },
});

/** What pictures draw, by the page's structure: the marks of their content. A caption stands beside its picture, not in it. */
const contentOfFigures = (tree) => {
  const ids = new Set();
  const waiting = [tree ?? {}];
  for (let node = waiting.pop(); node; node = waiting.pop())
    for (const child of node.children ?? []) {
      if (child.type === undefined) waiting.push(child);
      else if (node.role === 'Figure') ids.add(child.id);
    }
  return ids;
};

const read = async (bytes) => {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    data: Uint8Array.from(bytes),
    useSystemFonts: false,
    disableFontFace: true,
    isEvalSupported: false,
    enableXfa: false,
    stopAtErrors: true,
    verbosity: 0,
  });
  task.onPassword = () => {
    throw new Refused('Encrypted');
  };
  const pdf = await task.promise;
  if (pdf.numPages > MAX_PAGES) throw new Refused('TooLarge');
  const foreign = [];
  if ((await pdf.getFieldObjects()) !== null) foreign.push('form');
  if ((await pdf.getJSActions()) !== null || (await pdf.getOpenAction()) !== null) foreign.push('script');

  let characters = 0;
  const pages = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent({ includeMarkedContent: true, disableNormalization: true });
    const drawn = contentOfFigures(await page.getStructTree());
    const found = { text: '', artifacts: '', figures: '', links: [], rightmost: 0, images: 0 };
    const open = [];
    for (const item of items) {
      if ('str' in item) {
        found.rightmost = Math.max(found.rightmost, Number(item.transform[4]) + item.width);
        const kind = ['artifacts', 'figures'].find((each) => open.includes(each)) ?? 'text';
        found[kind] += item.hasEOL ? `${item.str}\n` : item.str;
        characters += item.str.length;
        if (characters > MAX_CHARACTERS) throw new Refused('TooLarge');
      } else if (item.type === 'endMarkedContent') open.pop();
      else open.push(item.tag === 'Artifact' ? 'artifacts' : drawn.has(item.id) ? 'figures' : 'text');
    }
    for (const { subtype, url } of await page.getAnnotations()) {
      if (subtype !== 'Link') foreign.push(`annotation ${subtype} (page ${number})`);
      else if (typeof url === 'string') found.links.push(url);
    }
    pages.push(found);
    page.cleanup();
  }

  const bookmarks = [];
  const walk = async (nodes, depth) => {
    for (const { title, dest, items, url, action } of nodes) {
      const target = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
      const page = Array.isArray(target) ? (await pdf.getPageIndex(target[0])) + 1 : null;
      if (url || action) foreign.push('bookmark with an action');
      bookmarks.push({ title, page });
      if (bookmarks.length > 10_000 || depth > 20) throw new Refused('TooLarge');
      await walk(items, depth + 1);
    }
  };
  await walk((await pdf.getOutline()) ?? [], 0);

  const attached = Object.entries((await pdf.getAttachments()) ?? {});
  if (attached.length > MAX_ATTACHMENTS) throw new Refused('TooLarge');
  const { info } = await pdf.getMetadata();
  return {
    pages,
    bookmarks,
    destinations: Object.keys(await pdf.getDestinations()),
    attachments: attached.map(([, { filename, content }]) => ({
      name: String(filename),
      bytes: Uint8Array.from(content),
    })),
    title: String(info?.Title ?? ''),
    foreign,
  };
};

process.once('message', async ({ bytes }) => {
  let answer;
  try {
    answer = { read: await read(bytes) };
  } catch (error) {
    const refused = error instanceof Refused || /TooLarge|Encrypted/.exec(String(error?.message));
    const encrypted = error?.name === 'PasswordException';
    answer = {
      refused: encrypted ? 'Encrypted' : refused ? String(error.message) : 'Damaged',
      detail: String(error?.message),
    };
  }
  process.send(answer, () => process.exit(0));
});
process.on('disconnect', () => process.exit(1));
process.on('uncaughtException', () => process.exit(2));
