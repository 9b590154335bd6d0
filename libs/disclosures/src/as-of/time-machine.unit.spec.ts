import type { EventStore } from '@app/event-sourcing';
import type { ImportedItems } from '@app/importing';
import { BlameItem, BlameItemHandler } from '../blame/blame-item';
import type { DisclosureEvent } from '../domain/disclosure';
import {
  at,
  colleague,
  drafter,
  drafting,
  hashOfText,
  inReview,
  management,
  newRisk,
  privacy,
  published,
  ready,
  revised,
  stateAfter,
  textBody,
  texts,
} from '../domain/examples';
import { DraftNextRow, DraftNextRowHandler } from '../history/draft-next-row';
import { disclosureCodec } from '../disclosure.codec';
import { DecideProposal, DecideProposalHandler, ProposeFile, ProposeFileHandler } from '../proposals/decide-proposal';
import { storeWith } from './random-life';
import { RestoreItem, RestoreItemHandler } from './restore-item';
import { ReviseItem, ReviseItemHandler } from './revise-item';
import { asOfView, blameView, draftedRowView, momentsView } from './time-machine.contract';
import { ListMoments, ListMomentsHandler, ShowAsOf, ShowAsOfHandler, type Asked } from './time-machine';

const now = () => new Date('2031-01-01T00:00:00.000Z');
const metadata = { actor: drafter, recordedAt: at, correlationId: 'c', causationId: 'c' };
const caller = { by: drafter, at, metadata };
const show = async (asked: Asked, events: readonly DisclosureEvent[] = published) =>
  new ShowAsOfHandler((await storeWith(events)).store, now).execute(new ShowAsOf('d1', asked));

describe('what the api answers', () => {
  it.each(['recorded', 'effective', 'public'])('as of now, on the clock %s, is as the contract says', async (clock) => {
    const shown = await show({ clock });
    expect(shown.outcome === 'shown' && asOfView.parse(shown.view)).toEqual(shown.outcome === 'shown' && shown.view);
  });

  it('of moments, blame and the row to come is as the contract says', async () => {
    const { store } = await storeWith(ready);
    const moments = await new ListMomentsHandler(store, now).execute(new ListMoments('d1'));
    expect(momentsView.parse(moments)).toEqual(moments);
    const blame = await new BlameItemHandler(store).execute(new BlameItem('d1', 'II-1', 'now'));
    expect(blameView.parse(blame)).toEqual(blame);
    const row = await new DraftNextRowHandler(store).execute(new DraftNextRow('d1'));
    expect(draftedRowView.parse(row)).toEqual(row);
    expect(row?.historyText).toBe('構成変更に伴う見直し\n・II-1 リスク対応：「とクライアント証明書」の記載を追加');
  });

  it('of a disclosure that is not there, and of a row when no revision is open, is nothing', async () => {
    const { store } = await storeWith(published);
    expect(await new ListMomentsHandler(store, now).execute(new ListMoments('nobody'))).toBeNull();
    expect(await new DraftNextRowHandler(store).execute(new DraftNextRow('d1'))).toBeNull();
  });

  it.each([
    [{ at: '2030-01-02', version: '3' }, 'TimeGivenTwice'],
    [{ clock: 'sundial' }, 'ClockUnknown'],
    [{ version: 'three' }, 'MomentUnknown'],
    [{ at: '2030-01-02T09:00' }, 'TimeAmbiguous'],
    [{ position: '0' }, 'MomentUnknown'],
  ])('to %j is a refusal: %s', async (asked, type) =>
    expect(await show(asked)).toMatchObject({ outcome: 'rejected', rejection: { type } }),
  );
});

describe('the restoration of an item', () => {
  const restore = async (events: readonly DisclosureEvent[], version: number, basedOn: string, itemKey = 'II-1') => {
    const { store } = await storeWith(events);
    const handled = await new RestoreItemHandler(store).execute(
      new RestoreItem('d1', itemKey, version, basedOn, caller),
    );
    return { handled, last: disclosureCodec.decode((await store.read('disclosure-d1')).at(-1)!) };
  };

  it('is an edit that says from where the text is', async () => {
    const { handled, last } = await restore(ready, 3, hashOfText(newRisk));
    expect(handled).toMatchObject({ outcome: 'accepted', version: ready.length + 1 });
    const {
      by,
      at: _,
      ...data
    } = (revised('II-1', newRisk, texts.risk) as Extract<DisclosureEvent, { type: 'ItemRevised' }>).data;
    expect(last).toEqual({ type: 'ItemRevised', data: { ...data, by, at, restoredFrom: 3 } });
  });

  describe('of a text that no edition ever had makes those who wrote it then its authors as well', () => {
    const words = ['TLSと証明書で接続します。', 'TLSと証明書だけで接続します。'] as const;
    const events: readonly DisclosureEvent[] = [
      ...drafting,
      revised('II-1', texts.risk, words[0], privacy),
      revised('II-1', words[0], words[1], management),
      { type: 'Withdrawn', data: { revisionId: 'r3', by: drafter, at } },
      { type: 'RevisionStarted', data: { revisionId: 'r4', editionNumber: 3, causes: [], by: colleague, at } },
    ];
    const isTheirs = (last: DisclosureEvent) => {
      expect(last).toMatchObject({ data: { by: drafter, restoredFrom: 5, writers: [privacy, management] } });
      const { revision } = stateAfter(...events, last);
      expect('authors' in revision && revision.authors).toEqual([colleague, drafter, privacy, management]);
    };
    const edit = { itemKey: 'II-1', basedOn: hashOfText(texts.risk) };
    const lastOf = async (store: EventStore) => disclosureCodec.decode((await store.read('disclosure-d1')).at(-1)!);

    it('from a moment', async () => isTheirs((await restore(events, 5, edit.basedOn)).last));

    it('by hand, word for word', async () => {
      const { store } = await storeWith(events);
      const text = { body: textBody(words[1]), bodyHash: hashOfText(words[1]) };
      await new ReviseItemHandler(store).execute(new ReviseItem('d1', { ...edit, ...text }, caller));
      isTheirs(await lastOf(store));
    });

    it('out of a file', async () => {
      const { store } = await storeWith(events);
      const body = textBody(words[1]);
      const part = { number: 'II', title: '', items: [{ itemKey: 'II-1', number: 1, title: 'リスク対応', body }] };
      const source = { fileName: 'a.md', sha256: 'b'.repeat(64), byteSize: 9, mediaType: 'x', encoding: 'utf-8' };
      const file = { parts: [part], asPages: false, anomalies: [], source } as unknown as ImportedItems;
      await new ProposeFileHandler(store).execute(new ProposeFile('d1', 'f1', file, caller));
      const accepting = { type: 'accept', basedOn: edit.basedOn } as const;
      await new DecideProposalHandler(store).execute(new DecideProposal('d1', 'f1', 0, accepting, caller));
      isTheirs(await lastOf(store));
    });

    it('but not those who wrote another one', async () => {
      const { store } = await storeWith(events);
      const text = { body: textBody('別の本文'), bodyHash: hashOfText('別の本文') };
      await new ReviseItemHandler(store).execute(new ReviseItem('d1', { ...edit, ...text }, caller));
      const last = await lastOf(store);
      expect(last).toMatchObject({ data: { by: drafter } });
      expect(last).not.toHaveProperty('data.writers');
      expect(last).not.toHaveProperty('data.restoredFrom');
    });
  });

  it('of a text that an edition had makes nobody an author but who restores it', async () => {
    const words = 'いまの本文';
    const events: readonly DisclosureEvent[] = [
      ...[...drafting, revised('II-1', texts.risk, newRisk, management), ...published.slice(4)],
      { type: 'RevisionStarted', data: { revisionId: 'r4', editionNumber: 4, causes: [], by: colleague, at } },
      revised('II-1', newRisk, words, colleague),
    ];
    const { last } = await restore(events, 4, hashOfText(words));
    expect(last).toMatchObject({ data: { restoredFrom: 4 } });
    expect(last).not.toHaveProperty('data.writers');
  });

  it('of the text that the item has already changes nothing', async () =>
    expect((await restore(ready, 4, hashOfText(newRisk))).handled).toMatchObject({ version: ready.length }));

  it.each([
    ['when somebody else has written meanwhile', ready, 3, hashOfText(texts.risk), 'II-1', 'EditConflict'],
    ['when no revision is open', published, 3, hashOfText(newRisk), 'II-1', 'NoOpenRevision'],
    ['in review', inReview, 3, hashOfText(newRisk), 'II-1', 'NotDrafting'],
    ['from a moment that has not come', ready, 99, hashOfText(newRisk), 'II-1', 'MomentUnknown'],
    ['from before the import', drafting, 1, hashOfText(texts.risk), 'II-1', 'UnknownItem'],
    ['of an item that is not there', ready, 3, hashOfText(newRisk), 'IX-9', 'UnknownItem'],
  ] as const)('is refused %s', async (_, events, version, basedOn, itemKey, type) =>
    expect((await restore(events, version, basedOn, itemKey)).handled).toMatchObject({ rejection: { type } }),
  );
});
