import { createServer } from 'node:net';

/** A TCP port on the loopback that nobody listens on. @returns {Promise<number>} */
export const freePort = () =>
  new Promise((fulfil, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => fulfil(port));
    });
  });
