package io.sabot.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClientSettingsTest {
    /** Planning refuses them too; a table that was made before that has them still. */
    @Test
    void providersOfValuesReachNoClient() {
        for (String key : new String[] {"config.providers", "config.providers.file.class"}) {
            assertThatThrownBy(() -> new ClientSettings("localhost:1", Map.of(key, "file")))
                    .isInstanceOfSatisfying(SabotException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.FEATURE_NOT_SUPPORTED);
                        assertThat(e.what()).isEqualTo("option 'properties." + key + "' is not supported");
                    });
        }
        assertThat(new ClientSettings("localhost:1", Map.of("client.id", "${env::HOME}")).admin())
                .containsKey("client.id");
    }
}
