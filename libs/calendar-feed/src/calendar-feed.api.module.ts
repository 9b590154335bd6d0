import { Module } from '@nestjs/common';
import { CalendarController } from './calendar.controller';
import { CalendarFeedsController } from './calendar-feeds.controller';
import { FeedEntries } from './feed-entries';

@Module({ controllers: [CalendarController, CalendarFeedsController], providers: [FeedEntries] })
export class CalendarFeedApiModule {}
