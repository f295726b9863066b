/** Programs that others wrote, and the shell, on the real engine: in this process and over the network. */
@NullMarked
package io.sabot.sqltests.client;

import org.jspecify.annotations.NullMarked;
