import { inJapanese, timeInJapanese } from '@app/calendar';
import { assertNever } from '@app/event-sourcing';
import type { ReadModel } from '@app/projections';
import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import type { activityView } from '../contract';
import { disclosureEventOf } from '../disclosures/disclosure-projection';
import { seriesOf, type DisclosureEvent } from '../domain/disclosure';
import { causeNames, meaningNames, officeNames, officerName, quoted, signerName, whoSigns } from '../words';

const ACTIVITY = 'activity.v1';

/** 記録: one sentence per event, in log order. */
export const activityProjection: ReadModel = {
  name: ACTIVITY,
  rows: [{ table: 'activity_view' }],
  apply: async (events, tx) => {
    const entries = events.flatMap((stored) => {
      const event = disclosureEventOf(stored);
      return event ? [{ stored, event }] : [];
    });
    if (entries.length === 0) return;
    await tx.query(
      `insert into activity_view (position, disclosure_id, type, actor, at, sentence)
       select * from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::timestamptz[], $6::text[])`,
      [
        entries.map(({ stored }) => stored.position),
        entries.map(({ stored }) => stored.stream.slice('disclosure-'.length)),
        entries.map(({ event }) => event.type),
        entries.map(({ event }) => JSON.stringify(event.data.by)),
        entries.map(({ event }) => event.data.at),
        entries.map(({ event }) => sentenceOf(event)),
      ],
    );
  },
};

/** What happened, said of the person who did it. */
export const sentenceOf = (event: DisclosureEvent): string => {
  switch (event.type) {
    case 'DisclosureRegistered':
      return `${quoted(event.data.serviceName)}の開示書を登録しました。`;
    case 'DisclosureImported':
      return `${event.data.source.fileName}から第${event.data.edition.number}版を取り込みました。`;
    case 'RevisionStarted':
      return `第${event.data.editionNumber}版への改訂を始めました（${causesOf(event.data.causes)}）。`;
    case 'ItemRevised': {
      const { itemKey, restoredFrom, fromFile } = event.data;
      if (fromFile !== undefined) return `${itemKey}に、ファイル${quoted(fromFile.fileName)}の本文を取り込みました。`;
      return restoredFrom === undefined
        ? `${itemKey}を編集しました。`
        : `${itemKey}を、記録${restoredFrom}の時点の本文に戻しました。`;
    }
    case 'RevisionDescribed':
      return '改訂理由と履歴の文を書きました。';
    case 'FindingWaived':
      return `点検の指摘を承知済みにしました（理由：${withoutStop(event.data.reason)}）。`;
    case 'SubmittedForReview': {
      const { route, carriedOver } = event.data;
      const steps = seriesOf(route).map(whoSigns);
      const held = carriedOver.length === 0 ? '' : `引き継いだ署名：${carriedOver.map(signerName).join('、')}。`;
      return `提出しました（${steps.join('→')}）。${held}`;
    }
    case 'StepSigned': {
      const { officer, onBehalfOf, meaning } = event.data.signature;
      const as =
        onBehalfOf !== null
          ? `${officerName(onBehalfOf.officer)}さんの代理として`
          : officer.role === null
            ? ''
            : `${officeNames[officer.role].ja}として`;
      return `${as}${meaningNames[meaning].ja}の署名をしました。`;
    }
    case 'StepCompleted':
      return `第${event.data.step + 1}段階の署名がそろいました${whoIsAsked(event.data)}。`;
    case 'RevisionApproved':
      return '改訂が承認されました。';
    case 'ReturnedForChanges':
      return `差し戻しました（理由：${withoutStop(event.data.reason)}）。`;
    case 'ReturnedToStep':
      return `第${event.data.to + 1}段階に差し戻しました（理由：${withoutStop(event.data.reason)}）。`;
    case 'SignatoryReassigned': {
      const { step, from, to, reason } = event.data;
      return `第${step + 1}段階の署名者を${from.name}さんから${to.name}さんに変更しました（理由：${withoutStop(reason)}）。`;
    }
    case 'PostReviewed':
      return `第${event.data.editionNumber}版を後閲しました。`;
    case 'CommentAdded':
      return event.data.replyTo === null
        ? `${event.data.itemKey}にコメントしました。`
        : `${event.data.itemKey}のコメントに返信しました。`;
    case 'CommentResolved':
      return 'コメントを解決済みにしました。';
    case 'CommentReopened':
      return 'コメントを未解決に戻しました。';
    case 'Recalled':
      return '提出を引き戻しました。';
    case 'Rejected':
      return `却下しました（理由：${withoutStop(event.data.reason)}）。`;
    case 'Withdrawn':
      return event.data.reason === undefined
        ? '改訂を取り下げました。'
        : `改訂を取り下げました（理由：${withoutStop(event.data.reason)}）。`;
    case 'EditionPublished': {
      const { number, issuedOn, effectiveOn, scheduled } = event.data;
      const dates = `発行日 ${inJapanese(issuedOn)}、施行日 ${inJapanese(effectiveOn)}`;
      return scheduled === undefined
        ? `第${number}版を公開しました（${dates}）。`
        : `${scheduled.by.name}さんの予約により、第${number}版を公開しました（${dates}）。`;
    }
    case 'PublicationScheduled':
      return `公開を予約しました（${timeInJapanese(event.data.publishAt)}、施行日 ${inJapanese(event.data.effectiveOn)}）。`;
    case 'PublicationCancelled':
      return `公開の予約を取り消しました（理由：${withoutStop(event.data.reason)}）。`;
    case 'EditionAnnotated':
      return `第${event.data.number}版${event.data.itemKey === null ? '' : `の${event.data.itemKey}`}に正誤を付けました（理由：${withoutStop(event.data.reason)}）。`;
    case 'DisclosureRetired':
      return `${inJapanese(event.data.on)}をもって提供を終了することを記録しました（理由：${withoutStop(event.data.reason)}）。`;
    default:
      return assertNever(event);
  }
};

/** Who was asked when a step was complete without another signature, because others had left. */
const whoIsAsked = ({ becauseOthersLeft }: Extract<DisclosureEvent, { type: 'StepCompleted' }>['data']): string => {
  if (becauseOthersLeft === undefined) return '';
  const { on, signatories } = becauseOthersLeft;
  const names = signatories.map(({ name }) => `${name}さん`).join('、');
  return `（責任者の異動により、${inJapanese(on)}時点の署名者は${names}で、全員が署名済み）`;
};

/** A reason stands in brackets, and the sentence around it has its own full stop. */
const withoutStop = (reason: string): string => reason.trim().replace(/。$/, '');

const causesOf = (causes: readonly { readonly type: keyof typeof causeNames }[]): string =>
  causes.map(({ type }) => causeNames[type]).join('・');

/** The newest entries of the activity log, of one disclosure or of all. */
export class Activity extends Query<z.infer<typeof activityView>> {
  constructor(
    readonly disclosureId: string | undefined,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(Activity)
export class ActivityHandler implements IQueryHandler<Activity> {
  constructor(private readonly db: DataSource) {}

  async execute({ disclosureId, limit }: Activity): Promise<z.infer<typeof activityView>> {
    const rows: Row[] = await this.db.query(
      `select a.position, a.disclosure_id as "disclosureId", coalesce(d.body->'state'->>'serviceName', '') as "serviceName",
              a.type, a.actor, a.at, a.sentence
         from activity_view a left join disclosure_view d on d.id = a.disclosure_id
        where $1::text is null or a.disclosure_id = $1
        order by a.position desc limit $2`,
      [disclosureId ?? null, limit],
    );
    return { entries: rows.map((row) => ({ ...row, at: row.at.toISOString() })) };
  }
}

type Row = Omit<z.infer<typeof activityView>['entries'][number], 'at'> & { readonly at: Date };
