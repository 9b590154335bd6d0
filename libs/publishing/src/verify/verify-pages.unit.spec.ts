import { faceOf, japanese } from '../portal/face';
import { sampleEdition } from '../testing/sample-edition';
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
  verifyPage(stylesheet, face, null, null),
  verifyPage(stylesheet, face, sampleEdition, head as Parameters<typeof verifyPage>[3]),
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

  it('answer in the language in which they asked, and lead to the other', () => {
    expect(verifyPage(stylesheet, english, null, null)).toContain('action="/verify?lang=en"');
    expect(verifyPage(stylesheet, english, sampleEdition, null)).toContain('href="/verify/minato-karte/7?lang=ja"');
    expect(verifyPage(stylesheet, japanese, null, null)).toContain('action="/verify"');
  });
});
