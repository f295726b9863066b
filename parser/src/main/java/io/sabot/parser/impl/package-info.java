/**
 * The parser that JavaCC makes of Calcite's grammar and ours ({@code src/main/codegen}); only {@code io.sabot.parser}
 * uses it. Nothing is written here by hand.
 */
@NullUnmarked
package io.sabot.parser.impl;

import org.jspecify.annotations.NullUnmarked;
