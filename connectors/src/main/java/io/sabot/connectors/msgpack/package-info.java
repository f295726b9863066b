/**
 * Format {@code msgpack}: each record is a MessagePack map of the row's columns, or an array of them by position.
 *
 * <p>Start at {@link io.sabot.connectors.msgpack.MsgPackFormatFactory}. Layouts follow the MessagePack specification,
 * points in time its timestamp extension. Connectors reach this package through {@code FormatFactory} only.
 */
@NullMarked
package io.sabot.connectors.msgpack;

import org.jspecify.annotations.NullMarked;
