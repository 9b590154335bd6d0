import { inBoth } from '../messages/language';

/** Texts of ジョブ. */
export const operationsMessages = inBoth(
  {
    title: 'ジョブ',
    about:
      'メールの送信や期限の確認など、裏側で動く仕事の状況です。失敗したジョブは、決められた回数を試したあとで一覧に残ります。',
    backend: { postgres: 'キューはPostgreSQLにあります。', redis: 'キューはRedisにあります。' },
    asOf: (time: string): string => `${time}現在（5秒ごとに更新）`,
    forAdministrators: 'この画面を見られるのは管理者です。',

    stopped: 'ジョブを実行するワーカーが動いていないようです。',
    stoppedAbout: (names: string): string =>
      `予定の時刻を過ぎても実行されていない定期ジョブがあります（${names}）。ワーカーのプロセスが動いているか確かめ、止まっていれば起動してください。メールと期限の確認は、ワーカーが動き始めると追いつきます。`,

    states: { waiting: '待機中', active: '実行中', delayed: '予定', failed: '失敗' },
    stateHelp: {
      waiting: '順番を待っています',
      active: 'いま実行しています',
      delayed: '定期実行と再試行の待ち',
      failed: '試行を使い切ったもの',
    },

    byName: 'ジョブの種類ごとの件数',
    job: 'ジョブ',
    others: 'そのほか（種類は数えていません）',
    nothing: 'いまキューにジョブはありません。',

    failed: '失敗したジョブ',
    failedNone: '失敗したジョブはありません。',
    failedAbout: '新しいものから50件までを表示します。30日を過ぎると一覧から消えます。',
    failedAt: '失敗した日時',
    subject: '対象',
    attempts: (count: number): string => `${count}回試行`,
    reason: '理由',
    noReason: '理由は記録されていません。',
    details: '詳細',
    detailsOf: (job: string): string => `${job}の詳細`,
    retry: '再実行',
    retryOf: (job: string, subject: string): string => `${job}（${subject}）を再実行`,
    retried: (job: string): string => `${job}をキューに戻しました。`,

    schedules: '定期実行',
    schedulesNone: '定期実行は登録されていません。ワーカーが一度起動すると登録されます。',
    every: '間隔',
    next: '次回',
    missed: '実行されていません',
    seconds: (seconds: number): string => (seconds < 60 ? `${seconds}秒` : `${Math.round(seconds / 60)}分`),
    unstamped: (seals: number): string =>
      seals === 0
        ? '時刻印を待っている封印はありません。'
        : `時刻印を待っている封印が${seals.toLocaleString()}件あります。次の時刻印は、それまでの封印すべてに及びます。`,
    unknown: '―',

    jobs: {
      'mail.sweep': 'メールの送信',
      'digests.sweep': 'まとめのメール',
      'log.seal': '記録の封印',
      'log.stamp': '封印への時刻印',
      'reminders.sweep': '期限の確認',
      'nudges.sweep': '署名の催促',
      'certificates.lapse': '証明書の期限切れの記録',
      'audits.follow-editions': '版の変更による監査・点検の見直し',
    },
  },
  {
    title: 'Jobs',
    about:
      'What works in the background: sending mails, watching deadlines. A job that failed stays in the list when it has used up its attempts.',
    backend: { postgres: 'The queue is in PostgreSQL. ', redis: 'The queue is in Redis. ' },
    asOf: (time) => `As of ${time} (renewed every five seconds)`,
    forAdministrators: 'This screen is for administrators.',

    stopped: 'No worker seems to be running.',
    stoppedAbout: (names) =>
      `Scheduled jobs have missed their turn (${names}). See that the worker process runs, and start it if it does not. It catches up with mails and deadlines when it does.`,

    states: { waiting: 'Waiting', active: 'Active', delayed: 'Delayed', failed: 'Failed' },
    stateHelp: {
      waiting: 'until it is their turn',
      active: 'being done now',
      delayed: 'schedules and further attempts',
      failed: 'out of attempts',
    },

    byName: 'By job',
    job: 'Job',
    others: 'Others (not looked at)',
    nothing: 'There is nothing in the queue.',

    failed: 'Failed jobs',
    failedNone: 'No job has failed.',
    failedAbout: 'The last fifty, the newest first. They leave the list after thirty days.',
    failedAt: 'Failed',
    subject: 'Of',
    attempts: (count) => (count === 1 ? '1 attempt' : `${count} attempts`),
    reason: 'Reason',
    noReason: 'No reason was recorded.',
    details: 'Details',
    detailsOf: (job) => `Details of ${job}`,
    retry: 'Run again',
    retryOf: (job, subject) => `Run again: ${job} (${subject})`,
    retried: (job) => `${job} is in the queue again.`,

    schedules: 'Schedules',
    schedulesNone: 'There are no schedules yet. A worker adds them when it starts.',
    every: 'Every',
    next: 'Next',
    missed: 'missed',
    seconds: (seconds) => (seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`),
    unstamped: (seals) =>
      seals === 0
        ? 'No seal waits for a time stamp.'
        : `Seals that wait for a time stamp: ${seals.toLocaleString()}. The next one is over all of them.`,
    unknown: '—',

    jobs: {
      'mail.sweep': 'Sending mails',
      'digests.sweep': 'Daily mails',
      'log.seal': 'Sealing the log',
      'log.stamp': 'Time stamps over seals',
      'reminders.sweep': 'Watching deadlines',
      'nudges.sweep': 'Nudging signatories',
      'certificates.lapse': 'Recording that certificates lapsed',
      'audits.follow-editions': 'Bringing audits forward after an edition',
    },
  },
);
