import type { Migration } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Personal data, credentials and sessions: rows that can be erased, none of it in an event. */
class Accounts1767225600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account (
        id text primary key,
        login_name text not null constraint account_login_name unique,
        name text not null,
        address text not null,
        created_at timestamptz not null
      );
      create unique index account_address on account (lower(address));
      create table credential (
        user_id text primary key references account on delete cascade,
        password_hash text not null,
        changed_at timestamptz not null
      );
      create table session (
        id text primary key, -- SHA-256, hex, of the token that only the browser has
        user_id text not null references account on delete cascade,
        created_at timestamptz not null,
        last_used_at timestamptz not null
      );
      create index session_user_id on session (user_id);
      create table sign_in_attempt (
        key text primary key,
        attempts integer not null,
        since timestamptz not null
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table sign_in_attempt; drop table session; drop table credential; drop table account;');
  }
}

/** Filled by the projection user-access.v1. */
class UserAccess1767225600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table user_access (user_id text primary key, state jsonb not null)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table user_access');
  }
}

/** A matter of taste, so a column that goes with the account, and no event. */
class MailPreference1767225600003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table account add review_mails text not null default 'each' check (review_mails in ('each', 'daily'))`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table account drop review_mails');
  }
}

/** A password that was reset is none until its owner has chosen the next one, through a link of which the hash is here. */
class PasswordReset1767225600004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table credential
        alter password_hash drop not null,
        add reset_hash text unique, -- SHA-256, hex, of the token that only the mail has
        add reset_until timestamptz,
        add check ((reset_hash is null) = (reset_until is null));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from credential where password_hash is null;
      alter table credential drop reset_hash, drop reset_until, alter password_hash set not null;
    `);
  }
}

export const identityMigrations: readonly Migration[] = [
  Accounts1767225600001,
  UserAccess1767225600002,
  MailPreference1767225600003,
  PasswordReset1767225600004,
];
