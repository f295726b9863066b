package io.sabot.server.avatica;

import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.calcite.avatica.proto.Common.WireMessage;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/** Responses that hold nothing and have no public constructor: read from their own bytes. */
final class EmptyResponses {
    static final Service.CommitResponse COMMIT =
            (Service.CommitResponse) parse(Responses.CommitResponse.getDefaultInstance());
    static final Service.RollbackResponse ROLLBACK =
            (Service.RollbackResponse) parse(Responses.RollbackResponse.getDefaultInstance());

    private EmptyResponses() {}

    private static Service.Response parse(Message message) {
        WireMessage wire = WireMessage.newBuilder()
                .setName(message.getClass().getName())
                .setWrappedMessage(message.toByteString())
                .build();
        try {
            return new ProtobufTranslationImpl().parseResponse(wire.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
