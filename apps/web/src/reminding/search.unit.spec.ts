import { readLedgerQuery, readNextSearch } from './search';

describe('the address of the ledger', () => {
  it('says what is asked for', () => {
    const query = { state: 'failed', person: 'sato', from: '2030-01-01', to: '2030-02-01', page: 2 } as const;
    expect(readLedgerQuery(query)).toEqual(query);
  });

  it('asks for everything where it says nothing, or what cannot be', () => {
    expect(readLedgerQuery({})).toEqual({});
    expect(readLedgerQuery({ state: 'lost', from: 'yesterday', page: 1, person: 7, other: 'x' })).toEqual({});
  });
});

describe('the address of the next mails', () => {
  it('says how far to look, and which mail is opened', () => {
    expect(readNextSearch({ days: '180', rung: 'certificate-1:2030-01-31:9m' })).toEqual({
      days: 180,
      rung: 'certificate-1:2030-01-31:9m',
    });
    expect(readNextSearch({ days: 5, rung: 1 })).toEqual({});
  });
});
