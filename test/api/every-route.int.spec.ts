import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { png } from '@app/blob-store/pictures.testing';
import { checkReadModels } from '@app/projections';
import { readModels } from '@app/runtime';
import request from 'supertest';
import { z } from 'zod';
import { password, startProduct, type Person, type Product } from '../setup/product';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
type Operation = {
  readonly responses: {
    readonly [status: string]: { readonly content?: { readonly 'application/json'?: { readonly schema: JsonSchema } } };
  };
};
type Browser = Awaited<ReturnType<Product['signIn']>>;

const sample = readFileSync(join(__dirname, '..', '..', 'libs', 'demo', 'disclosure-edition-1.md'));
const methodsThatChange = ['post', 'put', 'patch', 'delete'] as const;

/** Every route, as the product describes itself; so that a route that is added later is held to the same. */
describe('every route', () => {
  let product: Product;
  let administrator: Person;
  let browser: Browser;
  let routes: { readonly method: string; readonly path: string; readonly operation: Operation }[];
  /** What stands in the braces of a path. */
  let named: { readonly [name: string]: string };
  let certificateId: string;
  let auditId: string;

  const addressOf = (path: string): string => {
    const register = { '/api/certificates/': certificateId, '/api/audits/': auditId };
    const [, id = named['id']] = Object.entries(register).find(([prefix]) => path.startsWith(prefix)) ?? [];
    const own: Readonly<Record<string, string | undefined>> = { ...named, id };
    return path.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = own[name];
      if (value === undefined) throw new Error(`This spec does not know what ${name} of ${path} may be`);
      return value;
    });
  };

  beforeAll(async () => {
    product = await startProduct();
    const register = product.register;
    administrator = await register('administrator', '管理 花子', ['administrator', 'drafter']);
    const privacy = await register('privacy', '保護 一郎', ['signatory']);
    const management = await register('management', '管理 三郎', ['signatory']);
    await product.appoint(privacy, 'privacyOfficer', '部門長');
    await product.appoint(management, 'managementOfficer', '本部長');
    browser = await product.signIn(administrator);
    const { paths } = (await browser.get('/api/openapi.json')).body as {
      paths: { [path: string]: { [method: string]: Operation } };
    };
    routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
    );

    const id: string = (await browser.upload('/api/imports?fileName=sample.md&service=minato', sample)).body
      .disclosureId;
    const disclosure = `/api/disclosures/${id}`;
    const { sha256 } = (await browser.upload('/api/figures', png(40, 30), 'image/png')).body;
    const change = async (words: string) => {
      const causes = [{ type: 'correction', note: '表記' }];
      await browser.post(`${disclosure}/revision`, { causes });
      const [part] = (await browser.get(disclosure)).body.parts;
      const content = [{ type: 'paragraph', content: [{ type: 'text', text: words }] }];
      const edit = { body: { type: 'doc', content }, basedOn: part.items[0].bodyHash };
      await browser.put(`${disclosure}/items/${part.items[0].itemKey}`, edit);
      await browser.put(`${disclosure}/revision/description`, { historyText: words, causes });
      for (const { id: findingId, severity } of (await browser.get(disclosure)).body.findings) {
        if (severity === 'blocking')
          await browser.post(`${disclosure}/revision/waivers`, { findingId, reason: '次版' });
      }
      await browser.post(`${disclosure}/revision/submission`);
      return (await browser.get(disclosure)).body.revision.contentHash as string;
    };
    const sign = async (person: Person, contentHash: string) => {
      const signing = { contentHash, password, comment: '確認しました。' };
      expect((await (await product.signIn(person)).post(`${disclosure}/revision/signatures`, signing)).status).toBe(
        200,
      );
    };
    // An edition that was signed and published, and a revision after it that one of two has signed.
    const first = await change('誤記を改めました。');
    await sign(privacy, first);
    await sign(management, first);
    const dates = { issuedOn: '2030-01-10', effectiveOn: '2030-01-10', reasonForPastDate: '遅れて登録' };
    expect((await browser.post(`${disclosure}/revision/publication`, dates)).status).toBe(200);
    await sign(privacy, await change('別の誤記も改めました。'));
    const { body: certificate } = await browser.post('/api/certificates', {
      kind: 'isms',
      name: 'ISMS認証',
      number: 'ZZ-0001',
      body: '審査機関株式会社',
      validFrom: '2023-01-25',
      validUntil: '2026-01-24',
      citedBy: [{ disclosureId: id, itemKey: 'I-7' }],
    });
    ({ certificateId } = certificate);
    const once = { kind: 'internalAudit', name: '内部監査', recurrence: null, dueOn: '2031-01-24' };
    ({ auditId } = (await browser.post('/api/audits', once)).body);
    for (const entry of [`certificates/${certificateId}`, `audits/${auditId}`])
      expect((await browser.upload(`/api/${entry}/evidence?fileName=a.png`, png(40, 30), 'image/png')).status).toBe(
        201,
      );
    await product.mail(({ subject }) => subject?.includes('ISMS認証') === true);

    const { editions } = (await browser.get(disclosure)).body;
    const said = { itemKey: 'I-1', quote: null, text: '根拠も書けますか。', mentions: [privacy.id], replyTo: null };
    const { commentId } = (await browser.post(`${disclosure}/comments`, said)).body;
    const { fileId } = (await browser.upload(`${disclosure}/proposals?fileName=sample.md`, sample)).body;
    const others = {
      commentId,
      fileId,
      index: '0',
      deputationId: 'none',
      templateId: 'standard',
      ruleId: 'none',
      key: 'none',
      feedId: 'none',
      readerId: 'none',
      followUpId: 'none',
      rungId: 'none',
      tab: 'none',
      subject: 'none',
      kind: 'none',
      version: '2',
      format: 'html',
    };
    named = { disclosureId: id, id, itemKey: 'I-1', number: String(editions.at(-1).number), sha256, ...others };
  });
  afterAll(() => product?.close());

  it('that is asked answers in the shape that it declares', async () => {
    const wrong: string[] = [];
    let parsed = 0;
    for (const { method, path, operation } of routes.filter(({ method: verb }) => verb === 'get')) {
      const response = await browser.get(addressOf(path));
      const schema = operation.responses['200']?.content?.['application/json']?.schema;
      if (response.status !== 200) wrong.push(`${method} ${path} answers ${response.status}`);
      if (schema === undefined) continue; // a file
      parsed += 1;
      const checked = z.fromJSONSchema(schema, { defaultTarget: 'openapi-3.0' }).safeParse(response.body);
      if (!checked.success) wrong.push(`${path}: ${z.prettifyError(checked.error)}`);
    }
    expect(wrong).toEqual([]);
    expect(parsed).toBeGreaterThan(12);
  });

  it('that is asked changes nothing: whatever opens a link in a mail before its reader does', async () => {
    const told = () =>
      product.database.dataSource.query<unknown[]>(
        `select stream, max(version) from events where stream ~ '^(disclosure|organization|routes)-' group by stream order by 1`,
      );
    const before = await told();
    expect(before.length).toBeGreaterThan(1);
    for (const { path } of routes.filter(({ method }) => method === 'get')) await browser.get(addressOf(path));
    expect(await told()).toEqual(before);
  });

  it('that changes something wants a session, and the token that only its own pages know', async () => {
    const agent = request.agent(product.address);
    const signedIn = await agent.post('/api/session').send({ address: administrator.address, password });
    expect(signedIn.status).toBe(200);
    // Who signs in, or chooses a password through the link in a mail, has no session yet.
    const withoutSession = ['post /api/session', 'post /api/session/password-choice'];
    const changing = routes.filter(
      ({ method, path }) => method !== 'get' && !withoutSession.includes(`${method} ${path}`),
    );
    expect(changing.length).toBeGreaterThan(20);
    for (const { method, path } of changing) {
      const verb = methodsThatChange.find((each) => each === method);
      if (verb === undefined) throw new Error(`This spec does not know ${method}`);
      const stranger = await request(product.address)[verb](addressOf(path));
      const without = await agent[verb](addressOf(path));
      const forged = await agent[verb](addressOf(path)).set('x-csrf-token', 'f'.repeat(43));
      const answers = [stranger, without, forged].map(({ body }) => body.title);
      expect([path, ...answers]).toEqual([path, 'NotSignedIn', 'CsrfTokenMismatch', 'CsrfTokenMismatch']);
    }
  });

  it('under /api is closed to who is not signed in, but for the state of health', async () => {
    const open: string[] = [];
    for (const { path } of routes.filter(({ method }) => method === 'get')) {
      const { status } = await request(product.address).get(addressOf(path));
      if (status !== 401) open.push(path);
    }
    expect(open).toEqual(['/api/health']);
  });

  it('reads from models that a rebuild would leave as they are, to the byte', async () => {
    const { store, database } = product;
    expect(await checkReadModels({ store, dataSource: database.dataSource }, readModels)).toEqual([]);
  });

  it('refuses a character that no table can hold, instead of failing', async () => {
    const answers = [
      await browser.post(`/api/certificates/${certificateId}/withdrawal`, { reason: 'a\u0000b' }),
      await browser.get('/api/disclosures/%00'),
      await browser.get('/d/%00'),
    ];
    expect(answers.map(({ status, body }) => [status, body.title])).toEqual(Array(3).fill([400, 'BadBody']));
  });
});
