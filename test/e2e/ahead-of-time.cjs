// Preloaded into the processes of the product by a test that needs a later day: their clocks are ahead by AHEAD_MS.
const present = Date;
const now = () => present.now() + Number(process.env.AHEAD_MS);

globalThis.Date = new Proxy(present, {
  construct: (date, args, as) => Reflect.construct(date, args.length === 0 ? [now()] : args, as),
  apply: () => new present(now()).toString(),
  get: (date, name) => (name === 'now' ? now : Reflect.get(date, name)),
});
