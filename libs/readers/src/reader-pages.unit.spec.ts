import { faceOf, japanese } from '@app/publishing/portal/face';
import { sampleEdition } from '@app/publishing/testing/sample-edition';
import {
  acknowledgePage,
  askedPage,
  confirmPage,
  endedPage,
  expiredPage,
  followingPage,
  followPage,
  leavePage,
  leftPage,
  tooOftenPage,
  wrongLinkPage,
} from './reader-pages';

const service = {
  ...{ service: 'minato-karte', serviceName: 'みなとカルテクラウド', title: 'サービス仕様適合開示書', retired: null },
  issuer: '株式会社みなと医療情報',
  editions: [],
};
const contact = { hospital: '海風病院', address: 'renkei@umikaze.example', confirmedAt: null };
const known = { token: 'TOKEN', contact, service };
const confirmed = { ...known, contact: { ...contact, confirmedAt: new Date('2031-01-01T00:00:00.000Z') } };
const shown = {
  ...{ token: 'TOKEN', hospital: '海風病院', edition: sampleEdition, service },
  ...{ record: null, last: null, table: null },
};
const retired = { on: '2031-03-31', reason: '終了', at: '2031-01-01T00:00:00.000Z', ended: false };
const record = { number: 7, since: null, contentHash: sampleEdition.contentHash, at: '2031-04-20T03:04:05.000Z' };
const pagesIn = (face: typeof japanese): readonly string[] => [
  followPage(face, service, undefined, { hospital: 'x' }),
  askedPage(face, service),
  tooOftenPage(face),
  confirmPage(face, known),
  followingPage(face, known, { number: 7, token: 'NEXT' }),
  acknowledgePage(face, shown),
  acknowledgePage(face, { ...shown, record } as Parameters<typeof acknowledgePage>[1]),
  leavePage(face, known),
  leavePage(face, confirmed),
  leavePage(face, { ...known, contact: null }),
  endedPage(face, service),
  leftPage(face),
  expiredPage(face, service),
  expiredPage(face, { ...service, retired }),
  wrongLinkPage(face),
];
/** Names, and the way to the other language, are the same in both. */
const withoutNames = (html: string): string =>
  html.replace(/みなとカルテクラウド|サービス仕様適合開示書|海風病院|日本語/g, '');

describe('the pages of readers', () => {
  const english = faceOf('en', undefined);

  it('speak Japanese to who asks for nothing else', () => {
    for (const html of pagesIn(japanese)) {
      expect(html).toContain('<html lang="ja">');
      expect(html).toMatch(/<h1>[^<]*[ぁ-ん][^<]*<\/h1>/);
    }
  });

  it('speak English throughout to who asks for it, but for names', () => {
    for (const html of pagesIn(english)) {
      expect(html).toContain('<html lang="en">');
      expect(withoutNames(html)).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
    }
  });

  it('stay in the language that was asked for, and lead to the other', () => {
    expect(followingPage(english, known, { number: 7, token: 'NEXT' })).toContain('href="/reader/NEXT?lang=en"');
    expect(expiredPage(english, service)).toContain('href="/d/minato-karte/follow?lang=en"');
    expect(confirmPage(english, known)).toContain('href="/reader/TOKEN?lang=ja"');
    expect(confirmPage(japanese, known)).toContain('href="/reader/TOKEN?lang=en"');
    expect(confirmPage(japanese, known)).not.toContain('?lang=ja');
  });

  it('tell when it was, in Japan', () => {
    const recorded = { ...shown, record } as Parameters<typeof acknowledgePage>[1];
    expect(acknowledgePage(english, recorded)).toMatch(/20 April 2031 at 12:04:05 (GMT\+9|JST)/);
    expect(acknowledgePage(japanese, recorded)).toContain('2031年4月20日 12時04分05秒');
  });
});
