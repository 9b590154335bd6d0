/** Injected: where the operator offers the program that verifies without us; null where it is given out in another way. */
export const VERIFIER_URL = Symbol('VERIFIER_URL');

/** @throws Error when `VERIFIER_URL` is no address of the web */
export const namedVerifierUrl = (env: NodeJS.ProcessEnv): string | null => {
  const named = env['VERIFIER_URL'];
  if (!named) return null;
  if (!URL.canParse(named) || !/^https?:$/.test(new URL(named).protocol))
    throw new Error('VERIFIER_URL has to be an address, such as https://kaijisho.example.com/kaijisho.tgz');
  return named;
};
