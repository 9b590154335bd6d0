export { mailJobs, type Delivery, type MailListener } from './deliver';
export * from './mail';
export * from './mail.migrations';
export { enqueueMail, mailLog, mailsWaiting, oneLine, UnsafeMail, type MailStatus, type OutgoingMail } from './outbox';
export * from './render-mail';
export * from './transport';
