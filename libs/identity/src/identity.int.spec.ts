import { CLOCK, EVENT_STORE, MemoryEventStore } from '@app/event-sourcing';
import { AnyoneSignedIn, Public, ReadCaller, useProduct, type Caller } from '@app/http';
import { mailMigrations } from '@app/mail';
import { Controller, Get, Global, Module, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import { randomUUID } from 'node:crypto';
import request, { type Response } from 'supertest';
import { DataSource } from 'typeorm';
import { createTestDatabase, type TestDatabase } from '../../../test/setup/database';
import {
  accountsOf,
  accountsWithRole,
  assertEveryRouteSaysWhoMayCall,
  IdentityApiModule,
  identityMigrations,
  identityProjections,
  mailPreferenceOf,
  OFFICES_OF,
  PasswordCheck,
  registerUser,
  type NewUser,
} from './index';

const START = Date.parse('2030-01-02T09:00:00.000Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PASSWORD = 'correct horse battery';

@Controller('api/probe')
class ProbeController {
  @Get('silent')
  silent() {
    return 'nobody may read this';
  }

  @Get('public')
  @Public()
  public() {
    return { open: true };
  }

  @Post('public')
  @Public()
  publicPost() {
    return { done: true };
  }

  @Get('caller')
  @AnyoneSignedIn()
  caller(@ReadCaller() { by, roles, at }: Caller) {
    return { by, roles, at };
  }

  @Post('work')
  @AnyoneSignedIn()
  work() {
    return { done: true };
  }
}

@Controller('api/well-kept')
@Public()
class WellKeptController {
  @Get()
  read() {
    return {};
  }
}

let database: TestDatabase;
let store: MemoryEventStore;
let app: NestExpressApplication;
let now: number;
const clock = () => new Date(now);

const startApp = async (
  controllers: readonly (new () => object)[],
  publicUrl = 'https://kaijisho.example.jp',
): Promise<NestExpressApplication> => {
  @Global()
  @Module({
    providers: [
      { provide: EVENT_STORE, useValue: store },
      { provide: CLOCK, useValue: clock },
      { provide: DataSource, useValue: database.dataSource },
      { provide: OFFICES_OF, useValue: async (userId: string) => (userId === 'yamada' ? ['privacyOfficer'] : []) },
    ],
    exports: [EVENT_STORE, CLOCK, DataSource, OFFICES_OF],
  })
  class RuntimeModule {}

  const module = await Test.createTestingModule({
    imports: [RuntimeModule, IdentityApiModule],
    controllers: [...controllers],
  }).compile();
  const started = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  useProduct(started, { clock, publicUrl, trustProxy: true });
  return started.init();
};

beforeAll(async () => {
  database = await createTestDatabase([...identityMigrations, ...mailMigrations]);
});
afterAll(() => database.close());

beforeEach(async () => {
  now = START;
  store = new MemoryEventStore();
  await database.asOwner('truncate account, credential, session, sign_in_attempt, user_access, outgoing_mail');
  app = await startApp([ProbeController]);
});
afterEach(() => app.close());

const register = async (user: Partial<NewUser> & { id: string }) => {
  const registered = await registerUser(
    { store, dataSource: database.dataSource, now: clock },
    {
      loginName: user.id,
      name: '山田 葉子',
      address: `${user.id}@example.jp`,
      password: PASSWORD,
      roles: [],
      ...user,
    },
  );
  expect(registered).toMatchObject({ outcome: 'accepted', id: user.id });
};

/** What a browser keeps of a session, and how it asks. */
type Browser = { readonly cookie: string; readonly csrf: string };

const signIn = (name: string, password = PASSWORD, ip = '192.0.2.1') =>
  request(app.getHttpServer()).post('/api/session').set('x-forwarded-for', ip).send({ loginName: name, password });

const cookieFrom = (response: Response): string => String(response.headers['set-cookie']?.[0]).split(';')[0] ?? '';

const signedInAs = async (name: string): Promise<Browser> => {
  const response = await signIn(name);
  expect(response.status).toBe(200);
  return { cookie: cookieFrom(response), csrf: response.body.csrfToken };
};

const get = (browser: Browser, path: string) => request(app.getHttpServer()).get(path).set('cookie', browser.cookie);
const send = (browser: Browser, method: 'post' | 'put' | 'delete', path: string) =>
  request(app.getHttpServer())[method](path).set('cookie', browser.cookie).set('x-csrf-token', browser.csrf);

const projected = async () => {
  for (const { apply } of identityProjections)
    await apply(await store.readAll(null, 1000), database.dataSource.manager);
};

const failTimes = async (times: number, name: string, ip?: string): Promise<Response> => {
  let last: Response | undefined;
  for (let n = 0; n < times; n++) last = await signIn(name, 'not the password', ip);
  if (!last) throw new Error('at least one attempt is needed');
  return last;
};

describe('signing in', () => {
  beforeEach(() => register({ id: 'yamada', roles: ['drafter'] }));

  it('opens a session in a cookie that scripts, other sites and plain HTTP do not get', async () => {
    const response = await signIn('yamada');
    expect(response.status).toBe(200);
    expect(response.body).toEqual({
      user: { id: 'yamada', name: '山田 葉子', roles: ['drafter'] },
      csrfToken: expect.any(String),
      offices: ['privacyOfficer'],
    });
    expect(response.headers['set-cookie']?.[0]).toMatch(/^__Host-kaijisho_session=[\w-]{43}; /);
    for (const attribute of ['HttpOnly', 'SameSite=Lax', 'Path=/', 'Secure']) {
      expect(response.headers['set-cookie']?.[0]).toContain(attribute);
    }
    const browser = { cookie: cookieFrom(response), csrf: response.body.csrfToken };
    expect((await get(browser, '/api/session')).body).toEqual(response.body);
  });

  it('works without Secure where the product is tried on plain HTTP', async () => {
    const local = await startApp([], 'http://localhost:3000');
    const response = await request(local.getHttpServer())
      .post('/api/session')
      .send({ loginName: 'yamada', password: PASSWORD });
    expect(response.headers['set-cookie']?.[0]).toMatch(/^kaijisho_session=/);
    expect(response.headers['set-cookie']?.[0]).not.toContain('Secure');
    await local.close();
  });

  it('takes the mail address as well, in any case of letters', async () => {
    expect((await signIn('Yamada@Example.JP')).status).toBe(200);
    const byAddress = { address: 'yamada@example.jp', password: PASSWORD };
    expect((await request(app.getHttpServer()).post('/api/session').send(byAddress)).status).toBe(200);
  });

  it('needs a name and a password', async () => {
    const response = await request(app.getHttpServer()).post('/api/session').send({ password: PASSWORD });
    expect(response.status).toBe(400);
    expect(response.body.issues).toEqual([{ field: 'loginName', message: expect.any(String) }]);
  });

  it('says the same of a wrong password, an unknown name and a disabled account', async () => {
    await register({ id: 'admin', roles: ['administrator'] });
    await register({ id: 'suzuki' });
    await send(await signedInAs('admin'), 'post', '/api/users/suzuki/disable').expect(200);

    const answers = [await signIn('yamada', 'wrong'), await signIn('nobody', 'wrong'), await signIn('suzuki')];
    for (const { status, body, headers } of answers) {
      expect(status).toBe(401);
      expect(body).toEqual(answers[0]?.body);
      expect(headers['set-cookie']).toBeUndefined();
    }
    expect(answers[0]?.body.detailJa).toContain('サインインできませんでした');
  });

  it('gives every session a token of its own and stores none of them', async () => {
    const [one, other] = [await signedInAs('yamada'), await signedInAs('yamada')];
    expect(one.cookie).not.toBe(other.cookie);
    expect(one.csrf).not.toBe(other.csrf);
    const rows = JSON.stringify(await database.dataSource.query('select * from session, credential'));
    for (const secret of [one.cookie, other.cookie, one.csrf, PASSWORD])
      expect(rows).not.toContain(secret.split('=').at(-1));
    expect(rows).toContain('$argon2id$v=19$m=19456,');
  });

  it('ends the session that the browser had before', async () => {
    const before = await signedInAs('yamada');
    await signIn('yamada').set('cookie', before.cookie).expect(200);
    await get(before, '/api/session').expect(401);
  });

  it('puts no personal data and no credential into events', async () => {
    const events = JSON.stringify((await store.readAll(null, 100)).map(({ data }) => data));
    for (const personal of ['山田', 'example.jp', PASSWORD]) expect(events).not.toContain(personal);
  });
});

describe('a session', () => {
  beforeEach(() => register({ id: 'yamada' }));

  it('ends with signing out, for this browser only', async () => {
    const [here, there] = [await signedInAs('yamada'), await signedInAs('yamada')];
    const response = await send(here, 'delete', '/api/session').expect(204);
    expect(response.headers['set-cookie']?.[0]).toMatch(/^__Host-kaijisho_session=;.*Expires=Thu, 01 Jan 1970/);
    await get(here, '/api/session').expect(401);
    await get(there, '/api/session').expect(200);
  });

  it('keeps how its user wants mails about reviews', async () => {
    const path = '/api/session/mail-preference';
    const browser = await signedInAs('yamada');
    expect((await get(browser, path).expect(200)).body).toEqual({ reviewMails: 'each' });
    await send(browser, 'put', path).send({ reviewMails: 'daily' }).expect(200);
    await send(browser, 'put', path).send({ reviewMails: 'never' }).expect(400);
    expect((await get(await signedInAs('yamada'), path)).body).toEqual({ reviewMails: 'daily' });
    expect(await mailPreferenceOf(database.dataSource, 'yamada')).toBe('daily');
    expect(await mailPreferenceOf(database.dataSource, 'nobody')).toBe('each');
  });

  it('ends after twelve hours without a request', async () => {
    const browser = await signedInAs('yamada');
    now += 12 * HOUR - 1;
    await get(browser, '/api/session').expect(200);
    now += 12 * HOUR - 1;
    await get(browser, '/api/session').expect(200);
    now += 12 * HOUR;
    const response = await get(browser, '/api/session').expect(401);
    expect(response.body).toMatchObject({ title: 'NotSignedIn', detailJa: expect.stringContaining('期限') });
  });

  it('ends after seven days, however much it is used', async () => {
    const browser = await signedInAs('yamada');
    for (let passed = 0; passed + 6 * HOUR < 7 * 24 * HOUR; passed += 6 * HOUR) {
      now += 6 * HOUR;
      await get(browser, '/api/session').expect(200);
    }
    now = START + 7 * 24 * HOUR;
    await get(browser, '/api/session').expect(401);
  });

  it('is not opened by a token that somebody made up, or by what is stored', async () => {
    await signedInAs('yamada');
    const [row] = await database.dataSource.query<{ id: string }[]>('select id from session');
    await get({ cookie: `__Host-kaijisho_session=${row?.id}`, csrf: '' }, '/api/session').expect(401);
    await get({ cookie: '__Host-kaijisho_session=', csrf: '' }, '/api/session').expect(401);
  });

  it('tells the controllers who calls, by the injected clock', async () => {
    const browser = await signedInAs('yamada');
    now += HOUR;
    expect((await get(browser, '/api/probe/caller')).body).toEqual({
      by: { id: 'yamada', name: '山田 葉子' },
      roles: [],
      at: '2030-01-02T10:00:00.000Z',
    });
  });

  it('ends when the account row is erased', async () => {
    const browser = await signedInAs('yamada');
    await database.dataSource.query('delete from account');
    await get(browser, '/api/session').expect(401);
  });
});

describe('guessing passwords', () => {
  beforeEach(() => register({ id: 'yamada' }));

  it('stops after ten attempts, even with the right password, and time opens it again', async () => {
    expect((await failTimes(10, 'yamada')).status).toBe(401);
    now += 5 * MINUTE;
    const refused = await signIn('yamada');
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toBe('600');
    expect(refused.body).toMatchObject({ title: 'TooManyRequests', retryAfter: 600 });
    now += 10 * MINUTE - 1;
    await signIn('yamada').expect(429);
    now += 1;
    await signIn('yamada').expect(200);
  });

  it('is forgotten after a success', async () => {
    await failTimes(9, 'yamada');
    await signIn('yamada').expect(200);
    expect((await failTimes(10, 'yamada')).status).toBe(401);
    await signIn('yamada').expect(429);
  });

  it('is counted however the name is written', async () => {
    await failTimes(5, 'yamada');
    await failTimes(5, ' YAMADA ');
    await signIn('yamada').expect(429);
  });

  it('is answered alike for names that do not exist', async () => {
    const [known, unknown] = [await failTimes(11, 'yamada'), await failTimes(11, 'nobody')];
    expect(unknown.status).toBe(429);
    expect(unknown.body).toEqual(known.body);
  });

  it('leaves other accounts alone', async () => {
    await register({ id: 'suzuki' });
    await failTimes(11, 'yamada');
    await signIn('suzuki').expect(200);
  });

  it('lets no more than ten of many attempts at once be heard', async () => {
    const answers = await Promise.all(Array.from({ length: 15 }, () => signIn('yamada', 'wrong')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
  });

  it('is stopped per network too, while a success there costs nothing', async () => {
    const almost = (key: string) =>
      database.dataSource.query('insert into sign_in_attempt values ($1, 99, $2)', [`network:${key}`, clock()]);
    await almost('192.0.2.9');
    await almost('2001:db8:0:1::/64');
    await signIn('yamada', PASSWORD, '192.0.2.9').expect(200);
    await signIn('nobody', 'wrong', '192.0.2.9').expect(401);
    await signIn('yamada', PASSWORD, '192.0.2.9').expect(429);
    await signIn('nobody', 'wrong', '2001:db8:0:1::1').expect(401);
    await signIn('yamada', PASSWORD, '2001:db8:0:1:ffff::2').expect(429);
    await signIn('yamada', PASSWORD, '192.0.2.10').expect(200);
  });

  it('survives a restart', async () => {
    await failTimes(10, 'yamada');
    await app.close();
    app = await startApp([ProbeController]);
    await signIn('yamada').expect(429);
  });
});

describe('confirming with the password', () => {
  beforeEach(() => register({ id: 'yamada' }));

  it('knows right from wrong, and is throttled without touching sign-in', async () => {
    const check = app.get(PasswordCheck);
    expect(await check.verify('yamada', PASSWORD)).toBe('ok');
    expect(await check.verify('nobody', PASSWORD)).toBe('wrong');
    for (let n = 0; n < 10; n++) expect(await check.verify('yamada', 'wrong')).toBe('wrong');
    expect(await check.verify('yamada', PASSWORD)).toBe('throttled');
    await signIn('yamada').expect(200);
    now += 15 * MINUTE;
    expect(await check.verify('yamada', PASSWORD)).toBe('ok');
  });

  it('takes the same characters composed otherwise', async () => {
    await register({ id: 'suzuki', password: 'パスワード・ガギグ' });
    expect(await app.get(PasswordCheck).verify('suzuki', 'パスワード・ガギグ'.normalize('NFD'))).toBe('ok');
  });
});

describe("changing one's own password", () => {
  beforeEach(() => register({ id: 'yamada' }));
  const change = (browser: Browser, currentPassword: string, newPassword: string) =>
    send(browser, 'post', '/api/session/password').send({ currentPassword, newPassword });

  it('needs the current one, ends the other sessions and keeps this one', async () => {
    const [here, there] = [await signedInAs('yamada'), await signedInAs('yamada')];
    expect((await change(here, 'wrong', 'a longer new one').expect(422)).body.title).toBe('WrongPassword');
    await get(there, '/api/session').expect(200);
    await change(here, PASSWORD, 'a longer new one').expect(204);
    await get(here, '/api/session').expect(200);
    await get(there, '/api/session').expect(401);
    await signIn('yamada', PASSWORD).expect(401);
    await signIn('yamada', 'a longer new one').expect(200);
  });

  it('takes none under ten characters', async () => {
    const browser = await signedInAs('yamada');
    expect((await change(browser, PASSWORD, 'nine char').expect(422)).body).toMatchObject({
      title: 'PasswordTooShort',
      detailJa: 'パスワードは10文字以上にしてください。',
    });
    await change(browser, PASSWORD, 'ten chars!').expect(204);
  });
});

describe('a password that an administrator resets', () => {
  let admin: Browser;
  beforeEach(async () => {
    await register({ id: 'admin', name: '管理 花子', roles: ['administrator'] });
    await register({ id: 'yamada' });
    admin = await signedInAs('admin');
  });
  const reset = (id = 'yamada', as = admin) => send(as, 'post', `/api/users/${id}/password-reset`);
  const mails = () =>
    database.dataSource.query<{ recipient_address: string; text: string; id: string }[]>(
      'select * from outgoing_mail order by created_at',
    );
  const mailedToken = async (): Promise<string> => {
    const text = (await mails()).at(-1)?.text ?? '';
    return /^https:\/\/kaijisho\.example\.jp\/password-reset#(\S+)$/m.exec(text)?.[1] ?? '';
  };
  const choose = (token: string, newPassword = 'a longer new one') =>
    request(app.getHttpServer()).post('/api/session/password-choice').send({ token, newPassword });

  it('is void at once, and the sessions end; its owner chooses the next one through the link that is mailed', async () => {
    const before = await signedInAs('yamada');
    await reset().expect(200);
    await get(before, '/api/session').expect(401);
    await signIn('yamada').expect(401);
    expect(await app.get(PasswordCheck).verify('yamada', PASSWORD)).toBe('wrong');

    expect(await mails()).toMatchObject([{ recipient_address: 'yamada@example.jp' }]);
    const token = await mailedToken();
    await choose(token).expect(204);
    await signIn('yamada').expect(401);
    await signIn('yamada', 'a longer new one').expect(200);
    expect((await choose(token, 'another new one').expect(422)).body.title).toBe('ResetLinkInvalid');
  });

  it('is recorded with who did it, and the administrator gets to know no password and no link', async () => {
    const answer = await reset().expect(200);
    const token = await mailedToken();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify(answer.body)).not.toContain(token);
    const rows = JSON.stringify(await database.dataSource.query('select * from credential'));
    expect(rows).not.toContain(token);
    const events = await store.read('user-yamada');
    expect(events.at(-1)).toMatchObject({
      ...{ type: 'PasswordReset', data: { by: { id: 'admin', name: '管理 花子' } } },
      metadata: { actor: { id: 'admin' } },
    });
    expect(JSON.stringify(events)).not.toContain(token);
  });

  it('is chosen within a day, and long enough', async () => {
    await reset();
    const token = await mailedToken();
    expect((await choose(token, 'nine char').expect(422)).body.title).toBe('PasswordTooShort');
    now += 24 * HOUR;
    expect((await choose(token).expect(422)).body.detailJa).toContain('もう一度依頼');
    await choose('made up').expect(422);
    await signIn('yamada', 'a longer new one').expect(401);
  });

  it('has one link: a second reset makes the first void', async () => {
    await reset();
    const first = await mailedToken();
    now += MINUTE;
    await reset();
    await choose(first).expect(422);
    await choose(await mailedToken()).expect(204);
  });

  it("is nobody else's, not of a disabled user, not of nobody, and not by who is no administrator", async () => {
    expect((await reset('admin').expect(409)).body.title).toBe('OwnPassword');
    expect((await reset('nobody').expect(404)).body.title).toBe('UnknownUser');
    await reset('admin', await signedInAs('yamada')).expect(403);
    await send(admin, 'post', '/api/users/yamada/disable').expect(200);
    expect((await reset().expect(409)).body.title).toBe('UserIsDisabled');
    expect(await mails()).toEqual([]);
  });
});

describe('a request that changes something', () => {
  let browser: Browser;
  beforeEach(async () => {
    await register({ id: 'yamada' });
    browser = await signedInAs('yamada');
  });
  const work = () => send(browser, 'post', '/api/probe/work');

  it('is carried out with the token of its own session only', async () => {
    await work().expect(201);
    const other = await signedInAs('yamada');
    const answers = [
      await work().unset('x-csrf-token'),
      await work().set('x-csrf-token', ''),
      await work().set('x-csrf-token', other.csrf),
    ];
    for (const { status, body } of answers) expect([status, body.title]).toEqual([403, 'CsrfTokenMismatch']);
  });

  it('is refused from another site, whatever it carries', async () => {
    const answers = [
      await work().set('sec-fetch-site', 'cross-site'),
      await work().set('origin', 'https://evil.example'),
      await work().set('origin', 'http://kaijisho.example.jp'),
      await work().set('origin', 'null'),
      await send(browser, 'delete', '/api/session').set('origin', 'https://evil.example'),
    ];
    for (const { status, body } of answers) expect([status, body.title]).toEqual([403, 'CrossSiteRequest']);
    await get(browser, '/api/session').expect(200);
  });

  it('is carried out from the public address and from the host that was asked', async () => {
    await work().set('origin', 'https://kaijisho.example.jp').set('sec-fetch-site', 'same-origin').expect(201);
    await work().set('host', '192.168.0.7:3000').set('origin', 'http://192.168.0.7:3000').expect(201);
  });

  it('is refused from another site even where nobody signs in, signing in included', async () => {
    await request(app.getHttpServer()).post('/api/probe/public').set('origin', 'https://evil.example').expect(403);
    await signIn('yamada').set('sec-fetch-site', 'cross-site').expect(403);
    await request(app.getHttpServer()).post('/api/probe/public').expect(201);
  });

  it('needs a session before anything else', async () => {
    const response = await request(app.getHttpServer()).post('/api/probe/work').expect(401);
    expect(response.body.title).toBe('NotSignedIn');
  });
});

describe('a route', () => {
  it('that does not say who may call it is refused to everybody', async () => {
    await register({ id: 'admin', roles: ['administrator', 'drafter', 'signatory', 'auditor'] });
    const browser = await signedInAs('admin');
    expect((await get(browser, '/api/probe/silent').expect(403)).body.title).toBe('NotAllowed');
    await request(app.getHttpServer()).get('/api/probe/silent').expect(403);
  });

  it('that does not say who may call it is named when the application starts', async () => {
    expect(() => assertEveryRouteSaysWhoMayCall(app)).toThrow(/: ProbeController\.silent$/);
    const wellKept = await startApp([WellKeptController]);
    expect(() => assertEveryRouteSaysWhoMayCall(wellKept)).not.toThrow();
    await wellKept.close();
  });

  it('that is public needs no session and is read across sites', () =>
    request(app.getHttpServer())
      .get('/api/probe/public')
      .set('sec-fetch-site', 'cross-site')
      .expect(200, { open: true }));
});

describe('an administrator', () => {
  let admin: Browser;
  beforeEach(async () => {
    await register({ id: 'admin', name: '管理 花子', roles: ['administrator'] });
    admin = await signedInAs('admin');
  });
  const newUser = {
    loginName: 'Tanaka',
    name: '田中 一郎',
    address: 'tanaka@example.jp',
    password: 'long enough',
    roles: ['drafter'],
  };
  const post = (body: object) => send(admin, 'post', '/api/users').send(body);

  it('is the only one who sees and changes users', async () => {
    await register({ id: 'yamada', roles: ['drafter', 'signatory', 'auditor'] });
    const browser = await signedInAs('yamada');
    await get(browser, '/api/users').expect(403);
    await send(browser, 'post', '/api/users').send(newUser).expect(403);
    await send(browser, 'put', '/api/users/yamada/roles')
      .send({ roles: ['administrator'] })
      .expect(403);
    await send(browser, 'post', '/api/users/admin/disable').expect(403);
    await send(browser, 'post', '/api/users/admin/enable').expect(403);
    await request(app.getHttpServer()).get('/api/users').expect(401);
  });

  it('registers a user, who can sign in at once', async () => {
    const { body } = await post(newUser).expect(201);
    expect(body).toEqual({ id: expect.any(String), version: 2, position: expect.any(String) });
    expect((await signIn('tanaka', 'long enough')).body.user).toEqual({
      id: body.id,
      name: '田中 一郎',
      roles: ['drafter'],
    });
    const [registered] = await store.read(`user-${body.id}`);
    expect(registered).toMatchObject({
      type: 'UserRegistered',
      metadata: { actor: { id: 'admin', name: '管理 花子' } },
    });
  });

  it('sees all users with their roles', async () => {
    const { body } = await post(newUser);
    await send(admin, 'post', `/api/users/${body.id}/disable`).expect(200);
    await projected();
    expect((await get(admin, '/api/users')).body).toEqual([
      expect.objectContaining({ id: 'admin', roles: ['administrator'], disabled: false }),
      {
        id: body.id,
        loginName: 'tanaka',
        name: '田中 一郎',
        address: 'tanaka@example.jp',
        roles: ['drafter'],
        disabled: true,
      },
    ]);
  });

  it('lets everybody who is signed in see the names of those who can sign in, and only the names', async () => {
    await register({ id: 'yamada', name: '山田 太郎', roles: [] });
    const { body } = await post(newUser);
    await send(admin, 'post', `/api/users/${body.id}/disable`).expect(200);
    await projected();
    const { people } = (await get(await signedInAs('yamada'), '/api/people').expect(200)).body;
    expect(people).toContainEqual({ id: 'yamada', name: '山田 太郎' });
    expect(people.map(({ id }: { id: string }) => id).sort()).toEqual(['admin', 'yamada']);
    await request(app.getHttpServer()).get('/api/people').expect(401);
  });

  it.each([
    ['a line break that would add mail headers', 'tanaka@example.jp\r\nBcc: all@example.com', '改行'],
    ['two addresses', 'a@example.jp, b@example.jp', '一つだけ'],
    ['no address', 'tanaka', '形式'],
  ])('is told what is wrong with an address: %s', async (_, address, said) => {
    const { status, body } = await post({ ...newUser, address });
    expect([status, body.title]).toEqual([422, 'MailAddressInvalid']);
    expect(body.detailJa).toContain(said);
    expect(await database.dataSource.query('select id from account')).toEqual([{ id: 'admin' }]);
  });

  it.each([
    ['NameInvalid', { name: '田中\nBcc: all@example.com' }],
    ['NameInvalid', { name: ' ' }],
    ['LoginNameInvalid', { loginName: 'tanaka@example.jp' }],
    ['PasswordTooShort', { password: 'short' }],
  ])('is told %s', async (title, change) => {
    const { status, body } = await post({ ...newUser, ...change });
    expect([status, body.title]).toEqual([422, title]);
  });

  it('is told which role does not exist', async () => {
    const { body } = await post({ ...newUser, roles: ['king'] }).expect(400);
    expect(body.issues[0].field).toBe('roles.0');
  });

  it('cannot give a login name or an address twice, and the refused one leaves nothing behind', async () => {
    await post(newUser).expect(201);
    const before = await store.head();
    expect((await post({ ...newUser, address: 'other@example.jp' }).expect(409)).body.title).toBe('LoginNameTaken');
    expect((await post({ ...newUser, loginName: 'other', address: 'TANAKA@example.jp' }).expect(409)).body.title).toBe(
      'AddressTaken',
    );
    expect(await store.head()).toBe(before);
  });

  it('changes roles with effect at once, in sessions that are open', async () => {
    await register({ id: 'yamada' });
    const browser = await signedInAs('yamada');
    await get(browser, '/api/users').expect(403);
    await send(admin, 'put', '/api/users/yamada/roles')
      .send({ roles: ['administrator'] })
      .expect(200);
    await get(browser, '/api/users').expect(200);
    await send(admin, 'put', '/api/users/yamada/roles').send({ roles: [] }).expect(200);
    await get(browser, '/api/users').expect(403);
  });

  it('ends the sessions of whom they disable, and enabling does not bring them back', async () => {
    await register({ id: 'yamada' });
    const browser = await signedInAs('yamada');
    await send(admin, 'post', '/api/users/yamada/disable').expect(200);
    await get(browser, '/api/session').expect(401);
    await send(admin, 'post', '/api/users/yamada/enable').expect(200);
    await get(browser, '/api/session').expect(401);
    await signIn('yamada').expect(200);
  });

  it('is told of a user who does not exist, and not let go of their own role', async () => {
    expect((await send(admin, 'post', '/api/users/nobody/disable').expect(404)).body.title).toBe('UnknownUser');
    const { body } = await send(admin, 'put', '/api/users/admin/roles').send({ roles: [] }).expect(409);
    expect(body.title).toBe('WouldLockYourselfOut');
  });
});

describe('registering a user twice', () => {
  it('leaves the first as it was', async () => {
    await register({ id: 'yamada' });
    const again = {
      id: 'yamada',
      loginName: 'yamada2',
      name: '別人',
      address: 'x@example.jp',
      password: 'p',
      roles: [],
    };
    expect(await registerUser({ store, dataSource: database.dataSource, now: clock }, again)).toEqual({
      outcome: 'rejected',
      rejection: { type: 'AlreadyRegistered' },
      id: 'yamada',
    });
  });

  it('completes what a crash had left without an account', async () => {
    await register({ id: 'yamada', roles: ['drafter'] });
    await database.dataSource.query('delete from account');
    await register({ id: 'yamada', roles: ['auditor'] });
    expect((await signIn('yamada')).body.user.roles).toEqual(['auditor']);
  });

  it('at the same moment succeeds once', async () => {
    const attempts = Array.from({ length: 4 }, () =>
      registerUser(
        { store, dataSource: database.dataSource, now: clock },
        { loginName: 'same', name: '同名', address: `${randomUUID()}@example.jp`, password: 'p', roles: [] },
      ),
    );
    const outcomes = (await Promise.all(attempts)).map(({ outcome }) => outcome);
    expect(outcomes.sort()).toEqual(['accepted', 'rejected', 'rejected', 'rejected']);
    expect(await store.readAll(null, 10)).toHaveLength(1);
  });
});

describe('accounts', () => {
  it('are found by id and by role, the disabled ones not by role', async () => {
    await register({ id: 'yamada', roles: ['drafter'] });
    await register({ id: 'suzuki', roles: ['drafter', 'auditor'] });
    await register({ id: 'admin', roles: ['administrator'] });
    await send(await signedInAs('admin'), 'post', '/api/users/suzuki/disable').expect(200);
    await projected();

    const ids = (accounts: readonly { id: string }[]) => accounts.map(({ id }) => id);
    expect(ids(await accountsOf(database.dataSource, ['suzuki', 'yamada', 'gone']))).toEqual(['suzuki', 'yamada']);
    expect(ids(await accountsWithRole(database.dataSource.manager, 'drafter'))).toEqual(['yamada']);
    expect((await accountsOf(database.dataSource, ['suzuki']))[0]).toEqual({
      id: 'suzuki',
      loginName: 'suzuki',
      name: '山田 葉子',
      address: 'suzuki@example.jp',
      roles: ['drafter', 'auditor'],
      disabled: true,
    });
  });

  it('come out of a rebuild as they were', async () => {
    await register({ id: 'yamada', roles: ['drafter'] });
    await projected();
    const live = await database.dataSource.query('select * from user_access');
    await database.dataSource.query('delete from user_access');
    await projected();
    expect(await database.dataSource.query('select * from user_access')).toEqual(live);
  });
});
