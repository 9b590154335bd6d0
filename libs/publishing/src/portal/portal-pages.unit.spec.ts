import { parseHead } from '@app/sealing';
import { chequeredHash, paragraph, sampleEdition, withFirstBody } from '../testing/sample-edition';
import { japaneseOutside } from '../testing/japanese-outside';
import { announcedAt, comparison, editions, head, portalPages, retired, stylesheet } from '../testing/public-pages';
import { faceOf } from './face';
import { atomFeed } from './feed';
import { comparePage, editionPage, headJson, indexPage, notFoundPage } from './portal-pages';

/** As read, without tags and white space. */
const read = (html: string): string =>
  html
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/\s/g, '');

describe('the public page of the edition in force', () => {
  const html = editionPage(stylesheet, sampleEdition, editions(7, 7, 6), null);

  it('says what it is, which edition, and from when it holds', () => {
    expect(read(html)).toContain(
      'みなとカルテクラウドサービス仕様適合開示書版数第7版施行中発行日2031年4月1日施行日2031年4月15日発行者株式会社みなと医療情報',
    );
    expect(html).toContain('<title>みなとカルテクラウド サービス仕様適合開示書 第7版</title>');
    expect(html).toContain('<html lang="ja">');
  });

  it('has contents that lead to every item', () => {
    const targets = [...html.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
    expect(targets).toEqual([
      'main',
      'part-I',
      'I-1',
      'I-2',
      'part-II',
      'II-1',
      'II-2',
      'history',
      'approval',
      'editions',
      'issuer',
    ]);
    for (const id of targets) expect(html.split(`id="${id}"`)).toHaveLength(2);
  });

  it('shows the bodies with merged cells, notes and figures of this service', () => {
    expect(html).toContain('colspan="3"');
    expect(read(html)).toContain('※方針は毎年4月に見直します。');
    expect(html).toContain(`src="/d/minato-karte/figures/${chequeredHash}" alt="端末から専用領域までの構成図"`);
  });

  it('shows history, signatures with their full hash, and the way to the PDF and to earlier editions', () => {
    expect(read(html)).toContain('第6版2030年1月28日接続方式の変更に伴う内容見直し');
    expect(read(html)).toContain(
      `承認役割管理責任者所属・役職サービス企画本部本部長氏名髙橋健一署名文第7版の変更箇所と全文を確認し、承認します。署名日時2031年3月23日00時41分55秒（Asia/Tokyo、UTC+09:00）本人確認パスワードの再入力内容ハッシュ${sampleEdition.contentHash}`,
    );
    expect(html).toContain('href="/d/minato-karte/editions/7/disclosure.pdf"');
    expect(html).toContain('href="/d/minato-karte/editions/6"');
  });

  it('names a deputy and the one they signed for, the period, and who read it afterwards', () => {
    expect(read(html)).toContain(
      '確認（代理）氏名岡田葵代理される方運用管理責任者石井修（サービス運用部部長）代理の期間2031年3月1日から2031年3月31日まで署名文石井修の代理として、第7版の変更箇所と全文を確認しました。',
    );
    expect(read(html)).toContain('後閲役割システム管理者所属・役職開発部部長氏名上田真一');
  });

  it('has no banner, no script, no inline style and nothing from another place', () => {
    expect(html).not.toContain('class="banner"');
    expect(html).not.toMatch(/<script|<style|style=|javascript:|\son\w+=/i);
    expect(
      [...html.matchAll(/(?:src|<link[^>]*href)="([^"]*)"/g)]
        .map(([, url]) => url)
        .every((url) => url?.startsWith('/d/')),
    ).toBe(true);
  });
});

describe('the sealed head of the log on a public page', () => {
  const html = editionPage(stylesheet, sampleEdition, editions(7, 7), head);

  it('is there to be kept as the check takes it, with its time, its extent and its key', () => {
    expect(read(html)).toContain(
      `控える値12:${'0f'.repeat(32)}封印日時2031年4月1日09時41分55秒（Asia/Tokyo、UTC+09:00）封印した記録12,345件署名鍵の指紋（SHA-256）${'ab'.repeat(32)}`,
    );
    const kept = /控える値<\/dt><dd><code>([^<]+)/.exec(html)?.[1] ?? '';
    expect(parseHead(kept)).toEqual({ batch: 12, chain: head.chain });
    expect(headJson(head)).toEqual({
      format: 'kaijisho.head.v1',
      head: kept,
      batch: 12,
      chain: head.chain,
      sealedAt: '2031-04-01T00:41:55.000Z',
      events: 12345,
      keyId: head.keyId,
    });
  });

  it('is among the contents, and not there while nothing is sealed', () => {
    expect(html).toContain('<a href="#seal">記録の封印</a>');
    expect(html.split('id="seal"')).toHaveLength(2);
    expect(editionPage(stylesheet, sampleEdition, editions(7, 7), null)).not.toContain('封印');
  });
});

describe('what a reader has to know before the text', () => {
  const banners = (html: string): readonly string[] => html.match(/<p class="banner">.*?<\/p>/gs) ?? [];

  it('is, on the page of the edition in force, which one is published already and from when it holds', () => {
    const [coming, ...others] = banners(editionPage(stylesheet, sampleEdition, editions(7, 8, 7, 6), null));
    expect(others).toEqual([]);
    expect(read(coming!)).toBe(
      '施行予定第8版（2032年4月1日発行）が、2032年4月15日に施行されます。第7版と第8版を比べる',
    );
    expect(coming).toContain('href="/d/minato-karte/editions/8"');
    expect(coming).toContain('href="/d/minato-karte/compare/7/8"');
  });

  it('is, on the page of another edition, how it differs from the one in force', () => {
    const other = { ...sampleEdition, inForce: false };
    const old = editionPage(stylesheet, other, editions(9, 9, 8, 7), null);
    expect(banners(old)[0]).toContain('href="/d/minato-karte/compare/7/9"');
    expect(read(banners(old)[0]!)).toContain('第7版と第9版を比べる');
    const coming = editionPage(stylesheet, other, editions(5, 7, 6, 5), null);
    expect(banners(coming)).toHaveLength(1);
    expect(banners(coming)[0]).toContain('href="/d/minato-karte/compare/5/7"');
  });

  it('is which items were corrected since: neither the PDF nor the text as it was signed says so', () => {
    const [part] = sampleEdition.parts;
    const erratum = {
      ...{ text: '「30」は「35」の誤りです。', reason: '誤記', at: announcedAt, by: { id: 'u', name: '髙橋健一' } },
      officer: { role: 'managementOfficer', name: '髙橋健一', department: '企画部', title: '部長' } as const,
    };
    const at = (id: string, item: number) => ({ ...erratum, id, itemKey: part!.items[item]!.itemKey });
    const edition = {
      ...sampleEdition,
      errata: [at('1', 1), at('2', 0), at('3', 1), { ...erratum, id: '4', itemKey: null }],
    };
    const [corrected] = banners(editionPage(stylesheet, edition, editions(7, 7), null));
    expect(read(corrected!)).toBe('正誤この版には、公開の後に付けた正誤があります（I-1、I-2）。');
    expect(corrected).toContain('<a href="#I-2">I-2</a>');
    const whole = editionPage(stylesheet, { ...edition, errata: edition.errata.slice(3) }, editions(7, 7), null);
    expect(banners(whole)).toEqual([]);
  });
});

describe('the public page of another edition', () => {
  it('is marked 旧版 and leads to the one in force', () => {
    const html = editionPage(stylesheet, { ...sampleEdition, inForce: false }, editions(8, 8, 7), null);
    expect(read(html)).toContain(
      '旧版この第7版は、施行中の版ではありません。施行中の版は第8版（2032年4月1日発行）です。',
    );
    expect(html).toContain('施行中の版は<a href="/d/minato-karte">');
    expect(html).toContain('第7版（旧版）</title>');
    expect(read(html)).not.toContain('第7版施行中');
  });

  it('is marked 施行予定 when it comes into force later', () => {
    const html = editionPage(stylesheet, { ...sampleEdition, inForce: false }, editions(6, 7, 6), null);
    expect(read(html)).toContain('施行予定この第7版は、2031年4月15日に施行されます。施行中の版は第6版');
  });

  it('is marked 施行予定 when none is in force yet', () => {
    const html = editionPage(stylesheet, { ...sampleEdition, inForce: false }, editions(0, 7), null);
    expect(read(html)).toContain('施行予定この第7版は、2031年4月15日に施行されます。');
    expect(read(html)).not.toContain('施行中の版は第');
    expect(read(html.slice(html.indexOf('id="editions"')))).toContain('第7版（2031年4月1日発行）施行予定');
  });

  it('is said to come on the index when none is in force yet: what the address of the service shows', () => {
    const html = indexPage(stylesheet, [editions(0, 8, 7)]);
    expect(read(html)).toContain('第7版2031年4月1日発行2031年4月15日施行予定');
    expect(read(indexPage(stylesheet, [editions(7, 8, 7)]))).toContain('2031年4月15日施行');
    expect(read(indexPage(stylesheet, [editions(7, 8, 7)]))).not.toContain('施行予定');
  });

  it('says that an imported one carries no signatures', () =>
    expect(
      read(editionPage(stylesheet, { ...sampleEdition, origin: 'imported', signatures: [] }, editions(7, 7), null)),
    ).toContain('取込み前に行われた審査・承認の署名は、この記録に含まれません。'));
});

describe('text of users', () => {
  const attack = `<script>alert(1)</script>"'&<img src=x onerror=alert(1)>`;
  const escaped = '&#60;script&#62;alert(1)&#60;/script&#62;&#34;&#39;&#38;&#60;img src=x onerror=alert(1)&#62;';

  it.each([
    ['the title', { ...sampleEdition, title: attack }],
    ['the name of the service', { ...sampleEdition, serviceName: attack }],
    ['the issuer', { ...sampleEdition, issuer: { name: 'x', address: attack } }],
    ['a body', withFirstBody(paragraph(attack))],
    [
      'the history',
      { ...sampleEdition, revisionHistory: [{ number: 1, issuedOn: '2030-01-01', historyText: attack }] },
    ],
    [
      'the title of an item',
      { ...sampleEdition, parts: sampleEdition.parts.map((part) => ({ ...part, title: attack })) },
    ],
    [
      'a signature',
      { ...sampleEdition, signatures: sampleEdition.signatures.map((one) => ({ ...one, comment: attack })) },
    ],
  ])('stays text in %s', (_, edition) => {
    const html = editionPage(stylesheet, edition, editions(7, 7), null);
    expect(html).toContain(escaped);
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<img src=x');
  });

  it('cannot leave its path in an address', () =>
    expect(editionPage(stylesheet, { ...sampleEdition, service: 'a/../b?"' }, editions(7, 7), null)).toContain(
      '/d/a%2F..%2Fb%3F%22/editions/7/disclosure.pdf',
    ));
});

describe('the index of the portal', () => {
  it('names each service with its edition in force', () => {
    const html = indexPage(stylesheet, [editions(6, 7, 6)]);
    expect(html).toContain('<a href="/d/minato-karte">みなとカルテクラウド</a>');
    expect(read(html)).toContain('第6版2030年4月1日発行2030年4月15日施行');
  });

  it('does not lead to itself', () => expect(indexPage(stylesheet, [editions(6, 7, 6)])).not.toContain('href="/d"'));

  it('says so when there is nothing yet', () =>
    expect(read(indexPage(stylesheet, []))).toContain('公開中の開示書はまだありません。'));
});

it('a page that is not there says where to look', () => {
  expect(read(notFoundPage(stylesheet))).toContain('一覧から探してください。');
  expect(notFoundPage(stylesheet)).toContain('href="/d"');
});

describe('the English face of the public pages', () => {
  const english = faceOf('en', undefined);

  it('speaks English, but for what was signed and recorded, which is marked as Japanese', () => {
    for (const html of Object.values(portalPages(english))) {
      expect(html).toContain('<html lang="en">');
      expect(japaneseOutside(html)).toEqual([]);
    }
    expect(
      Object.values(portalPages(faceOf('ja', undefined))).map(
        (html) => japaneseOutside(html.replace(/ lang="ja"/, '')).length,
      ),
    ).not.toContain(0);
  });

  it('leads on in English wherever there is an English page', () => {
    for (const html of Object.values(portalPages(english))) {
      const links = [...html.matchAll(/<a href="(\/[^"]*)"/g)].map(([, url]) => url!);
      const toPages = links.filter((url) => !/\.(pdf|json|xml|pem)$/.test(url) && !url.endsWith('?lang=ja'));
      expect(toPages.filter((url) => !url.endsWith('?lang=en'))).toEqual([]);
    }
  });
});

describe('the comparison of two editions', () => {
  const html = comparePage(stylesheet, editions(7, 7, 6), [6, 7], comparison);

  it('has its headings one below the other', () => {
    const levels = [...html.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1));
    expect(levels).toContain(4);
  });

  it('lets wide tables scroll in regions of their own, each with its name', () => {
    const regions = [...html.matchAll(/<div class="scroll" role="region" tabindex="0" aria-label="([^"]+)"><table>/g)];
    expect(regions).toHaveLength(html.split('<table>').length - 1);
    expect(regions.map(([, name]) => name).slice(0, 3)).toEqual([
      'I-3の表　改正前（第6版）',
      'I-3の表　改正後（第7版）',
      'I-3の表　改正後（第7版） 2',
    ]);
  });
});

describe('the feed', () => {
  const xml = atomFeed({ ...editions(7, 7, 6), retired }, 'https://kaijisho.example');

  it('is by the issuer, and of the time at which things were announced, though they lie ahead', () => {
    expect(xml).toContain('<author><name>株式会社みなと医療情報</name></author>');
    expect(xml).toContain('2031年9月30日をもって提供を終了します');
    expect([...xml.matchAll(/<updated>([^<]*)</g)].map(([, when]) => when)).toEqual([
      announcedAt,
      announcedAt,
      '2031-03-31T15:00:00.000Z',
      '2030-03-31T15:00:00.000Z',
    ]);
  });
});
