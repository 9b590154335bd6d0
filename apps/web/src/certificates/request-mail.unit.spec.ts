import { certificatesMessages } from './messages';
import { LONGEST_ADDRESS, requestMail } from './request-mail';

const address = 'https://kaijisho.example.jp/certificates/0190a1b2-0000-7000-8000-000000000001';

describe.each(['ja', 'en'] as const)('the mail that asks for revisions, in %s', (language) => {
  const words = certificatesMessages[language].ask;
  const read = (href: string) => {
    const { searchParams } = new URL(href);
    return { subject: searchParams.get('subject') ?? '', body: searchParams.get('body') ?? '' };
  };

  it('names each disclosure and leads to the certificate, on lines that end as those of mails do', () => {
    const href = requestMail(words, 'ISMS認証 & 100%', ['クラウドカルテ', 'クラウド画像'], address);
    const { subject, body } = read(href);
    expect(subject).toContain('ISMS認証 & 100%');
    const lines = body.split('\r\n');
    expect(lines).toEqual(expect.arrayContaining([address, expect.stringContaining('クラウド画像')]));
    expect(body.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(body.indexOf(address)).toBeLessThan(body.indexOf('クラウドカルテ'));
    expect(body).not.toContain(words.others(1));
  });

  it('is short enough for a browser whatever is named, and says how many it leaves out', () => {
    const names = Array.from(
      { length: 300 },
      (_, index) => `${index}：${'地域医療情報連携クラウドサービス'.repeat(12)}`,
    );
    const href = requestMail(words, '𠮷野家'.repeat(70), names, address);
    expect(href.length).toBeLessThanOrEqual(LONGEST_ADDRESS);
    const { body } = read(href);
    expect(body).toContain(address);
    expect(body).toContain('0：地域医療情報連携');
    const named = names.filter((_, index) => body.includes(`${index}：地域`)).length;
    expect(body).toContain(words.others(300 - named));
  });
});
