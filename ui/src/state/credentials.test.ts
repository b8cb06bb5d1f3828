import { describe, expect, it } from 'vitest';
import { biometricToOffer, higherCosts, unlockCredentials, needsNoInput, reauthCredentials, credentialAfter } from './credentials';

describe('the credentials to unlock with', () => {
  it('keeps the order of the core', () => {
    expect(unlockCredentials({ credentials: ['biometric', 'pin', 'recovery'], biometric: 'ready' })).toEqual(['biometric', 'pin', 'recovery']);
  });

  it.each(['absent', 'notEnrolled'] as const)('leaves out a biometric that is %s', (biometric) => {
    expect(unlockCredentials({ credentials: ['biometric', 'pin'], biometric })).toEqual(['pin']);
  });

  it('asks for a passphrase if nothing is known', () => {
    expect(unlockCredentials({ credentials: [], biometric: 'absent' })).toEqual(['passphrase']);
  });
});

describe('the credentials to prove with', () => {
  it('include "no code" only if there is no other', () => {
    expect(reauthCredentials({ credentials: ['device', 'recovery'], biometric: 'absent' })).toEqual(['device', 'recovery']);
    expect(reauthCredentials({ credentials: ['passphrase', 'device', 'recovery'], biometric: 'absent' })).toEqual(['passphrase', 'recovery']);
    // The core counts a biometric that cannot be used now.
    expect(reauthCredentials({ credentials: ['biometric', 'device', 'recovery'], biometric: 'absent' })).toEqual(['recovery']);
  });
});

describe('the credential after an error', () => {
  const credentials = ['biometric', 'pin', 'passphrase', 'recovery'] as const;

  it.each(['credentialRejected', 'biometricCancelled', 'biometricFailed', 'rateLimited', 'deviceStoreFailed'] as const)(
    'is the same after %s',
    (code) => expect(credentialAfter(code, 'biometric', credentials)).toBe('biometric'),
  );

  it.each(['biometricChanged', 'biometricAbsent', 'deviceSecretGone', 'deviceStoreAbsent'] as const)(
    'is the next one after %s',
    (code) => {
      expect(credentialAfter(code, 'biometric', credentials)).toBe('pin');
      expect(credentialAfter(code, 'pin', credentials)).toBe('passphrase');
    },
  );

  it('is the first other one after the last, and stays where there is no other', () => {
    expect(credentialAfter('deviceSecretGone', 'device', ['passphrase', 'device'])).toBe('passphrase');
    expect(credentialAfter('deviceSecretGone', 'device', ['device'])).toBe('device');
  });

  it('is the first one where the core does not offer the old one any more', () => {
    expect(credentialAfter('biometricChanged', 'biometric', ['pin', 'recovery'])).toBe('pin');
  });
});

it('offers a biometric on top of a code, once, where the device is ready for it', () => {
  expect(biometricToOffer({ credentials: ['pin', 'recovery'], biometric: 'ready' })).toBe(true);
  expect(biometricToOffer({ credentials: ['pin', 'recovery'], biometric: 'notEnrolled' })).toBe(false);
  expect(biometricToOffer({ credentials: ['biometric', 'pin', 'recovery'], biometric: 'ready' })).toBe(false);
  expect(biometricToOffer({ credentials: ['device', 'recovery'], biometric: 'ready' })).toBe(false);
});

it('asks at once only for what the device can give now', () => {
  const facts = { deviceKeepsSecrets: true, biometric: 'notEnrolled' } as const;
  expect(needsNoInput('device', facts)).toBe(true);
  expect(needsNoInput('biometric', facts)).toBe(false);
  expect(needsNoInput('biometric', { ...facts, biometric: 'ready' })).toBe(true);
  expect(needsNoInput('device', { ...facts, deviceKeepsSecrets: false })).toBe(false);
  expect(needsNoInput('pin', facts)).toBe(false);
});

it('offers the KDF costs above the present one, and none for what cannot be guessed', () => {
  const kdfCosts = [64, 128, 256].map((memoryMib) => ({ memoryMib, passes: 3 }));
  const credentials = [
    { credential: 'pin' as const, kdfCost: { memoryMib: 128, passes: 3 } },
    { credential: 'passphrase' as const, kdfCost: { memoryMib: 256, passes: 3 } },
    { credential: 'recovery' as const, kdfCost: null },
  ];
  const memory = (way: 'pin' | 'passphrase' | 'recovery') =>
    higherCosts({ credentials, kdfCosts }, way).map(({ memoryMib }) => memoryMib);
  expect(memory('pin')).toEqual([256]);
  expect(memory('passphrase')).toEqual([]);
  expect(memory('recovery')).toEqual([]);
});
