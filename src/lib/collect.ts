import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Gives back the memory that nothing uses any more. A process that then has little to do would keep it for hours: V8
 * collects when much is made, not when much is left over. Stops this thread for a tenth of a second: not while people wait.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
