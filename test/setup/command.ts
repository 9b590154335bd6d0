/**
 * For specs of commands, outside of their tests: what commands print is kept instead of shown, and each test leaves the environment as
 * it was.
 */
export const prepareCommands = () => {
  const environment = process.env['DATABASE_URL'];
  const commands = {
    /** On stdout, since the test began or this was emptied. */
    printed: '',
    workOn: (databaseUrl: string): void => void (process.env['DATABASE_URL'] = databaseUrl),
  };
  beforeEach(() => {
    commands.printed = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((commands.printed += String(text)), true));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    if (environment === undefined) delete process.env['DATABASE_URL'];
    else process.env['DATABASE_URL'] = environment;
  });
  return commands;
};
