import { CLOCK, type Clock } from '@app/event-sourcing';
import { Allowed, Answers, problemOf, type ProblemText } from '@app/http';
import { jobBoardView, retriedAnswer } from '@app/jobs/contract';
import type { JobBoard, ScheduledTurn } from '@app/jobs';
import { sealsWithoutTimeStamp } from '@app/sealing';
import { Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { JobQueue } from './job-queue';

/** How late a turn may be before it counts as missed: a worker that restarts renews its schedules within half a minute. */
const GRACE_MS = 60_000;

const queueOutOfReach: ProblemText = {
  status: 503,
  ja: 'ジョブのキューに接続できません。REDIS_URL（Redisを使わない場合はDATABASE_URL）のサーバーが動いているか確かめて、もう一度読み込んでください。',
  en: 'The queue of jobs is out of reach. See that the server of REDIS_URL (or, without Redis, of DATABASE_URL) runs, and load again.',
};
const noLongerFailed: ProblemText = {
  status: 409,
  ja: 'このジョブは失敗の一覧にもうありません。ほかの人が再実行したか、保存期間を過ぎています。一覧を読み込み直してください。',
  en: 'This job is not among the failed any more: somebody has run it again, or it was kept long enough. Load the list again.',
};

/** The queue for administrators: how much there is to do, what went wrong, and once more. */
@ApiTags('operations')
@Controller('api/jobs')
@Allowed('administrator')
export class JobsController {
  constructor(
    private readonly queue: JobQueue,
    private readonly dataSource: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Answers(jobBoardView)
  show(): Promise<z.infer<typeof jobBoardView>> {
    return this.asking(async (board) => {
      const [totals, names, failed, schedules] = await Promise.all([
        board.totals(),
        board.byName(),
        board.failed(),
        board.schedules(),
      ]);
      const now = this.clock();
      // Only a worker that has an authority to ask takes turns at it.
      const stamps = schedules.some(({ job }) => job === 'log.stamp');
      const missed = ({ nextAt }: ScheduledTurn) => nextAt !== null && Date.parse(nextAt) < now.getTime() - GRACE_MS;
      return {
        backend: this.queue.backend,
        at: now.toISOString(),
        totals,
        names: [...names],
        failed: [...failed],
        schedules: schedules.map((turn) => ({ ...turn, missed: missed(turn) })),
        sealsWithoutTimeStamp: stamps ? await sealsWithoutTimeStamp(this.dataSource) : null,
      };
    });
  }

  @Post(':key/retry')
  @HttpCode(200)
  @Answers(retriedAnswer)
  retry(@Param('key') key: string): Promise<z.infer<typeof retriedAnswer>> {
    return this.asking(async (board) => {
      if ((await board.retry(key)) === 'gone') throw problemOf('JobNotFailed', noLongerFailed);
      return { key };
    });
  }

  private async asking<T>(ask: (board: JobBoard) => Promise<T>): Promise<T> {
    const board = await this.queue.board().catch(() => {
      throw problemOf('QueueOutOfReach', queueOutOfReach);
    });
    return ask(board);
  }
}
