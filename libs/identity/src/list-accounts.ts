import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { allAccounts, type Account } from './accounts';

/** All users, for administrators. */
export class ListAccounts extends Query<Account[]> {}

@QueryHandler(ListAccounts)
export class ListAccountsHandler implements IQueryHandler<ListAccounts> {
  constructor(private readonly dataSource: DataSource) {}

  execute(): Promise<Account[]> {
    return allAccounts(this.dataSource);
  }
}
