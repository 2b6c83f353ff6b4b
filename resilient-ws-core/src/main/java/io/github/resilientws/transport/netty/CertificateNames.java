package io.github.resilientws.transport.netty;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/**
 * The host names of a certificate (RFC 9525, section 6): its alternative names, or its
 * common name if it has no alternative DNS name, as in the JDK.
 *
 * @param names DNS names in lower case, perhaps with {@code *} for their first label
 * @param addresses IP addresses
 */
record CertificateNames(List<String> names, List<byte[]> addresses) {

	private static final int DNS_NAME = 2;

	private static final int IP_ADDRESS = 7;

	static CertificateNames of(X509Certificate certificate) {
		List<String> names = new ArrayList<>();
		List<byte[]> addresses = new ArrayList<>();
		for (List<?> alternative : alternatives(certificate)) {
			if (alternative.get(1) instanceof String name) {
				if (alternative.get(0).equals(DNS_NAME)) {
					names.add(name.toLowerCase(Locale.ROOT));
				}
				byte[] address = NetUtil.createByteArrayFromIpAddressString(name);
				if (alternative.get(0).equals(IP_ADDRESS) && address != null) {
					addresses.add(address);
				}
			}
		}
		String commonName = names.isEmpty() ? commonName(certificate) : null;
		if (commonName != null) {
			names.add(commonName.toLowerCase(Locale.ROOT));
		}
		return new CertificateNames(names, addresses);
	}

	boolean include(String host) {
		byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
		if (address != null) {
			return this.addresses.stream().anyMatch((own) -> Arrays.equals(own, address));
		}
		String name = host.toLowerCase(Locale.ROOT);
		String withoutDot = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
		return this.names.stream().anyMatch((own) -> matches(own, withoutDot));
	}

	private static boolean matches(String own, String name) {
		int dot = name.indexOf('.');
		// never for a whole top-level domain
		boolean wildcard = own.startsWith("*.") && own.indexOf('.', 2) > 0 && dot > 0;
		return wildcard ? own.substring(1).equals(name.substring(dot)) : own.equals(name);
	}

	private static Collection<List<?>> alternatives(X509Certificate certificate) {
		try {
			Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
			return (alternatives != null) ? alternatives : List.of();
		}
		catch (CertificateParsingException ex) {
			return List.of();
		}
	}

	private static @Nullable String commonName(X509Certificate certificate) {
		String commonName = null;
		try {
			// the last one is the most specific
			for (Rdn attribute : new LdapName(certificate.getSubjectX500Principal().getName()).getRdns()) {
				if (attribute.getType().equalsIgnoreCase("CN") && attribute.getValue() instanceof String value) {
					commonName = value;
				}
			}
		}
		catch (InvalidNameException ex) {
			return null;
		}
		return commonName;
	}

}
