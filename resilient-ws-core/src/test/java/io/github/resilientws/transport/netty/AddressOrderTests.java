package io.github.resilientws.transport.netty;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AddressOrder}.
 */
class AddressOrderTests {

	private static final InetAddress A = address(1);

	private static final InetAddress B = address(2);

	private static final InetAddress C = address(3);

	private final AddressOrder order = new AddressOrder();

	@Test
	void orderIsThatOfTheResolver() {
		assertThat(sort(B, A, C)).containsExactly(B, A, C);
	}

	@Test
	void addressThatAcceptedAndFailedComesLast() {
		this.order.accepted("name", A);
		assertThat(sort(A, B, C)).containsExactly(B, C, A);
		this.order.accepted("name", B);
		assertThat(sort(A, B, C)).containsExactly(C, A, B);
		this.order.accepted("name", C);
		this.order.accepted("name", A);
		assertThat(sort(A, B, C)).containsExactly(B, C, A);
		assertThat(this.order.sort("other", List.of(A, B))).containsExactly(A, B);
	}

	@Test
	void addressThatWorkedIsForgiven() {
		this.order.accepted("name", A);
		this.order.accepted("name", B);
		this.order.opened("name", B);
		assertThat(sort(A, B, C)).containsExactly(B, C, A);
		this.order.opened("name", A);
		assertThat(sort(A, B, C)).containsExactly(A, B, C);
	}

	@Test
	void addressesThatTheNameHasNoMoreAreForgotten() {
		this.order.accepted("name", A);
		assertThat(sort(B, C)).containsExactly(B, C);
		assertThat(sort(A, B, C)).containsExactly(A, B, C);
	}

	@Test
	void onlySoManyNamesAreRemembered() {
		this.order.accepted("name", A);
		Stream.iterate(0, (i) -> i < 1000, (i) -> i + 1).forEach((i) -> this.order.accepted("name" + i, A));
		assertThat(sort(A, B)).containsExactly(A, B);
		assertThat(this.order.sort("name999", List.of(A, B))).containsExactly(B, A);
	}

	private List<InetAddress> sort(InetAddress... addresses) {
		return this.order.sort("name", List.of(addresses));
	}

	private static InetAddress address(int last) {
		try {
			return InetAddress.getByAddress(new byte[] { 127, 0, 0, (byte) last });
		}
		catch (java.net.UnknownHostException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
