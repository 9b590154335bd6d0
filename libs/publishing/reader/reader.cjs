// The child process that reads a PDF of any origin with pdf.js and answers what is in it. Plain JavaScript, as the one that prints: it
// runs the same from the sources and from the build. It has no secrets, and its parent ends it when it takes too long or too much.
const MAX_PAGES = 1_000;
const MAX_CHARACTERS = 8_000_000;
const MAX_ATTACHMENTS = 200;
/** A stream that unpacks to more than this is refused before the memory is taken. */
const MAX_STREAM = 128 * 1024 * 1024;

const Module = require('node:module');
const { inflateSync } = require('node:zlib');

class Refused extends Error {}

// Nothing is drawn. pdf.js would load a native canvas for it, which costs a good part of the reading; it goes without when the classes that
// it draws with are there by name.
const load = Module._load;
Module._load = (name, ...rest) => {
  return name === '@napi-rs/canvas' ? {} : load(name, ...rest);
};
for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) globalThis[name] ??= class {};

// pdf.js unpacks a stream into arrays that it doubles while there is more; a few kilobytes can hold gigabytes.
globalThis.Uint8Array = new Proxy(Uint8Array, {
  construct(target, parameters, newTarget) {
    if (typeof parameters[0] === 'number' && parameters[0] > MAX_STREAM) throw new Refused('TooLarge');
    return Reflect.construct(target, parameters, newTarget);
  },
});

// A glyph that was first printed with an invisible sign behind it (a zero width space) stands for both; pdf.js takes it for invisible and
// leaves the letter out.
const match = String.prototype.match;
String.prototype.match = function (pattern) {
  const found = match.call(this, pattern);
  return pattern instanceof RegExp && pattern.source.endsWith('(\\p{Cf})$') && !/^[^\P{Cf}\u00ad]*$/u.test(this)
    ? letters(found)
    : found;
};
const letters = (found) => (found?.[3] === undefined ? found : null);

/**
 * What the marked contents of a page say they stand for (ActualText; ISO 32000-2, 14.9.4), in the order in which they begin; null where
 * one says nothing. pdf.js looks for the number of each, and for nothing else.
 */
const withActualTexts = async (read) => {
  const texts = [];
  const get = Map.prototype.get;
  Map.prototype.get = function (key) {
    if (key === 'MCID') texts.push(textOf(get.call(this, 'ActualText')));
    return get.call(this, key);
  };
  try {
    return { read: await read(), texts };
  } finally {
    Map.prototype.get = get;
  }
};
const textOf = (string) =>
  typeof string !== 'string'
    ? null
    : string.startsWith('\xfe\xff')
      ? Buffer.from(string.slice(2), 'latin1').swap16().toString('utf16le')
      : string;

const MARK = /[\p{M}\uff9e\uff9f]/gu;
/** Letters, each with whether it has marks; what has its mark in one character (が) is a letter like any other. */
const lettersOf = (text) =>
  [...text.matchAll(/([^\s\p{M}\p{Cf}\uff9e\uff9f])([\s\p{Cf}]*[\p{M}\uff9e\uff9f])?/gu)].map(([, letter, mark]) => ({
    letter,
    marked: mark !== undefined,
  }));
/**
 * The text of some glyphs, of which each stands for one text in all of the file: a letter that has a mark in one place shows it, read by
 * its glyph, in every other; and so does the mark's own glyph. What the file says that they stand for is taken when it says those letters
 * in their order, but for some that are read with a mark, and no mark that none of them is read with.
 */
const saidOf = (glyphs, said) => {
  const [shown, actual] = [glyphs.normalize('NFC'), said.normalize('NFC')];
  const marks = shown.match(MARK) ?? [];
  for (const mark of actual.match(MARK) ?? []) {
    if (!marks.includes(mark)) return glyphs;
    marks.splice(marks.indexOf(mark), 1);
  }
  const wanted = lettersOf(actual);
  let at = 0;
  for (const { letter, marked } of lettersOf(shown)) {
    if (letter === wanted[at]?.letter) at++;
    else if (!marked) return glyphs;
  }
  return at === wanted.length ? said : glyphs;
};

/** The items of a page, with what the marked contents say in place of what their glyphs do. */
const asSaid = (items, texts) => {
  const said = items.map((item) => ({ ...item }));
  const open = [];
  let next = 0;
  for (const item of said) {
    if (item.type === 'endMarkedContent') {
      const { actual, inside: [first, ...others] = [] } = open.pop() ?? {};
      if (typeof actual !== 'string' || first === undefined) continue;
      first.str = saidOf([first, ...others].map(({ str }) => str).join(''), actual);
      for (const other of others) other.str = '';
    } else if ('str' in item) for (const { inside } of open) inside.push(item);
    else open.push({ actual: item.type === 'beginMarkedContentProps' ? texts[next++] : null, inside: [] });
  }
  return next === texts.length ? said : items;
};

/**
 * A page's structure: the elements with their roles and alternative texts; the marks of the content of pictures (a caption stands beside
 * its picture, not in it); and of headings, which heading it is.
 */
const structureOf = (tree, headings) => {
  const found = { figures: new Set(), headings: new Map(), alternatives: [], elsewhere: [], elements: [] };
  const walk = (node, heading, elements) => {
    for (const child of node.children ?? []) {
      if (child.type !== undefined) {
        if (node.role === 'Figure') found.figures.add(child.id);
        if (heading) found.headings.set(child.id, heading);
        continue;
      }
      const element = { role: child.role, children: [] };
      elements.push(element);
      if (child.alt !== undefined) (isHere(child) ? found.alternatives : found.elsewhere).push(child.alt);
      let inside = heading;
      if (/^H[12]$/.test(child.role)) headings.push((inside = { text: '', place: null }));
      walk(child, inside, element.children);
    }
  };
  walk(tree ?? {}, null, found.elements);
  return found;
};

/** An element that a page cuts is in the structure of each of its pages, with what it has elsewhere as well, only emptied. */
const isHere = ({ children = [] }) => children.some((child) => child.type !== undefined || isHere(child));

/** What does something, by its name in a PDF (ISO 32000-2, 12.6): pdf.js tells of the first action of an annotation, and of no other. */
const ACTIVE =
  /^(Launch|JavaScript|JS|SubmitForm|ImportData|ResetForm|Named|GoToR|GoToE|GoToDp|GoTo3DView|Thread|Sound|Movie|Hide|SetOCGState|Rendition|Trans|RichMedia|RichMediaExecute|AA|OpenAction|XFA)$/;

/** The names in the objects of a file, strings and streams aside; packed objects are unpacked. */
function* namesIn(file) {
  for (const { index } of file.matchAll(/(?<![A-Za-z])obj(?![A-Za-z])/g)) {
    let packed = false;
    const token =
      /%[^\r\n]*|\(|<[0-9A-Fa-f\s]*>|\/([^\0\t\n\f\r ()<>[\]{}/%]*)|endobj|stream\r?\n|[^\0\t\n\f\r ()<>[\]{}/%]+|[^]/g;
    token.lastIndex = index + 3;
    for (
      let [text, name] = token.exec(file) ?? ['endobj'];
      text !== 'endobj';
      [text, name] = token.exec(file) ?? ['endobj']
    ) {
      if (text === '(') token.lastIndex = endOfString(file, token.lastIndex);
      else if (name !== undefined) {
        const plain = name.replace(/#([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
        packed ||= plain === 'ObjStm';
        yield plain;
      } else if (text.startsWith('stream')) {
        if (packed) yield* namesIn(`obj ${unpacked(file, token.lastIndex)}`);
        break;
      }
    }
  }
}
const endOfString = (file, from) => {
  let at = from;
  for (let depth = 1; depth > 0 && at < file.length; at++) {
    if (file[at] === '\\') at++;
    else if (file[at] === '(') depth++;
    else if (file[at] === ')') depth--;
  }
  return at;
};
const unpacked = (file, from) => {
  try {
    const packed = Buffer.from(file.slice(from, file.indexOf('endstream', from)), 'latin1');
    return inflateSync(packed, { maxOutputLength: MAX_STREAM }).toString('latin1');
  } catch {
    return '/Launch'; // what cannot be looked into is taken for the worst
  }
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
  let before = '';
  let addresses = 0;
  for (const name of namesIn(Buffer.from(bytes).toString('latin1'))) {
    if (ACTIVE.test(name)) foreign.push(`action ${name}`);
    if (before === 'S' && name === 'URI') addresses++;
    before = name;
  }

  const placeOf = async (dest) => {
    const target = typeof dest === 'string' ? await pdf.getDestination(dest) : dest;
    if (!Array.isArray(target)) return null;
    return { page: (await pdf.getPageIndex(target[0])) + 1, top: typeof target[3] === 'number' ? target[3] : null };
  };

  let characters = 0;
  const pages = [];
  const headings = [];
  const elsewhere = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { read: content, texts } = await withActualTexts(() =>
      page.getTextContent({ includeMarkedContent: true, disableNormalization: true }),
    );
    const items = asSaid(content.items, texts);
    const structure = structureOf(await page.getStructTree(), headings);
    const { alternatives, elements } = structure;
    const found = { text: '', artifacts: '', figures: '', links: [], jumps: [], alternatives, elements, rightmost: 0 };
    const open = [];
    for (const item of items) {
      if ('str' in item) {
        found.rightmost = Math.max(found.rightmost, Number(item.transform[4]) + item.width);
        const kind = ['artifacts', 'figures'].find((each) => open.includes(each)) ?? 'text';
        found[kind] += item.hasEOL ? `${item.str}\n` : item.str;
        const heading = open.map((each) => structure.headings.get(each)).find((each) => each !== undefined);
        if (heading) {
          heading.text += item.str;
          heading.place ??= { page: number, top: item.transform[5] };
        }
        characters += item.str.length;
        if (characters > MAX_CHARACTERS) throw new Refused('TooLarge');
      } else if (item.type === 'endMarkedContent') open.pop();
      else open.push(item.tag === 'Artifact' ? 'artifacts' : structure.figures.has(item.id) ? 'figures' : item.id);
    }
    for (const { subtype, unsafeUrl, dest } of await page.getAnnotations()) {
      const place = dest === undefined ? null : await placeOf(dest);
      if (subtype !== 'Link') foreign.push(`annotation ${subtype} (page ${number})`);
      else if (typeof unsafeUrl === 'string') found.links.push(Buffer.from(unsafeUrl, 'latin1').toString('utf8'));
      else if (place !== null) found.jumps.push(place);
      else foreign.push(`link that leads nowhere or does something else (page ${number})`);
    }
    pages.push(found);
    elsewhere.push(structure.elsewhere);
    page.cleanup();
  }

  // What is said of a picture that is on no page is said nevertheless.
  const pictured = new Set(pages.flatMap(({ alternatives }) => alternatives));
  for (const [i, texts] of elsewhere.entries())
    pages[i].alternatives.push(...texts.filter((text) => !pictured.has(text)));

  if (addresses !== pages.reduce((sum, { links }) => sum + links.length, 0)) foreign.push('link that leads on');

  const bookmarks = [];
  const walk = async (nodes, depth) => {
    for (const { title, dest, items, url, action } of nodes) {
      if (url || action) foreign.push('bookmark with an action');
      bookmarks.push({ title, place: await placeOf(dest) });
      if (bookmarks.length > 10_000 || depth > 20) throw new Refused('TooLarge');
      await walk(items, depth + 1);
    }
  };
  await walk((await pdf.getOutline()) ?? [], 0);

  const attached = Object.entries((await pdf.getAttachments()) ?? {});
  if (attached.length > MAX_ATTACHMENTS) throw new Refused('TooLarge');
  const { info } = await pdf.getMetadata();
  const destinations = [];
  for (const [name, dest] of Object.entries(await pdf.getDestinations()))
    destinations.push({ name, place: await placeOf(dest) });
  return {
    pages,
    headings,
    bookmarks,
    destinations,
    language: String(info?.Language ?? ''),
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
