export * from './contract';
export { DecideReminding } from './decide-reminding';
export * from './domain/ladder';
export { readyMadeKinds, readyMadeLadders } from './domain/ready-made';
export {
  isKind,
  isQuiet,
  ladderOf,
  type CertificateKind,
  type QuietHours,
  type Reminding,
  type RemindingEvent,
} from './domain/reminding';
export { remindingDecider, type RemindingCommand, type RemindingRejection } from './domain/reminding.decider';
export { remindingCodec } from './reminding.codec';
export { mailableFrom } from './mailable-from';
export { RemindingApiModule } from './reminding.api.module';
export { REMINDING_STREAM, remindingNow } from './reminding-now';
