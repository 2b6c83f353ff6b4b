package io.github.resilientws.benchmarks;

import java.lang.management.ManagementFactory;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

import io.github.resilientws.benchmarks.process.JvmProcess;

/**
 * An application in a JVM of its own. It answers with the seconds since the start of that
 * JVM.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
public class StartupMain {

	public static void main(String[] args) throws Exception {
		SpringApplication application = new SpringApplication(StartupMain.class);
		application.setBannerMode(Banner.Mode.OFF);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(args);
		JvmProcess.answer(Double
			.toString((System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3));
		while (System.in.read() != -1) {
			// blocks until the parent process ends
		}
	}

}
