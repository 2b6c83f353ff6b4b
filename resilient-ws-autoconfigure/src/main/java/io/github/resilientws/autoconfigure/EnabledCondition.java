package io.github.resilientws.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Matches unless {@code resilient-ws.enabled} is false. Unlike
 * {@code @ConditionalOnBooleanProperty}, it does not treat a misspelt value as false.
 */
class EnabledCondition extends SpringBootCondition {

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean enabled = Binder.get(context.getEnvironment()).bind("resilient-ws.enabled", Boolean.class).orElse(true);
		ConditionMessage message = ConditionMessage.forCondition("resilient-ws.enabled").because("it is " + enabled);
		return new ConditionOutcome(enabled, message);
	}

}
