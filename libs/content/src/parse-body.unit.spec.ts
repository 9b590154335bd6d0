import fc from 'fast-check';
import { Node } from '@tiptap/pm/model';
import { emptyBody, type Block, type Body } from './body';
import { hashBody, parseBody, type BodyProblemCode } from './parse-body';
import { bodySchema } from './schema';
import { bodies } from './testing';

const doc = (...content: readonly unknown[]) => ({ type: 'doc', content });
const paragraph = (text: string, ...marks: readonly unknown[]) => ({
  type: 'paragraph',
  content: [{ type: 'text', text, ...(marks.length === 0 ? {} : { marks }) }],
});
const cell = (attrs: object = {}) => ({ type: 'tableCell', attrs, content: [paragraph('セル')] });
const table = (...rows: readonly (readonly unknown[])[]) => ({
  type: 'table',
  content: rows.map((content) => ({ type: 'tableRow', content })),
});
const figure = (attrs: object) => ({
  type: 'figure',
  attrs: { sha256: 'a'.repeat(64), mediaType: 'image/png', alt: '構成図', ...attrs },
});

const bodyOf = (json: unknown): Body => {
  const parsed = parseBody(json);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.body;
};
const problemsOf = (json: unknown): readonly (readonly [BodyProblemCode, string])[] => {
  const parsed = parseBody(json);
  return parsed.ok ? [] : parsed.problems.map(({ code, path }) => [code, path]);
};

describe('a body', () => {
  it('is its own canonical form, whatever it holds', () =>
    fc.assert(fc.property(bodies, (body) => expect(bodyOf(JSON.parse(JSON.stringify(body)))).toEqual(body))));

  it('is what the editor would give back, in the same canonical form', () =>
    fc.assert(
      fc.property(bodies, (body) => {
        const fromEditor: unknown = Node.fromJSON(bodySchema(), body).toJSON();
        expect(bodyOf(fromEditor)).toEqual(body);
      }),
    ));

  it('has the same hash however its attributes and texts were written', () => {
    const written = doc(
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: '保管' },
          { type: 'text', text: 'します。' },
        ],
        attrs: {},
      },
      { type: 'heading', content: [{ type: 'text', text: '補足' }] },
      table([cell({ colwidth: [120], rowspan: 1 })]),
    );
    const canonical = bodyOf(
      doc(
        paragraph('保管します。'),
        { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: '補足' }] },
        table([cell()]),
      ),
    );
    expect(bodyOf(written)).toEqual(canonical);
    expect(parseBody(written)).toMatchObject({ ok: true, bodyHash: hashBody(canonical) });
  });

  it('has another hash as soon as an attribute differs', () => {
    const hash = (block: unknown) => hashBody(bodyOf(doc(block)));
    expect(hash(table([cell({ colspan: 2 })]))).not.toBe(hash(table([cell()])));
    expect(hash(figure({ alt: '別の図' }))).not.toBe(hash(figure({})));
    expect(hash(paragraph('A', { type: 'bold' }))).not.toBe(hash(paragraph('A')));
  });

  it('may be empty, and an empty paragraph for the cursor does not make it less so', () => {
    expect(bodyOf(doc())).toEqual(emptyBody);
    expect(bodyOf(doc({ type: 'paragraph' }))).toEqual(emptyBody);
  });

  it('keeps marks in one order', () => {
    const marks = [{ type: 'bold' }, { type: 'link', attrs: { href: 'https://minato.example/' } }, { type: 'italic' }];
    expect(bodyOf(doc(paragraph('A', ...marks)))).toEqual(bodyOf(doc(paragraph('A', ...marks.toReversed()))));
  });
});

describe('JSON that is no body is refused', () => {
  const cases: readonly [string, unknown, BodyProblemCode, string][] = [
    ['null', null, 'NOT_A_BODY', ''],
    ['a text', 'これは本文です', 'NOT_A_BODY', ''],
    ['a paragraph alone', paragraph('A'), 'NOT_A_BODY', ''],
    [
      'a text node without text',
      doc({ type: 'paragraph', content: [{ type: 'text' }] }),
      'NOT_A_BODY',
      '/content/0/content/0',
    ],
    ['a node with an extra field', doc({ ...paragraph('A'), onclick: 'x' }), 'NOT_A_BODY', '/content/0'],
    ['a code block', doc({ type: 'codeBlock', content: [{ type: 'text', text: 'x' }] }), 'UNKNOWN_NODE', '/content/0'],
    ['a node named like a method', doc({ type: 'constructor' }), 'UNKNOWN_NODE', '/content/0'],
    ['an underline', doc(paragraph('A', { type: 'underline' })), 'UNKNOWN_MARK', '/content/0/content/0/marks/0'],
    [
      'an unknown attribute',
      doc({ ...paragraph('A'), attrs: { style: 'color:red' } }),
      'UNKNOWN_ATTRIBUTE',
      '/content/0/attrs/style',
    ],
    [
      'a heading of level 1',
      doc({ type: 'heading', attrs: { level: 1 } }),
      'INVALID_ATTRIBUTE',
      '/content/0/attrs/level',
    ],
    [
      'a script link',
      doc(paragraph('A', { type: 'link', attrs: { href: 'javascript:alert(1)' } })),
      'UNSAFE_LINK',
      '/content/0/content/0/marks/0/attrs/href',
    ],
    [
      'a disguised script link',
      doc(paragraph('A', { type: 'link', attrs: { href: ' jAvascript:alert(1)' } })),
      'UNSAFE_LINK',
      '/content/0/content/0/marks/0/attrs/href',
    ],
    [
      'a data link',
      doc(paragraph('A', { type: 'link', attrs: { href: 'data:text/html,x' } })),
      'UNSAFE_LINK',
      '/content/0/content/0/marks/0/attrs/href',
    ],
    [
      'a link without address',
      doc(paragraph('A', { type: 'link' })),
      'UNSAFE_LINK',
      '/content/0/content/0/marks/0/attrs/href',
    ],
    ['U+0000, which jsonb cannot hold', doc(paragraph('A\u0000')), 'UNSTORABLE_TEXT', '/content/0/content/0/text'],
    ['half a character', doc(paragraph('\ud842')), 'UNSTORABLE_TEXT', '/content/0/content/0/text'],
    [
      'a paragraph in a paragraph',
      doc({ type: 'paragraph', content: [paragraph('A')] }),
      'MISPLACED_NODE',
      '/content/0',
    ],
    ['a list without entries', doc({ type: 'bulletList' }), 'MISPLACED_NODE', '/content/0'],
    [
      'an entry that begins with a table',
      doc({ type: 'bulletList', content: [{ type: 'listItem', content: [table([cell()])] }] }),
      'MISPLACED_NODE',
      '/content/0/content/0',
    ],
    [
      'a span of 0',
      doc(table([cell({ colspan: 0 })])),
      'IMPOSSIBLE_SPAN',
      '/content/0/content/0/content/0/attrs/colspan',
    ],
    [
      'a span of a milliard',
      doc(table([cell({ colspan: 1e9 })])),
      'IMPOSSIBLE_SPAN',
      '/content/0/content/0/content/0/attrs/colspan',
    ],
    [
      'a span that is a text',
      doc(table([cell({ colspan: '2' })])),
      'IMPOSSIBLE_SPAN',
      '/content/0/content/0/content/0/attrs/colspan',
    ],
    [
      'a span beyond the last row',
      doc(table([cell({ rowspan: 2 }), cell()])),
      'IMPOSSIBLE_SPAN',
      '/content/0/content/0/content/0',
    ],
    [
      'overlapping cells',
      doc(table([cell(), cell({ rowspan: 2 })], [cell({ colspan: 2 })])),
      'IMPOSSIBLE_SPAN',
      '/content/0/content/1/content/0',
    ],
    ['rows of unequal width', doc(table([cell(), cell()], [cell()])), 'IMPOSSIBLE_SPAN', '/content/0/content/1'],
    ['a figure without alternative text', doc(figure({ alt: ' ' })), 'FIGURE_WITHOUT_ALT', '/content/0/attrs/alt'],
    [
      'a figure without an image',
      doc(figure({ sha256: '../../etc/passwd' })),
      'MALFORMED_FIGURE',
      '/content/0/attrs/sha256',
    ],
    [
      'a figure of an unknown kind',
      doc(figure({ mediaType: 'image/gif' })),
      'INVALID_ATTRIBUTE',
      '/content/0/attrs/mediaType',
    ],
  ];
  it.each(cases)('%s', (_name, json, code, path) => expect(problemsOf(json)).toContainEqual([code, path]));

  it('and the problem says in two languages what to do', () => {
    const parsed = parseBody(doc(figure({ alt: '' })));
    const [problem] = parsed.ok ? [] : parsed.problems;
    expect(problem?.ja).toMatch(/入力してください。$/);
    expect(problem?.en).toMatch(/^A figure has no alternative text\./);
  });

  it('5 MB of it, at once', () => {
    expect(problemsOf(doc(paragraph('医'.repeat(1_700_000))))).toEqual([['TOO_LARGE', '']]);
    expect(problemsOf({ type: 'doc', content: Array.from({ length: 200_000 }, () => paragraph('A')) })).toEqual([
      ['TOO_LARGE', ''],
    ]);
  });

  it('lists nested thousands deep, without exhausting the stack', () => {
    const nested = JSON.parse('{"type":"blockquote","content":['.repeat(5_000) + ']}'.repeat(5_000)) as unknown;
    expect(problemsOf(doc(nested))).toEqual([['TOO_DEEP', '']]);
  });

  it('__proto__ as a name of an attribute', () => {
    const json = JSON.parse('{"type":"doc","content":[{"type":"paragraph","attrs":{"__proto__":{"x":1}}}]}') as unknown;
    expect(problemsOf(json)).toEqual([['UNKNOWN_ATTRIBUTE', '/content/0/attrs/__proto__']]);
  });

  it('whatever it is, without throwing', () =>
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true }), (json) =>
        expect(parseBody(json).ok).toBe(false),
      ),
    ));

  it('when one value anywhere in a body is swapped for something else, unless the result is a body again', () =>
    fc.assert(
      fc.property(bodies, fc.nat(), fc.anything(), (body, at, other) => {
        const json = JSON.parse(JSON.stringify(body)) as Block;
        const places = placesIn(json);
        const place = places[at % places.length]!;
        place.holder[place.name] = other;
        const parsed = parseBody(json);
        if (parsed.ok) expect(bodyOf(JSON.parse(JSON.stringify(parsed.body)))).toEqual(parsed.body);
        else expect(parsed.problems.length).toBeGreaterThan(0);
      }),
    ));
});

const placesIn = (value: unknown): { holder: Record<string, unknown>; name: string }[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]) => [
        { holder: value as Record<string, unknown>, name },
        ...placesIn(inner),
      ]);
