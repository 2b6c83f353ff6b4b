package io.github.resilientws.test;

/**
 * A frame that was read, unmasked.
 *
 * @param fin whether the message ends with it
 * @param rsv the three reserved bits
 * @param opcode opcode
 * @param masked whether it was masked
 * @param maskKey its mask key
 * @param minimalLength whether its length was encoded in the fewest bytes, as RFC 6455,
 * section 5.2 requires
 * @param payload the payload
 */
record Frame(boolean fin, int rsv, int opcode, boolean masked, int maskKey, boolean minimalLength, byte[] payload) {

	boolean isControl() {
		return (this.opcode & 8) != 0;
	}

}
