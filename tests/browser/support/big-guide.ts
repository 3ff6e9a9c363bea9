// A guide of any size, as a company's file. Nothing of a browser is needed here: the bench makes one too.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A folder with one guide of so many nodes: two answers a question. */
export const bigGuide = async (folder: string, nodes: number): Promise<string> => {
  const lines = ['id = "big"', 'start = "n0"', '[text.en]\ntitle = "A big guide"\ndescription = "Five hundred nodes."'];
  for (let at = 0; at < nodes; at += 1) {
    const below = [2 * at + 1, 2 * at + 2].filter((next) => next < nodes);
    lines.push("[[node]]", `id = "n${at}"`, `text.en.text = "Node ${at}"`);
    if (below.length === 0) lines.push('outcome = "answer"');
    for (const next of below) lines.push("[[node.answer]]", `id = "a${next}"`, `next = "n${next}"`, `label.en = "To ${next}"`);
  }
  const guides = join(folder, "guides");
  await mkdir(guides, { recursive: true });
  await writeFile(join(guides, "big.toml"), lines.join("\n"));
  return guides;
};
