import type { EditionView } from '@app/disclosures';
import { instructions } from '@app/proof';
import { faceOf, japanese } from '../portal/face';
import { editions, retired } from '../testing/public-pages';
import { sampleEdition } from '../testing/sample-edition';
import type { GivenOut } from '../edition-pdfs';
import type { Level } from './verify-file';
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
const published = { edition: sampleEdition, service: editions(7, 7) };
const pagesIn = (face: typeof japanese): readonly string[] => [
  verifyPage(stylesheet, face, null, null, null),
  verifyPage(stylesheet, face, null, null, 'https://kaijisho.example/kaijisho.tgz'),
  verifyPage(stylesheet, face, sampleEdition, head as Parameters<typeof verifyPage>[3], null),
  reportPage(stylesheet, face, report, { level: 'key', givenOut: 'same', sha256: 'hash', published }),
  reportPage(stylesheet, face, report, { level: 'refused', givenOut: 'none', sha256: 'hash', published: null }),
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

  it('warn of whatever is not as it was given out, and say what to do with what was refused', () => {
    const pageOf = (level: Level, givenOut: GivenOut) =>
      reportPage(stylesheet, japanese, report, { level, givenOut, sha256: 'hash', published: null });
    expect(pageOf('key', 'same')).not.toContain('caution');
    for (const html of [pageOf('key', 'other'), pageOf('document', 'none')]) {
      expect(html).toContain('class="verdict caution"');
      expect(html).not.toContain('受け取り直して');
    }
    expect(pageOf('refused', 'none')).toMatch(/class="verdict caution"[^]*受け取り直して/);
  });

  it('say what no file can: where the edition is, and how it stands today', () => {
    const erratum = {
      ...{ id: 'e', itemKey: 'I-1', text: '電話番号の誤りです。', reason: '誤記', at: '2031-05-01T00:00:00.000Z' },
      officer: { role: 'managementOfficer', name: '髙橋健一', department: '企画部', title: '部長' },
      by: { id: 'u', name: '髙橋健一' },
    } as const;
    const pageOf = (level: Level, edition: Partial<EditionView>, service = editions(8, 8, 7)) =>
      reportPage(stylesheet, japanese, report, {
        ...{ level, givenOut: 'same', sha256: 'hash' },
        published: { edition: { ...sampleEdition, ...edition }, service },
      });
    const inForce = pageOf('key', {}, editions(7, 7));
    expect(inForce).toContain('<a href="/d/minato-karte/editions/7">第7版の公開ページ</a>');
    expect(inForce).not.toContain('class="banner"');
    const old = pageOf('key', { inForce: false, errata: [erratum, { ...erratum, id: 'f', itemKey: null }] });
    expect(old).toContain('<strong>旧版</strong>');
    expect(old).toContain('<a href="/d/minato-karte/editions/7#I-1">I-1</a>');
    expect(old).toContain('電話番号の誤りです。');
    expect(pageOf('key', { inForce: false }, editions(6, 7, 6))).toContain('<strong>施行予定</strong>');
    const ended = { ...editions(7, 7), retired: { ...retired, ended: true } };
    expect(pageOf('key', {}, ended)).toContain('<strong>提供を終了しました</strong>');
    const refused = pageOf('refused', { inForce: false });
    expect(refused).toContain('第7版の公開ページ');
    expect(refused).not.toContain('旧版');
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
