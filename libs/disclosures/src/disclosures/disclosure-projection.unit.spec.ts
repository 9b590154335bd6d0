import type { DisclosureEvent } from '../domain/disclosure';
import { at, colleague, drafter, imported, registered, revised, started, texts } from '../domain/examples';
import { evolveRow, type DisclosureRow } from './disclosure-projection';

const rowAfter = (...events: readonly DisclosureEvent[]): DisclosureRow => {
  const row = events.reduce<DisclosureRow | null>((row, event, index) => evolveRow(row, event, index + 1), null);
  if (!row) throw new Error('the examples register a disclosure');
  return row;
};

const published: DisclosureEvent = {
  type: 'EditionPublished',
  data: {
    revisionId: 'r3',
    number: 3,
    issuedOn: '2030-01-10',
    effectiveOn: '2030-01-10',
    contentHash: 'a'.repeat(64),
    historyText: '見直し',
    causes: [{ type: 'correction' }],
    waivers: [],
    signatures: [],
    by: drafter,
    at,
  },
};
const withdrawn: DisclosureEvent = { type: 'Withdrawn', data: { revisionId: 'r4', by: drafter, at } };

describe('who last wrote an item', () => {
  it('is whoever wrote the text that it has', () =>
    expect(rowAfter(registered, imported, started, revised('I-1', texts.law, '新')).lastEdits).toEqual({
      'I-1': { by: drafter, at },
    }));

  it('is, after a revision was withdrawn, whoever wrote the text that it has again', () => {
    const edition = [registered, imported, started, revised('I-1', texts.law, '新'), published];
    const dropped = [started, revised('I-1', '新', '別', colleague), revised('I-2', texts.backup, '別', colleague)];
    expect(rowAfter(...edition, ...dropped, withdrawn).lastEdits).toEqual({ 'I-1': { by: drafter, at } });
  });
});
