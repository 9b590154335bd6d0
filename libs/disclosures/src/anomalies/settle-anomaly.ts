import { EVENT_STORE, currentState, handle, type EventStore, type Handled } from '@app/event-sourcing';
import type { Caller } from '@app/http';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { v7 as newId } from 'uuid';
import type { z } from 'zod';
import type { anomalyView } from '../contract';
import { rowOf } from '../disclosures/disclosure-projection';
import { anomalyDecider, settlingOf, type Anomaly, type AnomalyPlace, type SettledAnomalies } from '../domain/anomaly';
import { proposalsOf } from '../proposals/decide-proposal';
import { anomalyCodec } from './anomaly.codec';

export type SettlingRejection = { readonly type: 'UnknownAnomaly' };

/** Ticks off what an importer was unsure of, or takes the tick away, for everybody. */
export class SettleAnomaly extends Command<Handled<SettlingRejection>> {
  constructor(
    readonly disclosureId: string,
    readonly place: AnomalyPlace,
    readonly settled: boolean,
    readonly caller: Pick<Caller, 'by' | 'at' | 'metadata'>,
  ) {
    super();
  }
}

@CommandHandler(SettleAnomaly)
export class SettleAnomalyHandler implements ICommandHandler<SettleAnomaly> {
  constructor(
    private readonly db: DataSource,
    @Inject(EVENT_STORE) private readonly store: EventStore,
  ) {}

  async execute({ disclosureId, place, settled, caller }: SettleAnomaly): Promise<Handled<SettlingRejection>> {
    const known = await this.anomaliesOf(disclosureId, place.fileId);
    if (known[place.index] === undefined) return { outcome: 'rejected', rejection: { type: 'UnknownAnomaly' } };
    const { by, at, metadata } = caller;
    return handle(
      { store: this.store, decider: anomalyDecider, codec: anomalyCodec, newId },
      {
        stream: `anomalies-${disclosureId}`,
        command: { type: settled ? 'SettleAnomaly' : 'ReopenAnomaly', ...place, by, at },
        metadata,
      },
    );
  }

  private async anomaliesOf(disclosureId: string, fileId: string | null): Promise<readonly Anomaly[]> {
    if (fileId === null) return (await rowOf(this.db, disclosureId))?.anomalies ?? [];
    const { files } = await proposalsOf(this.store, disclosureId);
    return files.find((file) => file.fileId === fileId)?.anomalies ?? [];
  }
}

export const settledAnomalies = (store: EventStore, disclosureId: string): Promise<SettledAnomalies> =>
  currentState(store, anomalyDecider, anomalyCodec, `anomalies-${disclosureId}`);

/** As a list of work: each with who has settled it. */
export const anomalyViews = (
  anomalies: readonly Anomaly[],
  settled: SettledAnomalies,
  fileId: string | null,
): z.infer<typeof anomalyView>[] =>
  anomalies.map(({ code, line, message, itemKey = null }, index) => {
    const settling = settlingOf(settled, { fileId, index });
    return { code, line, message, itemKey, settled: settling && { by: settling.by, at: settling.at } };
  });
