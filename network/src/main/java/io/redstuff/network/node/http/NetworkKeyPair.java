package io.redstuff.network.node.http;

import io.redstuff.client.node.NetworkKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/**
 * The network key of a node, a key pair of secp256r1, and the certificate that the node makes of it
 * itself. Clients know the public key from the ledger and trust nothing else in the certificate.
 *
 * @since 0.1.0
 */
public final class NetworkKeyPair {
  /** The length of the secret key in bytes. */
  public static final int SECRET_BYTES = 32;

  private static final String CURVE = "secp256r1";
  private static final int KEY_BYTES_IN_NAME = 4;
  private static final Duration VALIDITY = Duration.ofDays(3650);
  private static final Duration CLOCK_SKEW = Duration.ofDays(1);

  private final BigInteger secret;
  private final ECPoint point;

  private NetworkKeyPair(BigInteger secret) {
    this.secret = secret;
    this.point = CustomNamedCurves.getByName(CURVE).getG().multiply(secret).normalize();
  }

  /**
   * Returns a key pair of its secret.
   *
   * @param secret 32 bytes, big-endian
   * @return the key pair
   * @throws IllegalArgumentException if there are not 32, or they are no number from 1 to below the
   *     order of the curve
   */
  public static NetworkKeyPair of(byte[] secret) {
    BigInteger number = new BigInteger(1, secret);
    BigInteger order = CustomNamedCurves.getByName(CURVE).getN();
    if (secret.length != SECRET_BYTES || number.signum() == 0 || number.compareTo(order) >= 0) {
      throw new IllegalArgumentException(
          "network key: got %s bytes, expected %s from 1 to below the order of %s"
              .formatted(secret.length, SECRET_BYTES, CURVE));
    }
    return new NetworkKeyPair(number);
  }

  /**
   * Makes a key pair.
   *
   * @param random unpredictable
   * @return the key pair
   */
  public static NetworkKeyPair generate(SecureRandom random) {
    BigInteger order = CustomNamedCurves.getByName(CURVE).getN();
    BigInteger number;
    do {
      number = new BigInteger(order.bitLength(), random);
    } while (number.signum() == 0 || number.compareTo(order) >= 0);
    return new NetworkKeyPair(number);
  }

  /** {@return the public key, as nodes register it} */
  public NetworkKey publicKey() {
    return NetworkKey.of(point.getEncoded(true));
  }

  /** {@return the secret, 32 bytes, big-endian} */
  public byte[] secret() {
    byte[] number = secret.toByteArray();
    byte[] bytes = new byte[SECRET_BYTES];
    int length = Math.min(number.length, SECRET_BYTES);
    System.arraycopy(number, number.length - length, bytes, SECRET_BYTES - length, length);
    return bytes;
  }

  /** {@return the name of the node in its certificate: the first bytes of its key} */
  public String name() {
    byte[] key = Arrays.copyOf(publicKey().toBytes(), KEY_BYTES_IN_NAME);
    StringBuilder hex = new StringBuilder();
    for (byte b : key) {
      hex.append(Integer.toHexString(b & 0xff)); // without leading zeros, as the network has it
    }
    return hex + ".network.walrus.alt";
  }

  /** Returns the key with its certificate. */
  KeyStore toKeyStore(char[] password) throws IOException {
    try {
      PrivateKey key = privateKey();
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, password);
      store.setKeyEntry("network", key, password, new Certificate[] {certificate(key)});
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException("certificate: " + e.getMessage(), e);
    }
  }

  private PrivateKey privateKey() throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec(CURVE));
    return KeyFactory.getInstance("EC")
        .generatePrivate(
            new ECPrivateKeySpec(secret, parameters.getParameterSpec(ECParameterSpec.class)));
  }

  private Certificate certificate(PrivateKey key) throws GeneralSecurityException, IOException {
    AlgorithmIdentifier signing = new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256);
    X500Name subject = new X500Name("CN=" + name());
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
    generator.setSignature(signing);
    generator.setIssuer(subject);
    generator.setSubject(subject);
    Instant now = Instant.now();
    generator.setStartDate(new Time(Date.from(now.minus(CLOCK_SKEW))));
    generator.setEndDate(new Time(Date.from(now.plus(VALIDITY))));
    generator.setSubjectPublicKeyInfo(
        new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(
                X9ObjectIdentifiers.id_ecPublicKey, SECObjectIdentifiers.secp256r1),
            point.getEncoded(false)));
    ExtensionsGenerator extensions = new ExtensionsGenerator();
    extensions.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, name())));
    generator.setExtensions(extensions.generate());
    TBSCertificate unsigned = generator.generateTBSCertificate();
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(unsigned.getEncoded("DER"));
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(unsigned);
    parts.add(signing);
    parts.add(new DERBitString(signature.sign()));
    byte[] der = new DERSequence(parts).getEncoded("DER");
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(der));
  }

  /** {@return the public key and nothing else} */
  @Override
  public String toString() {
    return "network key " + HexFormat.of().formatHex(publicKey().toBytes());
  }
}
