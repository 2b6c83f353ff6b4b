package io.github.resilientws.benchmarks.process;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * The certificate of the server. Clients trust it because it is in the default trust
 * store of their JVM.
 *
 * @param keyStore file with the certificate and its key
 * @param trustStore file with the certificate
 */
public record Certificate(Path keyStore, Path trustStore) {

	static final String PASSWORD = "changeit";

	/**
	 * Create a certificate.
	 * @param directory where to write it
	 * @return the certificate
	 * @throws Exception if it fails
	 */
	public static Certificate create(Path directory) throws Exception {
		X509Bundle bundle = new CertificateBuilder().subject("CN=localhost")
			.addSanDnsName("localhost")
			.setIsCertificateAuthority(true)
			.buildSelfSigned();
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("server", bundle.getCertificate());
		Certificate result = new Certificate(directory.resolve("key.p12"), directory.resolve("trust.p12"));
		write(bundle.toKeyStore(PASSWORD.toCharArray()), result.keyStore);
		write(trusted, result.trustStore);
		return result;
	}

	private static void write(KeyStore store, Path file) throws Exception {
		try (OutputStream output = Files.newOutputStream(file)) {
			store.store(output, PASSWORD.toCharArray());
		}
	}

	/**
	 * Return the options of a JVM that trusts the certificate.
	 * @return the options
	 */
	List<String> options() {
		return List.of("-Djavax.net.ssl.trustStore=" + this.trustStore, "-Djavax.net.ssl.trustStoreType=PKCS12",
				"-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
	}

}
