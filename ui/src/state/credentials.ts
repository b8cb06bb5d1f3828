import { CommandError, toCommandError } from '../ipc';
import type { Cost, Credential, ErrorCode, Protection, Status } from '../ipc';

type Facts = Pick<Status, 'ways' | 'biometric'>;

/** What is typed, and not asked of the device alone. */
export const isTyped = (way: Credential) => way === 'pin' || way === 'passphrase' || way === 'recovery';

/** What can open here and now, in the order in which to offer it: a biometric only where the device is ready for it. */
export function unlockCredentials({ ways, biometric }: Facts): Credential[] {
  const usable = ways.filter((way) => way !== 'biometric' || biometric === 'ready');
  // A file whose slots cannot be told is asked for what every vault can have.
  return usable.length > 0 ? usable : ['passphrase'];
}

/** What can prove that it is the person: "no code" proves nothing while there is anything else to ask for. */
export function reauthCredentials(facts: Facts): Credential[] {
  const asked = facts.ways.some((way) => way !== 'device' && way !== 'recovery');
  return unlockCredentials(facts).filter((way) => way !== 'device' || !asked);
}

/** Whether a biometric can be offered on top: beside "no code" it would protect nothing. */
export function biometricToOffer({ ways, biometric }: Facts): boolean {
  return biometric === 'ready' && !ways.includes('biometric') && !ways.includes('device');
}

/** Refusals after which the same way cannot open any more. */
const ENDED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'biometricAbsent',
  'biometricChanged',
  'deviceSecretGone',
  'deviceStoreAbsent',
]);

/** The way to show after `way` was refused so: the next one where it is over, else the same. */
export function credentialAfter(code: ErrorCode, way: Credential, ways: readonly Credential[]): Credential {
  if (!ENDED.has(code)) return way;
  const others = ways.filter((other) => other !== way);
  return ways[ways.indexOf(way) + 1] ?? others[0] ?? way;
}

/** Opens without anything being typed, so that it can be asked for at once. */
export function needsNoInput(way: Credential, facts: Pick<Status, 'deviceKeepsSecrets' | 'biometric'>): boolean {
  return (way === 'biometric' && facts.biometric === 'ready') || (way === 'device' && facts.deviceKeepsSecrets);
}

/** The costs above that of this credential. */
export function higherCosts({ credentials, costs }: Protection, way: Credential): Cost[] {
  const present = credentials.find(({ credential }) => credential === way)?.cost;
  return present ? costs.filter(({ memoryMib }) => memoryMib > present.memoryMib) : [];
}

/** Tries a credential: a refusal names the way, which has words of its own. */
export async function namingCredential<T>(way: Credential, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (reason) {
    const { code, params } = toCommandError(reason);
    throw new CommandError(code, code === 'credentialRejected' ? { credential: way } : params);
  }
}
