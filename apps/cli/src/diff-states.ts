import {
  comparedText,
  compareBodies,
  differenceOf,
  emptyBody,
  isSame,
  pairItems,
  parseBody,
  type Body,
  type ComparedBlock,
  type ItemPair,
  type PlacedItem,
} from '@app/content';
import { asOfProblems, lifeOf, PublishedEdition, PublishedEditionHandler, shownOf } from '@app/disclosures';
import { problemTextOf } from '@app/http';
import { decode, importProblemText, MAX_FILE_BYTES, readBody, readItemsFile } from '@app/importing';
import { readPdfToImport } from '@app/publishing';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { disclosureIdOf } from './disclosure-id';
import { CommandFailed, print, withInstallation, type Installation } from './installation';

/** One side: a whole disclosure, or a text without items, which is one item without number. */
type State = {
  readonly label: string;
  readonly kind: 'disclosure' | 'text';
  /** The disclosure whose item keys these are; null where keys are only numbers. */
  readonly disclosureId: string | null;
  readonly items: readonly PlacedItem[];
};

type Options = { readonly json?: boolean; readonly all?: boolean };

/** Compares two files or two states of disclosures, item by item, and prints what changed. */
export const diffStates = async (from: string, to: string, { json, all }: Options): Promise<void> => {
  const [older, newer] = await statesOf(from, to);
  if (older.kind !== newer.kind) {
    const [text, disclosure] = older.kind === 'text' ? [older, newer] : [newer, older];
    throw new CommandFailed(
      `${disclosure.label} は開示書ですが、${text.label} には部と項目が見つかりません。開示書どうし、または項目の本文どうしを指定してください。`,
    );
  }
  const isSameDocument = older.disclosureId !== null && older.disclosureId === newer.disclosureId;
  const pairs = pairItems(older.items, newer.items, isSameDocument || older.kind === 'text' ? 'key' : 'likeness');
  const changes = pairs.map(changeOf);
  const shown = changes.filter(({ kind }) => kind !== 'same');
  if (json) {
    print({
      format: 'kaijisho.difference.v1',
      from: older.label,
      to: newer.label,
      same: shown.length === 0,
      items: shown.map(({ blocks, ...change }) => ({
        ...change,
        remarks: blocks.flatMap(({ remarks }) => remarks),
        text: comparedText(blocks.filter((block) => block.kind !== 'same')),
      })),
    });
    return;
  }
  print(inWords(older, newer, all ? changes : shown, all === true));
};

const statesOf = async (from: string, to: string): Promise<readonly [State, State]> => {
  const [older, newer] = [await namedState(from), await namedState(to)];
  if (!('disclosure' in older) && !('disclosure' in newer)) return [older, newer];
  return withInstallation(async (installation) => [
    'disclosure' in older ? await storedState(installation, older) : older,
    'disclosure' in newer ? await storedState(installation, newer) : newer,
  ]);
};

type Named = { readonly disclosure: string; readonly at: string; readonly written: string };

/** A file where there is one; otherwise DISCLOSURE@STATE. */
const namedState = async (written: string): Promise<State | Named> => {
  const found = await stat(written).catch(() => null);
  if (found?.isFile()) return fileState(written, found.size);
  if (found !== null)
    throw new CommandFailed(`${written} はファイルではありません。比べるファイルを指定してください。`);
  const at = written.lastIndexOf('@');
  if (at > 0 && at < written.length - 1)
    return { disclosure: written.slice(0, at), at: written.slice(at + 1), written };
  throw new CommandFailed(
    `「${written}」というファイルはありません。ファイル名、または「開示書@状態」（例：minato@6、minato@draft、minato@2026-04-01T00:00Z）を指定してください。`,
  );
};

const fileState = async (path: string, size: number): Promise<State> => {
  if (size > MAX_FILE_BYTES)
    throw new CommandFailed(`${path} は大きすぎます（上限 ${MAX_FILE_BYTES / 1_048_576} MB）。`);
  const bytes = await readFile(path).catch((error: Error) => {
    throw new CommandFailed(`${path} を読めません。権限を確かめてください。（${error.message}）`);
  });
  const name = basename(path);
  if (extname(path).toLowerCase() === '.json') return exportedState(name, bytes);
  const read = await readItemsFile(bytes, name, readPdfToImport);
  if (read.ok) {
    const { parts, edition, asPages } = read.file;
    const items = itemsOf(parts);
    if (asPages) return textState(name, { type: 'doc', content: items.flatMap(({ body }) => body.content) });
    const label = edition ? `${name}（第${edition.number}版）` : name;
    return { label, kind: 'disclosure', disclosureId: null, items };
  }
  const decoded = decode(bytes);
  // What has no parts is one text; a Word file is none.
  if (read.problem.type === 'NotADisclosure' && decoded.ok) return textState(name, bodyOfText(path, decoded.text));
  throw new CommandFailed(`${path}：${importProblemText(read.problem).ja}`);
};

const textState = (label: string, body: Body): State => ({
  ...{ label, kind: 'text', disclosureId: null },
  items: [{ itemKey: 'text', partNumber: '', number: 0, title: '', body }],
});

const bodyOfText = (path: string, text: string): Body => {
  if (/\.(md|markdown)$/i.test(path)) {
    try {
      return readBody(text);
    } catch (error) {
      throw new CommandFailed(`${path} を項目の本文として読めません。（${(error as Error).message}）`);
    }
  }
  const lines = text
    .split(/\r\n|[\n\r]/)
    .map((line) => ({ type: 'paragraph', ...(line === '' ? {} : { content: [{ type: 'text', text: line }] }) }));
  const parsed = parseBody({ type: 'doc', content: lines.at(-1)?.content ? lines : lines.slice(0, -1) });
  if (!parsed.ok) throw new CommandFailed(`${path}：${parsed.problems.map(({ ja }) => ja).join('／')}`);
  return parsed.body;
};

type Parts = readonly {
  readonly number: string;
  readonly items: readonly Omit<PlacedItem, 'partNumber'>[];
}[];

const itemsOf = (parts: Parts): readonly PlacedItem[] =>
  parts.flatMap((part) =>
    part.items.map(({ itemKey, number, title, body }) => ({ itemKey, partNumber: part.number, number, title, body })),
  );

/** An edition as `kaijisho export --format json` writes it; nothing of it is taken on trust. */
const exportedState = (name: string, bytes: Uint8Array): State => {
  const notOurs = () =>
    new CommandFailed(
      `${name} は、書き出した版の JSON ではありません。kaijisho export --format json で書き出したファイルを指定してください。`,
    );
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw notOurs();
  }
  const { format, disclosureId, number, parts } = (json ?? {}) as Record<string, unknown>;
  if (format !== 'kaijisho.edition.v1' || typeof disclosureId !== 'string' || !Array.isArray(parts)) throw notOurs();
  const items = parts.flatMap((part: unknown) => {
    const { number: partNumber, items: some } = (part ?? {}) as Record<string, unknown>;
    if (typeof partNumber !== 'string' || !Array.isArray(some)) throw notOurs();
    return some.map((one: unknown): PlacedItem => {
      const item = (one ?? {}) as Record<string, unknown>;
      const parsed = parseBody(item['body']);
      const [itemKey, title] = [item['itemKey'], item['title']];
      if (typeof itemKey !== 'string' || typeof title !== 'string' || typeof item['number'] !== 'number')
        throw notOurs();
      if (!parsed.ok) throw new CommandFailed(`${name} の項目 ${itemKey}：${parsed.problems[0]?.ja ?? ''}`);
      return { itemKey, partNumber, number: item['number'], title, body: parsed.body };
    });
  });
  return { label: `${name}（第${Number(number)}版）`, kind: 'disclosure', disclosureId, items };
};

/** An edition by its number, the draft, or what was recorded at an instant. */
const storedState = async ({ store, dataSource }: Installation, { disclosure, at, written }: Named): Promise<State> => {
  const disclosureId = await disclosureIdOf(dataSource, disclosure);
  if (/^\d{1,6}$/.test(at)) {
    const handler = new PublishedEditionHandler(dataSource, () => new Date());
    const edition = await handler.execute(new PublishedEdition({ disclosureId }, Number(at)));
    if (!edition) {
      throw new CommandFailed(
        `開示書「${disclosure}」に、第${at}版はありません。ID または公開名と、版の番号を確かめてください。`,
      );
    }
    return { label: `${disclosure} 第${at}版`, kind: 'disclosure', disclosureId, items: storedItems(edition.parts) };
  }
  const asked = at === 'draft' ? {} : { at };
  const shown = shownOf(await lifeOf(store, disclosureId), asked, new Date().toISOString());
  if (shown.outcome === 'rejected') {
    const { ja } = problemTextOf(shown.rejection, asOfProblems);
    throw new CommandFailed(`${written}：${ja}`);
  }
  const { text } = shown.view;
  if (at === 'draft' && text.kind !== 'draft') {
    throw new CommandFailed(
      `開示書「${disclosure}」は改訂中ではありません。版の番号（例：${disclosure}@${text.editionNumber ?? 1}）を指定してください。`,
    );
  }
  const label = at === 'draft' ? text.label : `${text.label}（${at}）`;
  return { label: `${disclosure} ${label}`, kind: 'disclosure', disclosureId, items: storedItems(text.parts) };
};

/** Bodies travel as unknown JSON in the contract; they were checked when they were written. */
const storedItems = (
  parts: readonly {
    readonly number: string;
    readonly items: readonly { itemKey: string; number: number; title: string; body: unknown }[];
  }[],
): readonly PlacedItem[] =>
  itemsOf(
    parts.map(({ number, items }) => ({ number, items: items.map((item) => ({ ...item, body: item.body as Body })) })),
  );

const changeOf = ({ before, after }: ItemPair<PlacedItem>) => {
  const place = (item: PlacedItem | null) =>
    item && { itemKey: item.itemKey, partNumber: item.partNumber, number: item.number, title: item.title };
  const [oldBody, newBody] = [before?.body ?? emptyBody, after?.body ?? emptyBody];
  const difference = differenceOf(oldBody, newBody);
  const renamed = before !== null && after !== null && before.title !== after.title;
  const renumbered = before !== null && after !== null && citationOf(before) !== citationOf(after);
  const rewritten = !isSame(difference);
  const kind =
    before === null ? 'added' : after === null ? 'removed' : renamed || renumbered || rewritten ? 'changed' : 'same';
  return {
    ...{ kind, renamed, renumbered, rewritten, before: place(before), after: place(after) },
    difference,
    blocks: compareBodies(oldBody, newBody),
  };
};

const citationOf = ({ partNumber, number }: Pick<PlacedItem, 'partNumber' | 'number'>): string =>
  partNumber === '' ? '' : `${partNumber}-${number}`;

type Change = ReturnType<typeof changeOf>;

const inWords = (older: State, newer: State, changes: readonly Change[], all: boolean): string => {
  const head = `${older.label} → ${newer.label}`;
  if (changes.every(({ kind }) => kind === 'same') && !all) return `${head}\n違いはありません。`;
  return [head, ...changes.map((change) => `\n${headingOf(change)}${textOf(change.blocks, all)}`)].join('\n');
};

const headingOf = ({ kind, before, after, renamed, renumbered }: Change): string => {
  const item = (after ?? before)!;
  if (item.partNumber === '') return '';
  const mark = { added: '（新設）', removed: '（削除）', changed: '', same: '' }[kind];
  const title = renamed ? `[-${before!.title}-][+${after!.title}+]` : item.title;
  const citation = renumbered ? `[-${citationOf(before!)}-][+${citationOf(after!)}+]` : citationOf(item);
  return `■ ${citation}　${title}${mark}\n`;
};

/** What changed with （略） for what did not. */
const textOf = (blocks: readonly ComparedBlock[], all: boolean): string => {
  if (all) return comparedText(blocks);
  const parts: string[] = [];
  for (const block of blocks) {
    if (block.kind !== 'same') parts.push(comparedText([block]));
    else if (parts.at(-1) !== '（略）') parts.push('（略）');
  }
  return parts.join('\n');
};
