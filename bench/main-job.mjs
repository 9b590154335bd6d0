// The main job, from a file to a published edition and its PDF, as browsers do it.
import { readFileSync } from 'node:fs';
import { password } from './installation.mjs';
import { disclosureFile } from './measure.mjs';

const paragraph = (text) => ({ type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text }] }] });
const today = () => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10);

/** @param service the public name of the disclosure that it makes */
export const mainJob = async ({ drafter, privacy, management }, service) => {
  const file = readFileSync(disclosureFile);
  await drafter.post('/api/imports/preview?fileName=sample.md', file);
  const { disclosureId: id } = (await drafter.post(`/api/imports?fileName=sample.md&service=${service}`, file)).body;
  const at = (path) => `/api/disclosures/${id}${path}`;
  const show = async () => (await drafter.get(at(''))).body;
  const items = async () => (await show()).parts.flatMap((part) => part.items);

  const causes = [{ type: 'configurationChange' }];
  await drafter.post(at('/revision'), { causes });
  for (const { itemKey, bodyHash } of await items()) {
    const body = paragraph(`${itemKey}について、日次で取得し、35日間保持します。`);
    await drafter.put(at(`/items/${itemKey}`), { body, basedOn: bodyHash });
    await drafter.get(at(`/items/${itemKey}/history`));
    await show();
  }
  await drafter.put(at('/revision/description'), { historyText: '保持期間の変更に伴う見直し', causes });
  const submit = async () => {
    for (const { id: findingId, severity, waived } of (await show()).findings) {
      if (severity !== 'blocking' || waived) continue;
      await drafter.post(at('/revision/waivers'), { findingId, reason: '次版で対応します。' });
    }
    await drafter.post(at('/revision/submission'));
  };
  const sign = async (signatory) => {
    await signatory.get('/api/tasks');
    await signatory.get(at('/comparison'));
    const { contentHash } = (await signatory.get(at(''))).body.revision;
    await signatory.post(at('/revision/signatures'), { contentHash, password });
  };
  await submit();
  await privacy.get(at('/comparison'));
  await privacy.post(at('/revision/return'), { reason: '根拠を書いてください。' });
  const [first] = await items();
  await drafter.put(at(`/items/${first.itemKey}`), { body: paragraph('規程に基づきます。'), basedOn: first.bodyHash });
  await submit();
  await sign(privacy);
  await sign(management);
  await drafter.post(at('/revision/publication'), { issuedOn: today(), effectiveOn: today() });

  for (const { number } of (await show()).editions) {
    await drafter.get(at(`/editions/${number}`));
    for (const form of ['pdf', 'json', 'md']) await drafter.get(at(`/editions/${number}/disclosure.${form}`));
    await drafter.get(`/d/${service}/editions/${number}`);
  }
  for (const path of [
    '/',
    '/d',
    `/d/${service}`,
    '/api/disclosures',
    `/api/activity?disclosure=${id}`,
    '/api/openapi.json',
  ])
    await drafter.get(path);
  const certificate = { kind: 'isms', name: 'ISMS認証', number: 'IS 000001', body: 'みなと認証機構' };
  const term = {
    validFrom: '2023-01-25',
    validUntil: '2026-01-24',
    citedBy: [{ disclosureId: id, itemKey: first.itemKey }],
  };
  await drafter.post('/api/certificates', { ...certificate, ...term });
  await drafter.get('/api/deadlines');
  await drafter.get('/api/reminders');
  await drafter.ask('POST', '/api/imports/preview?fileName=large.md', Buffer.alloc(8 * 1024 * 1024, 'あ'));
};
