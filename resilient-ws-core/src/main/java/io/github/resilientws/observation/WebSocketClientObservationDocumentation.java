package io.github.resilientws.observation;

import io.micrometer.common.docs.KeyName;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.docs.ObservationDocumentation;

/**
 * The observations of a client. No key holds a URL, a header, a payload or the text of an
 * exception.
 *
 * @since 0.1
 */
public enum WebSocketClientObservationDocumentation implements ObservationDocumentation {

	/**
	 * An attempt to connect, from the call of the customizers to the end of the opening
	 * handshake.
	 */
	HANDSHAKE {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultHandshakeObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return new KeyName[] { LowCardinalityKeyNames.CLIENT, LowCardinalityKeyNames.OUTCOME,
					LowCardinalityKeyNames.CAUSE };
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { HighCardinalityKeyNames.ATTEMPT };
		}

	},

	/**
	 * A message, from {@code send} to the end of its delivery.
	 */
	SEND {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultSendObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return new KeyName[] { LowCardinalityKeyNames.CLIENT, LowCardinalityKeyNames.OUTCOME,
					LowCardinalityKeyNames.REASON };
		}

		@Override
		public KeyName[] getHighCardinalityKeyNames() {
			return new KeyName[] { HighCardinalityKeyNames.MESSAGE_ID };
		}

	},

	/**
	 * The handling of a received message by all listeners. They run in the scope of the
	 * observation.
	 */
	RECEIVE {

		@Override
		public Class<? extends ObservationConvention<? extends Observation.Context>> getDefaultConvention() {
			return DefaultReceiveObservationConvention.class;
		}

		@Override
		public KeyName[] getLowCardinalityKeyNames() {
			return new KeyName[] { LowCardinalityKeyNames.CLIENT, LowCardinalityKeyNames.OUTCOME };
		}

	};

	@Override
	public String getPrefix() {
		return "resilient.ws";
	}

	/**
	 * Keys with a small set of values.
	 */
	public enum LowCardinalityKeyNames implements KeyName {

		/** Name of the client. */
		CLIENT {
			@Override
			public String asString() {
				return "client";
			}
		},

		/** {@code success}, {@code failure}, or {@code unknown} before the end. */
		OUTCOME {
			@Override
			public String asString() {
				return "outcome";
			}
		},

		/**
		 * Cause of the failed attempt, with the values of the meter
		 * {@code resilient.ws.disconnects}, or {@code none}.
		 */
		CAUSE {
			@Override
			public String asString() {
				return "cause";
			}
		},

		/** Why the message was not delivered, in lower case, or {@code none}. */
		REASON {
			@Override
			public String asString() {
				return "reason";
			}
		}

	}

	/**
	 * Keys with any number of values.
	 */
	public enum HighCardinalityKeyNames implements KeyName {

		/** Number of the attempt in its series, from 1. */
		ATTEMPT {
			@Override
			public String asString() {
				return "attempt";
			}
		},

		/** Id of the message; absent before the end. */
		MESSAGE_ID {
			@Override
			public String asString() {
				return "message.id";
			}
		}

	}

}
