import { VersionConflict } from '@app/event-sourcing';
import { Body, Controller, Get, NotFoundException, Param, Post, Req, Res } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { Test } from '@nestjs/testing';
import type { Request, Response } from 'express';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import request from 'supertest';
import { z } from 'zod';
import type { RequestWithSession } from './caller';
import { readBody } from './documented';
import { problem, problemOf } from './problem';
import { useProduct, type ProductSettings } from './product';
import { readRawBody } from './raw-body';
import { POSITION_WAIT, ReadYourWrites } from './read-your-writes';

const SECRET = 'password=hunter2';
const LIMIT = 100_000;

@Controller()
class SecretPathsController {
  @Get(['calendar/:secret', 'reader/:secret'])
  crash() {
    throw new Error('nobody foresaw this');
  }
}

@Controller('api')
class ProbeController {
  @Get('now')
  now(@Req() { now, ip }: RequestWithSession) {
    return { now: now?.().toISOString(), ip };
  }

  @Get('own-problem')
  ownProblem() {
    throw problemOf(
      'NotYourTurn',
      { status: 409, ja: 'まだ順番ではありません。', en: 'It is not your turn.' },
      { step: 2 },
    );
  }

  @Get('forbidden')
  forbidden() {
    throw problem('NotAllowed');
  }

  @Get('conflict')
  conflict() {
    throw new VersionConflict('disclosure-1', 3, 4);
  }

  @Get('crash')
  crash() {
    throw new Error(SECRET);
  }

  @Get('crash-half-way')
  crashHalfWay(@Res() response: Response) {
    response.write('half');
    throw new Error(SECRET);
  }

  @Get('of-the-framework')
  ofTheFramework() {
    throw new NotFoundException('no such row');
  }

  @Get('of/:what')
  of(@Param('what') what: string) {
    return what;
  }

  @Post('json')
  json(@Body() body: unknown) {
    return { characters: readBody(z.object({ text: z.string() }), body).text.length };
  }

  @Post('raw')
  async raw(@Req() request: Request) {
    return { bytes: (await readRawBody(request, LIMIT)).length };
  }
}

const logged: unknown[][] = [];
const warned: unknown[][] = [];
const logger = {
  log: () => {},
  warn: (...line: unknown[]) => warned.push(line),
  error: (...line: unknown[]) => logged.push(line),
};
let app: NestExpressApplication;

const start = async (settings: Partial<ProductSettings> = {}): Promise<NestExpressApplication> => {
  const module = await Test.createTestingModule({
    controllers: [ProbeController, SecretPathsController],
    providers: [
      { provide: APP_INTERCEPTOR, useClass: ReadYourWrites },
      { provide: POSITION_WAIT, useValue: async (position: string) => position <= '0005' },
    ],
  }).compile();
  const started = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger });
  useProduct(started, {
    clock: () => new Date('2030-01-02T09:00:00.000Z'),
    publicUrl: 'https://kaijisho.example.jp',
    ...settings,
  });
  return started.init();
};

beforeAll(async () => {
  app = await start();
});
afterAll(() => app.close());
beforeEach(() => logged.splice(0));

const get = (path: string) => request(app.getHttpServer()).get(path);
const post = (path: string) => request(app.getHttpServer()).post(path);

describe('a problem', () => {
  it.each([
    ['/api/own-problem', 409, 'NotYourTurn'],
    ['/api/conflict', 412, 'VersionConflict'],
    ['/api/crash', 500, 'Unexpected'],
    ['/api/of-the-framework', 404, 'NotFound'],
    ['/api/nowhere', 404, 'NotFound'],
    ['/api/of/%ff', 400, 'BadBody'],
  ])('of %s is problem+json with both languages', async (path, status, title) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.body).toMatchObject({
      type: `urn:kaijisho:problem:${title}`,
      title,
      status,
      detail: expect.stringMatching(/[a-z]/),
      detailJa: expect.stringMatching(/[ぁ-ん]/),
    });
  });

  it('keeps what its author added', async () => expect((await get('/api/own-problem')).body.step).toBe(2));

  it('that nobody foresaw is logged once, under the id that the answer names, and leaks nothing', async () => {
    const response = await get('/api/crash?token=t0p');
    expect(JSON.stringify([response.body, response.headers])).not.toContain(SECRET);
    expect(response.body.requestId).toBe(response.headers['x-request-id']);
    expect(logged).toHaveLength(1);
    const [line, stack] = logged[0] ?? [];
    expect(line).toContain('GET /api/crash ');
    expect(line).toContain(`request=${response.body.requestId}`);
    expect(line).not.toContain('t0p');
    expect(stack).toContain('ProbeController.crash');
  });

  it.each(['calendar', 'reader'])('is logged without the secret that the path of a %s is', async (kind) => {
    await get(`/${kind}/t0p`);
    expect(logged[0]?.[0]).toContain(`GET /${kind}/… `);
    expect(JSON.stringify(logged)).not.toContain('t0p');
  });

  it('that was foreseen is not logged as an error', async () => {
    await get('/api/own-problem');
    await get('/api/nowhere');
    await post('/api/json').set('content-type', 'application/json').send('{');
    expect(logged).toEqual([]);
  });

  it('that is a refusal leaves one line without what was sent', async () => {
    warned.splice(0);
    await get('/api/forbidden?token=t0p').set('x-request-id', 'edge-0123456789').set('authorization', SECRET);
    await get('/api/own-problem');
    expect(warned).toHaveLength(1);
    const line = String(warned[0]?.[0]);
    expect(line).toMatch(/^NotAllowed: GET \/api\/forbidden user=- ip=\S+ request=edge-0123456789$/);
  });

  it('in the middle of an answer breaks the connection, so that half is not taken for all', () =>
    expect(get('/api/crash-half-way')).rejects.toThrow(/aborted|hang up/));
});

describe('a JSON body', () => {
  it.each(['{"text":', 'nonsense', '"not an object"'])('that is malformed is BadBody: %s', async (sent) => {
    const response = await post('/api/json').set('content-type', 'application/json').send(sent);
    expect([response.status, response.body.title]).toEqual([400, 'BadBody']);
  });

  it('names the field that is wrong', async () => {
    const { body } = await post('/api/json').send({ text: 5 });
    expect(body.issues).toEqual([{ field: 'text', message: expect.any(String) }]);
  });

  it('of 5 MB reaches the feature, one of 7 MB does not', async () => {
    const ofMegabytes = (n: number) => ({ text: 'x'.repeat(n * 1024 * 1024) });
    expect((await post('/api/json').send(ofMegabytes(5))).body).toEqual({ characters: 5 * 1024 * 1024 });
    const refused = await post('/api/json').send(ofMegabytes(7));
    expect([refused.status, refused.body.title]).toEqual([413, 'TooLarge']);
  });

  it('in an encoding that nobody reads is BadBody', async () => {
    const response = await post('/api/json')
      .set('content-type', 'application/json')
      .set('content-encoding', 'x-odd')
      .send('{}');
    expect([response.status, response.body.title]).toEqual([400, 'BadBody']);
  });

  it('sent as a form is not read', async () => {
    const response = await post('/api/json').type('form').send({ text: 'a' });
    expect([response.status, response.body.title]).toEqual([400, 'BadBody']);
  });
});

describe('a raw body', () => {
  const send = (bytes: number) => post('/api/raw').set('content-type', 'text/markdown').send('x'.repeat(bytes));

  it('is read up to the limit', async () => {
    expect((await send(0)).body).toEqual({ bytes: 0 });
    expect((await send(LIMIT)).body).toEqual({ bytes: LIMIT });
  });

  it('that was sent as JSON is told how to send it, instead of waiting for ever', async () => {
    const { status, body } = await post('/api/raw').send({ title: 'a' });
    expect([status, body.issues[0].field]).toEqual([400, 'Content-Type']);
  });

  it('above the limit is refused', async () => {
    const { status, body } = await send(LIMIT + 1);
    expect([status, body.title, body.limit]).toEqual([413, 'TooLarge', LIMIT]);
  });

  describe('that is never sent to its end', () => {
    let port: number;
    beforeAll(async () => {
      const server = app.getHttpServer();
      await new Promise<void>((resolve) => server.listen(0, resolve));
      port = (server.address() as AddressInfo).port;
    });

    /** Only an answer that does not wait for the rest can arrive. */
    const statusOfUnended = (headers: Record<string, string>, bytes: number) =>
      new Promise<number | undefined>((resolve, reject) => {
        const sending = httpRequest({ port, method: 'POST', path: '/api/raw', headers });
        sending.on('response', (response) => {
          sending.destroy();
          resolve(response.statusCode);
        });
        sending.on('error', reject);
        sending.setTimeout(5_000, () => sending.destroy(new Error('no answer')));
        sending.write(Buffer.alloc(bytes));
      });

    it('is refused by what it announces', async () =>
      expect(await statusOfUnended({ 'content-length': String(LIMIT + 1) }, 1)).toBe(413));

    it('is refused by what has arrived when it announces nothing', async () =>
      expect(await statusOfUnended({ 'transfer-encoding': 'chunked' }, LIMIT + 1)).toBe(413));
  });
});

describe('every answer', () => {
  it.each(['/api/now', '/api/crash', '/nowhere'])(
    'of %s carries the security headers and a request id',
    async (path) => {
      const { headers } = await get(path);
      expect(headers['x-powered-by']).toBeUndefined();
      expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['content-security-policy']).not.toMatch(/script-src|unsafe-eval|http:/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('SAMEORIGIN');
      expect(headers['strict-transport-security']).toContain('max-age=');
      expect(headers['cache-control']).toBe(path.startsWith('/api') ? 'no-store' : undefined);
    },
  );

  it('keeps a request id that a proxy gave, unless it could be read as something else', async () => {
    const echoed = async (id: string) => (await get('/api/now').set('x-request-id', id)).headers['x-request-id'];
    expect(await echoed('edge-0123456789')).toBe('edge-0123456789');
    for (const odd of ['short', 'a b c d e f g h', 'x'.repeat(65), '<script>alert(1)'])
      expect(await echoed(odd)).not.toBe(odd);
  });

  it('is made by the clock that was injected', async () =>
    expect((await get('/api/now')).body.now).toBe('2030-01-02T09:00:00.000Z'));

  it('believes a proxy only where it is told to, and asks for TLS only where there is some', async () => {
    const ipOf = async (of: NestExpressApplication) =>
      (await request(of.getHttpServer()).get('/api/now').set('x-forwarded-for', '203.0.113.5')).body.ip;
    expect(await ipOf(app)).not.toBe('203.0.113.5');
    const behindProxy = await start({ trustProxy: 'loopback', publicUrl: 'http://localhost:3000' });
    expect(await ipOf(behindProxy)).toBe('203.0.113.5');
    const { headers } = await request(behindProxy.getHttpServer()).get('/api/now');
    expect(headers['strict-transport-security']).toBeUndefined();
    await behindProxy.close();
  });
});

describe('a question with If-Position-At-Least', () => {
  const ask = (position: string) => get('/api/now').set('if-position-at-least', position);

  it('is answered once the read models are there', async () => expect((await ask('0005')).status).toBe(200));

  it('is told to come back when they are not', async () => {
    const { status, body, headers } = await ask('0006');
    expect([status, body.title, headers['retry-after']]).toEqual([503, 'NotYetVisible', '1']);
  });

  it('is told when that is not a position', async () => {
    const { status, body } = await ask('0005; drop');
    expect([status, body.title, body.issues[0].field]).toEqual([400, 'BadBody', 'If-Position-At-Least']);
  });

  it('changes nothing for commands', async () => {
    const response = await post('/api/json').set('if-position-at-least', '0006').send({ text: 'a' });
    expect(response.status).toBe(201);
  });
});
