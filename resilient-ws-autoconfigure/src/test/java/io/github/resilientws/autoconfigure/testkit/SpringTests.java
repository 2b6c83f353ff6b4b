package io.github.resilientws.autoconfigure.testkit;

import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Deque;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.beans.BeanUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext.HierarchyMode;
import org.springframework.test.context.TestContextManager;

/**
 * Runs test classes as Spring does, one step at a time, and closes their contexts
 * afterwards.
 */
class SpringTests implements AfterEachCallback {

	private final Deque<TestContextManager> managers = new ArrayDeque<>();

	/**
	 * Make a test instance with its dependencies.
	 * @param <T> type of the test class
	 * @param type the test class
	 * @return the instance
	 */
	<T> T prepare(Class<T> type) throws Exception {
		TestContextManager manager = new TestContextManager(type);
		this.managers.push(manager);
		T instance = BeanUtils.instantiateClass(type);
		manager.prepareTestInstance(instance);
		return instance;
	}

	/**
	 * Begin the next test method of the class that was prepared last.
	 * @param instance the instance
	 */
	void beginMethod(Object instance) throws Exception {
		Method method = Object.class.getMethod("toString");
		this.managers.element().beforeTestMethod(instance, method);
	}

	ApplicationContext context() {
		return this.managers.element().getTestContext().getApplicationContext();
	}

	void closeAll() {
		this.managers
			.forEach((manager) -> manager.getTestContext().markApplicationContextDirty(HierarchyMode.EXHAUSTIVE));
		this.managers.clear();
	}

	@Override
	public void afterEach(ExtensionContext extensionContext) {
		closeAll();
	}

}
