export * from './imported-disclosure';
