package io.sabot.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.avatica.metrics.noop.NoopMetricsSystem;
import org.apache.calcite.avatica.remote.ProtobufHandler;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Hands bodies to the protocol. Requests that a browser sends for a page of another site are refused. */
final class ProtocolHandler extends Handler.Abstract {
    private static final int BODY_BYTES_MAX = 64 << 20;

    private final ProtobufHandler protocol;

    ProtocolHandler(Service service) {
        this.protocol = new ProtobufHandler(service, new ProtobufTranslationImpl(), NoopMetricsSystem.getInstance());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (request.getHeaders().contains(HttpHeader.ORIGIN)) {
            text(response, callback, 403, "requests from web pages are refused");
        } else if (request.getMethod().equals("POST")) {
            post(request, response, callback);
        } else if (request.getMethod().equals("GET")
                && Request.getPathInContext(request).equals("/health")) {
            text(response, callback, 200, "ok");
        } else {
            text(response, callback, 404, "POST Avatica requests, or GET /health");
        }
        return true;
    }

    private void post(Request request, Response response, Callback callback) throws Exception {
        if (request.getLength() > BODY_BYTES_MAX) {
            text(response, callback, 413, "the request is larger than " + BODY_BYTES_MAX + " bytes");
            return;
        }
        byte[] body = BufferUtil.toArray(Content.Source.asByteBuffer(request));
        if (body.length > 0 && body[0] == '{') {
            text(response, callback, 415, "JSON is not spoken here: connect with serialization=protobuf");
            return;
        }
        var answer = protocol.apply(body);
        response.setStatus(answer.getStatusCode());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/octet-stream");
        response.write(true, ByteBuffer.wrap(answer.getResponse()), callback);
    }

    private static void text(Response response, Callback callback, int status, String text) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
        response.write(true, ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)), callback);
    }
}
