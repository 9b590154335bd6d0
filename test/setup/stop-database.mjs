import { rm } from 'node:fs/promises';

export default async () => {
  const { server, dir } = globalThis.testDatabase ?? {};
  if (!server) return;
  await server.stop();
  await rm(dir, { recursive: true, force: true });
};
