import { createServer } from 'node:net';
import { Trouble } from './trouble.mjs';

/** Listens for a moment. @returns {Promise<number>} the port; rejects with the system's error */
const tryPort = (port, host) =>
  new Promise((fulfil, fail) => {
    const server = createServer().once('error', fail);
    server.listen(port, host, () => {
      const { port: actual } = server.address();
      server.close(() => fulfil(actual));
    });
  });

/** A TCP port on the loopback that nobody listens on. @returns {Promise<number>} */
export const freePort = () => tryPort(0, '127.0.0.1');

/** `preferred` when nobody listens there, otherwise any other. */
export const preferablyPort = (preferred) => tryPort(preferred, '127.0.0.1').catch(freePort);

/**
 * @param {string} variable the environment variable with which the user can choose another
 * @throws Trouble when the port cannot be had
 */
export async function checkPort(port, host, variable) {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Trouble(
      `${variable} には 1 から 65535 までの番号を指定してください。`,
      `${variable} has to be a number from 1 to 65535.`,
    );
  }
  try {
    await tryPort(port, host);
  } catch (error) {
    const other = await preferablyPort(port < 1024 ? 3000 : Math.min(port + 1, 65_535));
    const [ja, en] =
      error.code === 'EADDRINUSE'
        ? [`ポート ${port} はほかのプログラムが使っています。`, `Port ${port} is in use by another program.`]
        : [`ポート ${port} を使えません（${error.code}）。`, `Port ${port} cannot be used (${error.code}).`];
    throw new Trouble(
      `${ja}別のポートで起動してください。例: ${variable}=${other} npm start`,
      `${en} Start on another one, e.g. ${variable}=${other} npm start`,
    );
  }
}
