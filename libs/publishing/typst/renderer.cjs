// The child process that holds the Typst engine. Plain JavaScript, because it runs the same from the sources (Jest) and from the
// build, and is found from the project's root. The engine is native code and may abort its process: that is why it has its own.
const { join } = require('node:path');
const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler');

const workspace = __dirname;
const font = (family, folder) => join(require.resolve(`@expo-google-fonts/${family}/package.json`), '..', folder);
const compiler = NodeCompiler.create({
  workspace,
  fontArgs: [
    {
      fontPaths: [
        font('noto-sans-jp', '400Regular'),
        font('noto-sans-jp', '500Medium'),
        font('noto-sans-jp', '700Bold'),
        font('noto-serif-jp', '600SemiBold'),
      ],
    },
  ],
});

/** @param {{ template?: string, files: { path: string, bytes: Uint8Array }[], timestamp: number }} job */
const render = ({ template = 'disclosure.typ', files, timestamp }) => {
  compiler.resetShadow();
  for (const { path, bytes } of files) compiler.mapShadow(join(workspace, path), Buffer.from(bytes));
  const compiled = compiler.compile({ mainFilePath: join(workspace, template) });
  const diagnostics = compiled.hasError() ? compiled.takeDiagnostics() : null;
  if (diagnostics !== null) throw new Error(JSON.stringify(diagnostics.shortDiagnostics));
  return compiler.pdf(compiled.result, { pdfStandard: 'a-3a', creationTimestamp: timestamp });
};

process.on('message', (job) => {
  try {
    process.send({ pdf: render(job) });
  } catch (error) {
    process.send({ failure: String(error?.message ?? error) });
  }
  compiler.evictCache(2); // the next turn of the event loop then lets go of the document itself
});
process.on('disconnect', () => process.exit(0));
