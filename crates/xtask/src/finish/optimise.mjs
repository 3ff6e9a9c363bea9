// Optimises WebAssembly modules, one after another: node optimise.mjs BINARYEN FILE...
//
// Binaryen comes from npm as a program of its own kind, which every start has to compile; one process for many files takes a fifth
// of the time that a process for each does. `cargo xtask` starts one for each core. What it makes of a file is, bit for bit, what
// `wasm-opt -Oz --converge` makes of it, with the switches below.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [library, ...files] = process.argv.slice(2);
const { default: binaryen } = await import(pathToFileURL(library).href);

// -Oz
binaryen.setOptimizeLevel(2);
binaryen.setShrinkLevel(2);
binaryen.setGenerateStackIR(true);
binaryen.setOptimizeStackIR(true);
// What these two save in code, brotli had saved already: with them the program is less, and its download more.
for (const pass of ["local-cse", "merge-locals"]) binaryen.addPassToSkip(pass);

for (const file of files) {
  // Which features may be used stands in the module itself, as long as nothing strips it before.
  const module = binaryen.readBinary(readFileSync(file));
  for (let before = Infinity, now = 0; now < before; ) {
    before = now || before;
    module.optimize();
    now = module.emitBinary().length;
  }
  module.runPasses(["strip-debug", "strip-producers", "strip-target-features"]);
  writeFileSync(file, module.emitBinary());
  module.dispose();
}
