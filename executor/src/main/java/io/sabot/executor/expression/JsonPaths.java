package io.sabot.executor.expression;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import com.jayway.jsonpath.spi.json.JacksonJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON texts and follows paths in them, keeping the last path: mostly it is a constant. A path is strict unless it
 * starts with {@code lax}. For one thread.
 */
final class JsonPaths {
    /** Objects come out with their keys in order; numbers keep their digits. */
    static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private static final Configuration STRICT = Configuration.builder()
            .jsonProvider(new JacksonJsonProvider(MAPPER))
            .mappingProvider(new JacksonMappingProvider(MAPPER))
            .build();
    private static final Configuration LAX = STRICT.addOptions(Option.SUPPRESS_EXCEPTIONS);

    private String text = "";
    private boolean lax;
    private @Nullable JsonPath path;
    private String problem = "the path is empty";

    /**
     * Where a path leads.
     *
     * @param value what is there: a text, a number, a truth value, a list, a map; null for nothing and for JSON's null
     * @param error why a strict path leads nowhere; null if it does not
     */
    record Found(
            @Nullable Object value, boolean lax, @Nullable String error) {
        /** Whether there is something other than an object or an array. */
        boolean isScalar() {
            return !(value instanceof Map) && !(value instanceof Collection);
        }
    }

    /** Follows a path; never fails. */
    Found read(String json, String wanted) {
        use(wanted);
        JsonPath compiled = path;
        if (compiled == null) {
            return new Found(null, lax, problem);
        }
        Object document;
        try {
            document = MAPPER.readValue(json, Object.class);
        } catch (JsonProcessingException e) {
            return new Found(
                    null,
                    lax,
                    lax ? null : "not JSON: " + e.getOriginalMessage().replaceFirst(" \\(start marker at .*", ""));
        }
        if (document == null) {
            return new Found(null, lax, null);
        }
        try {
            return new Found(compiled.read(document, lax ? LAX : STRICT), lax, null);
        } catch (JsonPathException e) {
            return new Found(null, lax, lax ? null : String.valueOf(e.getMessage()));
        }
    }

    private void use(String wanted) {
        if (wanted.equals(text)) {
            return;
        }
        text = wanted;
        String spec = wanted.strip();
        String first = spec.toLowerCase(Locale.ROOT);
        lax = first.startsWith("lax ");
        if (lax || first.startsWith("strict ")) {
            spec = spec.substring(spec.indexOf(' ') + 1).strip();
        }
        try {
            path = JsonPath.compile(spec);
        } catch (InvalidPathException | IllegalArgumentException e) {
            path = null;
            problem = "'" + wanted + "' is no path: " + e.getMessage();
        }
    }

    /** Whether a text is one JSON value, and of which form. */
    static boolean is(String json, Class<?> form) {
        try {
            Object value = MAPPER.readValue(json, Object.class);
            boolean container = value instanceof Map || value instanceof Collection;
            return form == Object.class || (form == String.class ? !container : form.isInstance(value));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** A value as JSON. */
    static String write(@Nullable Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the value cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }
}
