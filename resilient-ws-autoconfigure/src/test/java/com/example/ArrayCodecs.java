package com.example;

import java.util.List;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.resilientws.protocol.WebSocketFrameCodec;
import io.github.resilientws.protocol.WebSocketFrameCodecFactory;

@Configuration(proxyBeanMethods = false)
class ArrayCodecs {

	@Bean
	WebSocketFrameCodecFactory cometd(JsonMapper mapper) {
		return (client) -> new WebSocketFrameCodec() {

			@Override
			public List<String> decode(String text) {
				return mapper.readTree(text).asArray().valueStream().map(JsonNode::toString).toList();
			}

			@Override
			public String encode(String text) {
				return "[" + text + "]";
			}

		};
	}

}
