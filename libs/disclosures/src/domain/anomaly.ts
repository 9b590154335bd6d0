import { accept, assertNever, type Decider, type Decision } from '@app/event-sourcing';
import type { ItemKey } from './disclosure';
import type { Instant, Person } from './signature';

/** Something the importer was unsure of, mended, or found missing. */
export type Anomaly = {
  readonly code: string;
  readonly line: number;
  readonly message: string;
  /** The item of the disclosure that it is about, where the file tells. */
  readonly itemKey?: ItemKey | undefined;
};

/** Which one: by its place among those of a proposed file, or (null) of the file that the disclosure was imported from. */
export type AnomalyPlace = { readonly fileId: string | null; readonly index: number };
type By = { readonly by: Person; readonly at: Instant };

/** What can have happened in `anomalies-{disclosureId}`: somebody has dealt with what an importer was unsure of. */
export type AnomalyEvent =
  | { readonly type: 'AnomalySettled'; readonly data: AnomalyPlace & By }
  | { readonly type: 'AnomalyReopened'; readonly data: AnomalyPlace & By };

export type SettledAnomalies = readonly (AnomalyPlace & By)[];

export type AnomalyCommand = { readonly type: 'SettleAnomaly' | 'ReopenAnomaly' } & AnomalyPlace & By;

export const settlingOf = (settled: SettledAnomalies, { fileId, index }: AnomalyPlace): By | null =>
  settled.find((each) => each.fileId === fileId && each.index === index) ?? null;

const evolve = (settled: SettledAnomalies, { type, data }: AnomalyEvent): SettledAnomalies => {
  const others = settled.filter((each) => each.fileId !== data.fileId || each.index !== data.index);
  switch (type) {
    case 'AnomalySettled':
      return [...others, data];
    case 'AnomalyReopened':
      return others;
    default:
      return assertNever(type);
  }
};

const decide = ({ type, ...data }: AnomalyCommand, settled: SettledAnomalies): Decision<AnomalyEvent, never> => {
  const isSettled = settlingOf(settled, data) !== null;
  switch (type) {
    case 'SettleAnomaly':
      return isSettled ? accept() : accept({ type: 'AnomalySettled', data });
    case 'ReopenAnomaly':
      return isSettled ? accept({ type: 'AnomalyReopened', data }) : accept();
    default:
      return assertNever(type);
  }
};

export const anomalyDecider: Decider<AnomalyCommand, SettledAnomalies, AnomalyEvent, never> = {
  initialState: [],
  evolve,
  decide,
};
