import { instructions } from '@app/proof';
import { faceOf, japanese } from '../portal/face';
import { sampleEdition } from '../testing/sample-edition';
import { namedVerifierUrl } from './verifier-url';
import { refusedUploadPage, reportPage, verifyPage } from './verify-pages';

const stylesheet = { url: '/d/assets/portal.css?v=1' };
const head = {
  batch: 3,
  chain: 'c'.repeat(64),
  sealedAt: '2031-04-20T03:04:05.000Z',
  events: 12,
  keyId: 'k'.repeat(64),
};
const report = { heading: '!', facts: [['a', 'b']], findings: ['f'], proves: ['p'], doesNotProve: ['n'] } as const;
const pagesIn = (face: typeof japanese): readonly string[] => [
  verifyPage(stylesheet, face, null, null, null),
  verifyPage(stylesheet, face, null, null, 'https://kaijisho.example/kaijisho.tgz'),
  verifyPage(stylesheet, face, sampleEdition, head as Parameters<typeof verifyPage>[3], null),
  reportPage(stylesheet, face, report, 'key', 'hash'),
  refusedUploadPage(stylesheet, face, '!'),
];

describe('the pages that verify', () => {
  const english = faceOf('en', undefined);

  it('speak Japanese to who asks for nothing else', () => {
    for (const html of pagesIn(japanese)) {
      expect(html).toContain('<html lang="ja">');
      expect(html).toContain('検証');
    }
  });

  it('speak English throughout to who asks for it, but for the names of what was signed', () => {
    for (const html of pagesIn(english)) {
      expect(html).toContain('<html lang="en">');
      const own = html.replaceAll(`${sampleEdition.serviceName} ${sampleEdition.title}`, '').replaceAll('日本語', '');
      expect(own).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
    }
  });

  it('say where the program is that verifies without them: at its address, or with the issuer; never what a registry has of its name', () => {
    const offered = verifyPage(stylesheet, japanese, null, null, 'https://kaijisho.example/kaijisho.tgz');
    expect(offered).toContain('プログラム kaijisho を<a href="https://kaijisho.example/kaijisho.tgz">');
    expect(verifyPage(stylesheet, japanese, null, null, null)).toContain('プログラム kaijisho を発行者から受け取り');
    for (const html of [...pagesIn(japanese), ...pagesIn(english)]) expect(html).not.toContain('npx');
    expect(JSON.stringify(instructions)).not.toContain('npx');
  });

  it('are told an address of the web, or none', () => {
    expect(namedVerifierUrl({})).toBeNull();
    expect(namedVerifierUrl({ VERIFIER_URL: '' })).toBeNull();
    expect(namedVerifierUrl({ VERIFIER_URL: 'https://a.example/k' })).toBe('https://a.example/k');
    for (const wrong of ['kaijisho.tgz', 'javascript:alert(1)'])
      expect(() => namedVerifierUrl({ VERIFIER_URL: wrong })).toThrow('VERIFIER_URL');
  });

  it('answer in the language in which they asked, and lead to the other', () => {
    expect(verifyPage(stylesheet, english, null, null, null)).toContain('action="/verify?lang=en"');
    expect(verifyPage(stylesheet, english, sampleEdition, null, null)).toContain(
      'href="/verify/minato-karte/7?lang=ja"',
    );
    expect(verifyPage(stylesheet, japanese, null, null, null)).toContain('action="/verify"');
  });
});
