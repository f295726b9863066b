package io.sabot.jdbc;

import com.google.protobuf.InvalidProtocolBufferException;
import org.apache.calcite.avatica.proto.Common.WireMessage;

/**
 * The names that messages have on the wire. Avatica names them by their Java class, which has another package in the
 * standalone jar.
 */
final class WireNames {
    /** Put together here, since the build renames whole constants as well. */
    private static final String WIRE_PACKAGE = String.join(".", "org", "apache", "calcite", "avatica", "proto");

    private static final String OWN_PACKAGE = WireMessage.class.getPackageName();

    private WireNames() {}

    static byte[] toWire(byte[] message) throws InvalidProtocolBufferException {
        return rename(message, OWN_PACKAGE, WIRE_PACKAGE);
    }

    static byte[] fromWire(byte[] message) throws InvalidProtocolBufferException {
        return rename(message, WIRE_PACKAGE, OWN_PACKAGE);
    }

    private static byte[] rename(byte[] message, String from, String to) throws InvalidProtocolBufferException {
        if (from.equals(to)) {
            return message;
        }
        WireMessage wire = WireMessage.parseFrom(message);
        return wire.toBuilder()
                .setName(wire.getName().replace(from, to))
                .build()
                .toByteArray();
    }
}
