const { createHash } = require('node:crypto');
const esbuild = require('esbuild');

/** Strips types only: what runs under Jest is what Node runs. */
module.exports = {
  getCacheKey: (source, path, { configString }) =>
    createHash('sha256')
      .update(source)
      .update(path)
      .update(configString)
      .update(esbuild.version)
      .digest('hex'),
  process: (source, path) =>
    esbuild.transformSync(source, {
      loader: 'ts',
      format: 'esm',
      target: 'node24',
      sourcefile: path,
      sourcemap: 'inline',
    }),
};
