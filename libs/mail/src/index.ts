export * from './mail';
export * from './mail.migrations';
export { enqueueMail, mailLog, UnsafeMail, type MailStatus, type OutgoingMail } from './outbox';
