import { specFor } from '@app/event-sourcing/testing';
import { anomalyDecider, type AnomalyEvent } from './anomaly';
import { at, colleague, drafter } from './examples';

const given = specFor(anomalyDecider);
const first = { fileId: null, index: 0, by: drafter, at };
const ofFile = { fileId: 'f1', index: 0, by: colleague, at };
const settled: AnomalyEvent = { type: 'AnomalySettled', data: first };

describe('what an importer was unsure of', () => {
  it('is settled once, by one person for all', () => {
    given()
      .when({ type: 'SettleAnomaly', ...first })
      .then(settled);
    given(settled)
      .when({ type: 'SettleAnomaly', ...first, by: colleague })
      .then();
  });

  it('is another one in every file', () =>
    given(settled)
      .when({ type: 'SettleAnomaly', ...ofFile })
      .then({ type: 'AnomalySettled', data: ofFile }));

  it('is open again when somebody says so, and stays open otherwise', () => {
    given(settled)
      .when({ type: 'ReopenAnomaly', ...first })
      .then({ type: 'AnomalyReopened', data: first });
    given()
      .when({ type: 'ReopenAnomaly', ...first })
      .then();
  });
});
