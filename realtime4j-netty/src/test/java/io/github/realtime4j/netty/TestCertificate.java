package io.github.realtime4j.netty;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import javax.net.ssl.SSLContext;

/** A self-signed certificate for one name, and the two sides that use it. */
record TestCertificate(SSLContext serving, SSLContext trusting) {
    static final TestCertificate LOCALHOST = forName("localhost");

    static TestCertificate forName(String dnsName) {
        try {
            X509Bundle bundle = new CertificateBuilder()
                    .subject("CN=" + dnsName)
                    .setIsCertificateAuthority(true)
                    .addSanDnsName(dnsName)
                    .ecp256()
                    .buildSelfSigned();
            SSLContext serving = SSLContext.getInstance("TLS");
            serving.init(bundle.toKeyManagerFactory().getKeyManagers(), null, null);
            SSLContext trusting = SSLContext.getInstance("TLS");
            trusting.init(null, bundle.toTrustManagerFactory().getTrustManagers(), null);
            return new TestCertificate(serving, trusting);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
