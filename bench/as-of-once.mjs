// Appends a long life of a disclosure (ten years, so many editions and events), and measures what folding it anew costs.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { built, disclosureFile, median, rounded, secondsOf, times } from './measure.mjs';

const { createPool } = await built('database');
const { PostgresEventStore } = await built('event-store-postgres');
const {
  disclosureCodec: codec,
  disclosureDecider: { evolve, initialState },
  ImportDisclosure,
  ImportDisclosureHandler,
  lifeOf,
} = await built('disclosures');
const { readDisclosure } = await built('importing');
const { hashBody } = await built('content');

const [url, length, editions] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const pool = createPool(url);
const store = new PostgresEventStore(pool);
const read = readDisclosure(readFileSync(disclosureFile), basename(disclosureFile));
const newId = () => crypto.randomUUID();
const [drafter, reviewer, approver] = ['起草', '審査', '承認'].map((name) => ({ id: name, name }));

// Ten years until now, event by event.
const YEARS = 10;
const until = Date.now() - 86_400_000;
const begun = until - YEARS * 365.25 * 86_400_000;
/** People work for a while: twenty events in a row, then nothing for three or four days. */
const WORK = 20;
const timeOf = (version) => {
  const sitting = version - (version % WORK);
  return new Date(begun + ((until - begun) * sitting) / length + (version % WORK) * 120_000).toISOString();
};

const id = newId();
const stream = `disclosure-${id}`;
const metadataAt = (at, actor = drafter) => ({ actor, recordedAt: at, correlationId: 'bench', causationId: 'bench' });
const first = { by: drafter, at: timeOf(0), metadata: metadataAt(timeOf(0)) };
const edition = { number: 1, issuedOn: timeOf(0).slice(0, 10) };
const disclosure = { ...read.disclosure, edition, editions: [] };
const imported = await new ImportDisclosureHandler(store).execute(new ImportDisclosure(id, 'bench', disclosure, first));
if (imported.outcome === 'rejected') throw new Error('The disclosure was not imported');
let state = (await store.read(stream)).map(codec.decode).reduce(evolve, initialState);
let { version } = imported;

const step = (role, meaning) => ({
  signatories: [{ kind: 'role', role }],
  ...{ meaning, quorum: { kind: 'all' }, covers: 'everything', dueInBusinessDays: null, escalation: null },
  because: [{ kind: 'template', name: '標準' }],
});
const route = {
  ...{
    templateId: 'standard',
    templateName: '標準',
    templateVersion: 1,
    carryOver: 'untouchedItems',
    oneSignsTwoSteps: false,
  },
  steps: [step('privacyOfficer', 'review'), step('managementOfficer', 'approval')],
};
const hash = 'a'.repeat(64);
const signature = (signer, index, at) => ({
  ...{
    step: index,
    signer,
    capacity: 'officer',
    onBehalfOf: null,
    meaning: route.steps[index].meaning,
    statement: null,
  },
  officer: { role: route.steps[index].signatories[0].role, name: signer.name, department: '本部', title: '部長' },
  ...{ contentHash: hash, coverageHash: hash, at, timeZone: 'Asia/Tokyo', reauthentication: 'password' },
});
const causes = [{ type: 'configurationChange' }];

const batch = [];
const happen = (type, data, by = drafter) => {
  const at = timeOf(version + batch.length + 1);
  const event = { type, data: { ...data, by, at } };
  state = evolve(state, event);
  batch.push({ id: newId(), metadata: metadataAt(at, by), ...codec.encode(event) });
};
const flush = async () => {
  if (batch.length > 0) ({ version } = await store.append(stream, version, batch.splice(0)));
};
/** The item as it is, with a paragraph of its own for this turn. */
const edit = (turn) => {
  const items = state.parts.flatMap((part) => part.items);
  const item = items[turn % items.length];
  const paragraph = {
    type: 'paragraph',
    content: [{ type: 'text', text: `第${turn}回の見直しを反映し、委託先の点検を含めました。` }],
  };
  const content = [...item.body.content];
  content.splice(turn % (content.length + 1), turn > items.length ? 1 : 0, paragraph);
  const body = { type: 'doc', content };
  happen('ItemRevised', { itemKey: item.itemKey, body, bodyHash: hashBody(body), basedOn: item.bodyHash });
};

const ROUTINE = 9;
for (let n = 1, turn = 0; n <= editions; n++) {
  const revisionId = newId();
  const editionNumber = state.editions.at(-1).number + 1;
  happen('RevisionStarted', { revisionId, editionNumber, causes });
  const last = n === editions ? length - ROUTINE + 1 : 2 + Math.round(((length - 2) / editions) * n) - ROUTINE + 1;
  while (version + batch.length < last) {
    edit(turn++);
    if (batch.length >= 500) await flush();
  }
  happen('RevisionDescribed', { historyText: '構成変更に伴う見直し', causes });
  happen('SubmittedForReview', { revisionId, route, itemHashes: {}, contentHash: hash, waivers: [], carriedOver: [] });
  for (const [index, signer] of [reviewer, approver].entries()) {
    happen('StepSigned', { revisionId, signature: signature(signer, index, timeOf(version)) }, signer);
    happen('StepCompleted', { revisionId, step: index }, signer);
  }
  happen('RevisionApproved', { revisionId, contentHash: hash }, approver);
  const issuedOn = timeOf(version + batch.length).slice(0, 10);
  const { signatures } = state.revision;
  const row = {
    number: editionNumber,
    issuedOn,
    effectiveOn: issuedOn,
    contentHash: hash,
    historyText: '見直し',
    causes,
  };
  happen('EditionPublished', { revisionId, ...row, waivers: [], signatures });
  await flush();
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc');
const heapMb = () => {
  collect();
  return process.memoryUsage().heapUsed / 2 ** 20;
};
const anew = async () => (await store.read(stream)).map(codec.decode).reduce(evolve, initialState);
const anewMs = rounded(median(await times(5, () => secondsOf(anew))) * 1000);
state = undefined;
const idleMb = heapMb();
const life = await lifeOf(store, id);
const heldMb = Math.round(heapMb() - idleMb);
await pool.end();
console.log(JSON.stringify({ id, version, editions, anewMs, heldMb, events: life.length }));
