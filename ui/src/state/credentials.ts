import { CommandError, toCommandError } from '../ipc';
import type { KdfCost, Credential, ErrorCode, VaultCredentials, Status } from '../ipc';

type Facts = Pick<Status, 'credentials' | 'biometric'>;

/** Whether the user types it; the device provides the others. */
export const isTyped = (credential: Credential) => credential === 'pin' || credential === 'passphrase' || credential === 'recovery';

/** The credentials that can unlock now, in the order to offer them. A biometric needs a device that is ready for it. */
export function unlockCredentials({ credentials, biometric }: Facts): Credential[] {
  const usable = credentials.filter((credential) => credential !== 'biometric' || biometric === 'ready');
  // If the slots of the file are unknown, ask for a passphrase, which any vault can have.
  return usable.length > 0 ? usable : ['passphrase'];
}

/** The credentials that can prove who the user is. "No code" proves nothing, so it is used only if there is no other. */
export function reauthCredentials(facts: Facts): Credential[] {
  const asked = facts.credentials.some((credential) => credential !== 'device' && credential !== 'recovery');
  return unlockCredentials(facts).filter((credential) => credential !== 'device' || !asked);
}

/** Whether to offer a biometric in addition. Beside "no code" it would protect nothing. */
export function biometricToOffer({ credentials, biometric }: Facts): boolean {
  return biometric === 'ready' && !credentials.includes('biometric') && !credentials.includes('device');
}

/** Errors after which the same credential can no longer unlock. */
const ENDED: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'biometricAbsent',
  'biometricChanged',
  'deviceSecretGone',
  'deviceStoreAbsent',
]);

/** The credential to ask for after this error: the next one if this one can no longer unlock, else the same. */
export function credentialAfter(code: ErrorCode, credential: Credential, credentials: readonly Credential[]): Credential {
  if (!ENDED.has(code)) return credential;
  const others = credentials.filter((other) => other !== credential);
  return credentials[credentials.indexOf(credential) + 1] ?? others[0] ?? credential;
}

/** Whether it unlocks without input from the user, so that it can be tried at once. */
export function needsNoInput(credential: Credential, facts: Pick<Status, 'deviceKeepsSecrets' | 'biometric'>): boolean {
  return (credential === 'biometric' && facts.biometric === 'ready') || (credential === 'device' && facts.deviceKeepsSecrets);
}

/** The KDF costs above the present one of this credential. */
export function higherCosts(vault: VaultCredentials, credential: Credential): KdfCost[] {
  const present = vault.credentials.find((fact) => fact.credential === credential)?.kdfCost;
  return present ? vault.kdfCosts.filter(({ memoryMib }) => memoryMib > present.memoryMib) : [];
}

/** Runs an attempt, and adds the credential to a rejection, whose message depends on it. */
export async function namingCredential<T>(credential: Credential, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (reason) {
    const { code, params } = toCommandError(reason);
    throw new CommandError(code, code === 'credentialRejected' ? { credential } : params);
  }
}
