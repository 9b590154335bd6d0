import fc from 'fast-check';
import type { Block, Body } from './body';
import { compareBodies } from './compare';
import { applyDifference, differenceOf, DifferenceDoesNotFit, isSame } from './difference';
import { parseBody } from './parse-body';
import { bodySchema } from './schema';
import { bodies, bodyOfLines } from './testing';

describe('a difference', () => {
  it('applied to the old body gives the new one, exactly', () =>
    fc.assert(
      fc.property(bodies, bodies, (before, after) => {
        expect(JSON.stringify(applyDifference(before, differenceOf(before, after)))).toBe(JSON.stringify(after));
      }),
      { numRuns: 300 },
    ));

  it('does so after it was stored as JSON, and for bodies that are nearly the same', () =>
    fc.assert(
      fc.property(bodies, fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (before, edits) => {
        const after = edits.reduce(edited, before);
        const stored: typeof difference = JSON.parse(JSON.stringify(differenceOf(before, after)));
        const difference = differenceOf(before, after);
        expect(applyDifference(before, stored)).toEqual(after);
        expect(applyDifference(before, difference)).toEqual(after);
      }),
      { numRuns: 300 },
    ));

  it('of equal bodies says nothing', () =>
    fc.assert(fc.property(bodies, (body) => expect(isSame(differenceOf(body, structuredClone(body)))).toBe(true))));

  it('does not see in which order the keys of stored JSON come', () =>
    fc.assert(
      fc.property(bodies, (body) => {
        const stored = turned(body) as Body;
        expect(isSame(differenceOf(body, stored))).toBe(true);
        expect(compareBodies(stored, body).every(({ kind }) => kind === 'same')).toBe(true);
      }),
    ));

  it('is refused by a body that it was not made from', () => {
    const difference = differenceOf(bodyOfLines('日次で保管します。'), bodyOfLines('週次で保管します。'));
    expect(() => applyDifference(bodyOfLines('月次で保管します。'), difference)).toThrow(DifferenceDoesNotFit);
    expect(() => applyDifference(bodyOfLines('日次で保管します。', '以上'), difference)).toThrow(DifferenceDoesNotFit);
    expect(() => applyDifference(bodyOfLines(), difference)).toThrow(DifferenceDoesNotFit);
  });

  it('is small: of two changed words in a long text, it has the words', () => {
    const lines = Array.from({ length: 200 }, (_, i) => `第${i}の事項は、社内規程に基づき管理いたします。`);
    const difference = differenceOf(
      bodyOfLines(...lines),
      bodyOfLines(...lines.with(7, '第7の事項は、社内基準に基づき管理いたします。')),
    );
    expect(difference.filter(({ kind }) => kind !== 'same')).toMatchObject([
      {
        kind: 'changed',
        old: 7,
        content: {
          pieces: [
            { kind: 'same', text: '第7の事項は、社内' },
            { kind: 'removed', text: '規程' },
            { kind: 'added', text: '基準' },
            { kind: 'same', text: 'に基づき管理いたします。' },
          ],
        },
      },
    ]);
  });
});

/** A body with every kind of node and mark that there is. */
const everything: Block = (() => {
  const text = (value: string, ...marks: readonly object[]) => ({
    type: 'text',
    text: value,
    ...(marks.length ? { marks } : {}),
  });
  const paragraph = (...content: readonly object[]) => ({ type: 'paragraph', content });
  const item = (...content: readonly object[]) => ({ type: 'listItem', content });
  const cell = (type: string, value: string) => ({
    type,
    attrs: { colspan: 1, rowspan: 1 },
    content: [paragraph(text(value))],
  });
  return {
    type: 'doc',
    content: [
      { type: 'heading', attrs: { level: 3 }, content: [text('保管')] },
      paragraph(
        text('当社の'),
        text('方針', { type: 'link', attrs: { href: 'https://minato.example/' } }),
        { type: 'hardBreak' },
        text('は', { type: 'bold' }),
        text('公表', { type: 'italic' }),
      ),
      { type: 'note', content: [text('規程は社外秘です。')] },
      { type: 'bulletList', content: [item(paragraph(text('入室')))] },
      { type: 'orderedList', attrs: { start: 1, style: 'decimal' }, content: [item(paragraph(text('退室')))] },
      { type: 'blockquote', content: [paragraph(text('通知'))] },
      {
        type: 'table',
        content: ['一', '二', '三'].map((value) => ({
          type: 'tableRow',
          content: [cell('tableHeader', value), cell('tableCell', '甲'), cell('tableCell', '乙')],
        })),
      },
      {
        type: 'figure',
        attrs: { sha256: 'a'.repeat(64), mediaType: 'image/png', alt: '構成', caption: '図1' },
      },
    ],
  } as Block;
})();

/** Attributes whose other values no body can have; why. */
const fixed: { readonly [attribute: string]: string } = {
  'heading.level': 'headings have one level',
  'tableCell.colwidth': 'belongs to the page and is never stored',
  'tableHeader.colwidth': 'belongs to the page and is never stored',
};
/** Something for an attribute of any type to become; what a body refuses is passed over. */
const others = (value: unknown): readonly unknown[] => [
  ...(typeof value === 'number' ? [value + 1, value + 2] : []),
  ...(typeof value === 'boolean' ? [!value] : []),
  'circled',
  'image/jpeg',
  'b'.repeat(64),
  'https://minato.example/another',
  '別の値',
];

type Change = { readonly name: string; readonly after: () => Body | null };

const nodesOf = (block: Block): readonly Block[] => [block, ...(block.content ?? []).flatMap(nodesOf)];
const replace = (block: Block, wanted: Block, by: Block): Block =>
  block === wanted
    ? by
    : { ...block, ...(block.content ? { content: block.content.map((child) => replace(child, wanted, by)) } : {}) };

const parsed = (json: unknown): Body | null => {
  const result = parseBody(json);
  return result.ok ? result.body : null;
};

/** Every attribute of every node and mark of the schema, changed once wherever it stands; null where it cannot be. */
const attributeChanges = (body: Block): readonly Change[] => {
  const { nodes, marks } = bodySchema();
  return nodesOf(body).flatMap((node): readonly Change[] => {
    const become = (values: readonly unknown[], by: (value: unknown) => Block) => (): Body | null => {
      for (const value of values) {
        const after = parsed(replace(body, node, by(value)));
        if (after !== null && JSON.stringify(after) !== JSON.stringify(body)) return after;
      }
      return null;
    };
    const ofNode = Object.keys(nodes[node.type]!.spec.attrs ?? {}).map((name) => ({
      name: `${node.type}.${name}`,
      after: become(others(node.attrs?.[name]), (value) => ({ ...node, attrs: { ...node.attrs, [name]: value } })),
    }));
    const ofMarks = (node.marks ?? []).flatMap((mark) => [
      ...Object.keys(marks[mark.type]!.spec.attrs ?? {}).map((name) => ({
        name: `${mark.type}.${name}`,
        after: become(others(mark.attrs?.[name]), (value) => ({
          ...node,
          marks: (node.marks ?? []).map((one) =>
            one === mark ? { ...one, attrs: { ...one.attrs, [name]: value } } : one,
          ),
        })),
      })),
      {
        name: mark.type,
        after: become([null], () => ({ ...node, marks: (node.marks ?? []).filter((one) => one !== mark) })),
      },
    ]);
    return [...ofNode, ...ofMarks];
  });
};

describe('a change of an attribute', () => {
  const before = parsed(everything)!;
  const { nodes, marks } = bodySchema();
  // Spans of several cells have to change together, or the table would have no shape.
  const merged = (span: 'colspan' | 'rowspan', type: string): Change => {
    const tables = structuredClone(before.content).filter((block) => block.type === 'table');
    const rows = tables[0]!.content! as unknown as { content: { type: string; attrs: Record<string, number> }[] }[];
    if (span === 'colspan') {
      const at = rows[0]!.content.findIndex((cell) => cell.type === type);
      rows[0]!.content[at]!.attrs['colspan'] = 2;
      rows[0]!.content.splice(at + 1, 1);
    } else {
      const at = rows[0]!.content.findIndex((cell) => cell.type === type);
      rows[0]!.content[at]!.attrs['rowspan'] = 2;
      rows[1]!.content.splice(at, 1);
    }
    const content = before.content.map((block) => (block.type === 'table' ? tables[0]! : block));
    return { name: `${type}.${span}`, after: () => parsed({ type: 'doc', content }) };
  };
  const changes = [
    ...attributeChanges(before),
    merged('colspan', 'tableHeader'),
    merged('colspan', 'tableCell'),
    merged('rowspan', 'tableHeader'),
    merged('rowspan', 'tableCell'),
  ].flatMap(({ name, after }) => {
    const body = after();
    return body === null ? [] : [{ name, after: body }];
  });

  it('is tried for every attribute of every node and mark that the schema has', () => {
    const all = [
      ...Object.entries(nodes).flatMap(([type, { spec }]) =>
        Object.keys(spec.attrs ?? {}).map((name) => `${type}.${name}`),
      ),
      ...Object.entries(marks).flatMap(([type, { spec }]) => [
        type,
        ...Object.keys(spec.attrs ?? {}).map((name) => `${type}.${name}`),
      ]),
    ];
    const tried = new Set([...changes.map(({ name }) => name), ...Object.keys(fixed)]);
    expect(all.filter((name) => !tried.has(name))).toEqual([]);
    const used = new Set(nodesOf(before as Block).map(({ type }) => type));
    expect(Object.keys(nodes).filter((type) => !used.has(type))).toEqual([]);
  });

  it.each(changes.map(({ name, after }) => [name, after] as const))('%s is seen, and told', (_name, after) => {
    const shown = compareBodies(before, after).filter(({ kind }) => kind !== 'same');
    expect(shown.length).toBeGreaterThan(0);
    for (const { runs, remarks } of shown)
      expect(remarks.length > 0 || runs.some(({ kind }) => kind !== 'same')).toBe(true);
    expect(applyDifference(before, differenceOf(before, after))).toEqual(after);
  });

  it('is seen wherever it happens', () =>
    fc.assert(
      fc.property(bodies, fc.nat(), (body, at) => {
        const some = attributeChanges(body as Block);
        fc.pre(some.length > 0);
        const after = some[at % some.length]!.after();
        fc.pre(after !== null);
        if (after === null) return;
        const shown = compareBodies(body, after).filter(({ kind }) => kind !== 'same');
        expect(shown.length).toBeGreaterThan(0);
        for (const { oldHtml, newHtml, runs, remarks } of shown) {
          expect(oldHtml + newHtml).not.toBe('');
          expect(remarks.length > 0 || runs.some(({ kind }) => kind !== 'same')).toBe(true);
        }
        expect(applyDifference(body, differenceOf(body, after))).toEqual(after);
      }),
      { numRuns: 200 },
    ));
});

/** The body with something small done to it: a block moved, doubled, dropped, or its words changed. */
const edited = (body: Body, seed: number): Body => {
  const content = [...body.content];
  const at = content.length === 0 ? 0 : seed % content.length;
  const [block] = content.splice(at, 1);
  if (block !== undefined) {
    const to = (seed >> 4) % (content.length + 1);
    const kind = (seed >> 2) % 4;
    if (kind === 0) content.splice(to, 0, block);
    if (kind === 1) content.splice(at, 0, block, block);
    if (kind === 2) content.splice(to, 0, { type: 'blockquote', content: [block] });
  }
  return parsed({ type: 'doc', content })!;
};

/** The same JSON with its keys the other way round. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turned(inner)]),
  );
};
