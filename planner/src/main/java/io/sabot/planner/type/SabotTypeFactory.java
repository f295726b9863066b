package io.sabot.planner.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;

/** Makes Calcite's types. Not shared between statements: it caches without bound. */
public final class SabotTypeFactory extends JavaTypeFactoryImpl {
    /** With the limits of {@link SabotTypeSystem}. */
    public SabotTypeFactory() {
        super(new SabotTypeSystem());
    }

    /** All text is in the same character set; ISO-8859-1, Calcite's own, cannot hold most of it. */
    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_16LE;
    }
}
