import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { followEditions } from '@app/audits';
import { png } from '@app/blob-store/pictures.testing';
import { certificateLapses } from '@app/certificates';
import request from 'supertest';
import { password, startProduct, until, type Person, type Product } from '../setup/product';

const sample = readFileSync(join(__dirname, '..', '..', 'libs', 'demo', 'disclosure-edition-1.md'));
const pdf = Buffer.from('%PDF-1.7\n% 登録証の写し\n');

type Browser = Awaited<ReturnType<Product['signIn']>>;

describe('the registers of certificates and audits over HTTP', () => {
  let product: Product;
  let now = new Date('2030-01-20T03:00:00.000Z');
  let people: Record<'drafter' | 'administrator' | 'privacy' | 'management', Person>;
  let drafter: Browser;
  let disclosureId: string;

  beforeAll(async () => {
    product = await startProduct(() => now);
    people = {
      drafter: await product.register('drafter', '起草 花子', ['drafter']),
      administrator: await product.register('administrator', '管理 花子', ['administrator']),
      privacy: await product.register('privacy', '保護 一郎', ['signatory']),
      management: await product.register('management', '管理 三郎', ['signatory']),
    };
    await product.appoint(people.privacy, 'privacyOfficer', '部門長');
    await product.appoint(people.management, 'managementOfficer', '本部長');
    drafter = await product.signIn(people.drafter);
    const imported = await drafter.upload('/api/imports?fileName=sample.md&service=minato', sample);
    ({ disclosureId } = imported.body);
  });
  afterAll(() => product?.close());

  /** Sessions end after a night, so one signs in again. */
  const goOnTo = async (instant: string): Promise<void> => {
    now = new Date(instant);
    drafter = await product.signIn(people.drafter);
  };
  /** The clock's job runs now, as it does in the worker every few minutes. */
  const take = (made: typeof certificateLapses): Promise<void> | undefined => {
    const [job] = made({ store: product.store, dataSource: product.database.dataSource, clock: () => now }).jobs;
    return job?.run('', async () => {});
  };
  const isms = () => ({
    ...{ kind: 'isms', name: 'ISMS認証', number: 'ZZ-0001', body: '審査機関株式会社' },
    ...{ standard: 'ISO/IEC 27001:2022 / JIS Q 27001:2023', scope: '地域連携クラウドの開発と運用' },
    ...{ issuedOn: '2027-01-20', validFrom: '2027-01-25', validUntil: '2030-01-24' },
    citedBy: [
      { disclosureId, itemKey: 'I-7' },
      { disclosureId, itemKey: 'I-8' },
    ],
    responsible: { officer: 'managementOfficer' },
  });
  const register = async (said: object = {}): Promise<string> => {
    const { status, body } = await drafter.post('/api/certificates', { ...isms(), ...said });
    expect([status, body]).toMatchObject([201, {}]);
    return `/api/certificates/${body.certificateId}`;
  };
  const plan = async (said: object = {}): Promise<string> => {
    const { status, body } = await drafter.post('/api/audits', {
      ...{ kind: 'internalAudit', name: '内部監査', dueOn: '2030-02-20' },
      recurrence: { rule: 'FREQ=YEARLY', anchor: 'schedule' },
      ...said,
    });
    expect([status, body]).toMatchObject([201, {}]);
    return `/api/audits/${body.auditId}`;
  };
  const kept = async (path: string) => (await drafter.get(path)).body;
  const types = (history: readonly { readonly type: string }[]) => history.map(({ type }) => type);

  /** An edition in which one item says something else. */
  const publish = async (itemKey: string, words: string): Promise<void> => {
    const disclosure = `/api/disclosures/${disclosureId}`;
    const causes = [{ type: 'correction', note: '表記' }];
    await drafter.post(`${disclosure}/revision`, { causes });
    const items = (await drafter.get(disclosure)).body.parts.flatMap((part: { items: object[] }) => part.items);
    const item = items.find((each: { itemKey: string }) => each.itemKey === itemKey);
    const content = [{ type: 'paragraph', content: [{ type: 'text', text: words }] }];
    await drafter.put(`${disclosure}/items/${itemKey}`, { body: { type: 'doc', content }, basedOn: item.bodyHash });
    await drafter.put(`${disclosure}/revision/description`, { historyText: `${words}（${itemKey}）`, causes });
    for (const { id, severity } of (await drafter.get(disclosure)).body.findings) {
      if (severity === 'blocking')
        await drafter.post(`${disclosure}/revision/waivers`, { findingId: id, reason: '次版' });
    }
    await drafter.post(`${disclosure}/revision/submission`);
    const { contentHash } = (await drafter.get(disclosure)).body.revision; // others may be a moment behind
    for (const person of [people.privacy, people.management]) {
      const browser = await product.signIn(person);
      const signed = await browser.post(`${disclosure}/revision/signatures`, { contentHash, password });
      expect([signed.status, signed.body.title]).toEqual([200, undefined]);
    }
    const day = now.toISOString().slice(0, 10);
    const published = await drafter.post(`${disclosure}/revision/publication`, { issuedOn: day, effectiveOn: day });
    expect([published.status, published.body.title]).toEqual([200, undefined]);
  };

  it('keep a certificate with what is printed on it and who sees to it', async () => {
    const path = await register();
    expect(await kept(path)).toMatchObject({
      ...isms(),
      ...{
        status: 'valid',
        daysLeft: 4,
        filedOn: null,
        surveillance: null,
        renewalAudit: null,
        applicationWindow: null,
      },
      deadlines: [{ matter: 'renewal', dueOn: '2030-01-24', daysLeft: 4 }],
    });
    const corrected = { name: 'ISMS', number: 'ZZ-0002', reason: '番号の誤記' };
    expect((await drafter.post(`${path}/correction`, corrected)).status).toBe(200);
    await drafter.put(`${path}/citations`, { citedBy: [] });
    await drafter.put(`${path}/responsible`, { responsible: null });
    const shown = await kept(path);
    expect(shown).toMatchObject({ name: 'ISMS', number: 'ZZ-0002', citedBy: [], responsible: null });
    expect(shown.terms).toHaveLength(1);
    expect(types(shown.history)).toEqual([
      'ResponsibleNamed',
      'CertificateCited',
      'CertificateCorrected',
      'CertificateRegistered',
    ]);
    expect(shown.history[2]).toMatchObject({ text: '番号の誤記', by: { name: '起草 花子' } });
  });

  it('take any kind of certificate that an administrator has added, and no other', async () => {
    const refused = await drafter.post('/api/certificates', { ...isms(), kind: 'soc2' });
    expect([refused.status, refused.body.title]).toEqual([422, 'UnknownKind']);
    const administrator = await product.signIn(people.administrator);
    const added = await administrator.put('/api/reminding/kinds/soc2', { name: 'SOC 2', ladder: 'other' });
    expect(added.status).toBe(200);
    expect(await kept(await register({ kind: 'soc2', name: 'SOC 2' }))).toMatchObject({ kind: 'soc2' });
  });

  it('follow ladders of the company’s own, each with a name of its own, which are removed when no kind has them', async () => {
    const administrator = await product.signIn(people.administrator);
    const { ladders } = (await administrator.get('/api/reminding')).body;
    const path = '/api/reminding/ladders/own';
    const save = (name: string) => administrator.put(path, { name, ladder: ladders[0].ladder });
    expect((await save(ladders[1].name)).body).toMatchObject({ status: 409, title: 'LadderNameTaken' });
    expect((await save('社内の段階')).status).toBe(200);
    await administrator.put('/api/reminding/kinds/own', { name: '社内認証', ladder: 'own' });
    const inUse = await administrator.delete(path);
    expect([inUse.status, inUse.body.detailJa]).toEqual([409, expect.stringContaining('社内認証')]);
    await administrator.put('/api/reminding/kinds/own', { name: '社内認証', ladder: 'other' });
    expect((await drafter.delete(path)).status).toBe(403);
    expect((await administrator.delete(path)).status).toBe(200);
    const left = (await administrator.get('/api/reminding')).body.ladders;
    expect(left.map(({ key }: { key: string }) => key)).not.toContain('own');
  });

  it('know プライバシーマーク’s window for applications, and when the renewal was filed', async () => {
    const mark = { kind: 'privacyMark', name: 'プライバシーマーク', issuedOn: undefined, validFrom: '2028-06-02' };
    const path = await register({ ...mark, validUntil: '2030-06-01' });
    expect(await kept(path)).toMatchObject({
      applicationWindow: { from: '2029-10-02', until: '2030-02-01' },
      deadlines: [{ matter: 'application', dueOn: '2030-02-01' }, { matter: 'renewal' }],
    });
    const early = await drafter.post(`${path}/renewal-application`, { filedOn: '2029-10-01' });
    expect(early.body).toMatchObject({ title: 'FiledBeforeWindow', status: 422 });
    expect(early.body.detailJa).toContain('2029年10月2日');
    expect((await drafter.post(`${path}/renewal-application`, { filedOn: '2030-01-18' })).status).toBe(200);
    expect(await kept(path)).toMatchObject({ filedOn: '2030-01-18', deadlines: [{ matter: 'renewal' }] });
    const takeBack = () => drafter.post(`${path}/renewal-application/removal`, { reason: '別の証明書の申請' });
    expect((await takeBack()).status).toBe(200);
    expect(await kept(path)).toMatchObject({
      ...{ filedOn: null, deadlines: [{ matter: 'application' }, { matter: 'renewal' }] },
      history: [{ type: 'RenewalFilingTakenBack', on: '2030-01-18', text: '別の証明書の申請' }, {}, {}],
    });
    expect((await takeBack()).body.title).toBe('NotFiled');
  });

  it('know the surveillance audits of a certificate', async () => {
    const path = await register({ validUntil: '2032-01-24' });
    expect((await drafter.post(`${path}/surveillance/pass`, { on: '2030-01-19' })).body.title).toBe(
      'NoSurveillancePlanned',
    );
    await drafter.put(`${path}/surveillance`, { dueOn: '2030-01-31' });
    await drafter.post(`${path}/surveillance/failure`, { on: '2030-01-15', reason: '記録の不備' });
    expect((await kept(path)).surveillance).toEqual({
      dueOn: '2030-01-31',
      failed: { on: '2030-01-15', reason: '記録の不備' },
    });
    await drafter.post(`${path}/surveillance/pass`, { on: '2030-01-19', nextDueOn: '2031-01-31' });
    expect((await kept(path)).deadlines.map(({ dueOn }: { dueOn: string }) => dueOn)).toEqual([
      '2031-01-31',
      '2032-01-24',
    ]);
  });

  it('know the renewal audit beside the surveillance audit', async () => {
    const path = await register({ validUntil: '2032-01-24' });
    await drafter.put(`${path}/surveillance`, { dueOn: '2030-12-31' });
    await drafter.put(`${path}/surveillance`, { audit: 'renewal', dueOn: '2031-10-31' });
    await drafter.post(`${path}/surveillance/failure`, { audit: 'renewal', on: '2030-01-15', reason: '記録の不備' });
    expect(await kept(path)).toMatchObject({
      surveillance: { dueOn: '2030-12-31', failed: null },
      renewalAudit: { dueOn: '2031-10-31', failed: { reason: '記録の不備' } },
      deadlines: [{ matter: 'surveillance' }, { matter: 'renewalAudit' }, { matter: 'renewal' }],
    });
    await drafter.post(`${path}/surveillance/pass`, { audit: 'renewal', on: '2030-01-19' });
    const { renewalAudit, history } = await kept(path);
    expect(renewalAudit).toBeNull();
    expect(history.slice(0, 3)).toMatchObject([{ audit: 'renewal' }, { audit: 'renewal' }, { audit: 'renewal' }]);
    const refused = await drafter.put(`${path}/surveillance`, { audit: 'renewal', dueOn: '2033-01-01' });
    expect(refused.body.detailJa).toMatch(/^更新審査の期限/);
  });

  it('keep evidence, hand it over as a file, and show nothing of it as a page', async () => {
    const path = await register();
    const upload = (name: string, bytes: Buffer, type?: string) =>
      drafter.upload(`${path}/evidence?fileName=${encodeURIComponent(name)}`, bytes, type);
    expect((await upload('..\\登録証 (写し).pdf', pdf, 'application/pdf')).status).toBe(201);
    expect((await upload('頁.html', Buffer.from('<script>alert(1)</script>'), 'text/html')).status).toBe(201);
    expect((await upload('一式.zip', Buffer.from('PK\u0003\u0004MZ'), 'application/zip')).status).toBe(201);
    const { evidence } = await kept(path);
    expect(evidence.map(({ name }: { name: string }) => name)).toEqual(['登録証 (写し).pdf', '頁.html', '一式.zip']);

    const [first, page] = await Promise.all(
      evidence.map(({ sha256 }: { sha256: string }) => drafter.get(`${path}/evidence/${sha256}`)),
    );
    expect(first.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="evidence"; filename*=UTF-8''${encodeURIComponent('登録証 ')}%28${encodeURIComponent('写し')}%29.pdf`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(first.body.equals(pdf)).toBe(true);
    expect(page.headers['content-type']).toBe('application/octet-stream');
    expect(page.headers['content-disposition']).toMatch(/^attachment;/);
    const stranger = await request(product.address).get(`${path}/evidence/${evidence[0].sha256}`);
    expect(stranger.status).toBe(401);
    // What belongs to one certificate is not found under another.
    expect((await drafter.get(`${await register()}/evidence/${evidence[0].sha256}`)).status).toBe(404);

    const removal = `${path}/evidence/${evidence[0].sha256}/removal`;
    expect((await drafter.post(removal, { reason: '前の期のもの' })).status).toBe(200);
    expect((await drafter.get(`${path}/evidence/${evidence[0].sha256}`)).status).toBe(404);
    expect((await kept(path)).history[0]).toMatchObject({ type: 'EvidenceRemoved', text: '前の期のもの' });
  });

  it('take no programs, nothing that is not what it says, nothing empty and nothing over 20 MB as evidence', async () => {
    const path = await register();
    const refusal = async (name: string, bytes: Buffer) => {
      const { status, body } = await drafter.upload(`${path}/evidence?fileName=${name}`, bytes);
      return [status, body.title];
    };
    expect(await refusal('a.pdf', Buffer.from('MZ\u0090'))).toEqual([415, 'ExecutableFile']);
    expect(await refusal('a.txt', Buffer.from('#!/bin/sh\nrm -rf /'))).toEqual([415, 'ExecutableFile']);
    expect(await refusal('a.pdf', png(3, 3))).toEqual([415, 'NotWhatItClaims']);
    expect(await refusal('a.pdf', Buffer.alloc(0))).toEqual([422, 'EmptyFile']);
    expect(await refusal('a.bin', Buffer.alloc(20 * 1024 * 1024 + 1))).toEqual([413, 'TooLarge']);
    expect((await kept(path)).evidence).toEqual([]);
  });

  it('store no file as evidence of what is not there', async () => {
    const blobs = async () =>
      (await product.database.dataSource.query<{ count: number }[]>('select count(*)::int as count from blob'))[0]
        ?.count;
    const before = await blobs();
    for (const path of ['/api/certificates/nothing', '/api/audits/nothing']) {
      const { status, body } = await drafter.upload(`${path}/evidence?fileName=a.txt`, Buffer.from(`of ${path}`));
      expect([status, body.title]).toEqual([404, 'NotFound']);
    }
    expect(await blobs()).toBe(before);
  });

  it('answer a renewal with the disclosures that still speak of the term before, and start their revision', async () => {
    const gone = { disclosureId: 'gone', itemKey: 'I-7' };
    const path = await register({ citedBy: [...isms().citedBy, gone] });
    const renewal = { issuedOn: '2030-01-18', validFrom: '2030-01-25', validUntil: '2033-01-24' };
    const { status, body } = await drafter.post(`${path}/renewal`, renewal);
    expect([status, body.citing]).toMatchObject([
      200,
      [
        {
          ...{ disclosureId, service: 'minato', openEdition: null, openStatus: null },
          items: [{ itemKey: 'I-7', label: expect.stringMatching(/^I-7 プライバシーマーク認定/) }, { itemKey: 'I-8' }],
        },
      ],
    ]);
    expect(await kept(path)).toMatchObject({ ...renewal, standard: isms().standard, status: 'valid' });

    const administrator = await product.signIn(people.administrator);
    expect((await administrator.post(`${path}/revisions`, {})).status).toBe(403);
    const started = await drafter.post(`${path}/revisions`, { disclosureIds: [disclosureId] });
    expect(started.body).toMatchObject({ started: [{ disclosureId }], refused: [] });
    expect((await kept(`/api/disclosures/${disclosureId}`)).revision).toMatchObject({
      status: 'drafting',
      causes: [{ type: 'certificateRenewal', note: 'ISMS認証' }],
    });
    const again = (await drafter.post(`${path}/revisions`, {})).body;
    expect(again).toMatchObject({ started: [], refused: [{ disclosureId, ja: expect.stringContaining('改訂') }] });
    expect((await kept(`${path}/citing`)).citing[0]).toMatchObject({ openEdition: 2, openStatus: 'drafting' });
    expect((await drafter.post(`/api/disclosures/${disclosureId}/revision/withdrawal`)).status).toBe(200);
  });

  it('record that a certificate has lapsed on the day after its last one, and that a filed ISMAP renewal keeps it', async () => {
    const [lapsing, renewed, ismap] = [
      await register({ validUntil: '2030-01-21' }),
      await register({ validUntil: '2030-01-21' }),
      await register({ kind: 'ismap', validUntil: '2030-01-21' }),
    ];
    await drafter.post(`${renewed}/renewal`, { validFrom: '2030-01-22', validUntil: '2033-01-21' });
    await drafter.post(`${ismap}/renewal-application`, { filedOn: '2030-01-15' });
    await kept(lapsing);
    await take(certificateLapses);
    expect((await kept(lapsing)).history).toHaveLength(1);

    await goOnTo('2030-01-21T15:00:00.000Z'); // the 22nd in Tokyo
    await take(certificateLapses);
    await take(certificateLapses);
    await until(
      async () => types((await kept(lapsing)).history).includes('CertificateLapsed'),
      () => 'the lapse was not recorded',
    );
    expect(await kept(lapsing)).toMatchObject({ status: 'lapsed', daysLeft: -1 });
    expect((await kept(lapsing)).history[0]).toMatchObject({
      dueOn: '2030-01-21',
      on: '2030-01-22',
      by: { id: 'system' },
    });
    expect((await kept(lapsing)).history).toHaveLength(2);
    expect(await kept(renewed)).toMatchObject({ status: 'valid' });
    expect(await kept(ismap)).toMatchObject({
      ...{ status: 'renewalPending', deadlines: [{ matter: 'decision', dueOn: '2030-01-21' }] },
    });
    await goOnTo('2030-01-22T03:00:00.000Z');
  });

  it('plan an audit with its recurrence and keep how it went, with evidence and what is to be done', async () => {
    const path = await plan({ responsible: { officer: 'operationsOfficer' }, lead: '監査室' });
    expect(await kept(path)).toMatchObject({
      ...{ status: 'planned', dueOn: '2030-02-20', daysLeft: 29, lead: '監査室' },
      upcoming: ['2030-02-20'],
    });
    await drafter.put(`${path}/due`, { newDueOn: '2030-03-01', reason: '審査員の都合' });
    expect(await kept(path)).toMatchObject({ dueOn: '2030-03-01', scheduledOn: '2030-02-20' });

    await drafter.upload(`${path}/evidence?fileName=${encodeURIComponent('報告書.pdf')}`, pdf);
    const [{ sha256 }] = (await kept(path)).evidence;
    const found = { performedOn: '2030-01-21', result: 'passedWithFindings', evidence: [sha256] };
    expect((await drafter.post(`${path}/performance`, found)).body.title).toBe('NoteMissing');
    const followUps = [{ text: '手順書を改める', dueOn: '2030-02-10', responsible: { user: people.drafter.id } }];
    const performance = { ...found, note: '手順書が古い', followUps };
    expect((await drafter.post(`${path}/performance`, performance)).status).toBe(200);

    const shown = await kept(path);
    expect(shown).toMatchObject({
      ...{ status: 'planned', dueOn: '2031-02-20', scheduledOn: '2031-02-20', reliedOn: [sha256] },
      lastPerformed: { dueOn: '2030-03-01', performedOn: '2030-01-21', result: 'passedWithFindings' },
      followUps: [{ text: '手順書を改める', dueOn: '2030-02-10', daysLeft: 19, closed: null }],
      deadlines: [
        { matter: 'followUp', text: '手順書を改める', dueOn: '2030-02-10' },
        { matter: 'audit', dueOn: '2031-02-20' },
      ],
    });
    expect(shown.history[0]).toMatchObject({ type: 'AuditPerformed', evidence: [{ sha256, name: '報告書.pdf' }] });
    const removal = await drafter.post(`${path}/evidence/${sha256}/removal`, { reason: '-' });
    expect(removal.body.title).toBe('EvidenceReliedOn');
    expect((await drafter.get(`${path}/evidence/${sha256}`)).body.equals(pdf)).toBe(true);

    expect((await drafter.post(`${path}/cancellation`, { reason: '-' })).body).toMatchObject({
      title: 'OpenFollowUps',
      count: 1,
    });
    const [{ id }] = shown.followUps;
    await drafter.post(`${path}/follow-ups/${id}/closure`, { on: '2030-01-22', note: '第4版' });
    await drafter.post(`${path}/skip`, { reason: '拠点の移転' });
    expect((await kept(path)).dueOn).toBe('2032-02-20');
    expect((await drafter.post(`${path}/cancellation`, { reason: '統合' })).status).toBe(200);
    const cancelled = await kept(path);
    expect(cancelled).toMatchObject({ status: 'cancelled', dueOn: null, deadlines: [], upcoming: [] });
    expect(types(cancelled.history)).toEqual([
      'AuditCancelled',
      'AuditSkipped',
      'FollowUpClosed',
      'AuditPerformed',
      'EvidenceAttached',
      'AuditRescheduled',
      'AuditPlanned',
    ]);
  });

  it('show the days of the next twelve months, and refuse a rule that would leave some out', async () => {
    const quarterly = { rule: 'FREQ=MONTHLY;INTERVAL=3', anchor: 'schedule' };
    const path = await plan({ kind: 'drill', name: '訓練', recurrence: quarterly, dueOn: '2030-02-10' });
    expect((await kept(path)).upcoming).toEqual(['2030-02-10', '2030-05-10', '2030-08-10', '2030-11-10']);
    const refused = await drafter.post('/api/audits', {
      ...{ kind: 'drill', name: '訓練', dueOn: '2030-03-31', recurrence: { rule: 'FREQ=MONTHLY', anchor: 'schedule' } },
    });
    expect(refused.body).toMatchObject({ status: 422, title: 'RecurrenceSkipsMonths', day: 31 });
    expect(refused.body.detailJa).toContain('BYMONTHDAY=-1');
  });

  it('bring a diagnosis forward when a published edition changes the network, and count a review from the approval', async () => {
    const citedBy = [{ disclosureId, itemKey: 'II-2' }];
    const yearly = { rule: 'FREQ=MONTHLY;INTERVAL=12' };
    const scan = await plan({
      ...{ kind: 'vulnerabilityScan', name: '脆弱性診断', citedBy, dueOn: '2030-11-30' },
      recurrence: { ...yearly, anchor: 'lastPerformed' },
    });
    const review = await plan({
      ...{ kind: 'documentReview', name: '文書見直し', citedBy, dueOn: '2030-06-30' },
      recurrence: { ...yearly, anchor: 'lastApproval' },
    });
    expect((await kept(scan)).watches).toEqual([{ disclosureId, itemKeys: ['I-9', 'II-3', 'II-8'] }]);

    await publish('II-15', '問い合わせ窓口を改めました。');
    await kept(scan);
    await take(followEditions);
    await until(
      async () => (await kept(review)).dueOn === '2031-01-22',
      () => 'the review did not follow the approval',
    );
    expect(await kept(scan)).toMatchObject({ dueOn: '2030-11-30', broughtForward: null });

    await publish('II-3', '構成を改めました。');
    await take(followEditions);
    await take(followEditions);
    await until(
      async () => (await kept(scan)).dueOn === '2030-02-05',
      () => 'the diagnosis was not brought forward',
    );
    const brought = await kept(scan);
    expect(brought).toMatchObject({
      scheduledOn: '2030-11-30',
      broughtForward: { serviceName: 'みなと地域連携クラウド', edition: 3, itemKeys: ['II-3'] },
    });
    expect(types(brought.history)).toEqual(['AuditBroughtForward', 'AuditPlanned']);
    expect(types((await kept(review)).history)).toEqual([
      'AuditFollowedApproval',
      'AuditFollowedApproval',
      'AuditPlanned',
    ]);

    await drafter.post(`${scan}/performance`, { performedOn: '2030-01-22', result: 'passed' });
    await take(followEditions);
    expect(await kept(scan)).toMatchObject({ dueOn: '2031-01-22', broughtForward: null });
  });

  it('are read by everybody who is signed in, and kept by drafters and administrators', async () => {
    const signatory = await product.signIn(people.management);
    expect((await signatory.get('/api/audits')).status).toBe(200);
    expect((await signatory.get('/api/certificates')).status).toBe(200);
    for (const path of ['/api/audits', '/api/certificates'])
      expect((await signatory.post(path, {})).body.title).toBe('NotAllowed');
    const path = await plan();
    for (const command of ['performance', 'skip', 'cancellation'])
      expect((await signatory.post(`${path}/${command}`, {})).status).toBe(403);
  });

  /** The ids of a register, read two at a time. */
  const pagesOf = async (register: 'certificates' | 'audits'): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const page = await kept(`/api/${register}?size=2&after=${encodeURIComponent(next)}`);
      expect(page[register].length).toBeLessThanOrEqual(2);
      ids.push(...page[register].map(({ id }: { id: string }) => id));
      next = page.next;
    }
    return ids;
  };

  it('list certificates page by page, those that lapse first at the top and those withdrawn at the end', async () => {
    const first = await register({ validFrom: '2001-01-25', validUntil: '2002-01-24', issuedOn: '2001-01-20' });
    const withdrawn = await register({ validFrom: '2001-01-25', validUntil: '2001-06-24', issuedOn: '2001-01-20' });
    expect((await drafter.post(`${withdrawn}/withdrawal`, { reason: '登録の誤り' })).status).toBe(200);
    const { certificates, next } = await kept('/api/certificates');
    const ids = certificates.map(({ id }: { id: string }) => id);
    const [last] = certificates.slice(-1);
    expect([next, ids[0], last.status]).toEqual([null, first.split('/').at(-1), 'withdrawn']);
    const days = certificates
      .filter(({ status }: { status: string }) => status !== 'withdrawn')
      .map(({ validUntil }: { validUntil: string }) => validUntil);
    expect(days).toEqual([...days].sort());
    expect(await pagesOf('certificates')).toEqual(ids);
    expect((await drafter.get('/api/certificates?size=1000')).status).toBe(400);
  });

  it('list audits with the overdue first and the cancelled last', async () => {
    const overdue = await plan({ dueOn: '2030-01-10' });
    const { audits } = await kept('/api/audits');
    expect(audits[0]).toMatchObject({ id: overdue.split('/').at(-1), status: 'overdue', daysLeft: -12 });
    const rank = ['overdue', 'planned', 'completed', 'cancelled'];
    const ranks = audits.map(({ status }: { status: string }) => rank.indexOf(status));
    expect(ranks).toEqual([...ranks].sort());
    expect(await pagesOf('audits')).toEqual(audits.map(({ id }: { id: string }) => id));
    expect((await drafter.get('/api/audits/nothing')).status).toBe(404);
    expect((await drafter.post('/api/audits/nothing/skip', { reason: '-' })).body.title).toBe('UnknownAudit');
  });
});
