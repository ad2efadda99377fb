import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import type { SnsContext } from '../sns-context.ts';
import { makeCertificate } from './certificate.ts';
import type { Signer, Signing } from './notification.ts';

export type EmulatorSigner = {
  /** The signer of messages whose certificate is served under `url`. */
  readonly at: (url: string) => Signer;
  /** The certificate that is at that path, PEM; `undefined` for another path. */
  readonly certificate: (path: string) => Promise<string> | undefined;
};

/** By the `SignatureVersion` of a topic (developer guide, Configuring message signature validation). */
const algorithms = { '1': 'RSA-SHA1', '2': 'RSA-SHA256' } as const;

const newKeys = () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const id = createHash('sha256').update(publicKey).digest('hex').slice(0, 32);
  return { publicKey, privateKey, path: `/SimpleNotificationService-${id}.pem` };
};

/** Signs with a key of its own, made when it is first needed. */
export const createSigner = (): EmulatorSigner => {
  let made: ReturnType<typeof newKeys> | undefined;
  let certificate: Promise<string> | undefined;
  const keys = () => {
    made ??= newKeys();
    return made;
  };
  return {
    at: (url) => ({
      certificateUrl: url + keys().path,
      sign: (text, version) => createSign(algorithms[version]).update(text, 'utf8').sign(keys().privateKey, 'base64'),
    }),
    certificate: (path) => {
      if (made === undefined || path !== made.path) return undefined;
      certificate ??= makeCertificate(made);
      return certificate;
    },
  };
};

/** How the messages of a topic are signed. */
export const signingFor = ({ signer, state }: SnsContext, topicArn: string): Signing => ({
  signer: signer(),
  version: state.topics.get(topicArn)?.attributes.SignatureVersion === '2' ? '2' : '1',
});
