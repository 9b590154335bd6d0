import { colophonLines } from '../appearance/domain/appearance';
import type { GivenOut } from '../edition-pdfs';
import { UnreadablePdf, type UnreadableReason } from '../pdf/read-pdf';
import { dateIn, instantIn } from '../portal/face';
import { editionName, instantText } from '../wording';
import { NoEditionInside, type FileVerification, type Level } from './verify-file';

export const languages = ['ja', 'en'] as const;
export type Language = (typeof languages)[number];

/** What a verification says, in words: for the command line and the page alike. */
export type Report = {
  readonly heading: string;
  /** What it is about, and what was compared: a label and a value each. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  /** What does not hold, each once; empty when all does. The findings themselves name the place in the file too. */
  readonly findings: readonly string[];
  readonly proves: readonly string[];
  readonly doesNotProve: readonly string[];
};

type Said = readonly [ja: string, en: string];

/** @param givenOut whether the very bytes were given out by the installation that verifies, which compared the edition with its own; null when nobody was asked */
export const reportOf = (
  { level, findings, edition, proof, pinned, timeStamp, printedAgain, printing }: FileVerification,
  language: Language,
  givenOut: GivenOut | null = null,
): Report => {
  const say = ([ja, en]: Said): string => (language === 'ja' ? ja : en);
  const published = proof?.events.at(-1);
  const seal = proof?.seals.find(({ batch }) => batch === published?.seal);
  const holds = level !== 'refused';
  const sealed = holds && seal !== undefined && published !== undefined;
  const stamp = timeStamp && {
    ja: instantText(timeStamp.time, 'Asia/Tokyo'),
    en: timeStamp.time,
    by: timeStamp.authority,
    seal: timeStamp.seal,
  };
  const facts: (readonly [string, string])[] = [];
  const fact = (label: Said, value: string | undefined) => value && facts.push([say(label), value]);
  if (edition) {
    fact(['文書', 'Document'], `${edition.serviceName} ${edition.title}`);
    fact(['版数', 'Edition'], language === 'ja' ? editionName(edition.number) : String(edition.number));
    fact(['発行日', 'Issued on'], dateIn({ language }, edition.issuedOn));
    fact(['施行日', 'Effective on'], dateIn({ language }, edition.effectiveOn));
    fact(['発行者', 'Issuer'], edition.issuer.name);
    fact(['内容ハッシュ', 'Content hash'], edition.contentHash);
  }
  if (printing) {
    const { verificationPage, appearance } = printing;
    fact(['検証の案内先', 'Page for verification'], verificationPage ?? undefined);
    fact(['ロゴのSHA-256', 'SHA-256 of the logo'], appearance?.logo?.sha256);
    fact(['色', 'Colour'], appearance?.accent ?? undefined);
    fact(['奥付に添えた文', 'Added to the colophon'], appearance && colophonLines(appearance).join(' ／ '));
  }
  if (sealed) {
    fact(['公開の記録', 'Publication'], `${published.event.stream}/${published.event.version}`);
    fact(
      ['封印', 'Seal'],
      language === 'ja'
        ? `${seal.batch}　${instantIn({ language }, seal.sealedAt)}`
        : `${seal.batch}, ${instantIn({ language }, seal.sealedAt)}`,
    );
    fact(['署名鍵の指紋', 'Key fingerprint'], [...new Set(proof?.seals.map(({ keyId }) => keyId))].join(', '));
    fact(['証明の末尾の値', 'Head of the proof'], proof?.head);
    if (stamp)
      fact(['時刻印', 'Time stamp'], language === 'ja' ? `${stamp.ja}（${stamp.by}）` : `${stamp.en} (${stamp.by})`);
  }

  const proves: Said[] = [];
  const doesNotProve: Said[] = [];
  if (holds) {
    proves.push([
      'PDFの文字・しおり・目次・柱は、PDFに添付された版のデータと一致し、本文のどの項目も内容ハッシュのとおりです。',
      'Text, bookmarks, contents and running heads of the PDF are those of the edition attached to it, and every item fits the content hash.',
    ]);
    if (printedAgain === 'same')
      proves.push([
        'この版を印刷し直した結果とPDFは1バイトも違いません。図・書体・配置も変えられていません。',
        'Printed again, the edition gives this PDF to the byte: pictures, fonts and places are unchanged too.',
      ]);
    if (givenOut === 'same')
      proves.push([
        'このPDFは、この発行者が渡しているPDFと1バイトも違いません。',
        'This PDF is, to the byte, one that this issuer gives out.',
      ]);
    else if (givenOut !== null)
      proves.push([
        '版のデータ、検証の案内先、ロゴ、色、奥付に添えた文は、この発行者が公開した版のものと一致します。',
        'The data of the edition, the page for verification, logo, colour and colophon are those of the edition that this issuer published.',
      ]);
  }
  if (sealed) {
    const count = edition?.signatures.length ?? 0;
    proves.push(
      edition?.origin === 'imported'
        ? ['この版は、取り込まれたとおりに記録されています。', 'The edition is recorded as it was imported.']
        : [
            `この内容ハッシュの版が公開されたことと、その本文への${count}件の署名が、発行者の記録にあります。氏名・役割・日時・署名文は、署名の記録のとおりです。`,
            `The publication of this content hash and ${count} signatures over it are in the issuer's log; names, offices, times and statements are as they were recorded.`,
          ],
      [
        `それらの記録は封印${seal.batch}までに封じられ、その後に書き換え・削除・差込みをされていません。`,
        `Those records were sealed by seal ${seal.batch} and have not been changed, removed or put in since.`,
      ],
    );
    if (level === 'key')
      proves.push(
        givenOut === null
          ? ['封印は、指定された鍵で署名されています。', 'The seals are signed with the key that was given.']
          : ['封印は、この発行者の鍵で署名されています。', 'The seals are signed with this issuer’s key.'],
      );
    if (stamp && timeStamp.trusted)
      proves.push([
        `封印${stamp.seal}と、それまでに封じられた記録は、${stamp.ja}より前に存在していました。時刻認証局「${stamp.by}」の時計によるもので、発行者も後から変えられません。`,
        `Seal ${stamp.seal}, and all that was sealed until then, existed before ${stamp.en}, by the clock of the time stamping authority “${stamp.by}”: the issuer cannot change that afterwards either.`,
      ]);
    if (pinned === 'same')
      proves.push(['封印は、控えておいた値と一致します。', 'The seals lead to the head that was kept.']);
  }

  if (holds && !sealed)
    doesNotProve.push([
      'だれが作ったPDFか。PDFにも指定にも公開の証明がないため、発行者の記録とは照らし合わせていません。',
      'Who made the PDF: there is no proof in it or beside it, so it was not compared with any log.',
    ]);
  if (level === 'log')
    doesNotProve.push([
      '鍵が発行者のものであること。上の指紋を、発行者が公表している指紋と比べるか、--key で指定してください。',
      'That the key is the issuer’s: compare the fingerprint above with the one that the issuer publishes, or give it with --key.',
    ]);
  if (pinned === 'notInProof')
    doesNotProve.push([
      '控えておいた値との一致。この証明は、その番号の封印を含みません。',
      'That it leads to the head that was kept: the proof does not have the seal of that number.',
    ]);
  if (sealed && timeStamp === null)
    doesNotProve.push([
      '外から見た時刻。この証明には時刻印がありません。後から付いていることがあるので、発行者のページの proof.json を取り直して確かめてください。',
      'A time by anybody else’s clock: the proof has no time stamp. It may have one by now: fetch proof.json from the issuer’s pages.',
    ]);
  if (sealed && stamp && !timeStamp.trusted)
    doesNotProve.push([
      `時刻印の時刻。「${stamp.by}」による${stamp.ja}の時刻印がありますが、信用する認証局が指定されていないため、だれのものかは確かめていません（--timestamp-ca で指定してください）。`,
      `The time of the time stamp: there is one of ${stamp.en} by “${stamp.by}”, but no authority was given to trust, so whose it is stays open (give one with --timestamp-ca).`,
    ]);
  if (sealed && stamp && timeStamp.trusted)
    doesNotProve.push([
      '時刻認証局の証明書が失効していないこと。通信をしないため、失効の情報は調べていません。',
      'That the certificate of the time stamping authority was not revoked: without network that is not asked.',
    ]);
  if (sealed && published.event.type === 'EditionPublished' && !('postReviews' in published.event.data))
    doesNotProve.push([
      '公開前の後閲の記録が、記載のもので全部であること。この版が公開されたときは、公開の記録に後閲が残されていなかったためです。',
      'That the records of 後閲 are all that there were before the publication: when this edition was published, its publication did not yet record them.',
    ]);
  if (holds && printedAgain !== 'same' && givenOut !== 'same')
    doesNotProve.push([
      '図・書体・配置が変えられていないこと。比べたのは文字と、添付された図のファイルです。',
      'That pictures, fonts and places are unchanged: text and the attached files of the figures were compared.',
    ]);
  if (holds && givenOut === null) {
    if (printing?.verificationPage)
      doesNotProve.push([
        '検証の案内先（奥付のアドレスとQRコード）が発行者のものであること。上の「検証の案内先」を、発行者が公表しているアドレスと比べてください。',
        'That the page for verification (the address and the QR code in the colophon) is the issuer’s: compare it, as given above, with the address that the issuer publishes.',
      ]);
    doesNotProve.push([
      '表紙のロゴ、色、奥付に発行者が添えた文と、それらの有無。版の本文ではないため、署名と内容ハッシュの対象ではありません。',
      'The logo on the cover, the colour, and what the issuer added to the colophon, or that there is none: they are no part of the edition, so neither signatures nor the content hash are over them.',
    ]);
  }
  if (holds)
    doesNotProve.push(
      [
        '記載されていることが事実であること、署名した人が本人であること（記録にあるのは、署名のときの本人確認の方法までです）。',
        'That what is written is true, or that signers were who they said: the log has how they were authenticated.',
      ],
      [
        timeStamp?.trusted
          ? '封印そのものの時刻（発行者の時計によるものです）、封印される前の書換え、時刻印より前に、鍵とデータベースの両方を持つ人が記録全体を作り直したこと。'
          : '封印の時刻。発行者の時計によるものです。封印される前の書換えや、鍵とデータベースの両方を持つ人が記録全体を作り直すことは、この検証では分かりません（封印の値を発行者の外に控えておけば分かります）。',
        timeStamp?.trusted
          ? 'The time of the seal itself, which is by the issuer’s clock; nor what was changed before it was sealed, nor a log made anew before the time stamp by whoever has both key and database.'
          : 'The time of the seal, which is by the issuer’s clock; nor what was changed before it was sealed, nor a log made anew by whoever has both key and database: a head kept elsewhere shows that.',
      ],
      givenOut === 'same' || givenOut === 'other'
        ? [
            'この版の今の扱い（施行中か、正誤、提供の終了など）が、この先も変わらないこと。最新のものは、発行者の公開ページで確かめてください。',
            'That the edition stands tomorrow as it does today (in force, without errata, the service offered): see the issuer’s pages for the newest.',
          ]
        : [
            'この版が今も施行中であることと、公開の後のこと（新しい版、正誤、後閲、提供の終了）。発行者の公開ページで確かめてください。',
            'That the edition is still in force, and what came after its publication (newer editions, errata, 後閲, the end of the service): see the issuer’s pages.',
          ],
    );
  const headings: Readonly<Record<Level, Said>> = {
    refused: ['この文書は、公開されたとおりのものではありません', 'This document is not as it was published'],
    document: [
      '矛盾はありませんが、公開の証明がありません',
      'Nothing contradicts, but there is no proof of publication',
    ],
    log: ['公開の記録と一致します（鍵は未確認）', 'It is as the log has it (the key was not compared)'],
    key: ['公開されたとおりの文書です', 'This document is as it was published'],
  };
  const notTheFile: Said =
    level === 'document'
      ? [
          '矛盾はありませんが、公開の証明がなく、発行者がここで渡しているファイルでもありません',
          'Nothing contradicts, but there is no proof of publication, and it is not the file that the issuer gives out here',
        ]
      : [
          '内容は公開されたとおりですが、発行者がここで渡しているファイルではありません',
          'What it says is as it was published, but it is not the file that the issuer gives out here',
        ];
  return {
    heading: say(holds && givenOut === 'other' ? notTheFile : headings[level]),
    facts,
    findings: [...new Set(findings.map(({ ja, en }) => say([ja, en])))],
    proves: proves.map(say),
    doesNotProve: doesNotProve.map(say),
  };
};

type InBoth = { readonly ja: string; readonly en: string };

/** Why a file can be neither confirmed nor refused, and what to do; null for any other error. */
export const whyNotVerified = (error: unknown): InBoth | null =>
  error instanceof UnreadablePdf ? unreadable[error.reason] : error instanceof NoEditionInside ? noEdition : null;

const noEdition: InBoth = {
  ja: '開示書のデータがないPDFのため、検証できません。開示書のPDFではないか、印刷や別のソフトでの保存によってデータが失われています。その版の公開ページから受け取ったままのPDFで検証してください。',
  en: 'The PDF has no data of a disclosure in it, so it cannot be verified. It is no disclosure, or has lost its data when it was printed to a file or saved by another program. Verify the PDF as you get it from the page of the edition.',
};

const unreadable: Readonly<Record<UnreadableReason, InBoth>> = {
  Encrypted: {
    ja: 'パスワードのかかったPDFは検証できません。発行者のページから受け取ったままのPDFを指定してください。',
    en: 'A PDF that asks for a password cannot be verified. Give the file as the issuer gave it out.',
  },
  Damaged: {
    ja: 'PDFとして読めません。壊れているか、途中で切れているか、PDFではありません。発行者のページからもう一度受け取ってください。',
    en: 'It cannot be read as a PDF: it is damaged, cut off, or no PDF. Get it from the issuer again.',
  },
  TooLarge: {
    ja: '開示書としては大きすぎるか、展開すると大きくなりすぎるPDFのため、検証を打ち切りました。',
    en: 'The PDF is larger than a disclosure can be, or unpacks to more: it was not looked at further.',
  },
  TooSlow: {
    ja: '読み取りに時間がかかりすぎたため、検証を打ち切りました。',
    en: 'Reading it took too long, so it was given up.',
  },
};
