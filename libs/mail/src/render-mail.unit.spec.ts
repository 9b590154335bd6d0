import { renderMail } from './render-mail';

const said = {
  subject: '【期限】A & B',
  greeting: '山田 花子 様',
  paragraphs: ['期限まで60日です。', '<b>太字</b> & "引用"'],
  list: ['I-7 <script>alert(1)</script>'],
  action: { label: '確認する', url: 'https://kaijisho.example.jp/a?b=1&c=2' },
  footer: 'Kaijisho',
};

describe('a mail', () => {
  it('says the same in plain text', () => {
    expect(renderMail(said).text).toBe(
      '山田 花子 様\n\n期限まで60日です。\n\n<b>太字</b> & "引用"\n\n・I-7 <script>alert(1)</script>\n\n確認する\nhttps://kaijisho.example.jp/a?b=1&c=2\n\n--\nKaijisho\n',
    );
  });

  it('escapes everything in HTML', () => {
    const { html } = renderMail(said);
    expect(html).toContain('&lt;b&gt;太字&lt;/b&gt; &amp; &quot;引用&quot;');
    expect(html).not.toContain('<script');
    expect(html).toContain('href="https://kaijisho.example.jp/a?b=1&amp;c=2"');
  });

  it('has its subject as the title of the page', () => {
    expect(renderMail(said).subject).toBe('【期限】A & B');
    expect(renderMail(said).html).toContain('<title>【期限】A &amp; B</title>');
  });

  it('has one link, or none', () => {
    expect(renderMail(said).html.match(/<a /g)).toHaveLength(1);
    const { action: _, ...withoutAction } = said;
    expect(renderMail(withoutAction).html).not.toContain('<a ');
  });

  it('says below all else how to leave, where it is one of many', () => {
    const leave = { label: '停止する', url: 'https://kaijisho.example.jp/leave?a=1&b=2' };
    const { text, html } = renderMail({ ...said, leave });
    expect(text).toMatch(/--\nKaijisho\n停止する：https:\/\/kaijisho\.example\.jp\/leave\?a=1&b=2\n$/);
    expect(html).toContain(
      '<a href="https://kaijisho.example.jp/leave?a=1&amp;b=2" style="color:inherit">停止する</a>',
    );
  });

  it('refuses a link that is not a web address', () => {
    expect(() => renderMail({ ...said, action: { label: 'x', url: 'javascript:alert(1)' } })).toThrow('javascript:');
  });
});
