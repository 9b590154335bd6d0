export { AppointOfficer, type AppointmentRejection } from './appoint-officer';
export * from './contract';
export { DecideOfficers } from './decide-officers';
export { deputationMails } from './deputation-mails';
export * from './domain/officer-role';
export {
  holdersOn,
  isHeldOn,
  officesOf,
  organisationOn,
  type Deputation,
  type Office,
  type OfficerEvent,
  type OfficerRegister,
} from './domain/register';
export { officerDecider, type OfficerCommand, type OfficerRejection } from './domain/register.decider';
export { officerCodec } from './officer.codec';
export * from './officers-now';
export { OfficersApiModule } from './officers.api.module';
