package io.github.resilientws.transport;

import java.util.List;

/**
 * Where a transport differs from what {@link WireFuzzTests} expects.
 *
 * @param peer what the peer does, in words
 * @param happens what comes of it, in words
 * @param outcome what comes of it, see {@link WireVictim}; one of several if they are
 * divided by a bar
 * @param instead of which outcome, if that differs in all cases that no other difference
 * names; otherwise empty
 * @param cases names of the cases
 */
public record WireDifference(String peer, String happens, String outcome, String instead, List<String> cases) {

	/** Divides outcomes. */
	static final String OR = " \\| ";

	public static WireDifference every(String instead, String outcome, String peer, String happens) {
		return new WireDifference(peer, happens, outcome, instead, List.of());
	}

	public static WireDifference of(String outcome, String peer, String happens, String... cases) {
		return new WireDifference(peer, happens, outcome, "", List.of(cases));
	}

	boolean names(WireCase wireCase) {
		return this.cases.contains(wireCase.name());
	}

	boolean replaces(WireCase wireCase) {
		return this.instead.equals(wireCase.expected());
	}

}
