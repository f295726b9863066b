/** Functions of users, as golden scripts call them. */
@NullMarked
package io.sabot.sqltests.function;

import org.jspecify.annotations.NullMarked;
