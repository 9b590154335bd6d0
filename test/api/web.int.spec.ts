import request from 'supertest';
import { startProduct, type Product } from '../setup/product';

describe('an address of the product', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.close());

  it.each(['/', '/login', '/disclosures/x/review'])(
    'that is a screen is answered with the web application: %s',
    async (path) => {
      const answer = await request(product.address).get(path);
      expect(answer.status).toBe(200);
      expect(answer.text).toContain('<div id="root">');
    },
  );

  it('under /api that nobody serves is a problem, not a page', async () => {
    const answer = await request(product.address).get('/api/nothing');
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('of a file that does not exist is not answered with the application', async () =>
    expect((await request(product.address).get('/assets/nothing.js')).status).toBe(404));

  it.each(['/assets/..%2f..%2f..%2fpackage.json', '/assets/%2e%2e/%2e%2e/api/src/main.js'])(
    'outside the application is not served: %s',
    async (path) => expect((await request(product.address).get(path)).text).not.toMatch(/kaijisho"|readSettings/),
  );

  it('is described in /api/openapi.json, and every command is in it', async () => {
    const { body } = await request(product.address).get('/api/openapi.json');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/api/imports', '/api/disclosures/{disclosureId}/revision/signatures', '/api/session']),
    );
  });
});
