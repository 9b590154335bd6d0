import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { AccessGuard } from './access.guard';
import { ChangePasswordHandler } from './change-password';
import { DecideUserHandler } from './decide-user';
import { ListAccountsHandler } from './list-accounts';
import { MailPreferenceController } from './mail-preference.controller';
import { PasswordCheck } from './password-check';
import { PeopleController } from './people.controller';
import { RegisterUserHandler } from './register-user';
import { ChoosePasswordHandler, ResetPasswordHandler } from './reset-password';
import { SessionController } from './session.controller';
import { Sessions } from './sessions';
import { UsersController } from './users.controller';

/** Users, sessions, and the guard in front of every route of the application that imports this. */
@Module({
  imports: [CqrsModule, DiscoveryModule],
  controllers: [MailPreferenceController, PeopleController, SessionController, UsersController],
  providers: [
    Sessions,
    PasswordCheck,
    ChangePasswordHandler,
    ChoosePasswordHandler,
    DecideUserHandler,
    ListAccountsHandler,
    RegisterUserHandler,
    ResetPasswordHandler,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [PasswordCheck],
})
export class IdentityApiModule {}
