import { createSign, generateKeyPairSync } from 'node:crypto';
import type { Signer } from './notification.ts';

export type EmulatorSigner = {
  /** The signer of messages whose key is at `url`. */
  readonly at: (url: string) => Signer;
  /** The public key, PEM: AWS serves a certificate, which only Amazon can sign. */
  readonly publicKey: () => string;
};

/** Signs with a key of its own, made when it is first needed. */
export const createSigner = (): EmulatorSigner => {
  let pair: { readonly publicKey: string; readonly privateKey: string } | undefined;
  const keys = () => {
    pair ??= generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    return pair;
  };
  return {
    at: (url) => ({
      certificateUrl: `${url}/_emulator/sns-public-key.pem`,
      sign: (text) => createSign('RSA-SHA1').update(text, 'utf8').sign(keys().privateKey, 'base64'),
    }),
    publicKey: () => keys().publicKey,
  };
};
