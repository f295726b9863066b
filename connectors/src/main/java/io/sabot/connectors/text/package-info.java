/**
 * Numbers, dates and times as the bytes of text, both ways: what formats share.
 *
 * <p>Reading from strings is {@link io.sabot.connectors.text.TextValues}, the exact and slow way; reading straight from
 * memory is {@link io.sabot.connectors.text.Digits} and {@link io.sabot.connectors.text.TimestampScanner}; writing is
 * {@link io.sabot.connectors.text.TextAppender}. Knows no format and no connector; objects belong to one thread.
 */
@NullMarked
package io.sabot.connectors.text;

import org.jspecify.annotations.NullMarked;
