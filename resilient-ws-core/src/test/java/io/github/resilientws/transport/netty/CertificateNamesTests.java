package io.github.resilientws.transport.netty;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.transport.Pki;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CertificateNames}.
 */
class CertificateNamesTests {

	@ParameterizedTest
	@CsvSource({ "a.example.com, a.example.com, true", "a.example.com, A.eXAMPLE.COM, true",
			"a.example.com, a.example.com., true", "a.example.com, b.example.com, false",
			"a.example.com, x.a.example.com, false", "*.example.com, a.example.com, true",
			"*.example.com, example.com, false", "*.example.com, a.b.example.com, false", "*.com, example.com, false",
			"*, localhost, false", "a*.example.com, ab.example.com, false", "127.0.0.1, 127.0.0.1, false",
			"other.com, test, false", "*.example.com, my_host.example.com, true",
			"my_host.example.com, my-host.example.com, false" })
	void dnsNamesAreCompared(String own, String host, boolean included) {
		assertThat(new CertificateNames(List.of(own), List.of()).include(host)).isEqualTo(included);
	}

	@Test
	void dnsNamesAreRead() throws Exception {
		CertificateNames names = CertificateNames
			.of(Pki.selfSigned(Pki.certificate("A.Example.com", "127.0.0.1", "b")).getCertificate());
		assertThat(names.names()).containsExactly("a.example.com", "127.0.0.1", "b");
		assertThat(names.addresses()).isEmpty();
		assertThat(names.include("127.0.0.1")).isFalse();
		assertThat(names.include("test")).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "127.0.0.1, 127.0.0.1, true", "127.0.0.1, 127.0.0.2, false", "::1, 0:0:0:0:0:0:0:1, true",
			"::1, ::2, false", "127.0.0.1, localhost, false" })
	void addressesAreCompared(String own, String host, boolean included) throws Exception {
		assertThat(CertificateNames.of(Pki.selfSigned(Pki.certificate().addSanIpAddress(own)).getCertificate())
			.include(host)).isEqualTo(included);
	}

	@ParameterizedTest
	@CsvSource({ "'CN=a.example.com', a.example.com, true", "'CN=a.example.com,OU=CN,O=b', a.example.com, true",
			"'CN=inner,CN=outer', inner, true", "'CN=inner,CN=outer', outer, false", "'O=a', a, false" })
	void commonNameCountsWithoutAlternativeNames(String subject, String host, boolean included) throws Exception {
		assertThat(
				CertificateNames.of(Pki.selfSigned(Pki.certificate().subject(subject)).getCertificate()).include(host))
			.isEqualTo(included);
	}

}
