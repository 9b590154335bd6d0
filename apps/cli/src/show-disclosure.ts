import { textOf, type Body } from '@app/content';
import { asOfProblems, lifeOf, shownOf, type AsOfView } from '@app/disclosures';
import { problemTextOf } from '@app/http';
import { disclosureIdOf } from './disclosure-id';
import { CommandFailed, print, withInstallation } from './installation';

type Options = { readonly asOf?: string; readonly clock: string; readonly json?: boolean };

/** Prints a disclosure as it stood at a time: as recorded, as in force by its effective date, or as the public saw it. */
export const showDisclosure = async (disclosure: string, { asOf, clock, json }: Options): Promise<void> => {
  await withInstallation(async ({ store, dataSource }) => {
    const life = await lifeOf(store, await disclosureIdOf(dataSource, disclosure));
    const shown = shownOf(life, { at: asOf, clock }, new Date().toISOString());
    if (shown.outcome === 'rejected') {
      const { ja, en } = problemTextOf(shown.rejection, asOfProblems);
      throw new CommandFailed(`${ja}\n${en}`);
    }
    print(json ? shown.view : inWords(shown.view));
  });
};

const clockNames: Readonly<Record<AsOfView['clock'], string>> = {
  recorded: '記録された本文',
  effective: '施行されていた版',
  public: '公開されていた版',
};
const standings = { superseded: '旧版', inForce: '施行中', scheduled: '施行予定' } as const;
const statuses = { none: '', drafting: '起草中', inReview: '回付中', approved: '承認済み' } as const;

/** 2030年5月1日 9:05 */
export const timeInTokyo = (instant: string): string =>
  new Intl.DateTimeFormat('ja-JP', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Asia/Tokyo' }).format(
    new Date(instant),
  );

const inWords = ({
  title,
  serviceName,
  clock,
  at,
  version,
  revision,
  text,
  listed,
  revisionHistory,
}: AsOfView): string =>
  [
    `${title}　${serviceName}`,
    `時点：${timeInTokyo(at)}（記録${version}）　時計：${clockNames[clock]}`,
    `本文：${text.label}${text.effectiveOn === null ? '' : `　施行日 ${text.effectiveOn}`}${text.publishedLater ? '　（この時点より後に公開され、さかのぼって施行）' : ''}`,
    ...(revision.editionNumber === null
      ? []
      : [`改訂：第${revision.editionNumber}版へ（${statuses[revision.status]}）`]),
    ...(listed.length === 0
      ? []
      : [`公開ページ：${listed.map(({ number, standing }) => `第${number}版 ${standings[standing]}`).join('、')}`]),
    ...text.parts.flatMap((part) => [
      '',
      `${part.number}. ${part.title}`,
      ...part.items.flatMap(({ number, title: itemTitle, body }) => [
        '',
        `${part.number}-${number}. ${itemTitle}`,
        textOf(body as Body),
      ]),
    ]),
    '',
    '改訂履歴',
    ...revisionHistory.map(({ number, issuedOn, historyText }) => `第${number}版　${issuedOn}　${historyText}`),
  ].join('\n');
