import { png } from '@app/blob-store/pictures.testing';
import { deflateRawSync } from 'node:zlib';
import { importProblemText } from './import-problem';
import { readDisclosureFile } from './read-disclosure';
import { packZip } from './zip';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const paragraph = (text: string, style = '', bold = false): string =>
  `<w:p>${style === '' ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}<w:r>${bold ? '<w:rPr><w:b/></w:rPr>' : ''}<w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
const row = (...cells: readonly string[]): string =>
  `<w:tr>${cells.map((text) => `<w:tc><w:tcPr/>${paragraph(text)}</w:tc>`).join('')}</w:tr>`;

const head =
  paragraph('みなとカルテクラウド', 'Title') +
  paragraph('サービス仕様適合開示書', 'Title') +
  paragraph('第1版 2031年4月1日');
const tail =
  paragraph('改訂履歴') +
  `<w:tbl><w:tblPr/>${row('版数', '発行日', '改訂履歴')}${row('第1版', '2031年4月1日', '初版')}</w:tbl>`;

const parts = (body: string, more: Readonly<Record<string, string>> = {}): (readonly [string, Buffer])[] =>
  Object.entries({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/></Types>',
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${REL}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/document.xml': `<w:document ${W} xmlns:r="${REL}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>${head}${body}${tail}</w:body></w:document>`,
    'word/styles.xml': `<w:styles ${W}><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style></w:styles>`,
    'word/numbering.xml': `<w:numbering ${W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>`,
    ...more,
  }).map(([name, text]) => [name, Buffer.from(text, 'utf8')] as const);
const word = (body: string, more: Readonly<Record<string, string>> = {}): Buffer => packZip(parts(body, more));
const items = (body: string): string => paragraph('I. 外部保存', '1') + paragraph('1. 保存', '2') + body;

const read = async (file: Uint8Array) => {
  const result = await readDisclosureFile(file, '開示書.docx');
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  return result.disclosure;
};
const refusal = async (file: Uint8Array) => {
  const result = await readDisclosureFile(file, '開示書.docx');
  return result.ok ? null : result.problem;
};
const codes = async (file: Uint8Array) => (await read(file)).anomalies.map(({ code }) => code);

describe('a Word file', () => {
  it('is read by its headings; ※ and ① that were typed are the remarks and lists that they are', async () => {
    const file = word(
      items(paragraph('本文です。') + paragraph('①一つ') + paragraph('②二つ') + paragraph('※ 注です。')),
    );
    const { parts: found, edition, serviceName } = await read(file);
    expect({ edition, serviceName }).toEqual({
      edition: { number: 1, issuedOn: '2031-04-01' },
      serviceName: 'みなとカルテクラウド',
    });
    expect(found[0]?.items[0]).toMatchObject({ number: 1, title: '保存' });
    expect(found[0]?.items[0]?.body.content.map(({ type, attrs }) => [type, attrs?.['style']])).toEqual([
      ['paragraph', undefined],
      ['orderedList', 'circled'],
      ['note', undefined],
    ]);
  });

  it('leaves out pictures that nobody could place by hand, and says which and why', async () => {
    const drawing = `<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="図" descr="構成"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="p1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
    const withPicture = (bytes: Buffer): Buffer =>
      packZip([
        ...parts(items(paragraph('下図のとおりです。') + drawing)),
        [
          'word/_rels/document.xml.rels',
          Buffer.from(
            `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="p1" Type="${REL}/image" Target="media/p1.png"/></Relationships>`,
          ),
        ],
        ['word/media/p1.png', bytes],
      ]);
    expect((await read(withPicture(png(400, 300)))).figures).toHaveLength(1);
    const why = async (bytes: Buffer) => {
      const { figures, anomalies } = await read(withPicture(bytes));
      expect(figures).toEqual([]);
      return anomalies.filter(({ code }) => code === 'FIGURE_UNREADABLE').map(({ message }) => message);
    };
    expect(await why(png(20_000, 4_000))).toEqual([expect.stringContaining('20000 × 4000 ピクセル')]);
    expect(await why(png(400, 300).subarray(0, 40))).toEqual([expect.stringContaining('壊れている')]);
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><image href="http://x.example/a.png"/></svg>';
    expect(await why(Buffer.from(svg))).toEqual([expect.stringContaining('取り込めない部分（<image>）')]);
  });

  it('has the SVG that Word keeps beside a drawing of it, and the drawing where the SVG is not taken', async () => {
    const blip = `<a:blip r:embed="p1"><a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="p2"/></a:ext></a:extLst></a:blip>`;
    const drawing = `<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="図" descr="構成"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>${blip}</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`;
    const kindOf = async (drawn: string) => {
      const relation = (id: string, target: string) =>
        `<Relationship Id="${id}" Type="${REL}/image" Target="media/${target}"/>`;
      const file = packZip([
        ...parts(items(paragraph('下図のとおりです。') + drawing)),
        [
          'word/_rels/document.xml.rels',
          Buffer.from(
            `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relation('p1', 'p1.png')}${relation('p2', 'p2.svg')}</Relationships>`,
          ),
        ],
        ['word/media/p1.png', png(400, 300)],
        ['word/media/p2.svg', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 3">${drawn}</svg>`)],
      ]);
      const { figures, anomalies } = await read(file);
      expect(anomalies.filter(({ code }) => code === 'FIGURE_UNREADABLE')).toEqual([]);
      return figures.map(({ mediaType }) => mediaType);
    };
    expect(await kindOf('<rect width="4" height="3"/>')).toEqual(['image/svg+xml']);
    expect(await kindOf('<image href="data:image/png;base64,AAAA"/>')).toEqual(['image/png']);
  });

  it('is read by headings that Word numbers', async () => {
    const numbered = (text: string, style: string, list: number) =>
      `<w:p><w:pPr><w:pStyle w:val="${style}"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="${list}"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const { parts: found } = await read(
      word(numbered('外部保存', '1', 1) + numbered('保存', '2', 2) + paragraph('本文') + numbered('体制', '2', 2)),
    );
    expect(found.map(({ number, title }) => [number, title])).toEqual([['I', '外部保存']]);
    expect(found[0]?.items.map(({ number, title }) => [number, title])).toEqual([
      [1, '保存'],
      [2, '体制'],
    ]);
  });

  it('has with what is lost the item that it was in, whether items are headings or entries of a list', async () => {
    const struck = (text: string, properties = '') =>
      `<w:p>${properties}<w:r><w:rPr><w:strike/></w:rPr><w:t>${text}</w:t></w:r></w:p>`;
    const found = async (body: string) =>
      (await read(word(body))).anomalies.map(({ code, line, itemKey }) => `${code} ${line} ${itemKey ?? 'なし'}`);
    expect(
      await found(
        struck('表紙の文') +
          items(struck('古い文')) +
          paragraph('2. 体制', '2') +
          paragraph('下図のとおりです。') +
          struck('古い窓口'),
      ),
    ).toEqual([
      'ISSUER_MISSING 0 なし',
      'FORMATTING_REMOVED 0 なし',
      'TEXT_WITHOUT_PLACE 0 なし',
      'FORMATTING_REMOVED 0 I-1',
      'FIGURE_MISSING 0 I-2',
      'DANGLING_REFERENCE 0 I-2',
      'FORMATTING_REMOVED 0 I-2',
    ]);

    const entry = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr>';
    const listed = await found(paragraph('I. 外部保存', '1') + struck('保存', entry) + struck('体制', entry));
    expect(listed.filter((one) => one.startsWith('FORMATTING_REMOVED'))).toEqual([
      'FORMATTING_REMOVED 0 I-1',
      'FORMATTING_REMOVED 0 I-2',
    ]);
  });

  it('without styles is read by numbers and bold letters, and says so', async () => {
    const file = word(paragraph('I. 外部保存') + paragraph('1. 保存', '', true) + paragraph('本文です。'));
    const { parts: found, anomalies } = await read(file);
    expect(found[0]?.items[0]?.text).toBe('本文です。');
    expect(anomalies.map(({ code }) => code)).toContain('HEADING_GUESSED');
  });

  it('keeps merged cells, and has header cells where the first row is shaded', async () => {
    const cell = (properties: string, text: string) => `<w:tc><w:tcPr>${properties}</w:tcPr>${paragraph(text)}</w:tc>`;
    const table = `<w:tbl><w:tblPr/><w:tr>${cell('<w:gridSpan w:val="2"/><w:shd w:val="clear" w:fill="D9D9D9"/>', '区分')}</w:tr><w:tr>${cell('<w:vMerge w:val="restart"/>', '左')}${cell('', '右')}</w:tr><w:tr>${cell('<w:vMerge/>', '')}${cell('', '下')}</w:tr></w:tbl>`;
    const body = (await read(word(items(table)))).parts[0]?.items[0]?.body;
    expect(body?.content[0]?.content?.map((one) => one.content?.map(({ type, attrs }) => [type, attrs]))).toEqual([
      [['tableHeader', { colspan: 2, rowspan: 1 }]],
      [
        ['tableCell', { colspan: 1, rowspan: 2 }],
        ['tableCell', { colspan: 1, rowspan: 1 }],
      ],
      [['tableCell', { colspan: 1, rowspan: 1 }]],
    ]);
  });

  it('loses no text box, deletion, comment or footnote unsaid: each is quoted', async () => {
    const file = word(
      items(
        paragraph('本文') +
          `<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp xmlns:wps="x"><w:txbxContent>${paragraph('箱の文字')}</w:txbxContent></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>${paragraph('箱の文字')}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>` +
          '<w:p><w:ins w:id="1"><w:r><w:t>足した文</w:t></w:r></w:ins><w:del w:id="2"><w:r><w:delText>消した文</w:delText></w:r></w:del></w:p>' +
          '<w:p><w:r><w:t>脚注のある文</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r></w:p>',
      ),
      {
        'word/comments.xml': `<w:comments ${W}><w:comment w:id="1">${paragraph('見直すこと')}</w:comment></w:comments>`,
        'word/footnotes.xml': `<w:footnotes ${W}><w:footnote w:id="3">${paragraph('脚注の文')}</w:footnote></w:footnotes>`,
        'word/vbaProject.bin': 'macro',
      },
    );
    const { anomalies, parts: found } = await read(file);
    const said = (code: string) =>
      anomalies
        .filter((one) => one.code === code)
        .map(({ message }) => message)
        .join();
    expect(said('TEXT_BOX_LEFT_OUT')).toContain('「箱の文字」');
    expect(said('TRACKED_CHANGES_SETTLED')).toContain('「消した文」');
    expect(said('COMMENTS_LEFT_OUT')).toContain('「見直すこと」');
    expect(said('FOOTNOTE_LEFT_OUT')).toContain('「脚注の文」');
    expect(said('MACROS_IGNORED')).not.toBe('');
    expect(found[0]?.items[0]?.text.split('\n')).toEqual(['本文', '足した文', '脚注のある文［注1］']);
  });

  it('whose table of contents is left out says so', async () =>
    expect(
      await codes(
        word(items(paragraph('本文')).replace('<w:p>', `${paragraph('I. 外部保存 1', 'TOC1')}<w:p>`), {
          'word/styles.xml': parts('')
            .find(([name]) => name === 'word/styles.xml')![1]
            .toString('utf8')
            .replace('</w:styles>', '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style></w:styles>'),
        }),
      ),
    ).toContain('TOC_LEFT_OUT'));
});

describe('a file that is no readable Word file', () => {
  const ole = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  const good = word(items(paragraph('本文')));
  /** The sizes that the directory promises, changed for every entry. */
  const promising = (file: Buffer, size: number): Buffer => {
    const changed = Buffer.from(file);
    for (let at = changed.indexOf('PK\u0001\u0002'); at >= 0; at = changed.indexOf('PK\u0001\u0002', at + 4))
      changed.writeUInt32LE(size, at + 24);
    return changed;
  };

  it('because of a password is refused with what to do', async () => {
    const problem = await refusal(Buffer.concat([ole, Buffer.from('EncryptedPackage', 'utf16le')]));
    expect(problem).toEqual({ type: 'PasswordProtected' });
    expect(importProblemText(problem!).ja).toContain('パスワードを外して');
  });

  it('because it is of the old format is refused', async () =>
    expect(await refusal(Buffer.concat([ole, Buffer.from('WordDocument')]))).toEqual({
      type: 'BinaryFile',
      looksLike: 'oldOffice',
    }));

  it.each([1, 30, 200, 600, good.length - 30, good.length - 1])(
    'because it breaks off at byte %i is refused',
    async (at) => {
      const file = good.subarray(0, at);
      expect((await refusal(file))?.type).toMatch(/^(DamagedWordFile|BinaryFile|NotADisclosure|UnknownEncoding)$/);
    },
  );

  it('because of a broken byte in its text is refused', async () => {
    const file = Buffer.from(good);
    const at = file.indexOf('外部保存');
    file[at] = (file[at] ?? 0) ^ 1;
    expect(await refusal(file)).toEqual({ type: 'DamagedWordFile' });
  });

  it('because its XML does not end is refused', async () =>
    expect(await refusal(word('', { 'word/document.xml': `<w:document ${W}><w:body><w:p>` }))).toEqual({
      type: 'DamagedWordFile',
    }));

  it('because it has entities is refused', async () =>
    expect(await refusal(word('', { 'word/document.xml': '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }))).toEqual({
      type: 'DamagedWordFile',
    }));

  it('because it promises to become too large is refused before it is inflated', async () =>
    expect((await refusal(promising(good, 0x7fffffff)))?.type).toBe('InflatesTooMuch'));

  it('because it becomes larger than it promised is refused', async () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000));
    const file = packZip([['word/document.xml', bomb]]);
    file.writeUInt16LE(8, file.indexOf('PK\u0001\u0002') + 10);
    expect((await refusal(file))?.type).toBe('InflatesTooMuch');
  });

  it('because of a table of 40,000 cells is refused', async () => {
    const table = `<w:tbl><w:tblPr/>${row(...Array<string>(40).fill('a')).repeat(1000)}</w:tbl>`;
    expect(await refusal(word(items(table)))).toMatchObject({ type: 'TooManyCells', cells: 40_006 });
  });

  it('because it is another archive is refused', async () =>
    expect(await refusal(packZip([['xl/workbook.xml', Buffer.from('<a/>')]]))).toEqual({
      type: 'BinaryFile',
      looksLike: 'office',
    }));

  it('because its tables are nested too deeply is refused', async () => {
    const nested = '<w:tbl><w:tr><w:tc>'.repeat(9_000) + paragraph('a') + '</w:tc></w:tr></w:tbl>'.repeat(9_000);
    expect((await refusal(word(items(nested))))?.type).toMatch(/^(TooEntangled|DamagedWordFile|TooManyCells)$/);
  });
});
