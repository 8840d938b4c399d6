/* Tries numbers until one solves ALTCHA's challenge, off the page's own thread, and tells how many it tried. */
import { pbkdf2, solveChallenge } from "altcha/lib";

const EVERY_MILLISECONDS = 200;

self.onmessage = async ({ data }) => {
  if (data.type !== "work") return;
  let tried = 0;
  let told = performance.now();
  const deriveKey = (...asked) => {
    tried += 1;
    if (performance.now() - told > EVERY_MILLISECONDS) {
      told = performance.now();
      self.postMessage({ tried });
    }
    return pbkdf2.deriveKey(...asked);
  };
  try {
    self.postMessage(await solveChallenge({ ...data, deriveKey }));
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
