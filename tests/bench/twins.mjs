// Builds the twins as the portal is built: bundled, minified, compressed, with the portal's own style sheet.
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { build } from "esbuild";

const ENTRIES = { vanilla: "twins/vanilla/app.js", react: "twins/react/app.jsx" };

const shell = (style) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Interactions</title>
<link rel="stylesheet" href="/assets/${style}">
<script type="module" src="/assets/app.js"></script>
</head>
<body><div id="app"></div></body>
</html>
`;

/** Builds one twin into a folder that the reference API can serve. */
export const buildTwin = async (name, dist, into) => {
  await mkdir(join(into, "assets"), { recursive: true });
  const style = (await readdir(join(dist, "assets"))).find((file) => /^main-.*\.css$/.test(file));
  const { outputFiles } = await build({
    entryPoints: [ENTRIES[name]],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    write: false,
  });
  await put(join(into, "index.html"), Buffer.from(shell(style)));
  await put(join(into, "assets/app.js"), Buffer.from(outputFiles[0].contents));
  await put(join(into, `assets/${style}`), await readFile(join(dist, "assets", style)));
  for (const same of ["icons.svg", "config.json"]) await cp(join(dist, same), join(into, same));
};

const put = async (path, bytes) => {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  await writeFile(path, bytes);
  await writeFile(`${path}.br`, brotliCompressSync(bytes, quality));
  await writeFile(`${path}.gz`, gzipSync(bytes, { level: 9 }));
};
