import { cleanSvg, isSvg } from './svg';

const XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const svg = (inner: string, head = '', attributes = 'viewBox="0 0 400 300"'): Buffer =>
  Buffer.from(`${head}<svg ${XMLNS} ${attributes}>${inner}</svg>`);
const rect = '<rect x="1" y="2" width="3" height="4" fill="#123456"/>';
const textOf = (data: Buffer): string => {
  const clean = cleanSvg(data);
  if ('type' in clean) throw new Error(JSON.stringify(clean));
  return clean.bytes.toString('utf8');
};

describe('an SVG', () => {
  it('is known by its root, behind declarations, comments and a document type', () => {
    for (const head of [
      '',
      '\uFEFF',
      '<?xml version="1.0"?>\n<!-- drawn -->',
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x.dtd">',
    ])
      expect([head, isSvg(svg(rect, head))]).toEqual([head, true]);
    for (const other of ['', '<html><svg/></html>', 'svg', '<svgx>', '%PDF-1.7 <svg>'])
      expect(isSvg(Buffer.from(other))).toBe(false);
  });

  it('keeps what draws: shapes, paints, text, styles, references within itself', () => {
    const inner =
      '<style>.a{fill:url(#grad);stroke:#333} .b&gt;g{opacity:.5}</style>'.replace('&gt;', '>') +
      '<defs><linearGradient id="grad" x1="0" x2="1"><stop offset="0" stop-color="red"/></linearGradient>' +
      '<clipPath id="c"><circle cx="1" cy="1" r="9"/></clipPath><g id="node"><rect width="9" height="9"/></g></defs>' +
      '<use xlink:href="#node" x="10"/><use href="#node"/><path class="a" clip-path="url(#c)" d="M0 0L9 9" style="fill:url(\'#grad\')"/>' +
      '<text x="3" y="4" font-family="Noto Sans JP">外部ネットワーク＆&lt;DMZ&gt;<tspan dy="1em">２段目</tspan></text>';
    const clean = cleanSvg(svg(inner));
    expect(clean).toMatchObject({ width: 400, height: 300, removed: [] });
    const text = textOf(svg(inner));
    for (const kept of [
      'url(#grad)',
      'xlink:href="#node"',
      'clip-path="url(#c)"',
      '外部ネットワーク＆&lt;DMZ&gt;',
      '.b>g',
      'viewBox="0 0 400 300"',
    ])
      expect(text).toContain(kept);
  });

  it('comes back as it is once it is clean, so that it keeps its hash', () => {
    const once = textOf(svg(`<!-- note --><g inkscape:label="x">${rect}</g>`));
    expect(textOf(Buffer.from(once))).toBe(once);
  });

  it.each([
    ['a script', '<script>alert(1)</script>', '<script>'],
    ['a script with a name space', '<svg:script xmlns:svg="http://www.w3.org/2000/svg">alert(1)</svg:script>', null],
    ['a script in CDATA', '<script><![CDATA[alert(1)]]></script>', '<script>'],
    ['a script from elsewhere', '<script href="https://evil.example/x.js"/>', '<script>'],
    ['a handler', '<rect onload="alert(1)" width="1" height="1"/>', 'onload'],
    ['a handler in capitals', '<rect ONCLICK="alert(1)" width="1" height="1"/>', 'ONCLICK'],
    ['a link that runs', '<a href="javascript:alert(1)"><text>x</text></a>', '<a>'],
    ['a link that runs, encoded', '<a xlink:href="&#106;ava&#x09;script:alert(1)"><text>x</text></a>', '<a>'],
    ['an animation that sets a link', '<set attributeName="href" to="javascript:alert(1)"/>', '<set>'],
    ['an animation of a link', '<animate attributeName="xlink:href" values="javascript:alert(1)"/>', '<animate>'],
    ['metadata with markup', '<metadata><script>alert(1)</script></metadata>', '<metadata>'],
    ['a comment that ends too late', '<!--><script>alert(1)</script>-->', null],
    ['another base', '<g xml:base="https://evil.example/"><rect width="1" height="1"/></g>', null],
    ['a style sheet in an instruction', '<?xml-stylesheet href="https://evil.example/x.css"?>', null],
  ])('loses %s and keeps the rest', (_, attack, named) => {
    const clean = cleanSvg(svg(attack + rect));
    if ('type' in clean) throw new Error(JSON.stringify(clean));
    const text = clean.bytes.toString('utf8');
    expect(text).toContain('fill="#123456"');
    expect(text).not.toMatch(/script|alert|onload|onclick|evil|base|animate|<set|<a[\s>]|metadata|<!--|<\?/i);
    if (named !== null) expect(clean.removed).toContain(named);
  });

  it.each([
    [
      'HTML in it',
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="alert(1)"/></body></foreignObject>',
      '<foreignObject>',
    ],
    ['a picture from elsewhere', '<image href="https://evil.example/x.png" width="1" height="1"/>', '<image>'],
    ['a picture of data', '<image xlink:href="data:image/svg+xml;base64,PHN2Zy8+"/>', '<image>'],
    [
      'a part of another file',
      '<use xlink:href="https://evil.example/x.svg#a"/>',
      'xlink:href="https://evil.example/x.svg#a"',
    ],
    ['a part of another file beside it', '<use href="other.svg#a"/>', 'href="other.svg#a"'],
    ['a part of data', '<use href="data:image/svg+xml;base64,PHN2Zy8+#a"/>', 'href="data:'],
    ['a reference that is encoded', '<use href="&#104;ttps&#58;//evil.example/#a"/>', 'href="https://evil.example/#a"'],
    ['a paint from elsewhere', '<rect fill="url(https://evil.example/#a)"/>', 'fill="url('],
    ['a style from elsewhere', '<rect style="background:url(//evil.example/x)"/>', 'style="background'],
    ['a style that is escaped', '<rect style="fill:\\75 rl(//evil.example/x)"/>', 'style="fill'],
    ['a comment within a style', '<rect style="fill:u/**/rl(//evil.example/x)"/>', 'style="fill'],
    ['an import', '<style>@import "https://evil.example/x.css";</style>', '<style>'],
    ['a font from elsewhere', '<style>@font-face{font-family:x;src:url(https://evil.example/x)}</style>', '<style>'],
    ['an import in CDATA', '<style><![CDATA[@import url(https://evil.example/x.css);]]></style>', '<style>'],
    ['markup that a style sheet hides', '<style><![CDATA[</style><script>alert(1)</script><style>]]></style>', ''],
    ['a filter that fetches', '<filter id="f"><feImage href="https://evil.example/x"/></filter>', '<feImage>'],
    ['an inner page', '<iframe src="https://evil.example/"/>', '<iframe>'],
  ])('is refused with %s, which is named', (_, attack, named) => {
    const refused = cleanSvg(svg(attack + rect));
    expect(refused).toMatchObject({ type: 'UnsafeSvg', found: expect.stringContaining(named) });
  });

  it('is refused when it is made of entities', () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const bomb = svg('<text>&l9;</text>', `<!DOCTYPE svg [<!ENTITY l0 "ha">${laughs}]>`);
    expect(isSvg(bomb)).toBe(true);
    expect(cleanSvg(bomb)).toEqual({ type: 'UnsafeSvg', found: '<!ENTITY>' });
    const file = svg('<text>&x;</text>', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>');
    expect(cleanSvg(file)).toEqual({ type: 'UnsafeSvg', found: '<!ENTITY>' });
  });

  it('is refused when its parts use each other without end, or too often', () => {
    const layers = Array.from(
      { length: 9 },
      (_, i) => `<g id="l${i + 1}">${`<use href="#l${i}"/>`.repeat(10)}</g>`,
    ).join('');
    expect(cleanSvg(svg(`<g id="l0">${rect}</g>${layers}`))).toEqual({ type: 'SvgTooComplex' });
    expect(cleanSvg(svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'))).toEqual({
      type: 'SvgTooComplex',
    });
    expect(cleanSvg(svg('<g>'.repeat(200) + rect + '</g>'.repeat(200)))).toEqual({ type: 'SvgTooComplex' });
    expect(cleanSvg(svg(rect.repeat(50_001)))).toEqual({ type: 'SvgTooComplex' });
    expect(
      cleanSvg(svg(`<defs><path id="glyph" d="M0 0"/></defs>${'<use xlink:href="#glyph"/>'.repeat(5_000)}`)),
    ).toMatchObject({ width: 400 });
  });

  it('shows what a plain reader is meant to see where an editor put HTML beside it', () => {
    const label =
      '<switch><foreignObject><div xmlns="http://www.w3.org/1999/xhtml">利用者</div></foreignObject><text x="1" y="2">利用者</text></switch>';
    const text = textOf(svg(label));
    expect(text.match(/利用者/g)).toHaveLength(1);
    expect(text).not.toMatch(/foreignObject|div/);
  });

  it.each([
    ['width="10cm" height="5cm"', 378, 189],
    ['width="100%" height="100%" viewBox="0 0 30 20"', 30, 20],
    ['width="60" viewBox="0 0 30 20"', 60, 40],
    ['viewBox="-5,-5,1e3,5e2"', 1000, 500],
  ])('has the size that it says: %s', (attributes, width, height) =>
    expect(cleanSvg(svg(rect, '', attributes))).toMatchObject({ width, height }),
  );

  it('is broken without a size, in another encoding, with another root, or cut off before it begins', () => {
    for (const attributes of ['', 'viewBox="0 0 0 10"', 'viewBox="0 0 NaN 10"', 'width="-5" height="5"'])
      expect([attributes, cleanSvg(svg(rect, '', attributes))]).toEqual([attributes, { type: 'BrokenPicture' }]);
    expect(cleanSvg(Buffer.from(`<svg ${XMLNS}><text>\u65e5</text></svg>`, 'utf16le'))).toEqual({
      type: 'BrokenPicture',
    });
    expect(cleanSvg(Buffer.from('<g/><svg/>'))).toEqual({ type: 'BrokenPicture' });
    expect(cleanSvg(svg('<text>&#1;</text>'))).toEqual({ type: 'BrokenPicture' });
  });
});
