package io.github.resilientws.scenario;

/**
 * What a server does about the copies of a message.
 *
 * @param share how many acknowledgements are dropped, from 0 to 1; the same ones in each
 * run
 * @param dropped how many copies of each message are not acknowledged at first
 * @param killing how many copies of each message end the connection at first
 * @param poison data of the message of which each copy ends the connection
 */
record AckPlan(double share, int dropped, int killing, String poison) {

	static final AckPlan ALL = new AckPlan(0, 0, 0, "");

	static final AckPlan NONE = dropping(1);

	static AckPlan dropping(double share) {
		return new AckPlan(share, 0, 0, "");
	}

	static AckPlan droppingFirst(int copies) {
		return new AckPlan(0, copies, 0, "");
	}

	static AckPlan killedByFirst(int copies) {
		return new AckPlan(0, 0, copies, "");
	}

	static AckPlan killedBy(String data) {
		return new AckPlan(0, 0, 0, data);
	}

}
