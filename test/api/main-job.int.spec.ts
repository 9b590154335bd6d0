import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { password, startProduct, type Person, type Product } from '../setup/product';

/** Our own sample, in the form in which companies have theirs. */
const sample = readFileSync(join(__dirname, '..', '..', 'libs', 'demo', 'disclosure-edition-1.md'));
const seedPath = join(__dirname, '..', '..', '..', 'shared', 'seeds', 'disclosure-edition-6.md');

const paragraph = (text: string) => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

type Browser = Awaited<ReturnType<Product['signIn']>>;

describe('the main job over HTTP', () => {
  let product: Product;
  let people: Record<'drafter' | 'colleague' | 'privacy' | 'management', Person>;
  let drafter: Browser;
  let colleague: Browser;
  let privacy: Browser;
  let management: Browser;
  let id: string;
  let number: number;

  const show = async (browser: Browser = drafter) => (await browser.get(`/api/disclosures/${id}`)).body;
  const itemOf = async (itemKey: string) => {
    const items = (await show()).parts.flatMap((part: { items: { itemKey: string }[] }) => part.items);
    return items.find((item: { itemKey: string }) => item.itemKey === itemKey);
  };

  beforeAll(async () => {
    product = await startProduct();
    people = {
      drafter: await product.register('drafter', '起草 花子', ['drafter']),
      colleague: await product.register('colleague', '同僚 次郎', ['drafter']),
      privacy: await product.register('privacy', '保護 一郎', ['signatory']),
      management: await product.register('management', '管理 三郎', ['signatory']),
    };
    await product.appoint(people.privacy, 'privacyOfficer', 'リスク・コンプライアンス部門長');
    await product.appoint(people.management, 'managementOfficer', '本部長');
    [drafter, colleague, privacy, management] = (await Promise.all(
      [people.drafter, people.colleague, people.privacy, people.management].map(product.signIn),
    )) as [Browser, Browser, Browser, Browser];
  });
  afterAll(() => product?.close());

  it('begins with a file, which is shown before it is stored', async () => {
    const preview = await drafter.upload('/api/imports/preview?fileName=sample.md', sample);
    expect(preview.status).toBe(200);
    expect(preview.body.parts.map((part: { items: unknown[] }) => part.items.length)).toEqual([10, 16]);
    expect((await drafter.get('/api/disclosures')).body.disclosures).toEqual([]);

    const imported = await drafter.upload('/api/imports?fileName=sample.md&service=minato', sample);
    expect(imported.status).toBe(201);
    ({ disclosureId: id } = imported.body);
    const shown = await show();
    number = shown.editions[0].number;
    expect(shown.parts[1].items).toHaveLength(16);
    expect(shown.revision).toEqual({ status: 'none' });
  });

  it('refuses a second disclosure with the same public name, and keeps nothing of it', async () => {
    const again = await drafter.upload('/api/imports?fileName=sample.md&service=minato', sample);
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ title: 'ServiceNameTaken', detailJa: expect.stringContaining('minato') });
    expect((await drafter.get('/api/disclosures')).body.disclosures).toHaveLength(1);
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['a binary file', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3])],
    ['a text that is no disclosure', Buffer.from('# 議事録\n\n本日の議題はありません。\n')],
  ])('answers %s with what to do', async (_name, bytes) => {
    const refused = await drafter.upload('/api/imports/preview?fileName=x.md', bytes);
    expect(refused.status).toBe(422);
    expect(refused.body.detailJa).toMatch(/ください/);
  });

  it('answers a file of 50 MB without reading it all', async () => {
    const refused = await drafter.upload('/api/imports/preview?fileName=x.md', Buffer.alloc(50 * 1024 * 1024, 'あ'));
    expect(refused.status).toBe(413);
    expect(refused.body.detailJa).toMatch(/大き/);
  });

  it('takes a Shift_JIS file and says so', async () => {
    const text = sample.toString('utf8');
    const shiftJis = encodeShiftJis(text);
    const preview = await drafter.upload('/api/imports/preview?fileName=x.md', shiftJis);
    expect(preview.status).toBe(200);
    expect(preview.body.source.encoding).toBe('shift_jis');
    expect(preview.body.anomalies.map(({ code }: { code: string }) => code)).toContain('ENCODING_CONVERTED');
  });

  it('starts the next edition with typed causes', async () => {
    const started = await drafter.post(`/api/disclosures/${id}/revision`, {
      causes: [{ type: 'configurationChange' }],
    });
    expect(started.status).toBe(201);
    expect((await show()).revision).toMatchObject({ status: 'drafting', editionNumber: number + 1 });
  });

  it('lets two people edit different items, and loses nothing when they edit the same', async () => {
    const [first, second] = [await itemOf('I-1'), await itemOf('I-3')];
    const edits = await Promise.all([
      drafter.put(`/api/disclosures/${id}/items/I-1`, {
        body: paragraph('日本国法のみが適用されます。'),
        basedOn: first.bodyHash,
      }),
      colleague.put(`/api/disclosures/${id}/items/I-3`, {
        body: paragraph('日次で取得し、35日間保持します。'),
        basedOn: second.bodyHash,
      }),
    ]);
    expect(edits.map(({ status }) => status)).toEqual([200, 200]);

    const late = await colleague.put(`/api/disclosures/${id}/items/I-1`, {
      body: paragraph('別の文です。'),
      basedOn: first.bodyHash,
    });
    expect(late.status).toBe(409);
    expect(late.body).toMatchObject({ title: 'EditConflict', body: paragraph('日本国法のみが適用されます。') });
    const history = (await drafter.get(`/api/disclosures/${id}/items/I-1/history`)).body.texts;
    expect(history.map(({ by }: { by: Person }) => by.name)).toEqual(['起草 花子', '起草 花子']);
  });

  it.each([
    ['is no content', { type: 'doc', content: [{ type: 'script' }] }],
    [
      'has a javascript: link',
      {
        type: 'doc',
        content: [
          {
            type: 'paragraph',
            content: [{ type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] }],
          },
        ],
      },
    ],
    [
      'has a table with an impossible span',
      {
        type: 'doc',
        content: [
          {
            type: 'table',
            content: [
              {
                type: 'tableRow',
                content: [{ type: 'tableCell', attrs: { colspan: 0, rowspan: 1 }, content: [{ type: 'paragraph' }] }],
              },
            ],
          },
        ],
      },
    ],
    ['has 5 MB', paragraph('あ'.repeat(1_700_000))],
  ])('refuses a body that %s, and keeps the text', async (_name, body) => {
    const before = await itemOf('I-2');
    const refused = await drafter.put(`/api/disclosures/${id}/items/I-2`, { body, basedOn: before.bodyHash });
    expect(refused.status).toBe(422);
    expect(refused.body.title).toBe('InvalidBody');
    expect(refused.body.detailJa).not.toBe('');
    expect((await itemOf('I-2')).bodyHash).toBe(before.bodyHash);
  });

  it('refuses a character that cannot be printed, and names it', async () => {
    const before = await itemOf('I-2');
    const request = { body: paragraph('整備しています😀'), basedOn: before.bodyHash };
    const refused = await drafter.put(`/api/disclosures/${id}/items/I-2`, request);
    expect([refused.status, refused.body.title]).toEqual([422, 'UnprintableCharacters']);
    expect(refused.body.detailJa).toContain('😀');
    const history = { historyText: '整備😀', causes: [{ type: 'correction' }] };
    const alsoRefused = await drafter.put(`/api/disclosures/${id}/revision/description`, history);
    expect([alsoRefused.status, alsoRefused.body.title]).toEqual([422, 'UnprintableCharacters']);
  });

  it('submits when nothing blocks, and mails the first signatory what changed', async () => {
    const early = await drafter.post(`/api/disclosures/${id}/revision/submission`);
    expect(early.body.title).toBe('HistoryTextMissing');
    await drafter.put(`/api/disclosures/${id}/revision/description`, {
      historyText: '保持期間の変更に伴う見直し',
      causes: [{ type: 'configurationChange' }],
    });
    for (const finding of (await show()).findings) {
      if (finding.severity === 'blocking') {
        await drafter.post(`/api/disclosures/${id}/revision/waivers`, { findingId: finding.id, reason: '次版で対応' });
      }
    }
    const submitted = await drafter.post(`/api/disclosures/${id}/revision/submission`);
    expect([submitted.status, submitted.body]).toMatchObject([200, {}]);

    const mail = await product.mail(
      ({ subject, to }) => subject?.startsWith('【審査依頼】') === true && to?.[0]?.address === people.privacy.address,
    );
    expect(mail.text).toContain('35日間');
    expect(mail.text).toContain(`http://kaijisho.example/disclosures/${id}/review`);
    await show(); // the drafter waits for their own submission: from here on everybody sees it
    expect((await privacy.get('/api/tasks')).body.tasks).toMatchObject([{ kind: 'sign', disclosureId: id }]);
    expect((await management.get('/api/tasks')).body.tasks).toEqual([]);
  });

  it('takes no signature with a wrong password, over another text, by an author, or out of turn', async () => {
    const { contentHash } = (await show()).revision; // whoever submitted has seen it; others may be a moment behind
    const sign = (browser: Browser, body: object) => browser.post(`/api/disclosures/${id}/revision/signatures`, body);
    const answers = [
      await sign(privacy, { contentHash, password: 'wrong password' }),
      await sign(privacy, { contentHash: 'a'.repeat(64), password }),
      await sign(drafter, { contentHash, password }),
      await sign(management, { contentHash, password }),
    ];
    expect(answers.map(({ body }) => body.title)).toEqual([
      'WrongPassword',
      'ContentHasChanged',
      'SignerIsAuthor',
      'NotYourTurn',
    ]);
    expect((await show()).revision.signatures).toEqual([]);
  });

  it('goes back to the drafter with a reason, by mail, and on again', async () => {
    const back = await privacy.post(`/api/disclosures/${id}/revision/return`, {
      reason: '保持期間の根拠を書いてください。',
    });
    expect(back.status).toBe(200);
    const mail = await product.mail(({ subject }) => subject?.startsWith('【差戻し】') === true);
    expect(mail.text).toContain('保持期間の根拠');
    const item = await itemOf('I-3');
    await drafter.put(`/api/disclosures/${id}/items/I-3`, {
      body: paragraph('社内規程に基づき日次で取得し、35日間保持します。'),
      basedOn: item.bodyHash,
    });
    expect((await drafter.post(`/api/disclosures/${id}/revision/submission`)).status).toBe(200);
  });

  it('shows a signatory only what changed', async () => {
    const { body } = await privacy.get(`/api/disclosures/${id}/comparison`);
    expect(body.items.map(({ itemKey }: { itemKey: string }) => itemKey)).toEqual(['I-1', 'I-3']);
    expect(body.items[1].newHtml).toContain('<ins>');
  });

  it('is not published before all have signed', async () => {
    const today = new Date().toISOString().slice(0, 10);
    const early = await drafter.post(`/api/disclosures/${id}/revision/publication`, {
      issuedOn: today,
      effectiveOn: '2099-01-01',
    });
    expect([early.status, early.body.title]).toEqual([409, 'NotApproved']);
    const noSuchDay = { issuedOn: '2098-02-30', effectiveOn: '2099-01-01' };
    const refused = await drafter.post(`/api/disclosures/${id}/revision/publication`, noSuchDay);
    expect([refused.status, refused.body.issues]).toMatchObject([400, [{ field: 'issuedOn' }]]);
  });

  it('is signed by the 個人情報保護責任者 and then, after a mail, by the 管理責任者', async () => {
    const { contentHash } = (await show()).revision; // whoever submitted has seen it; others may be a moment behind
    expect((await privacy.post(`/api/disclosures/${id}/revision/signatures`, { contentHash, password })).status).toBe(
      200,
    );
    await product.mail(
      ({ subject, to }) =>
        subject?.startsWith('【承認依頼】') === true && to?.[0]?.address === people.management.address,
    );
    const signed = await management.post(`/api/disclosures/${id}/revision/signatures`, {
      contentHash,
      password,
      comment: '確認しました。',
    });
    expect(signed.status).toBe(200);
    expect((await show(management)).revision).toMatchObject({ status: 'approved', contentHash });
    await product.mail(({ subject }) => subject?.startsWith('【承認済み】') === true);
  });

  it('becomes the next edition, with its row of history, its public page and its PDF; the old one stays, marked', async () => {
    const today = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);
    const published = await drafter.post(`/api/disclosures/${id}/revision/publication`, {
      issuedOn: today,
      effectiveOn: today,
    });
    expect(published.status).toBe(200);
    const shown = await show();
    expect(shown.revisionHistory.at(-1)).toMatchObject({
      number: number + 1,
      historyText: '保持期間の変更に伴う見直し',
    });

    const edition = (await drafter.get(`/api/disclosures/${id}/editions/${number + 1}`)).body;
    expect(
      edition.signatures.map(({ meaning, officer }: { meaning: string; officer: { title: string } }) => [
        meaning,
        officer.title,
      ]),
    ).toEqual([
      ['review', 'リスク・コンプライアンス部門長'],
      ['approval', '本部長'],
    ]);

    const page = await drafter.get('/d/minato');
    expect(page.status).toBe(200);
    expect(page.text).toContain(`第${number + 1}版`);
    expect(page.text).toContain('社内規程に基づき日次で取得し');
    const old = await drafter.get(`/d/minato/editions/${number}`);
    expect(old.text).toContain('旧版');

    const pdf = await drafter.get(`/api/disclosures/${id}/editions/${number + 1}/disclosure.pdf`);
    expect(pdf.headers['content-type']).toBe('application/pdf');
    expect(Buffer.from(pdf.body).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('mails once about a certificate that has lapsed, and once about one that lapses in 60 days', async () => {
    const day = (days: number) => new Date(Date.now() + 9 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
    const register = (name: string, validUntil: string) =>
      drafter.post('/api/certificates', {
        kind: 'isms',
        name,
        number: 'IS 000001',
        body: '一般財団法人みなと認証機構',
        validFrom: '2023-01-25',
        validUntil,
        citedBy: [{ disclosureId: id, itemKey: 'I-7' }],
      });
    const wrong = await register('逆の期限', '2022-01-01');
    expect([wrong.status, wrong.body.detailJa]).toMatchObject([422, expect.stringMatching(/有効期限/)]);

    expect((await register('切れたISMS認証', '2026-01-24')).status).toBe(201);
    expect((await register('60日後のISMS認証', day(60))).status).toBe(201);
    const to = (address: string, name: string) =>
      product.mail((mail) => mail.to?.[0]?.address === address && mail.subject?.includes(name) === true);
    expect((await to(people.management.address, '切れたISMS認証')).subject).toContain('期限切れ');
    expect((await to(people.drafter.address, '切れたISMS認証')).text).toContain('I-7');
    expect((await to(people.management.address, '60日後のISMS認証')).subject).toMatch(/あと60日|2か月前/);

    const ledger = (await drafter.get('/api/reminders')).body.reminders;
    expect(ledger).toHaveLength(2);
    const reminders = product.mails.filter(({ subject }) => subject?.includes('ISMS認証'));
    const once = reminders.map(({ subject, to: recipients }) => `${subject} ${recipients?.[0]?.address}`);
    expect(new Set(once).size).toBe(once.length);
    expect(new Set(reminders.map(({ messageId }) => messageId)).size).toBe(reminders.length);
  });

  const seed = existsSync(seedPath) ? it : it.skip; // the real disclosure is not part of the project
  seed('also takes the real disclosure: 10 and 16 items, six rows of history', async () => {
    const imported = await drafter.upload(
      '/api/imports?fileName=disclosure-edition-6.md&service=real',
      readFileSync(seedPath),
    );
    expect(imported.status).toBe(201);
    const shown = (await drafter.get(`/api/disclosures/${imported.body.disclosureId}`)).body;
    expect(shown.parts.map((part: { items: unknown[] }) => part.items.length)).toEqual([10, 16]);
    expect(shown.revisionHistory).toHaveLength(6);
    expect(shown.editions[0]).toMatchObject({ number: 6, issuedOn: '2025-01-28', inForce: true });
  });
});

/** Node decodes Shift_JIS but does not write it: turn the decoder's table around. */
const encodeShiftJis = (text: string): Buffer => {
  const decoder = new TextDecoder('shift_jis');
  const bytesOf = new Map<string, readonly number[]>();
  for (let first = 0; first < 256; first++) {
    const alone = decoder.decode(Uint8Array.of(first));
    if (alone.length === 1 && alone !== '\ufffd') bytesOf.set(alone, [first]);
    for (let second = 0x40; second < 0xfd; second++) {
      const pair = decoder.decode(Uint8Array.of(first, second));
      if (pair.length === 1 && pair !== '\ufffd' && !bytesOf.has(pair)) bytesOf.set(pair, [first, second]);
    }
  }
  return Buffer.from([...text].flatMap((character) => bytesOf.get(character) ?? bytesOf.get('〓') ?? []));
};
