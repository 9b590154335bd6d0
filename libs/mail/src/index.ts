export { mailJobs, sweepMail, type Delivery, type MailListener } from './deliver';
export { BounceUnreadable, readBounce, recordBounce, type Bounce, type BounceRecorded } from './bounce';
export * from './digest';
export * from './mail';
export * from './mail.migrations';
export {
  enqueueMail,
  enqueueMails,
  forgetMails,
  giveUpMail,
  mailLog,
  mailsWaiting,
  oneLine,
  UnsafeMail,
  type MailStatus,
  type OutgoingMail,
} from './outbox';
export * from './render-mail';
export * from './transport';
