import { randomUUID } from 'node:crypto';
import pg from 'pg';

const asked = async (url, ...statements) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

const addressOf = (url, database) => Object.assign(new URL(url), { pathname: `/${database}` }).href;

/**
 * Lends each side an empty database of its own on one server.
 * @param url of the product's database, migrated and with nobody connected; ours and the plain insert get a copy of it
 */
export const withSides = async (url, openers, work) => {
  const template = new URL(url).pathname.slice(1);
  const server = addressOf(url, 'postgres');
  const sides = {};
  try {
    for (const [name, { open, isOurSchema }] of Object.entries(openers)) {
      const database = `bench_${name}_${randomUUID().slice(0, 8)}`;
      const own = addressOf(url, database);
      await asked(server, `create database ${database} template ${isOurSchema ? template : 'template0'}`);
      sides[name] = { url: own, analyze: () => asked(own, 'vacuum analyze'), ...(await open(own)) };
    }
    return await work(sides);
  } finally {
    for (const { close } of Object.values(sides)) await close();
  }
};
