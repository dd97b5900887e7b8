package io.github.realtime4j.server.http;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A certificate (RFC 5280) that signs itself, with a fresh P-256 key.
 *
 * <p>The JDK has no public way to make one. Netty 4.2 deprecates its own, and the successor is a test library; both end in
 * BouncyCastle or in internals of the JDK.
 */
record SelfSigned(PrivateKey key, X509Certificate certificate) {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final byte[] DIGITAL_SIGNATURE = {0x03, 0x02, 0x07, (byte) 0x80};
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Browsers refuse more than 398 days. */
    private static final Duration VALIDITY = Duration.ofDays(397);

    /**
     * @param hosts names and addresses; the first name is the subject
     */
    static SelfSigned of(List<String> hosts, Instant now) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] facts = facts(hosts, now, pair.getPublic());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(facts);
            byte[] der = Der.sequence(facts, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new SelfSigned(pair.getPrivate(), certificate);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK cannot make a P-256 certificate", e);
        }
    }

    private static byte[] facts(List<String> hosts, Instant now, PublicKey key) {
        byte[] name = Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8(hosts.get(0)))));
        byte[] validity = Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(VALIDITY)));
        return Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(63, new SecureRandom()).add(BigInteger.ONE)),
                ECDSA_WITH_SHA256,
                name,
                validity,
                name,
                key.getEncoded(),
                Der.explicit(3, extensions(hosts)));
    }

    private static byte[] extensions(List<String> hosts) {
        List<byte[]> names = new ArrayList<>();
        hosts.forEach(host -> names.add(alternativeName(host)));
        return Der.sequence(
                extension("2.5.29.19", true, Der.sequence()),
                extension("2.5.29.15", true, DIGITAL_SIGNATURE),
                extension("2.5.29.37", false, Der.sequence(Der.oid("1.3.6.1.5.5.7.3.1"))),
                extension("2.5.29.17", false, Der.sequence(names.toArray(byte[][]::new))));
    }

    private static byte[] extension(String oid, boolean critical, byte[] content) {
        byte[] value = Der.octets(content);
        return critical ? Der.sequence(Der.oid(oid), Der.bool(true), value) : Der.sequence(Der.oid(oid), value);
    }

    private static byte[] alternativeName(String host) {
        if (!ADDRESS.matcher(host).matches()) {
            return Der.implicit(2, host.getBytes(StandardCharsets.US_ASCII));
        }
        try {
            return Der.implicit(7, InetAddress.getByName(host).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("No address: " + host, e);
        }
    }

    @Override
    public String toString() {
        return "SelfSigned[" + certificate.getSubjectX500Principal() + "]";
    }
}
