// Each read model catches up with the whole log as the worker does it, then all are made anew as `kaijisho projections rebuild` does it.
import { built, secondsOf } from './measure.mjs';

const { createDataSource, createPool } = await built('database');
const { PostgresEventStore } = await built('event-store-postgres');
const { rebuildReadModels, runProjections, waitForPosition } = await built('projections');
const { migrations, readModels } = await built('runtime');

const pool = createPool(process.argv[2]);
const store = new PostgresEventStore(pool);
const dataSource = await createDataSource(process.argv[2], migrations).initialize();
const head = await store.head();
const quiet = { info: () => {}, error: console.error };

const catchUp = async (model) => {
  for (const { table, where = true } of model.rows) await dataSource.query(`delete from ${table} where ${where}`);
  await dataSource.query('delete from projection_checkpoint where name = $1', [model.name]);
  const stop = new AbortController();
  let running;
  const seconds = await secondsOf(async () => {
    running = runProjections({ store, dataSource, projections: [model], signal: stop.signal, log: quiet });
    if (!(await waitForPosition(dataSource, [model.name], head, 600_000))) throw new Error(`${model.name} hangs`);
  });
  stop.abort();
  await running;
  return seconds;
};

const seconds = {};
for (const model of readModels) seconds[model.name] = await catchUp(model);
const rebuild = await secondsOf(() => rebuildReadModels({ store, dataSource }, readModels));
await dataSource.destroy();
await pool.end();
console.log(JSON.stringify({ seconds, rebuild }));
