/**
 * Windows of time: which rows belong to which, when they close, and the operators that aggregate by them.
 *
 * <p>The arithmetic is pure: {@link io.sabot.executor.window.Windows} for windows of fixed size, {@link
 * io.sabot.executor.window.ZoneShift} for zones. It works in local milliseconds of the window's zone; only {@code ZoneShift}
 * knows instants. Operators share panes between the windows that overlap. Read {@link
 * io.sabot.executor.window.WindowAggregateOperator} first. Windows whose bounds follow from the rows (sessions, windows of so
 * many rows) share what they keep: {@code SessionContent}. What is computed per window is {@code executor.aggregate}'s.
 */
@NullMarked
package io.sabot.executor.window;

import org.jspecify.annotations.NullMarked;
