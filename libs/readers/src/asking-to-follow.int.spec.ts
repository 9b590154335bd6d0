import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import { startProduct, until, type Product } from '../../../test/setup/product';
import { forgetUnconfirmed } from './forget-unconfirmed';

const sample = readFileSync(join(__dirname, '..', '..', 'demo', 'disclosure-edition-1.md'));

describe('asking to follow in the form', () => {
  const now = new Date('2030-01-20T03:00:00.000Z');
  let product: Product;

  beforeAll(async () => {
    product = await startProduct(() => now);
    const drafter = await product.signIn(await product.register('drafter', '起草 花子', ['drafter']));
    const imported = await drafter.upload('/api/imports?fileName=sample.md&service=minato', sample);
    expect(imported.status).toBe(201);
    await until(
      async () => (await request(product.address).get('/d/minato/follow')).status === 200,
      () => 'the service is not on the portal',
    );
  });
  afterAll(() => product?.close());

  const follow = async (hospital: string, mail: string): Promise<void> => {
    const answer = await request(product.address).post('/d/minato/follow').type('form').send({ hospital, mail });
    expect(answer.status).toBe(200);
  };
  const attempts = () => product.database.dataSource.query<{ key: string }[]>('select key from sign_in_attempt');

  it('is counted without keeping the address, and the count is erased when its time is over', async () => {
    await follow('病院', 'Somebody@hospital.example');
    const counted = await attempts();
    expect(counted.map(({ key }) => key)).toContainEqual(expect.stringMatching(/^follow:/));
    expect(JSON.stringify(counted).toLowerCase()).not.toContain('somebody');
    const clock = () => new Date(now.getTime() + 3_600_000);
    const [job] = forgetUnconfirmed({ store: product.store, dataSource: product.database.dataSource, clock }).jobs;
    await job!.run('', async () => {});
    expect(await attempts()).toEqual([]);
  });

  it('puts no word of a stranger into the mail that asks the owner of the address', async () => {
    await follow('当選おめでとうございます https://evil.example/', 'owner@hospital.example');
    const mail = await product.mail(({ to }) => to?.some((each) => each.address === 'owner@hospital.example') ?? false);
    const { subject, text, html, to } = mail;
    expect(text).toContain('/reader/c.');
    expect(JSON.stringify({ subject, text, html, to })).not.toMatch(/当選|evil/);
  });
});
