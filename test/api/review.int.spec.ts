import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { password, startProduct, type Person, type Product } from '../setup/product';

const sample = readFileSync(join(__dirname, '..', '..', 'libs', 'demo', 'disclosure-edition-1.md'));
type Browser = Awaited<ReturnType<Product['signIn']>>;
type Name = 'administrator' | 'drafter' | 'privacy' | 'privacyToo' | 'management' | 'operations' | 'deputy' | 'reader';

/** A route of five steps as a company might have it, lived through over HTTP with worker, mails and PostgreSQL. */
describe('a review in several steps', () => {
  let product: Product;
  let people: Record<Name, Person>;
  let browsers: Record<Name, Browser>;
  let id: string;
  const today = () => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);

  const show = async (as: Name = 'drafter') => (await browsers[as].get(`/api/disclosures/${id}`)).body;
  const post = (as: Name, path: string, body?: object) => browsers[as].post(`/api/disclosures/${id}/${path}`, body);
  const hash = async () => (await show()).revision.contentHash as string;
  const sign = async (as: Name, more: object = {}) =>
    post(as, 'revision/signatures', { contentHash: await hash(), password, ...more });
  const edit = async (itemKey: string, words: string) => {
    const items = (await show()).parts.flatMap((part: { items: object[] }) => part.items);
    const { bodyHash } = items.find((item: { itemKey: string }) => item.itemKey === itemKey);
    const content = [{ type: 'paragraph', content: [{ type: 'text', text: words }] }];
    const answer = await browsers.drafter.put(`/api/disclosures/${id}/items/${itemKey}`, {
      ...{ body: { type: 'doc', content }, basedOn: bodyHash },
    });
    expect(answer.status).toBe(200);
  };
  const mailTo = (person: Person, start: string) =>
    product.mail(({ subject, to }) => subject?.startsWith(start) === true && to?.[0]?.address === person.address);
  const role = (name: string) => ({ kind: 'role', role: name });
  const step = (more: object) => ({ quorum: { kind: 'all' }, dueInBusinessDays: 3, escalation: null, ...more });

  beforeAll(async () => {
    product = await startProduct();
    const register = product.register;
    people = {
      administrator: await register('administrator', '管理 花子', ['administrator']),
      drafter: await register('drafter', '起草 花子', ['drafter']),
      privacy: await register('privacy', '保護 一郎', ['signatory']),
      privacyToo: await register('privacy-too', '保護 二郎', ['signatory']),
      management: await register('management', '管理 三郎', ['signatory']),
      operations: await register('operations', '運用 五郎', ['signatory']),
      deputy: await register('deputy', '代理 四郎', ['signatory']),
      reader: await register('reader', '後閲 六郎', ['auditor']),
    };
    const names = Object.keys(people) as Name[];
    const opened = await Promise.all(names.map((name) => product.signIn(people[name])));
    browsers = Object.fromEntries(names.map((name, index) => [name, opened[index]])) as Record<Name, Browser>;

    const { administrator, drafter } = browsers;
    const appoint = (person: Person, office: string, more: object = {}) =>
      administrator.post('/api/officers/appointments', {
        ...{ role: office, userId: person.id, name: person.name, department: '管理本部', title: '部長' },
        ...{ from: '2025-01-01', alongside: false, ...more },
      });
    for (const answer of [
      await appoint(people.privacy, 'privacyOfficer'),
      await appoint(people.privacyToo, 'privacyOfficer', { alongside: true }),
      await appoint(people.management, 'managementOfficer', { department: '事業本部' }),
      await appoint(people.operations, 'operationsOfficer'),
    ])
      expect([answer.status, answer.body]).toMatchObject([200, {}]);
    id = (await drafter.upload('/api/imports?fileName=sample.md&service=minato', sample)).body.disclosureId;

    const template = await administrator.put('/api/routes/templates/standard', {
      ...{ name: '標準', carryOver: 'untouchedItems', oneSignsTwoSteps: false, basedOn: 1 },
      steps: [
        step({ signatories: [role('privacyOfficer')], meaning: 'review', covers: ['I-1', 'I-2'] }),
        step({ signatories: [role('operationsOfficer')], meaning: 'acknowledgement', covers: 'everything' }),
        step({ signatories: [role('managementOfficer')], meaning: 'approval', covers: 'everything' }),
        step({
          ...{ signatories: [{ kind: 'people', people: [people.reader] }], meaning: 'postReview' },
          ...{ covers: 'everything', quorum: { kind: 'any' } },
        }),
      ],
    });
    expect([template.status, template.body]).toMatchObject([200, {}]);
  });
  afterAll(() => product?.close());

  it('is shown before it is submitted: the route, why each step is in it, who can sign', async () => {
    const causes = [{ type: 'configurationChange' }];
    await post('drafter', 'revision', { causes });
    await edit('I-1', '下図の通り、日本国法のみが適用されます。');
    await browsers.drafter.put(`/api/disclosures/${id}/revision/description`, { historyText: '構成の変更', causes });
    for (const finding of (await show()).findings) {
      if (finding.severity === 'blocking')
        await post('drafter', 'revision/waivers', { findingId: finding.id, reason: '次版で対応' });
    }
    const { body } = await browsers.drafter.get(`/api/disclosures/${id}/submission-preview`);
    expect(body.problem).toBeNull();
    expect(body.routing).toMatchObject({ templateName: '標準', templateVersion: 2 });
    const row = (each: { meaning: string; because: { kind: string }[]; candidates: { name: string }[] }) => [
      each.meaning,
      each.because.map(({ kind }) => kind).join(),
      each.candidates.map(({ name }) => name).join(),
    ];
    expect(body.route.map(row)).toEqual([
      ['review', 'template', '保護 一郎,保護 二郎'],
      ['acknowledgement', 'template', '運用 五郎'],
      ['approval', 'template', '管理 三郎'],
      ['postReview', 'template', '後閲 六郎'],
    ]);
  });

  it('is not submitted when the only holder of an office wrote in it: the names and the reason are said', async () => {
    const appoint = (userId: string, name: string) =>
      browsers.administrator.post('/api/officers/appointments', {
        ...{ role: 'managementOfficer', userId, name, department: '事業本部', title: '本部長' },
        ...{ from: '2025-01-01', alongside: false },
      });
    const { drafter, management } = people;
    expect((await appoint(drafter.id, drafter.name)).status).toBe(200);
    const refused = await post('drafter', 'revision/submission');
    expect([refused.status, refused.body.title]).toEqual([422, 'NobodyMaySign']);
    expect(refused.body.detailJa).toContain('起草 花子さん（この改訂を書いた方）');
    expect(refused.body.steps).toMatchObject([
      { step: 2, candidates: [{ person: { name: '起草 花子' }, why: 'author' }] },
    ]);
    const preview = await browsers.drafter.get(`/api/disclosures/${id}/submission-preview`);
    expect(preview.body.problem).toMatchObject({ type: 'NobodyMaySign', detailJa: refused.body.detailJa });
    expect((await appoint(management.id, management.name)).status).toBe(200);
  });

  it('keeps both of two signatures that are given at once', async () => {
    expect((await post('drafter', 'revision/submission')).status).toBe(200);
    const mail = await mailTo(people.privacy, '【審査依頼】');
    expect(mail.text).toContain('日本国法のみ');
    expect(mail.text).toContain('承知済みの指摘');
    expect(mail.text).toMatch(new RegExp(`/disclosures/${id}/review\\?v=\\d+`));

    const contentHash = await hash();
    const signing = { contentHash, password };
    const answers = await Promise.all(
      (['privacy', 'privacyToo'] as const).map((who) => post(who, 'revision/signatures', signing)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    const { revision } = await show('privacy');
    const latest = revision.signatures.length === 2 ? revision : (await show('privacyToo')).revision;
    expect(latest.signatures.map(({ signer }: { signer: Person }) => signer.name).sort()).toEqual([
      '保護 一郎',
      '保護 二郎',
    ]);
    expect(latest.step).toBe(1);
    // Pressed twice: it was given for the step that was shown, whichever waits by now.
    expect((await post('privacy', 'revision/signatures', { ...signing, step: 0 })).status).toBe(200);
    expect((await post('operations', 'revision/signatures', { ...signing, step: 0 })).body).toMatchObject({
      ...{ title: 'AnotherStepWaits', step: 1 },
    });
  });

  it('is signed by a deputy under a deputation, and both names are kept', async () => {
    await mailTo(people.operations, '【確認依頼】');
    const granted = await browsers.administrator.post('/api/deputations', {
      ...{ principalId: people.operations.id, deputyId: people.deputy.id, roles: 'all', disclosureIds: [id] },
      ...{ from: today(), until: today(), reason: '出張のため' },
    });
    expect([granted.status, granted.body]).toMatchObject([granted.status < 300 ? granted.status : 201, {}]);
    const { revision } = await show('deputy');
    expect(revision.capacities).toMatchObject([
      { onBehalfOf: { name: '運用 五郎' }, statement: expect.stringContaining('運用 五郎の代理として') },
    ]);
    expect((await sign('deputy')).body.title).toBe('NotYourTurn');
    expect((await sign('deputy', { onBehalfOf: people.operations.id })).status).toBe(200);
    expect((await show('deputy')).revision).toMatchObject({
      step: 2,
      signatures: [
        {},
        {},
        {
          signer: { name: '代理 四郎' },
          onBehalfOf: { person: { name: '運用 五郎' }, deputation: { until: today() } },
        },
      ],
    });
  });

  it('is talked about: whoever is mentioned gets a mail, and what is open is shown at the decision', async () => {
    const said = await post('management', 'comments', {
      ...{ itemKey: 'I-3', quote: null, text: '保持期間の根拠は？', mentions: [people.drafter.id] },
    });
    expect(said.status).toBe(201);
    const mail = await mailTo(people.drafter, '【コメント】');
    expect(mail.text).toContain('保持期間の根拠は？');
    expect((await show('management')).revision).toMatchObject({
      comments: [{ id: said.body.commentId, resolved: null }],
      authors: [{ name: '起草 花子' }],
    });
    expect((await browsers.management.get('/api/inbox')).body.forMe).toMatchObject([
      { kind: 'sign', disclosureId: id, meaning: 'approval', due: expect.stringMatching(/^\d{4}-/) },
    ]);
    const inbox = (await browsers.privacy.get('/api/inbox')).body;
    expect(inbox.forOthers).toMatchObject([{ kind: 'waiting', waitingFor: ['管理 三郎'] }]);
    expect(inbox.decided).toMatchObject([{ kind: 'signed', disclosureId: id }]);
  });

  it('comes back from the approval, and what nobody touched stays signed', async () => {
    const { version } = await show('management');
    const unseen = { reason: '別の本文について', contentHash: '0'.repeat(64) };
    for (const path of ['revision/return', 'revision/rejection'])
      expect(await post('management', path, unseen)).toMatchObject({
        ...{ status: 409, body: { title: 'ContentHasChanged', contentHash: await hash() } },
      });
    expect((await post('management', 'revision/return', { reason: '保持期間の根拠を書いてください。' })).status).toBe(
      200,
    );
    await mailTo(people.drafter, '【差戻し】');
    await show('management');
    await edit('I-3', '社内規程に基づき日次で取得し、35日間保持します。');
    expect((await post('drafter', 'revision/submission')).status).toBe(200);

    const { revision } = await show();
    expect(revision.step).toBe(1); // the review of I-1 and I-2 holds; the acknowledgement of everything does not
    expect(revision.signatures).toMatchObject([
      { step: 0, carriedOver: true },
      { step: 0, carriedOver: true },
    ]);
    const moved = (await browsers.drafter.get(`/api/disclosures/${id}/moved?since=${version}`)).body;
    expect(moved).toMatchObject({ moved: true, changedItems: [{ itemKey: 'I-3' }] });
    expect(moved.sentences.join()).toContain('管理 三郎さんが差し戻しました');
  });

  it('shows each signatory only what changed since they signed, or sent it back', async () => {
    const itemsFor = async (who: Name, from: string) =>
      (await browsers[who].get(`/api/disclosures/${id}/comparison?from=${from}`)).body.items.map(
        ({ itemKey }: { itemKey: string }) => itemKey,
      );
    expect(await itemsFor('deputy', 'inForce')).toEqual(['I-1', 'I-3']);
    expect(await itemsFor('deputy', 'lastSigned')).toEqual(['I-3']);
    expect(await itemsFor('operations', 'lastSigned')).toEqual(['I-1', 'I-3']);
    expect((await show('deputy')).revision.lastSigned).toMatchObject({ step: 1 });
    expect(await itemsFor('management', 'lastSigned')).toEqual(['I-3']);
    expect((await show('management')).revision).toMatchObject({ lastSigned: null, lastReturned: { step: 2 } });
  });

  it('goes to somebody else when an administrator says so, with the reason', async () => {
    const asked = { step: 1, from: people.operations.id, to: people.reader.id, reason: '長期休暇のため' };
    expect((await post('drafter', 'revision/reassignments', asked)).status).toBe(403);
    expect(
      (await post('administrator', 'revision/reassignments', { ...asked, to: people.drafter.id })).body,
    ).toMatchObject({
      ...{ title: 'ReplacementMayNotSign', why: 'author' },
    });
    expect(
      (await post('administrator', 'revision/reassignments', { ...asked, to: people.administrator.id })).body,
    ).toMatchObject({ title: 'ReplacementMayNotSign', why: 'oneself' });
    const byThen = { ...asked, to: people.deputy.id };
    expect((await post('administrator', 'revision/reassignments', byThen)).status).toBe(200);
    await mailTo(people.operations, '【担当者の変更】');
    expect((await sign('operations')).body.title).toBe('NotYourTurn');
    const signed = await sign('deputy');
    expect([signed.status, signed.body]).toMatchObject([200, {}]);
  });

  it('is signed by the one who holds the office at that moment, and keeps the names as of then', async () => {
    const successor = people.operations;
    const appointed = await browsers.administrator.post('/api/officers/appointments', {
      ...{ role: 'managementOfficer', userId: successor.id, name: successor.name, department: '新設 事業統括部' },
      ...{ title: '統括部長', from: today(), alongside: false },
    });
    expect(appointed.status).toBe(200);
    expect((await sign('management')).body.title).toBe('NotYourTurn');
    expect((await sign('operations')).status).toBe(200);
    expect((await show('operations')).revision.status).toBe('approved');
    expect((await mailTo(people.reader, '【後閲のお願い】')).text).toMatch(/\/review\?v=\d+|\/editions\/\d+/);

    const published = await post('drafter', 'revision/publication', { issuedOn: today(), effectiveOn: today() });
    expect(published.status).toBe(200);
    // Another reorganisation changes nothing of what was signed.
    await browsers.administrator.post('/api/officers/appointments', {
      ...{ role: 'managementOfficer', userId: people.management.id, name: people.management.name },
      ...{ department: '別の本部', title: '本部長', from: today(), alongside: false },
    });
    const { number } = (await show()).editions.at(-1);
    const edition = (await browsers.drafter.get(`/api/disclosures/${id}/editions/${number}`)).body;
    expect(edition.signatures.at(-1)).toMatchObject({
      ...{ meaning: 'approval', officer: { name: '運用 五郎', department: '新設 事業統括部', title: '統括部長' } },
      statement: `第${number}版の変更箇所と全文を確認し、承認します。`,
    });
    expect(edition.waivers.length).toBeGreaterThan(0);
  });

  it('is read afterwards by whoever the route asks, and the published edition says so', async () => {
    const { number } = (await show()).editions.at(-1);
    expect((await browsers.reader.get('/api/inbox')).body.forMe).toMatchObject([
      { kind: 'postReview', editionNumber: number, step: 3 },
    ]);
    const read = await post('reader', `editions/${number}/post-reviews`, { step: 3, comment: '確認しました。' });
    expect(read.status).toBe(200);
    const edition = (await browsers.reader.get(`/api/disclosures/${id}/editions/${number}`)).body;
    expect(edition.postReviews).toMatchObject([{ reader: { name: '後閲 六郎' }, afterPublication: true }]);
    expect((await browsers.reader.get('/api/inbox')).body).toMatchObject({
      forMe: [],
      decided: [{ kind: 'postReviewed' }],
    });
    // What is printed stays what was published.
    const json = await browsers.reader.get(`/api/disclosures/${id}/editions/${number}/disclosure.json`);
    expect(JSON.parse(json.text).postReviews).toEqual([]);
  });

  describe('of the next revision', () => {
    let asked: number;

    it('does not stand still when the last one missing has left: anybody may record that the step is complete', async () => {
      const causes = [{ type: 'correction' }];
      await post('drafter', 'revision', { causes });
      await edit('I-2', '日次で保管し、週次で検証します。');
      await browsers.drafter.put(`/api/disclosures/${id}/revision/description`, { historyText: '誤記の訂正', causes });
      expect((await post('drafter', 'revision/submission')).status).toBe(200);
      asked = (await show()).version;
      expect((await sign('privacy')).status).toBe(200);
      expect((await show('privacy')).revision).toMatchObject({ step: 0, mayBeCompleted: false });
      expect((await post('privacy', 'revision/completion', { step: 0 })).body.title).toBe('StepNotComplete');

      const yesterday = new Date(Date.now() + 9 * 3_600_000 - 86_400_000).toISOString().slice(0, 10);
      const left = await browsers.administrator.post('/api/officers/endings', {
        ...{ role: 'privacyOfficer', userId: people.privacyToo.id, on: yesterday },
      });
      expect([left.status, left.body]).toMatchObject([200, {}]);
      const answer = await post('privacy', 'revision/completion', { step: 0 });
      expect([answer.status, answer.body]).toMatchObject([200, {}]);
      expect((await show('privacy')).revision).toMatchObject({ step: 1, mayBeCompleted: false });
      const { entries } = (await browsers.privacy.get(`/api/activity?disclosureId=${id}&limit=1`)).body;
      expect(entries[0].sentence).toMatch(
        /^第1段階の署名がそろいました（責任者の異動により、.*保護 一郎さんで、全員が署名済み）。$/,
      );
    });

    it('keeps the route that it was submitted over when the template is edited meanwhile', async () => {
      const { route, routing, step: waits } = (await show('privacy')).revision;
      expect([routing.templateVersion, route.length, waits]).toEqual([2, 4, 1]);
      const edited = await browsers.administrator.put('/api/routes/templates/standard', {
        ...{ name: '短い経路', carryOver: 'none', oneSignsTwoSteps: true, basedOn: 2 },
        steps: [step({ signatories: [role('managementOfficer')], meaning: 'approval', covers: 'everything' })],
      });
      expect([edited.status, edited.body]).toMatchObject([200, {}]);
      expect((await show('administrator')).revision).toMatchObject({ status: 'inReview', route, routing, step: waits });
      expect((await browsers.administrator.get('/api/routes')).body.templates).toMatchObject([{ version: 3 }]);
    });

    it('is withdrawn by an administrator when the submitter has left, with the reason; links say what became of it', async () => {
      const withdraw = (reason?: string) =>
        post('administrator', 'revision/withdrawal', reason === undefined ? undefined : { reason });
      expect((await show('administrator')).submitterHasLeft).toBe(false);
      expect((await withdraw('提出者の退職')).body.title).toBe('NotTheSubmitter');
      const moved = async () => (await browsers.privacy.get(`/api/disclosures/${id}/moved?since=${asked}`)).body;
      expect((await moved()).outcome).toBeNull();

      expect((await browsers.administrator.post(`/api/users/${people.drafter.id}/disable`)).status).toBe(200);
      expect((await show('administrator')).submitterHasLeft).toBe(true);
      expect((await withdraw()).body.title).toBe('ReasonMissing');
      const answer = await withdraw('提出者の退職');
      expect([answer.status, answer.body]).toMatchObject([200, {}]);
      expect((await moved()).outcome).toMatchObject({
        ...{ kind: 'withdrawn', by: { name: '管理 花子' }, reason: '提出者の退職' },
      });
      await mailTo(people.operations, '【取下げ】');
    });
  });
});
