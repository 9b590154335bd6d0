import { disclosureCodec } from './disclosure.codec';
import { described, imported, registered, revised, started } from './domain/examples';

describe('a stored event of a disclosure', () => {
  it.each([registered, imported, started, revised('I-1', 'a', 'b'), described])(
    'reads as it was written: $type',
    (event) => {
      const stored = JSON.parse(JSON.stringify(disclosureCodec.encode(event)));
      expect(stored.schemaVersion).toBe(1);
      expect(disclosureCodec.decode(stored)).toEqual(event);
    },
  );

  it('of an unknown type is a loud error', () =>
    expect(() => disclosureCodec.decode({ type: 'Surprise', schemaVersion: 1, data: {} })).toThrow('Surprise'));

  it('with a missing field is a loud error', () =>
    expect(() =>
      disclosureCodec.decode({ type: 'RevisionStarted', schemaVersion: 1, data: { revisionId: 'r' } }),
    ).toThrow());
});
