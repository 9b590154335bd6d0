import { createServer, type AddressInfo, type Server } from 'node:net';
import { createDataSource } from './data-source';
import { createPool } from './pool';

/** A message of PostgreSQL's protocol 3.0: its type, its length, its content. */
const message = (type: string, content: Buffer): Buffer => {
  const head = Buffer.alloc(5, type);
  head.writeInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
};
const signedIn = message('R', Buffer.alloc(4));
const ready = message('Z', Buffer.from('I'));
const fatal = message(
  'E',
  Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0'),
);

describe('a server that ends in the moment in which it takes a connection', () => {
  let server: Server;
  let url: string;
  beforeEach(async () => {
    server = createServer((socket) => {
      // In one piece: whoever waited for the connection has it, and cannot have listened to it yet.
      socket.once('data', () => socket.end(Buffer.concat([signedIn, ready, fatal])));
      socket.on('error', () => {});
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `postgres://kaijisho@127.0.0.1:${(server.address() as AddressInfo).port}/kaijisho`;
  });
  afterEach(() => new Promise<void>((closed) => server.close(() => closed())));

  it('fails the query, and does not take the process with it', async () => {
    const pool = createPool(url);
    await expect(
      pool.connect().then((client) => client.query('select 1').finally(() => client.release(true))),
    ).rejects.toThrow();
    await pool.end();
  });

  it('fails a data source, and does not take the process with it', async () => {
    await expect(createDataSource(url, []).initialize()).rejects.toThrow();
  });
});
