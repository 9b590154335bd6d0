export { accountsOf, accountsWithRole, identityProjections, type Account } from './accounts';
export * from './contract';
export type { UserEvent } from './domain/user';
export { assertEveryRouteSaysWhoMayCall } from './every-route-says-who-may-call';
export { IdentityApiModule } from './identity.api.module';
export { identityMigrations } from './identity.migrations';
export { readMailAddress, type MailAddressFault } from './mail-address';
export { dailyReaders, mailPreferenceOf, setMailPreference } from './mail-preference';
export { isLongEnough, MINIMUM_PASSWORD_LENGTH } from './password';
export { PasswordCheck } from './password-check';
export { registrationProblems, wrongPassword } from './problems';
export {
  registerUser,
  type NewUser,
  type Registered,
  type RegistrationDeps,
  type RegistrationRejection,
} from './register-user';
export { OFFICES_OF, type OfficesOf } from './session.controller';
export { userCodec } from './user.codec';
