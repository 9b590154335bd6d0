import { someEvent } from '@app/event-sourcing/testing';
import { refuseWhatReadModelsCannotHold } from './recorded-event';

describe('an event that is to be recorded', () => {
  it.each(['\u0000', 'a\\\u0000', '\ud83d', '\udc00'])(
    'is refused with %j in a text, as PostgreSQL refuses it',
    (text) =>
      expect(() => refuseWhatReadModelsCannotHold({ ...someEvent(1), data: { text: [text] } })).toThrow(
        expect.objectContaining({ code: '22P05' }),
      ),
  );

  it.each(['😀', '\\u0000', '\\\\ud83d', 'ü'])('may have %j in a text', (text) =>
    expect(() => refuseWhatReadModelsCannotHold({ ...someEvent(1), data: { text } })).not.toThrow(),
  );
});
