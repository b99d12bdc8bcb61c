import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const require = createRequire(import.meta.url);

/** The file that a package offers as a command. */
export function command(name, bin) {
  for (const folder of require.resolve.paths(name)) {
    try {
      const manifest = join(folder, name, "package.json");
      return join(dirname(manifest), require(manifest).bin[bin]);
    } catch (error) {
      if (error.code !== "MODULE_NOT_FOUND") {
        throw error;
      }
    }
  }

  throw new Error(`${name} is not installed`);
}
