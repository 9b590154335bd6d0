import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentState } from '@app/event-sourcing';
import { readPdf } from '@app/publishing/testing/read-pdf';
import { actorOf, decideReader, forgetUnconfirmed, readerCodec } from '@app/readers';
import type { Email } from 'postal-mime';
import request from 'supertest';
import { logShowsAll } from '../setup/log';
import { password, startProduct, until, type Person, type Product } from '../setup/product';

const sample = readFileSync(join(__dirname, '..', '..', 'libs', 'demo', 'disclosure-edition-1.md'));

type Browser = Awaited<ReturnType<Product['signIn']>>;

/** What somebody reads on a page. */
const read = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ');

describe('a hospital that reads a disclosure', () => {
  let product: Product;
  let now = new Date('2030-01-20T03:00:00.000Z');
  let people: Record<'drafter' | 'privacy' | 'management' | 'auditor', Person>;
  let drafter: Browser;
  let disclosureId: string;
  let edition: number;

  beforeAll(async () => {
    product = await startProduct(() => now);
    people = {
      drafter: await product.register('drafter', '起草 花子', ['drafter']),
      privacy: await product.register('privacy', '保護 一郎', ['signatory']),
      management: await product.register('management', '管理 三郎', ['signatory']),
      auditor: await product.register('auditor', '監査 次郎', ['auditor']),
    };
    await product.appoint(people.privacy, 'privacyOfficer', '部門長');
    await product.appoint(people.management, 'managementOfficer', '本部長');
    drafter = await product.signIn(people.drafter);
    const imported = await drafter.upload('/api/imports?fileName=sample.md&service=minato', sample);
    ({ disclosureId } = imported.body);
    edition = (await drafter.get(`/api/disclosures/${disclosureId}`)).body.editions.at(-1).number;
  });
  afterAll(() => product?.close());

  /** Each test is a day of its own: the counters of attempts and of links begin anew. */
  beforeEach(async () => {
    now = new Date(now.getTime() + 24 * 3_600_000);
    drafter = await product.signIn(people.drafter);
  });

  const outside = () => request(product.address);
  const follow = (hospital: string, mail: string, service = 'minato') =>
    outside().post(`/d/${service}/follow`).type('form').send({ hospital, mail });
  const mailsTo = (address: string): readonly Email[] =>
    product.mails.filter(({ to }) => to?.some((each) => each.address === address));
  /** The newest mail to an address, once there are so many. */
  const mailTo = async (address: string, count = 1): Promise<Email> => {
    await until(
      () => mailsTo(address).length >= count,
      () => `${mailsTo(address).length} mails to ${address}, not ${count}`,
    );
    return mailsTo(address).at(-1)!;
  };
  const linkIn = (mail: Email, purpose: string): string => {
    const [found] = new RegExp(`/reader/${purpose}\\.[^\\s>]+`).exec(mail.text ?? '') ?? [];
    if (found === undefined) throw new Error(`no link ${purpose} in ${mail.text}`);
    return found;
  };
  const headerOf = (mail: Email, key: string) => mail.headers.find((header) => header.key === key)?.value;
  const following = async (hospital: string, address: string): Promise<{ readonly acknowledge: string }> => {
    await follow(hospital, address);
    const confirmed = await outside().post(linkIn(await mailTo(address), 'c'));
    expect(confirmed.status).toBe(200);
    return { acknowledge: /\/reader\/a\.[^"]+/.exec(confirmed.text)![0] };
  };
  const readers = async () => (await drafter.get('/api/readers')).body.readers as { [field: string]: unknown }[];
  const wholeLog = async () => {
    await logShowsAll(product.database.dataSource);
    return product.store.readAll(null, 10_000);
  };
  const eventsOf = async (hospital: string) => {
    const log = await wholeLog();
    const streams = log
      .filter(({ stream }) => stream.startsWith('reader-'))
      .filter(({ stream }) =>
        log.some((each) => each.stream === stream && JSON.stringify(each.data).includes(hospital)),
      );
    return streams.map(({ type }) => type);
  };

  /** An edition in which one item says something else. */
  const publish = async (words: string): Promise<number> => {
    const disclosure = `/api/disclosures/${disclosureId}`;
    const causes = [{ type: 'correction', note: '表記' }];
    await drafter.post(`${disclosure}/revision`, { causes });
    const [item] = (await drafter.get(disclosure)).body.parts[0].items;
    const content = [{ type: 'paragraph', content: [{ type: 'text', text: words }] }];
    await drafter.put(`${disclosure}/items/${item.itemKey}`, {
      ...{ body: { type: 'doc', content }, basedOn: item.bodyHash },
    });
    await drafter.put(`${disclosure}/revision/description`, { historyText: words, causes });
    for (const { id, severity } of (await drafter.get(disclosure)).body.findings)
      if (severity === 'blocking')
        await drafter.post(`${disclosure}/revision/waivers`, { findingId: id, reason: '次版' });
    await drafter.post(`${disclosure}/revision/submission`);
    for (const person of [people.privacy, people.management]) {
      const browser = await product.signIn(person);
      let contentHash: string | undefined;
      const isThere = async () => {
        contentHash = (await browser.get(disclosure)).body.revision?.contentHash ?? undefined;
        return contentHash !== undefined;
      };
      await until(isThere, () => 'the submission is not there');
      const signed = await browser.post(`${disclosure}/revision/signatures`, { contentHash, password });
      expect([signed.status, signed.body.title]).toEqual([200, undefined]);
    }
    const day = now.toISOString().slice(0, 10);
    const published = await drafter.post(`${disclosure}/revision/publication`, { issuedOn: day, effectiveOn: day });
    expect([published.status, published.body.title]).toEqual([200, undefined]);
    edition += 1;
    await until(
      async () => (await outside().get(`/d/minato/editions/${edition}`)).status === 200,
      () => `edition ${edition} is not on its page`,
    );
    return edition;
  };

  it('follows only after the button on the page that its own mailbox leads to', async () => {
    const form = await outside().get('/d/minato/follow');
    expect([form.status, form.text]).toEqual([200, expect.stringContaining('name="hospital"')]);
    expect(form.text).not.toContain('<script');
    expect(form.headers['content-security-policy']).toContain("form-action 'self'");
    expect(form.headers['content-security-policy']).not.toContain('unsafe');
    expect((await follow('みなと病院', 'minato@hospital.example')).status).toBe(200);
    const link = linkIn(await mailTo('minato@hospital.example'), 'c');
    expect(await eventsOf('みなと病院')).toEqual([]);
    // Programs that look into the links of mails confirm nothing.
    for (let i = 0; i < 2; i++) expect(read((await outside().get(link)).text)).toContain('みなと病院');
    expect(await eventsOf('みなと病院')).toEqual([]);
    for (let i = 0; i < 2; i++) expect(read((await outside().post(link)).text)).toContain('登録が完了しました');
    expect(await eventsOf('みなと病院')).toEqual(['ReaderFollowed']);
    const log = JSON.stringify(await wholeLog());
    expect(log).not.toContain('minato@hospital.example');
  });

  it('is not told from others by the form, and no mailbox is flooded', async () => {
    await following('既知病院', 'known@hospital.example');
    const pages = await Promise.all([
      follow('既知病院', 'known@hospital.example'),
      follow('未知病院', 'unknown@hospital.example'),
    ]);
    expect(pages.map(({ status, text }) => [status, text])).toEqual([
      [200, pages[0].text],
      [200, pages[0].text],
    ]);
    expect((await mailTo('known@hospital.example', 2)).subject).toContain('登録済み');
    await mailTo('unknown@hospital.example');
    for (let i = 0; i < 5; i++) {
      now = new Date(now.getTime() + 1000);
      expect((await follow('未知病院', 'Unknown@hospital.example')).text).toBe(pages[0].text);
    }
    expect(
      await product.database.dataSource.query(
        `select from outgoing_mail where lower(recipient_address) = 'unknown@hospital.example'`,
      ),
    ).toHaveLength(3);
    const limited = [];
    for (let i = 0; i < 20; i++) limited.push((await follow('x', 'wrong')).status);
    expect(new Set(limited)).toEqual(new Set([422, 429]));
  });

  it('is served everything public under a policy without exceptions, and an unchanged answer is not sent twice', async () => {
    const kept = [
      ...['/d', '/d/minato', `/d/minato/editions/${edition}`, '/d/minato/feed.xml', '/sitemap.xml', '/robots.txt'],
      ...[`/d/minato/editions/${edition}/disclosure.json`, '/d/log/keys.pem', '/verify', `/verify/minato/${edition}`],
      ...['/d/assets/portal.css', '/reader/assets/reader.css'],
    ];
    const forgotten = ['/d/nothing', '/d/minato/follow', '/reader/x', '/d/minato/editions/999'];
    for (const path of [...kept, ...forgotten]) {
      const { status, headers } = await outside().get(path);
      const policy = String(headers['content-security-policy']);
      expect([path, policy]).toEqual([
        path,
        expect.stringMatching(/^default-src 'none'; style-src 'self'; img-src 'self';/),
      ]);
      expect([path, policy]).toEqual([path, expect.not.stringMatching(/unsafe|\*|http|data:|nonce/)]);
      expect([path, headers['x-content-type-options']]).toEqual([path, 'nosniff']);
      expect([path, headers['set-cookie']]).toEqual([path, undefined]);
      if (forgotten.includes(path)) {
        expect([path, headers['cache-control']]).toEqual([path, 'no-store']);
        continue;
      }
      expect([path, status, headers['cache-control']]).toEqual([
        path,
        200,
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'public, no-cache',
      ]);
      const again = await outside().get(path).set('if-none-match', String(headers['etag']));
      expect([path, again.status]).toEqual([path, 304]);
    }
  });

  it('is told what is wrong with what was typed, which stays text', async () => {
    const answer = await follow('<script>"', 'a@example.jp, b@example.jp');
    expect(answer.status).toBe(422);
    expect(read(answer.text)).toContain('メールアドレスを1つ');
    expect(answer.text).toContain('value="&#60;script&#62;&#34;"');
    expect((await follow('病院\r\nBcc: x@example.jp', 'a@example.jp')).status).toBe(422);
    expect((await outside().get('/d/nothing/follow')).status).toBe(404);
    expect((await follow('病院', 'a@example.jp', 'nothing')).status).toBe(404);
    expect(
      (await outside().post('/d/minato/follow').set('origin', 'https://evil.example').type('form').send({})).status,
    ).toBe(403);
  });

  it('gets a mail about a new edition with what changed since the one it acknowledged, and acknowledges it once', async () => {
    const [old, fresh] = ['old@hospital.example', 'fresh@hospital.example'];
    const { acknowledge } = await following('慎重病院', old);
    await following('新規病院', fresh);
    const first = edition;
    expect(read((await outside().get(acknowledge)).text)).toContain('全文をご確認ください');
    expect((await outside().get(`${acknowledge}/receipt.pdf`)).status).toBe(404);
    expect(await eventsOf('慎重病院')).toEqual(['ReaderFollowed']);
    for (let i = 0; i < 2; i++) {
      const recorded = await outside().post(acknowledge);
      expect([recorded.status, read(recorded.text)]).toEqual([200, expect.stringContaining('受領を記録しました')]);
    }
    expect(await eventsOf('慎重病院')).toEqual(['ReaderFollowed', 'EditionAcknowledged']);

    await publish('二つ前の文言です。');
    await mailTo(old, 2);
    const number = await publish('新しい文言です。');
    const mail = await mailTo(old, 3);
    expect(mail.subject).toContain(`第${number}版`);
    expect(mail.text).toContain(`第${first}版からの変更は、次の1項目です。`);
    expect(mail.text).toContain('I-1 ');
    expect((await mailTo(fresh, 3)).text).toContain('受領を記録された版がまだない');
    const unsubscribe = headerOf(mail, 'list-unsubscribe');
    expect(unsubscribe).toMatch(/^<http:\/\/kaijisho\.example\/reader\/u\.[^>]+>$/);
    expect(headerOf(mail, 'list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');

    const link = linkIn(mail, 'a');
    const page = await outside().get(link);
    expect(read(page.text)).toContain(`第${first}版からの変更箇所`);
    expect(page.text).toContain('<u>');
    expect(read(page.text)).not.toContain('二つ前の文言');
    expect(page.headers['cache-control']).toBe('no-store');
    await outside().post(link);
    expect(read((await outside().post(link)).text)).toContain('受領を記録しました');
    // The mail of the edition in between is late; agreement does not go back.
    const late = linkIn(mailsTo(old)[1]!, 'a');
    expect((await outside().post(late)).status).toBe(409);

    const receipt = await outside().get(`${link}/receipt.pdf`).buffer(true).parse(bytes);
    expect([receipt.status, receipt.headers['content-type']]).toEqual([200, 'application/pdf']);
    const { text } = await readPdf(receipt.body);
    for (const words of ['慎重病院', `第${number}版`, '受領書']) expect(text.replace(/\s/g, '')).toContain(words);

    await until(
      async () => (await eventsOf('慎重病院')).filter((type) => type === 'EditionDelivered').length === 2,
      () => 'the deliveries are not recorded',
    );
    await drafter.get('/api/readers');
    await until(
      async () =>
        (await readers()).some(
          ({ hospital, acknowledged, delivered }) =>
            hospital === '慎重病院' &&
            (acknowledged as { number: number } | null)?.number === number &&
            (delivered as { number: number } | null)?.number === number,
        ),
      () => 'the list does not show the acknowledgement',
    );
    const behind = (await readers()).find(({ hospital }) => hospital === '新規病院');
    expect(behind).toMatchObject({ status: 'following', address: fresh, acknowledged: null });
    expect((await drafter.get('/api/readers')).body.disclosures).toContainEqual(
      expect.objectContaining({ id: disclosureId, service: 'minato', newest: number }),
    );
  }, 180_000);

  it('leaves in one click, from its mail program or the page, and is forgotten', async () => {
    const address = 'leaver@hospital.example';
    const { acknowledge } = await following('退会病院', address);
    await publish('退会の前の文言です。');
    const mail = await mailTo(address, 2);
    const link = linkIn(mail, 'u');
    expect(headerOf(mail, 'list-unsubscribe')).toContain(link);
    expect(read((await outside().get(link)).text)).toContain('お知らせを停止します');
    expect(await eventsOf('退会病院')).not.toContain('Unfollowed');
    // As RFC 8058 says: a POST without cookies or an origin, that is not redirected; here twice.
    for (let i = 0; i < 2; i++) {
      const left = await outside().post(link).type('form').send({ 'List-Unsubscribe': 'One-Click' });
      expect([left.status, read(left.text)]).toEqual([200, expect.stringContaining('停止しました')]);
    }
    expect((await eventsOf('退会病院')).filter((type) => type === 'Unfollowed')).toHaveLength(1);
    expect((await outside().post(acknowledge)).status).toBe(410);
    const rows = await product.database.dataSource.query(
      `select from reader_contact where address = $1 union all select from outgoing_mail where recipient_address = $1`,
      [address],
    );
    expect(rows).toEqual([]);
    const before = mailsTo(address).length;
    await publish('退会の後の文言です。');
    await mailTo('fresh@hospital.example', 5);
    expect(mailsTo(address)).toHaveLength(before);
  });

  it('keeps its receipts when it has left', async () => {
    const { acknowledge } = await following('保管病院', 'keeps@hospital.example');
    await outside().post(acknowledge);
    await outside().post(linkIn(await mailTo('keeps@hospital.example'), 'u'));
    for (const answer of [await outside().get(acknowledge), await outside().post(acknowledge)])
      expect([answer.status, read(answer.text)]).toEqual([200, expect.stringContaining('受領を記録しました')]);
    const receipt = await outside().get(`${acknowledge}/receipt.pdf`).buffer(true).parse(bytes);
    expect(receipt.status).toBe(200);
    expect((await readPdf(receipt.body)).text.replace(/\s/g, '')).toContain('保管病院');
    expect((await eventsOf('保管病院')).at(-1)).toBe('Unfollowed');
  });

  it('has links that end, and nobody else’s are taken', async () => {
    const { acknowledge } = await following('期限病院', 'expiry@hospital.example');
    const other = await following('他の病院', 'other@hospital.example');
    const readerOf = (link: string): string => link.split('.')[1]!;
    const forged = [
      acknowledge.slice(0, -3) + 'AAA',
      acknowledge.replace('/a.', '/u.'),
      acknowledge.replace(`.${edition}.`, `.${edition - 1}.`),
      other.acknowledge.replace(readerOf(other.acknowledge), readerOf(acknowledge)),
      acknowledge.replace(readerOf(acknowledge), '01940000-0000-7000-8000-000000000009'),
      '/reader/x',
      '/reader/' + 'a'.repeat(3000),
    ];
    for (const link of forged)
      for (const answer of [await outside().get(link), await outside().post(link)])
        expect([link, answer.status, read(answer.text)]).toEqual([
          link,
          404,
          expect.stringContaining('何も記録していません'),
        ]);
    await follow('確認病院', 'late@hospital.example');
    const late = linkIn(await mailTo('late@hospital.example'), 'c');
    now = new Date(now.getTime() + 48 * 3_600_000);
    expect((await outside().post(late)).status).toBe(410);
    now = new Date(now.getTime() + 90 * 24 * 3_600_000);
    const expired = await outside().post(acknowledge);
    expect([expired.status, read(expired.text)]).toEqual([410, expect.stringContaining('有効期限が切れています')]);
    expect(await eventsOf('期限病院')).toEqual(['ReaderFollowed']);
    expect(await eventsOf('確認病院')).toEqual([]);
    // The form mails a new link.
    await follow('期限病院', 'expiry@hospital.example');
    const again = linkIn(await mailTo('expiry@hospital.example', 2), 'a');
    expect((await outside().post(again)).status).toBe(200);
  });

  it('is invited by the vendor, who sees it follow, and can be removed', async () => {
    const asked = { disclosureId, hospital: '招待病院', address: 'invited@hospital.example' };
    const auditor = await product.signIn(people.auditor);
    expect((await auditor.post('/api/readers', asked)).status).toBe(403);
    expect((await auditor.get('/api/readers')).status).toBe(403);
    expect((await drafter.post('/api/readers', { ...asked, address: 'no' })).body.title).toBe('InvalidAddress');
    expect((await drafter.post('/api/readers', { ...asked, disclosureId: 'none' })).status).toBe(404);
    const { status, body } = await drafter.post('/api/readers', asked);
    expect(status).toBe(201);
    expect((await readers()).find(({ id }) => id === body.readerId)).toMatchObject({
      ...{ hospital: '招待病院', status: 'invited', address: 'invited@hospital.example', acknowledged: null },
    });
    const mail = await mailTo('invited@hospital.example');
    expect(mail.text).toContain('ご案内です');
    await outside().post(linkIn(mail, 'c'));
    expect(await eventsOf('招待病院')).toEqual(['ReaderInvited', 'ReaderFollowed']);
    expect((await drafter.post('/api/readers', asked)).body.title).toBe('AlreadyFollowing');
    expect((await drafter.delete(`/api/readers/${body.readerId}`)).status).toBe(200);
    expect((await drafter.delete('/api/readers/none')).status).toBe(404);
    expect((await readers()).find(({ id }) => id === body.readerId)).toMatchObject({ status: 'left', address: null });
  });

  it('is forgotten when it never confirms: what was typed after two days, an invitation after a month', async () => {
    await follow('無言病院', 'silent@hospital.example');
    await mailTo('silent@hospital.example');
    const asked = { disclosureId, hospital: '放置病院', address: 'ignored@hospital.example' };
    const { readerId } = (await drafter.post('/api/readers', asked)).body;
    await mailTo('ignored@hospital.example');
    const { acknowledge } = await following('継続病院', 'stays@hospital.example');
    const sweep = async (hoursLater: number): Promise<readonly string[]> => {
      const clock = () => new Date(now.getTime() + hoursLater * 3_600_000);
      const [job] = forgetUnconfirmed({ store: product.store, dataSource: product.database.dataSource, clock }).jobs;
      for (let i = 0; i < 2; i++) await job!.run('', async () => {});
      const rows = await product.database.dataSource.query<{ address: string }[]>(
        `select address from reader_contact where address = any($1)
         union select recipient_address from outgoing_mail where recipient_address = any($1) order by 1`,
        [['silent@hospital.example', 'ignored@hospital.example', 'stays@hospital.example']],
      );
      return rows.map(({ address }) => address.split('@')[0]!);
    };
    expect(await sweep(48)).toEqual(['ignored', 'silent', 'stays']);
    expect(await sweep(50)).toEqual(['ignored', 'stays']);
    expect(await sweep(30 * 24 + 2)).toEqual(['stays']);
    expect(await eventsOf('放置病院')).toEqual(['ReaderInvited', 'Unfollowed']);
    expect(await eventsOf('無言病院')).toEqual([]);
    expect((await outside().get(acknowledge)).status).toBe(200);
    await until(
      async () => (await readers()).some(({ id, status }) => id === readerId && status === 'unanswered'),
      () => 'the list still shows the invitation',
    );
  });

  it('is mailed of an edition that it was not shown when it confirmed, because what is shown lagged behind', async () => {
    const address = 'behind@hospital.example';
    // It confirms an hour after the next edition is published, and is shown this one.
    now = new Date(now.getTime() + 3_600_000);
    await following('行き違い病院', address);
    now = new Date(now.getTime() - 3_600_000);
    const listed = async () => (await readers()).find(({ hospital }) => hospital === '行き違い病院');
    await until(
      async () => (await listed()) !== undefined,
      () => 'the list does not show the hospital',
    );
    expect(await listed()).toMatchObject({ status: 'following', shown: edition, delivered: null });
    const number = await publish('行き違いの文言です。');
    expect((await mailTo(address, 2)).subject).toContain(`第${number}版`);
    await until(
      async () => ((await listed())?.['delivered'] as { number: number } | null)?.number === number,
      () => 'the delivery is not recorded',
    );
  });

  describe('whose request was cut off half-way', () => {
    const readerOf = async (address: string) =>
      (
        await product.database.dataSource.query<{ readerId: string; disclosureId: string; hospital: string }[]>(
          `select reader_id as "readerId", disclosure_id as "disclosureId", hospital from reader_contact where address = $1`,
          [address],
        )
      )[0]!;
    const kept = (address: string): Promise<{ confirmed: boolean }[]> =>
      product.database.dataSource.query(
        `select confirmed_at is not null as confirmed from reader_contact where address = $1
         union all select null from outgoing_mail where recipient_address = $1`,
        [address],
      );
    const sweep = async (hoursLater: number): Promise<void> => {
      const clock = () => new Date(now.getTime() + hoursLater * 3_600_000);
      const [job] = forgetUnconfirmed({ store: product.store, dataSource: product.database.dataSource, clock }).jobs;
      await job!.run('', async () => {});
    };

    it('follows if the log says so: it is mailed of editions, and its contact is confirmed later', async () => {
      const address = 'cut-follow@hospital.example';
      await follow('中断病院', address);
      await mailTo(address);
      const named = await readerOf(address);
      const command = { ...named, type: 'Follow', by: actorOf(named), at: now.toISOString() } as const;
      await decideReader(product.store, named.readerId, command, 'spec');
      const number = await publish('中断の後の文言です。');
      expect((await mailTo(address, 2)).subject).toContain(`第${number}版`);
      await sweep(50);
      expect(await kept(address)).toContainEqual({ confirmed: true });
      expect(await eventsOf('中断病院')).not.toContain('Unfollowed');
    });

    it('is forgotten if the log says that it left', async () => {
      const address = 'cut-leave@hospital.example';
      await following('中断退会病院', address);
      const named = await readerOf(address);
      const command = { type: 'Unfollow', by: actorOf(named), at: now.toISOString() } as const;
      await decideReader(product.store, named.readerId, command, 'spec');
      expect(await kept(address)).not.toEqual([]);
      await until(
        async () => {
          await sweep(0);
          return (await kept(address)).length === 0;
        },
        () => 'its address is still kept',
      );
      expect((await eventsOf('中断退会病院')).filter((type) => type === 'Unfollowed')).toHaveLength(1);
    });
  });

  it('is found in the log as it was recorded', async () => {
    const log = await wholeLog();
    const streams = [...new Set(log.map(({ stream }) => stream).filter((stream) => stream.startsWith('reader-')))];
    expect(streams.length).toBeGreaterThan(5);
    for (const stream of streams)
      await currentState(product.store, { initialState: 0, evolve: (n: number) => n + 1 }, readerCodec, stream);
    expect(JSON.stringify(log)).not.toContain('@hospital.example');
  });
});

const bytes = (response: request.Response, done: (error: Error | null, body: Buffer) => void): void => {
  const chunks: Buffer[] = [];
  const stream = response as unknown as NodeJS.ReadableStream;
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => done(null, Buffer.concat(chunks)));
};
