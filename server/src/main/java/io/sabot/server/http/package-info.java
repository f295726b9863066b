/**
 * The HTTP front: a bare Jetty that hands bodies to the protocol and tells whether the process is well.
 *
 * <p>What the bytes mean belongs to {@code server.avatica}. Read {@link io.sabot.server.http.HttpFront} first. Requests run
 * on Jetty's threads and may wait there.
 */
@NullMarked
package io.sabot.server.http;

import org.jspecify.annotations.NullMarked;
