/** At any time that the clock of the emulator may be set to. */
const from = new Date('2000-01-01T00:00:00Z');
const until = new Date('2099-12-31T23:59:59Z');

/** A certificate of the key, PEM, which it signs itself: AWS's are signed by an authority, which trusts only Amazon. */
export const makeCertificate = async (keys: {
  readonly publicKey: string;
  readonly privateKey: string;
}): Promise<string> => {
  // Few ask for the certificate, and the library takes longer to load than the rest of SNS.
  const { default: forge } = await import('node-forge');
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
  certificate.serialNumber = '01';
  certificate.validity.notBefore = from;
  certificate.validity.notAfter = until;
  const name = [{ name: 'commonName', value: 'sns.amazonaws.com' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.sign(forge.pki.privateKeyFromPem(keys.privateKey), forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
};
